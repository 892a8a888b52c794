"""What of the regional pacts can be found."""

from django.db.models import Prefetch

from geography.models import Municipality, Province
from organisations.models import Organisation
from search.registry import Content, Feed, Kind, listed, register
from themes.models import Theme

from .models import (
    AgendaItem,
    AreaMunicipality,
    Function,
    PactFunction,
    PactParticipation,
    PactTheme,
    RegionalPact,
    Subregion,
    Vraagstuk,
)


def _pacts(at):
    area = AreaMunicipality.objects.filter(until="").select_related("municipality__province")
    return RegionalPact.objects.published(at).prefetch_related(
        Prefetch("area", area),
        Prefetch("theme_rows", PactTheme.objects.public(at)),
        Prefetch("participations", PactParticipation.objects.public(at).select_related("organisation")),
        "functions",
        "subregions",
        "vraagstukken",
        "agenda",
    )


def _pact(pact):
    municipalities = [row.municipality for row in pact.area.all()]
    provinces = {m.province.slug: m.province.name for m in municipalities}
    return Content(
        title=pact.name,
        url=pact.get_absolute_url(),
        summary=pact.summary,
        body=(
            pact.story,
            pact.ambition,
            pact.national_tie,
            pact.government_role,
            pact.municipality_gain,
            *(text for issue in pact.vraagstukken.all() for text in (issue.title, issue.text)),
            *(text for item in pact.agenda.all() for text in (item.title, item.goal)),
            pact.project_groups,
            pact.governance,
            pact.means,
            pact.refinancing,
            pact.how_to_join,
            listed("Gebied", [pact.area_name]),
            listed("Subregio’s", [s.name for s in pact.subregions.all()]),
            listed("Thema’s", [row.theme.name for row in pact.theme_rows.all()]),
            listed("Functie", [function.name for function in pact.functions.all()]),
            listed("Deelnemers", dict.fromkeys(row.organisation.name for row in pact.participations.all())),
            listed("Gemeenten", [m.name for m in municipalities]),
            listed("Provincies", provinces.values()),
        ),
        themes=tuple(row.theme.slug for row in pact.theme_rows.all()),
        provinces=tuple(provinces),
        is_sample=pact.is_sample,
    )


register(
    Kind(
        name="pact",
        label="Regionaal pact",
        plural="Regionale pacten",
        weight=0.3,
        model=RegionalPact,
        published=_pacts,
        content=_pact,
        feeds=(
            Feed(RegionalPact, owner="pk"),
            *(
                Feed(rows, owner="pact")
                for rows in (
                    AreaMunicipality,
                    PactTheme,
                    PactParticipation,
                    PactFunction,
                    Subregion,
                    Vraagstuk,
                    AgendaItem,
                )
            ),
            Feed(Theme, path="themes"),
            Feed(Organisation, path="participants"),
            Feed(Function, path="functions"),
            Feed(Municipality, path="municipalities"),
            Feed(Province, path="municipalities__province"),
        ),
        clock=("published_at", "themes__published_at", "participants__published_at"),
    )
)
