"""The clock of a question as the database has it: its terms, pauses and free days."""

from .clock import Clock
from .models import FreeDay, Ministry, Question


def free_days():
    """The extra free days: day → why."""
    return dict(FreeDay.objects.values_list("date", "name"))


def answer_days(question):
    return question.ministry.answer_days if question.ministry else _default("answer_days")


def assign_days(question):
    return question.ministry.assign_days if question.ministry else _default("assign_days")


def _default(name):
    """The term before a ministry is known."""
    return Ministry._meta.get_field(name).default


def clock_of(question, extra=None):
    """The clock of the answer; none while the question is not confirmed."""
    if question.clock_from is None:
        return None
    pauses = tuple((pause.since, pause.until) for pause in question.pauses.all())
    extra = free_days() if extra is None else extra
    return Clock(started=question.clock_from, term=answer_days(question), pauses=pauses, extra=extra)


def set_due_dates(question, extra=None):
    """Write on the question until when; saving it is for who calls."""
    extra = free_days() if extra is None else extra
    clock = clock_of(question, extra)
    runs = clock is not None and question.is_open
    question.answer_due_on = clock.due_on if runs else None
    is_new = runs and question.status == Question.Status.NEW
    question.assign_due_on = Clock(question.clock_from, assign_days(question), extra=extra).due_on if is_new else None


def recompute():
    """All open questions again: a free day was added, or a ministry changed its term. How many moved."""
    extra, moved = free_days(), []
    for question in Question.objects.open().select_related("ministry").prefetch_related("pauses").iterator(1000):
        before = (question.answer_due_on, question.assign_due_on)
        set_due_dates(question, extra)
        if before != (question.answer_due_on, question.assign_due_on):
            moved.append(question)
    Question.objects.bulk_update(moved, ["answer_due_on", "assign_due_on"], batch_size=500)
    return len(moved)
