"""Which pages are measured: name → address, as JSON. Of a kind the heaviest one that there is."""

import json

import django

django.setup()

from django.db.models import Count  # noqa: E402

from kopgroep.models import Koploper  # noqa: E402
from regels.models import Case, Obstacle, Rule, Scheme  # noqa: E402
from regions.models import RegionalPact  # noqa: E402
from themes.models import Theme  # noqa: E402

CASEBOOK = "/ruimte-in-de-regels/"


def heaviest(model, rows):
    return model.objects.published().annotate(rows_found=Count(rows)).order_by("-rows_found", "pk").first()


def pages():
    pact, koploper = heaviest(RegionalPact, "participations"), heaviest(Koploper, "participations")
    theme, case = Theme.objects.published().first(), heaviest(Case, "rule_links")
    rule, obstacle, scheme = heaviest(Rule, "cases"), heaviest(Obstacle, "cases"), heaviest(Scheme, "grants")
    chosen = f"ministerie={case.ministry.slug}&uitkomst={case.outcome}&herkomst={case.origin}&thema={theme.slug}"
    return {
        "voorpagina": "/",
        "lijst van pacten, met kaart": "/regionale-pacten/",
        "pact": pact.get_absolute_url(),
        "Kopgroep, met kaart": "/kopgroep/",
        "Kopgroep, filters aan": f"/kopgroep/?thema={theme.slug}&provincie=noord-holland&status=actief&overgenomen=ja",
        "kaart van een provincie": "/kopgroep/?provincie=gelderland",
        "koploper": koploper.get_absolute_url(),
        "thema": theme.get_absolute_url(),
        "casussen": CASEBOOK,
        "casussen, filters aan": f"{CASEBOOK}?{chosen}",
        "casus": case.get_absolute_url(),
        "regel": rule.get_absolute_url(),
        "belemmeringen": f"{CASEBOOK}belemmeringen/",
        "belemmering": obstacle.get_absolute_url(),
        "regelingen": f"{CASEBOOK}regelingen/",
        "regeling": scheme.get_absolute_url(),
        "zoeken": "/zoeken/?q=leren%20in%20de%20wijk",
        "suggesties": "/zoeken/suggesties/?q=wijkl",
    }


if __name__ == "__main__":
    print(json.dumps(pages()))
