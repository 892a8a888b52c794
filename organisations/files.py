"""The columns about who takes part, for the list of each thing that organisations take part in."""

from zorgpact.files import Column

from .models import Corner, Participation


def _lead(record):
    rows = record.participations.all()
    return next((row.organisation.name for row in rows if row.role == Participation.Role.LEAD), "")


def _at(corner):
    def value(record):
        rows = record.participations.all()
        return sorted({row.organisation.name for row in rows if row.organisation.kind.corner == corner})

    return value


PARTICIPANTS = [
    Column("trekker", _lead, "De organisatie die nu trekker is. Leeg: niet bekend."),
    *(
        Column(f"deelnemers {corner.label.lower()}", _at(corner), f"Wie nu meedoet uit deze hoek: {corner.label}.")
        for corner in Corner
    ),
]
