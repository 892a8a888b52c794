"""How much time there is left, in words and with a colour that says the same."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from regels.clock import working_days_between
from regels.deadlines import clock_of, free_days
from regels.models import Question

SOON = 2


@dataclass(frozen=True)
class Term:
    words: str
    # late, soon, fine, still or done: the colour.
    tone: str


def term_of(question, extra=None, today=None):
    """Of what is due first: assigning a new question, answering one that is somebody's."""
    today = today or timezone.localdate()
    if question.status == Question.Status.WAITING:
        return Term("klok staat stil", "still")
    if not question.is_open:
        return Term("klaar", "done")
    due, act = question.answer_due_on, ""
    if question.status == Question.Status.NEW and question.assign_due_on:
        due, act = question.assign_due_on, "toewijzen: "
    if due is None:
        return Term("geen termijn", "still")
    extra = free_days() if extra is None else extra
    if due < today:
        return Term(f"{act}{_days(working_days_between(due, today, extra) or 1)} te laat", "late")
    left = working_days_between(today, due, extra)
    if left == 0:
        return Term(f"{act}vandaag", "soon")
    return Term(f"{act}nog {_days(left)}", "soon" if left <= SOON else "fine")


def _days(number):
    return "1 werkdag" if number == 1 else f"{number} werkdagen"


def clock_line(question, extra=None, today=None):
    """The calculation as an officer reads it; the asker's own sentences say the same."""
    today = today or timezone.localdate()
    clock = clock_of(question, extra)
    if clock is None or not question.is_open:
        return ""
    since = date_format(clock.started, "j F")
    used = min(clock.used_on(today), 999)
    if clock.stands_still:
        return f"klok begon op {since}, dag {used} van {clock.term}; staat stil"
    return f"klok begon op {since}, dag {used} van {clock.term}; uiterlijk {date_format(clock.due_on, 'j F Y')}"
