"""The steps of a proposal. Nothing else changes its status.

open ──take_over──▶ overgenomen (the page changes in the same transaction)
  ├───give_back───▶ teruggegeven, with a reason
  └───withdraw────▶ ingetrokken, by a leader
"""

from django.db import transaction
from django.utils import timezone

from kopgroep.models import Koploper
from zorgpact.workflow import Refused, lock, note_step, step

from . import changes, mails
from .models import Proposal

OPEN, TAKEN_OVER, RETURNED, WITHDRAWN = Proposal.Status


def leads(user, target):
    return type(target).objects.led_by(user).filter(pk=target.pk).exists()


def only_leaders(proposal, user):
    return "" if leads(user, proposal.target) else "Alleen een projectleider kan dit doen."


def only_judges(proposal, user):
    """The team, as far as it is not tied to the record and did not propose this itself."""
    if not user.has_perm(Proposal.JUDGE):
        return "Alleen het landelijke team kan dit doen."
    if not Proposal.objects.not_tied_to(user).filter(pk=proposal.pk).exists():
        return "U bent hier zelf bij betrokken. Iemand anders van het landelijke team beoordeelt dit voorstel."
    return ""


@transaction.atomic
def propose(target, kind, data, reason, *, by):
    """Ask the team for a change; the same one twice is one proposal. Raises `Refused`."""
    target = lock(target)
    if not leads(by, target):
        raise Refused("Alleen een projectleider kan dit doen.")
    waiting = Proposal.objects.open().about(target).filter(kind=kind)
    if same := next((one for one in waiting if one.data == data), None):
        return same
    if waiting.count() >= MOST_OPEN:
        raise Refused(
            "Er wachten al veel voorstellen van deze soort. Wacht tot het team ernaar keek, of trek er een in."
        )
    proposal = Proposal(kind=kind, data=data, reason=reason, made_by=by, is_sample=target.is_sample)
    setattr(proposal, "koploper" if isinstance(target, Koploper) else "pact", target)
    proposal.before = changes.now(proposal)
    proposal.save()
    note_step(proposal, by=by, step="voorgesteld")
    mails.tell_team(proposal)
    return proposal


MOST_OPEN = 20


def decide(proposal, by, answer=""):
    proposal.decided_by, proposal.decided_at, proposal.answer = by, timezone.now(), answer


@step("overgenomen", before=[OPEN], after=TAKEN_OVER, why_not=only_judges)
def take_over(proposal, *, by, reason, seen, organisation=None):
    """Change the page. `seen` is what the officer read that it said: when it says something else by now, that comes first."""
    target = lock(proposal.target)
    if changes.now(proposal) != seen:
        raise Refused("De pagina veranderde terwijl u keek. Lees nog eens wat er nu staat.")
    organisation = changes.organisation_of(proposal) or organisation
    if "organisation" in proposal.data and organisation is None:
        raise Refused("Kies welke organisatie dit is. Staat zij er niet bij? Voeg haar dan eerst toe.")
    changes.CHANGES[proposal.kind].apply(target, proposal.data, by=by, organisation=organisation)
    # A changed row counts as a change of the record.
    target.version += 1
    target.save()
    decide(proposal, by)
    mails.say_taken_over(proposal)


@step("teruggegeven", before=[OPEN], after=RETURNED, why_not=only_judges, needs_reason=True)
def give_back(proposal, *, by, reason):
    """Say why not; the leaders may propose something else."""
    decide(proposal, by, reason)
    mails.say_returned(proposal)


@step("ingetrokken", before=[OPEN], after=WITHDRAWN, why_not=only_leaders)
def withdraw(proposal, *, by, reason):
    """The leaders do not want it any more."""
    decide(proposal, None)


STEPS = {one.name: one for one in (take_over, give_back, withdraw)}


def steps_for(proposal, user):
    """The steps that this person may take now, by name."""
    return {name: one for name, one in STEPS.items() if one.can_be_taken(proposal, user)}
