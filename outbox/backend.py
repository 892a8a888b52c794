"""What Django's mail functions write to: the table, in the transaction of whoever sends."""

import uuid

from django.conf import settings
from django.core.mail import make_msgid
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from .models import Mail

# Not sent along: what the sender of a mail tells the outbox.
KEY = "X-Outbox-Key"
PRIVATE = "X-Outbox-Private"


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, messages):
        """Keep one mail per reader. Twice the same key for the same reader is one mail."""
        mails = [mail for message in messages for mail in to_mails(message)]
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        return len(messages)


def to_mails(message):
    headers = dict(message.extra_headers)
    key = headers.pop(KEY, None) or uuid.uuid4().hex
    is_secret = bool(headers.pop(PRIVATE, False))
    readers = message.recipients()
    for reader in readers:
        yield Mail(
            key=key if len(readers) == 1 else f"{key} {reader}",
            to=reader,
            subject=message.subject,
            text=message.body,
            html=html_of(message),
            headers=standard_headers(message) | headers,
            is_secret=is_secret,
        )


def standard_headers(message):
    """A fixed Message-ID lets a mail program see that a mail sent twice is one; machines must not answer it."""
    headers = {"Message-ID": make_msgid(domain=domain_of(message.from_email)), "Auto-Submitted": "auto-generated"}
    reply_to = message.reply_to or [settings.PORTAL_CONTACT_EMAIL]
    return headers | ({"Reply-To": ", ".join(reply_to)} if any(reply_to) else {})


def domain_of(sender):
    return sender.rpartition("@")[2].rstrip(">") or "localhost"


def html_of(message):
    """The formatted part; made from the text where the sender gave none, so that both say the same."""
    for part in getattr(message, "alternatives", []):
        if part[1] == "text/html":
            return part[0]
    return render_to_string("outbox/mail.html", {"subject": message.subject, "text": message.body})
