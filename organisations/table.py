"""Who sits at the table of a pact or koploper, corner by corner."""

from dataclasses import dataclass, field

from .models import TRIANGLE, Corner, Participation
from .triangle import CLASSES, MISSING, PRESENT, UNKNOWN

# Whoever leads comes first.
ORDER = {role: place for place, role in enumerate(Participation.Role.values)}


@dataclass
class Seat:
    """One organisation, with every role it has here."""

    organisation: object
    roles: list
    is_sample: bool
    since: str


@dataclass
class Side:
    """One corner: who sits there, or why it is empty."""

    corner: Corner
    seats: list = field(default_factory=list)
    is_complete: bool = False

    @property
    def state(self):
        if self.seats:
            return PRESENT
        return MISSING if self.is_complete else UNKNOWN

    @property
    def css(self):
        return CLASSES.get(self.corner, "outside") if self.seats else "open"


def at_the_table(participations):
    """These, read with their organisation and its kind, with leaders first."""
    return sorted(participations, key=lambda row: (ORDER[row.role], row.organisation.name.casefold()))


def seats(participations, is_complete):
    """The three corners, and a fourth for who is outside the triangle if anybody is."""
    sides = {corner: Side(corner, is_complete=is_complete) for corner in [*TRIANGLE, Corner.OUTSIDE]}
    found = {}
    for row in participations:
        seat = found.get(row.organisation_id)
        if seat is None:
            seat = found[row.organisation_id] = Seat(row.organisation, [], row.is_sample, row.started)
            sides[Corner(row.organisation.kind.corner)].seats.append(seat)
        if row.role != Participation.Role.PARTNER:
            seat.roles.append(row.get_role_display())
    return [side for corner, side in sides.items() if corner in TRIANGLE or side.seats]
