"""The columns of the list of regional pacts as a file."""

from functools import partial

from organisations.files import PARTICIPANTS
from zorgpact.files import ADDRESS, Column, changed_of, column, slug_of

from .models import RegionalPact

_of = partial(column, RegionalPact)


def _earlier(pact):
    rows = pact.earlier_cooperations.all()
    return any(row.builds_on_it for row in rows) if rows else None


COLUMNS = [
    slug_of(RegionalPact),
    _of("name", "naam"),
    ADDRESS,
    _of("is_sample", "voorbeeld"),
    _of("summary", "in één zin", "Waar het om gaat, in één zin."),
    _of("area_name", "gebied", "Het gebied in woorden."),
    _of("municipalities", "gemeenten", "De gemeenten in het gebied, nu.", lambda p: [row.municipality.name for row in p.area.all()]),
    Column("codes van gemeenten", lambda p: [row.municipality.code for row in p.area.all()], "De CBS-codes van die gemeenten, in dezelfde volgorde."),
    Column("provincies", lambda p: sorted({row.municipality.province.name for row in p.area.all()}), "De provincies van die gemeenten."),
    Column("fase", lambda p: p.phase_name or "", "De fase van samenwerking, nu. Leeg: niet bekend."),
    _of("functions", "functies", "Wat het pact voor zijn regio is.", lambda p: [row.function.name for row in p.function_rows.all()]),
    _of("themes", "thema’s", "Waar het pact aan werkt.", lambda p: [row.theme.name for row in p.theme_rows.all()]),
    *PARTICIPANTS,
    _of("participants_complete", "deelnemers compleet"),
    Column("bouwt voort op eerdere samenwerking", _earlier, "Of het pact voortbouwt op een eerdere samenwerking. Leeg: niet bekend."),
    _of("started", "gestart", "Jaar, jaar en maand, of datum. Leeg: niet bekend."),
    _of("ended", "geëindigd", "Jaar, jaar en maand, of datum. Leeg: niet geëindigd, of niet bekend."),
    _of("confirmed_on", "bevestigd op"),
    _of("website", "website", "Het adres van de eigen site van het pact."),
    changed_of(RegionalPact),
]  # fmt: skip
