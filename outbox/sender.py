"""Sending what waits. Any number of senders may run at once: each takes a mail by a lease.

wacht ──take──▶ bezig ──▶ verstuurd
  ▲               ├────▶ wacht, later (the mail server said no, or the sender died and its lease ended)
  │               ├────▶ vervallen (nobody needs it any more)
  │               ├────▶ onbereikbaar (there is nobody at the address) ──retry──▶ wacht
  └──────retry────┴────▶ mislukt (after the last attempt)
"""

import logging
import re
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .kinds import is_still_wanted
from .models import DeadAddress, Mail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
# Together longer than a secret link lives.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
# What a mail server says when nobody is there. A 5.7 speaks of us (a blocked sender, no relaying), not of the address.
NOBODY_THERE = re.compile(r"5\.1\.[0-9]+|5\.2\.1")
NOBODY_THERE_IN_SHORT = {550, 551, 553}


def send_due():
    """Send all that may go now; give how many were taken up. Where the server itself is away, the rest waits for the next round."""
    if settings.OUTBOX_SMTP is None and not settings.PORTAL_DEMO:
        return 0
    taken, goes_on = 0, True
    while goes_on and (mail := take()):
        taken += 1
        goes_on = send(mail)
    return taken


def take():
    """One mail that no other sender has, or none."""
    now = timezone.now()
    with transaction.atomic():
        due = Mail.objects.due(now).order_by("not_before", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        # Where the database cannot lock a row, the condition of the update decides who has it.
        if mail and Mail.objects.due(now).filter(pk=mail.pk).update(
            status=Mail.Status.BUSY, lease_until=now + LEASE, attempts=F("attempts") + 1
        ):
            mail.refresh_from_db()
            return mail
    return None


def send(mail):
    """Whether the next one may be tried."""
    try:
        status = deliver(mail)
    except Exception as error:  # whatever the mail server or the network does, the mail stays
        logger.warning("Mail %s not sent: %s", mail.pk, error)
        if reason := dead_because(error):
            DeadAddress.objects.get_or_create(address=mail.to.lower(), defaults={"reason": reason})
            finish(mail, status=Mail.Status.UNREACHABLE, error=reason)
        else:
            postpone(mail, error)
        return not is_away(error)
    finish(mail, status=status, sent_at=timezone.now() if status == Mail.Status.SENT else None, error="")
    return True


def deliver(mail):
    """Hand it to the mail server, if somebody still needs it and can be reached; what became of it."""
    if not is_still_wanted(mail):
        return Mail.Status.LAPSED
    if DeadAddress.objects.filter(address=mail.to.lower()).exists():
        return Mail.Status.UNREACHABLE
    if settings.OUTBOX_SMTP is None:
        return Mail.Status.KEPT
    message(mail).send()
    return Mail.Status.SENT


def dead_because(error):
    """Why the address will never take a mail; nothing where it may do so later."""
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    (code, said), *_ = error.recipients.values()
    said = said.decode(errors="replace") if isinstance(said, bytes) else said
    detail = re.match(r"\s*(\d\.\d+\.\d+)", said)
    is_dead = NOBODY_THERE.fullmatch(detail[1]) if detail else code in NOBODY_THERE_IN_SHORT
    return f"{code} {said}"[:1000] if is_dead and code >= 500 else ""


def is_away(error):
    """Whether the mail server is the problem, rather than this one mail."""
    return isinstance(error, OSError) and not isinstance(error, (SMTPRecipientsRefused, SMTPDataError))


def retry(mails):
    """Let mails that did not go wait again; give how many. One that lost its secret link has nothing to say any more."""
    stuck = mails.filter(status__in=[Mail.Status.FAILED, Mail.Status.UNREACHABLE]).exclude(text="")
    return stuck.update(status=Mail.Status.WAITING, attempts=0, not_before=timezone.now(), error="")


def message(mail):
    server = get_connection("django.core.mail.backends.smtp.EmailBackend", **settings.OUTBOX_SMTP)
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=mail.headers, connection=server)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def postpone(mail, error):
    problem = f"{type(error).__name__}: {error}"[:1000]
    if mail.attempts > len(PAUSES):
        finish(mail, status=Mail.Status.FAILED, error=problem)
    else:
        not_before = timezone.now() + PAUSES[mail.attempts - 1]
        update(mail, status=Mail.Status.WAITING, error=problem, not_before=not_before)


def finish(mail, **fields):
    """The mail is done with; a secret link does not stay behind, except where the demo must show it."""
    if mail.is_secret and fields["status"] != Mail.Status.KEPT:
        fields |= {"text": "", "html": ""}
    update(mail, **fields)


def update(mail, **fields):
    """Only while the lease is still ours."""
    Mail.objects.filter(pk=mail.pk, lease_until=mail.lease_until).update(lease_until=None, **fields)
