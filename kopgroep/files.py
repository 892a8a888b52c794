"""The columns of the list of koplopers as a file."""

from functools import partial

from organisations.files import PARTICIPANTS
from zorgpact.files import ADDRESS, Column, changed_of, column, slug_of

from .models import Koploper

_of = partial(column, Koploper)


def _names(records):
    return [record.name for record in records]


COLUMNS = [
    slug_of(Koploper),
    _of("title", "naam", "Hoe de koploper heet."),
    ADDRESS,
    _of("is_sample", "voorbeeld"),
    _of("kind", "soort", "Koploper, of een ander goed voorbeeld.", lambda k: k.get_kind_display()),
    _of("summary", "in één zin", "Waar het om gaat, in één zin."),
    Column("waar", lambda k: k.where, "De plaats of het gebied in woorden. Leeg: niet bekend."),
    _of("municipalities", "gemeenten", value=lambda k: _names(k.municipalities.all())),
    Column(
        "provincies",
        lambda k: sorted({m.province.name for m in k.municipalities.all()}),
        "De provincies van die gemeenten.",
    ),
    _of("themes", "thema’s", "Waar de koploper aan werkt.", lambda k: [row.theme.name for row in k.theme_rows.all()]),
    _of("forms", "vormen", "De vormen van samenwerking.", lambda k: _names(k.forms.all())),
    _of("pacts", "pacten", "De regionale pacten waar de koploper bij hoort.", lambda k: _names(k.pacts.all())),
    *PARTICIPANTS,
    _of("participants_complete", "deelnemers compleet"),
    Column("resultaten", lambda k: [r.title for r in k.results.all()], "Wat de koploper bereikte, elk als hele zin."),
    _of("challenges", "uitdagingen", "Wat lastig is.", lambda k: _names(k.challenges.all())),
    Column("keer overgenomen", lambda k: len(k.adoptions.all()), "Hoe vaak, voor zover bekend, een andere regio de koploper of een deel ervan overnam."),
    _of("status", "stand", "Actief, geëindigd, of niet bekend.", lambda k: k.get_status_display()),
    _of("started", "gestart", "Jaar, jaar en maand, of datum. Leeg: niet bekend."),
    _of("joined_on", "in de Kopgroep sinds", "Jaar, jaar en maand, of datum. Leeg: niet bekend."),
    _of("ended", "geëindigd", "Jaar, jaar en maand, of datum. Leeg: niet geëindigd, of niet bekend."),
    _of("confirmation", "zekerheid", "Of een bron zegt dat dit een koploper is.", lambda k: k.get_confirmation_display()),
    _of("confirmed_on", "bevestigd op"),
    _of("website", "website", "Het adres van de eigen site van de koploper."),
    changed_of(Koploper),
]  # fmt: skip
