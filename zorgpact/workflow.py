"""Steps: how every status of the portal changes. The `workflow.py` of an app says which steps there are and who may take them."""

import functools

from auditlog.models import LogEntry
from django.db import transaction

# In the history, in the place of somebody without an account; who holds the secret link is the asker.
ASKER = "de vrager"


class Refused(Exception):
    """A step that cannot be taken; its text tells the person why, in Dutch."""


class Step:
    """One step of a workflow: called as a function it is taken.

    `before` are the statuses from which it goes, `after` the status that it leads to (empty: the status stays).
    `why_not(record, user)` says why this person may not take it, or gives nothing. `read_by` says who reads the reason. `job` says who takes it where nobody
    is logged in; `then(record, by=…)` may take a next step at once, and gives the record.
    """

    # A template that asks whether a step can be taken must not take it.
    do_not_call_in_templates = True

    def __init__(
        self, act, label, *, before, after="", why_not, needs_reason=False, read_by="De ander", job="", then=None
    ):
        functools.update_wrapper(self, act)
        self.act, self.name, self.label = act, act.__name__, label
        self.before, self.after = tuple(before), after
        self.why_not, self.needs_reason, self.read_by, self.job, self.then = why_not, needs_reason, read_by, job, then

    def __call__(self, record, *, by, reason="", job="", **details):
        """Lock and check, change, save, write the history; all or nothing. Gives the record as it is now.

        `by` is the user, or None for a job of the computer. Raises `Refused`.
        """
        with transaction.atomic():
            record = lock(record)
            if record.status not in self.before:
                raise Refused(f"Dit kan niet meer: de stand is nu “{record.get_status_display()}”.")
            if problem := self.why_not(record, by):
                raise Refused(problem)
            if self.needs_reason and not reason.strip():
                raise Refused(f"Schrijf op waarom. {self.read_by} leest dat terug.")
            before = record.status
            self.act(record, by=by, reason=reason.strip(), **details)
            if self.after:
                record.status = self.after
            record = self.save(record)
            job = "" if by else job or self.job
            note_step(record, by=by, step=self.label, before=before, reason=reason.strip(), job=job)
            return self.then(record, by=by) if self.then else record

    def save(self, record):
        """Store what the step changed; the record to go on with."""
        record.save()
        return record

    def can_be_taken(self, record, user):
        return record.status in self.before and not self.why_not(record, user)


def step(label, kind=Step, **rules):
    """Make a function that changes `record` into a `Step`; it gets `by` and `reason`, and leaves saving to the step."""
    return lambda act: kind(act, label, **rules)


def lock(record):
    """The record as it is in the database now, for this transaction alone. `Refused` where somebody removed it meanwhile.

    On SQLite a transaction that writes is alone anyway (`transaction_mode` in the settings).
    """
    found = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if found is None:
        raise Refused("Dit is er niet meer: iemand haalde het intussen weg.")
    return found


def note_step(record, *, by, step, before="", reason="", job=""):
    """One line in the history: who took which step from what to what, and why. Never the text of what was sent."""
    after = getattr(record, "status", "")
    if getattr(record, "reason_stays_out_of_history", False):
        reason = ""
    details = {"step": step, "reason": reason} | ({"job": job} if job else {})
    if hasattr(record, "get_additional_data"):
        # Says on which other record the step shows too; see `programme.history.track`.
        details |= record.get_additional_data()
    if before and before != after:
        details |= {"from": str(type(record).Status(before).label), "to": str(record.get_status_display())}
    LogEntry.objects.log_create(
        record, force_log=True, action=LogEntry.Action.UPDATE, changes={}, actor=by, additional_data=details
    )
