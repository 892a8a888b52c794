"""What Django's own mail functions write to: the table, in the transaction of whoever sends. Our mails come by `sending`."""

import uuid

from django.conf import settings
from django.core.mail import make_msgid
from django.core.mail.backends.base import BaseEmailBackend

from .models import Mail
from .parts import formatted, plain


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, messages):
        """Keep one mail per reader."""
        mails = [mail for message in messages for mail in to_mails(message)]
        Mail.objects.bulk_create(mails)
        return len(messages)


def to_mails(message):
    for reader in message.recipients():
        yield Mail(
            key=uuid.uuid4().hex,
            to=reader,
            subject=message.subject,
            text=plain(message.body),
            html=html_of(message),
            headers=standard_headers(message.reply_to) | message.extra_headers,
        )


def standard_headers(reply_to=()):
    """A fixed Message-ID lets a mail program see that a mail sent twice is one; machines must not answer it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": make_msgid(domain=domain), "Auto-Submitted": "auto-generated"}
    reply_to = reply_to or [settings.PORTAL_CONTACT_EMAIL]
    return headers | ({"Reply-To": ", ".join(reply_to)} if any(reply_to) else {})


def html_of(message):
    """The formatted part; made from the text where the sender gave none, so that both say the same."""
    for part in getattr(message, "alternatives", []):
        if part[1] == "text/html":
            return part[0]
    return formatted(message.subject, message.body)
