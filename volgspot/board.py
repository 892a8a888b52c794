"""The national team's overview: pacts beside rounds, with how each stands. A fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from regions.models import Phase, RegionalPact

from .completeness import loose_ends
from .models import Agreement, Reflection, Round, Section, SectionKind

MOST_ROUNDS = 6


@dataclass
class Cell:
    """One pact in one round; without a reflection it says that there is none."""

    reflection: object = None
    phase: str = ""
    loose: int = 0

    @property
    def state(self):
        return self.reflection.get_status_display() if self.reflection else "geen verslag"


@dataclass
class Line:
    pact: object
    cells: list
    open_agreements: int = 0
    late_agreements: int = 0


def board(query):
    """(rounds, lines) for what the address asks: ronde, stand, provincie and fase, each a slug."""
    rounds = list(Round.objects.published().filter(**({"slug": query["ronde"]} if query.get("ronde") else {})))[
        :MOST_ROUNDS
    ]
    pacts = RegionalPact.objects.published().with_phase()
    if query.get("provincie"):
        pacts = pacts.filter(municipalities__province__slug=query["provincie"]).distinct()
    if query.get("fase"):
        pacts = pacts.filter(phase_slug=query["fase"])
    pacts = list(pacts.order_by("name"))
    cells = _cells(rounds)
    counts = _agreements()
    lines = []
    for pact in pacts:
        row = [cells.get((pact.pk, round.pk), Cell()) for round in rounds]
        if not query.get("stand") or any(_has_state(cell, query["stand"]) for cell in row):
            lines.append(Line(pact, row, *counts.get(pact.pk, (0, 0))))
    return rounds, lines


def _has_state(cell, state):
    if cell.reflection is None:
        return state == "geen-verslag"
    return cell.reflection.status == state or (state == "te-laat" and cell.reflection.is_late)


def _cells(rounds):
    reflections = (
        Reflection.objects.filter(round__in=rounds)
        .with_latest_version()
        .with_counts()
        .defer("read_content")
        .select_related("reviewer", "round")
    )
    cells = {reflection.pk: Cell(reflection) for reflection in reflections}
    phases = dict(Phase.objects.values_list("slug", "name"))
    sections = Section.objects.filter(
        reflection__in=cells, kind__in=[SectionKind.TRIANGLE, SectionKind.COOPERATION]
    ).values_list("reflection", "kind", "data")
    for pk, kind, data in sections:
        if kind == SectionKind.TRIANGLE:
            cells[pk].loose = len(loose_ends(data))
        else:
            cells[pk].phase = phases.get(data.get("phase"), "")
    return {(cell.reflection.pact_id, cell.reflection.round_id): cell for cell in cells.values()}


def _agreements():
    """By pact: how many agreements are open, and how many of those are late."""
    today = timezone.localdate().isoformat()
    is_open = Q(fate__in=["", Agreement.Fate.CHANGED])
    rows = Agreement.objects.values("pact").annotate(
        open=Count("pk", filter=is_open), late=Count("pk", filter=is_open & ~Q(by_when="") & Q(by_when__lt=today))
    )
    return {row["pact"]: (row["open"], row["late"]) for row in rows.order_by()}
