"""Which corners of the golden triangle take part, in words and as a drawing."""

from dataclasses import dataclass
from functools import cached_property

from .models import TRIANGLE, Corner

PRESENT, MISSING, UNKNOWN = "present", "missing", "unknown"
# Care and welfare on top, education left, government right: the place alone says which corner it is.
PLACES = {Corner.CARE: (32, 9), Corner.EDUCATION: (9, 49), Corner.GOVERNMENT: (55, 49)}
CLASSES = {Corner.CARE: "care", Corner.EDUCATION: "education", Corner.GOVERNMENT: "government"}


@dataclass(frozen=True)
class Side:
    """One corner of one cooperation."""

    corner: Corner
    state: str

    @property
    def x(self):
        return PLACES[self.corner][0]

    @property
    def y(self):
        return PLACES[self.corner][1]

    @property
    def css(self):
        return {PRESENT: CLASSES[self.corner], MISSING: "open", UNKNOWN: "unknown"}[self.state]

    @property
    def question_y(self):
        return self.y + 4


@dataclass(frozen=True)
class Triangle:
    """The triangle of a pact or koploper.

    `corners` are the corners of those who take part now. A corner that nobody fills is missing only
    if the list of participants is complete; otherwise it is not known.
    """

    corners: frozenset
    is_complete: bool

    @classmethod
    def of(cls, record):
        """The triangle of a pact or koploper from a queryset that went through `with_corners`."""
        return cls(frozenset((record.corners or "").split(",")).intersection(TRIANGLE), record.participants_complete)

    @classmethod
    def at(cls, participations, is_complete):
        """That of those who take part."""
        return cls(
            frozenset(row.organisation.kind.corner for row in participations).intersection(TRIANGLE), is_complete
        )

    def state(self, corner):
        if corner in self.corners:
            return PRESENT
        return MISSING if self.is_complete else UNKNOWN

    @cached_property
    def sides(self):
        return [Side(corner, self.state(corner)) for corner in TRIANGLE]

    @cached_property
    def edges(self):
        """The three lines as (path, whether both ends take part)."""
        care, education, government = self.sides
        pairs = [(care, education), (education, government), (government, care)]
        return [(f"M{a.x} {a.y}L{b.x} {b.y}", a.state == b.state == PRESENT) for a, b in pairs]

    @cached_property
    def in_words(self):
        """The text equivalent, such as “Doen mee: zorg en welzijn. Nog niet bekend: onderwijs, overheid.”"""
        parts = [("Doen mee", PRESENT), ("Ontbreekt", MISSING), ("Nog niet bekend", UNKNOWN)]
        named = [(label, [s.corner.label.lower() for s in self.sides if s.state == state]) for label, state in parts]
        return " ".join(f"{label}: {', '.join(names)}." for label, names in named if names)
