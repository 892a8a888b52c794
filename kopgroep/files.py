"""The columns of the list of koplopers as a file."""

from django.conf import settings

from organisations.models import Corner, Participation
from zorgpact.files import Column, column

from .models import Koploper


def _of(name, label, description="", value=None):
    return column(Koploper, name, label, description, value)


def _names(records):
    return [record.name for record in records]


def _lead(koploper):
    rows = koploper.participations.all()
    return next((row.organisation.name for row in rows if row.role == Participation.Role.LEAD), "")


def _at(corner):
    def value(koploper):
        rows = koploper.participations.all()
        return sorted({row.organisation.name for row in rows if row.organisation.kind.corner == corner})

    return value


COLUMNS = [
    _of("slug", "korte naam", "De naam die nooit verandert zonder dat het oude adres blijft werken."),
    _of("title", "naam", "Hoe de koploper heet."),
    Column("adres", lambda k: settings.PORTAL_URL + k.get_absolute_url(), "Het adres van de pagina op deze site."),
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
    Column("trekker", _lead, "De organisatie die nu trekker is. Leeg: niet bekend."),
    *(
        Column(f"deelnemers {corner.label.lower()}", _at(corner), f"Wie nu meedoet uit deze hoek: {corner.label}.")
        for corner in Corner
    ),
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
    _of("updated_at", "laatst gewijzigd", "Wanneer deze gegevens het laatst wijzigden."),
]  # fmt: skip
