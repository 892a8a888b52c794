"""What waits, by mail: each working day to whoever is next, and once a week what is open at a ministry.

Never empty, and never about what is done: the mail knows by a fingerprint what it was about, and lapses where that
changed before it went. Then another one takes its place.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from outbox.kinds import KINDS
from outbox.models import Mail
from outbox.sending import send

from .clock import is_working_day
from .deadlines import free_days
from .models import Ministry, Question
from .people import team_members
from .queues import QUEUES, Worker, in_queue

DAILY_MAIL, WEEKLY_MAIL = "regels.daily", "regels.weekly"
FROM_HOUR = 7
# Where somebody is next; what waits for the asker, or may be published one day, is no news each morning.
DAILY = ("te-laat", "nieuw", "van-mij", "te-toetsen", "niet-verzonden")
NAMED = 8


def send_when_due(now=None):
    """Put in the outbox what is due now; may run often, and twice at once."""
    now = timezone.localtime(now)
    today, extra = now.date(), free_days()
    if now.hour < FROM_HOUR or not is_working_day(today, extra):
        return 0
    names = (DAILY_MAIL, WEEKLY_MAIL) if is_first_working_day(today, extra) else (DAILY_MAIL,)
    return sum(tell(person, KINDS[name], today) for person in readers() for name in names)


def is_first_working_day(day, extra):
    return not any(is_working_day(day - timedelta(days=n), extra) for n in range(1, day.weekday() + 1))


def readers():
    """Officers and the team."""
    roles = Ministry.objects.values("role")
    officers = get_user_model().objects.filter(is_active=True, groups__name__in=roles)
    return (officers.distinct() | team_members()).order_by("pk")


def tell(person, kind, today):
    """One mail a day, or a week, to one person; whether it was put in the outbox."""
    with transaction.atomic():
        # Two workers at once would each write another one.
        get_user_model().objects.select_for_update().get(pk=person.pk)
        lines = LINES[kind.name](Worker(person), today)
        if not lines or already_told(person, kind, today):
            return False
        context = {"reader": str(person), "lines": [line["text"] for line in lines], "link": link()}
        send(kind, person.email, context, key=f"{today.isoformat()} {fingerprint(lines)}", about=person)
    return True


def already_told(person, kind, today):
    mails = Mail.objects.filter(kind=kind.name, to=person.email, key__startswith=f"{kind.name} {today.isoformat()} ")
    return mails.exclude(status=Mail.Status.LAPSED).exists()


def is_still_so(mail):
    """Just before it goes: whether it is of today, and all that it says waits as it did."""
    person, today = mail.record, timezone.localdate()
    if person is None or not person.is_active:
        return False
    lines = LINES[mail.kind](Worker(person), today)
    return bool(lines) and mail.key.startswith(f"{mail.kind} {today.isoformat()} {fingerprint(lines)} ")


def fingerprint(lines):
    return hashlib.sha256(repr([line["found"] for line in lines]).encode()).hexdigest()[:16]


def link():
    return f"{settings.PORTAL_URL}/beheer/regels/question/"


# --- What they say ----------------------------------------------------------------------------------


def daily_lines(worker, today):
    return [line for slug in DAILY if (line := line_of(QUEUES[slug].label, in_queue(slug, worker)))]


def weekly_lines(worker, today):
    """Of each ministry what is open, what is late and what is due before the week ends."""
    ministries = Ministry.objects.all() if worker.is_team else worker.ministries
    friday = today + timedelta(days=4 - today.weekday())
    found = []
    for ministry in ministries:
        is_open = Question.objects.of_ministry(ministry)
        due = is_open.filter(answer_due_on__range=(today, friday))
        for label, questions in (("open", is_open), ("te laat", is_open.overdue(today)), ("deze week", due)):
            found.append(line_of(f"{ministry}, {label}", questions))
    return [line for line in found if line]


def line_of(label, questions):
    """“Nieuw: 12. De oudste: R-2026-0001, …”; nothing where there are none."""
    found = list(questions.in_order().values_list("year", "number"))
    if not found:
        return None
    names = ", ".join(f"R-{year}-{number:04}" for year, number in found[:NAMED])
    rest = "" if len(found) <= NAMED else " en meer"
    return {"text": f"{label}: {len(found)}. {'De oudste: ' if rest else ''}{names}{rest}", "found": (label, found)}


LINES = {DAILY_MAIL: daily_lines, WEEKLY_MAIL: weekly_lines}
