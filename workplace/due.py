"""What waits for somebody, and why: one answer for the page and for whoever reminds."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from regions.models import RegionalPact
from volgspot.models import Reflection, Round


@dataclass(frozen=True)
class Due:
    """One thing to do. Without a deadline `until` is None; `is_asked` where somebody waits for it."""

    title: str
    why: str
    url: str
    until: date | None = None
    is_asked: bool = False


def due_for(user, today=None):
    """What somebody asked for first, then by deadline; what has none comes last."""
    today = today or timezone.localdate()
    return sorted(
        _of_volgspot(user, today),
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
