"""What waits for somebody, and why: one answer for the page and for whoever reminds."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from regions.models import RegionalPact
from volgspot.models import Reflection, Round

from .models import Proposal

# So long a returned proposal asks for another one.
ASKS_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """One thing to do. Without a deadline `until` is None; `is_asked` where somebody waits for it."""

    title: str
    why: str
    url: str
    until: date | None = None
    is_asked: bool = False


def due_for(user, today=None, proposals=None):
    """What somebody asked for first, then by deadline; what has none comes last.

    `proposals` may be those of `proposals_of`, already read.
    """
    today = today or timezone.localdate()
    proposals = proposals_of(user) if proposals is None else proposals
    return sorted(
        [*_of_volgspot(user, today), *_of_proposals(proposals, today)],
        key=lambda due: (not due.is_asked, due.until is None, due.until or today, due.title),
    )


def _of_volgspot(user, today):
    pacts = list(RegionalPact.objects.led_by(user, today))
    rounds = list(Round.objects.filter(opens__lte=today).prefetch_related("pacts"))
    filed = {
        (r.pact_id, r.round_id): r
        for r in Reflection.objects.filter(pact__in=pacts).defer("read_content").select_related("round")
    }
    for pact in pacts:
        for round in rounds:
            reflection = filed.get((pact.pk, round.pk))
            title = f"Volgspot {round.name} van {pact.name}"
            url = reverse("volgspot:overview", args=[pact.slug, round.slug])
            if reflection and reflection.status == Reflection.Status.RETURNED:
                until = round.closes if round.closes >= today else None
                yield Due(title, "Het landelijke team vraagt u iets te veranderen.", url, until, is_asked=True)
            elif reflection and reflection.status == Reflection.Status.DRAFT and today > round.closes:
                yield Due(
                    title,
                    "De ronde is gesloten. U kunt uw concept nog indienen; er komt bij te staan dat het te laat was.",
                    url,
                )
            elif round.closes >= today and round.asks(pact):
                if reflection is None:
                    yield Due(title, "De ronde is open en u bent nog niet begonnen.", url, round.closes)
                elif reflection.status == Reflection.Status.DRAFT:
                    yield Due(title, "Uw concept is nog niet ingediend.", url, round.closes)


def proposals_of(user):
    """About all that this person leads, the oldest first."""
    return list(Proposal.objects.led_by(user).select_related("pact", "koploper"))


def _of_proposals(proposals, today):
    """Those that came back not long ago, unless there is a later one of the same sort."""
    latest = {}
    for proposal in proposals:
        latest[proposal.pact_id, proposal.koploper_id, proposal.kind] = proposal
    for proposal in latest.values():
        is_recent = proposal.decided_at and timezone.localdate(proposal.decided_at) >= today - ASKS_FOR
        if proposal.status == Proposal.Status.RETURNED and is_recent:
            yield Due(
                f"{proposal.target}: {proposal.get_kind_display()}",
                "Het landelijke team gaf uw voorstel terug. Lees waarom, en doe een nieuw voorstel als dat nodig is.",
                reverse("workplace:proposal", args=[proposal.pk]),
            )
