"""The steps of a reflection. Nothing else changes its status.

    concept ──submit──▶ ingediend ──adopt──▶ vastgesteld ──publish──▶ (the version gets `published_at`)
       ▲                 │  ▲  │                 │
       ├───take_back─────┘  │  └─give_back─▶ teruggegeven
       │                 submit ◀───────────────┘
       └──correct (the published version stays) ─┘  from vastgesteld

`take_up` names who reads it and leaves the status as it is.
"""

from django.utils import timezone

from zorgpact.workflow import Refused, step

from . import adoption, mails
from .completeness import missing
from .content import content_of
from .context import Context
from .models import Reflection
from .people import leaders_and_team, only_leaders, only_reviewers, only_team

DRAFT, SUBMITTED, RETURNED, ADOPTED = Reflection.Status


@step("ingediend", before=[DRAFT, RETURNED], after=SUBMITTED, why_not=only_leaders)
def submit(reflection, *, by, reason):
    """Send the draft in. Refused as long as something is missing; after the round has closed it is marked late."""
    if lacking := missing(Context(reflection)):
        raise Refused(f"Er ontbreekt nog iets: {len(lacking)} punten.")
    reflection.submissions += 1
    reflection.submitted_at = timezone.now()
    reflection.is_late = reflection.submissions == 1 and timezone.localdate() > reflection.round.closes
    mails.say_received(reflection, by)


def not_yet_taken_up(reflection, user):
    if reflection.reviewer_id:
        return f"{reflection.reviewer} leest het verslag al. Vraag om het terug te geven."
    return only_leaders(reflection, user)


@step("teruggehaald", before=[SUBMITTED], after=DRAFT, why_not=not_yet_taken_up)
def take_back(reflection, *, by, reason):
    """The pact wants to change something before anybody has read it."""


@step("in behandeling genomen", before=[SUBMITTED], why_not=only_reviewers)
def take_up(reflection, *, by, reason):
    """Say who reads it; somebody else of the team may take it over."""
    reflection.reviewer = by


@step("teruggegeven", before=[SUBMITTED], after=RETURNED, why_not=only_reviewers, needs_reason=True)
def give_back(reflection, *, by, reason):
    """Ask for changes, with the remarks that stand at the fields."""
    reflection.reviewer = by
    reflection.read_content = content_of(Context(reflection))
    reflection.comments.filter(sent_at=None).update(sent_at=timezone.now())
    mails.say_returned(reflection, reason)


@step("vastgesteld", before=[SUBMITTED], after=ADOPTED, why_not=only_reviewers)
def adopt(reflection, *, by, reason, take_over_phase=False):
    """Keep it word for word; `take_over_phase` also writes the phase into the history of the pact."""
    reflection.reviewer = by
    adoption.keep(Context(reflection), by=by, reason=reflection.correction_reason, take_over_phase=take_over_phase)
    mails.say_adopted(reflection)


@step("gepubliceerd", before=[ADOPTED], why_not=only_team)
def publish(reflection, *, by, reason):
    """Let everybody read the version that was adopted last."""
    version = reflection.versions.first()
    if version.published_at:
        raise Refused("Dit verslag is al gepubliceerd.")
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    mails.say_published(reflection)


@step("correctie begonnen", before=[ADOPTED], after=DRAFT, why_not=leaders_and_team, needs_reason=True)
def correct(reflection, *, by, reason):
    """Begin a next version; the earlier one stays as it is and where it is."""
    reflection.reviewer = None
    reflection.correction_reason = reason[:500]


STEPS = {one.name: one for one in (submit, take_back, take_up, give_back, adopt, publish, correct)}


def steps_for(reflection, user):
    """The steps that this person may take now, by name."""
    return {name: one for name, one in STEPS.items() if one.can_be_taken(reflection, user)}
