"""How the list of regional pacts can be narrowed."""

from geography.models import Province
from organisations.models import TRIANGLE, Organisation, OrganisationKind, Participation
from programme.models import FRESHNESS, freshness_in_database
from themes.models import Theme
from zorgpact.lists import Chip, Facet, ListFilter, OwnFacet

from .models import AreaMunicipality, Function, PactFunction, PactParticipation, PactTheme, Phase, RegionalPact


def _leads():
    return PactParticipation.objects.public().filter(role=Participation.Role.LEAD)


class PactFilter(ListFilter):
    fase = OwnFacet(
        label="Fase", annotate=lambda pacts: pacts.with_phase(), choice="phase_slug", choices=Phase.objects.all
    )
    functie = Facet(
        label="Functie",
        rows=PactFunction.objects.all,
        owner="pact",
        choice="function__slug",
        choices=Function.objects.all,
    )
    thema = Facet(
        label="Thema",
        rows=PactTheme.objects.public,
        owner="pact",
        choice="theme__slug",
        choices=Theme.objects.published,
    )
    provincie = Facet(
        label="Provincie",
        rows=lambda: AreaMunicipality.objects.filter(until=""),
        owner="pact",
        choice="municipality__province__slug",
        choices=Province.objects.all,
    )
    hoek = Facet(
        label="Wie er aan tafel zit",
        rows=PactParticipation.objects.public,
        owner="pact",
        choice="organisation__kind__corner",
        choices=[(corner.value, corner.label) for corner in TRIANGLE],
    )
    trekker = Facet(
        label="Soort trekker",
        rows=_leads,
        owner="pact",
        choice="organisation__kind__slug",
        choices=lambda: OrganisationKind.objects.filter(pk__in=_leads().values("organisation__kind")),
    )
    bevestigd = OwnFacet(
        label="Kloppen de gegevens nog?",
        annotate=lambda pacts: pacts.annotate(freshness_slug=freshness_in_database()),
        choice="freshness_slug",
        choices=FRESHNESS,
    )
    organisatie = Facet(
        label="Organisatie",
        rows=PactParticipation.objects.public,
        owner="pact",
        choice="organisation__slug",
        choices=Organisation.objects.published,
        quiet=True,
    )

    kinds = ("pact",)
    sortings = {
        "naam": ("Naam", ["name", "pk"]),
        "bevestigd": ("Laatst bevestigd", [RegionalPact.last_confirmed_first, "name", "pk"]),
    }

    class Meta:
        model = RegionalPact
        fields = []

    def __init__(self, data=None, queryset=None, *, lookup=None, **kwargs):
        """`lookup` is the answer to a typed municipality: the list then holds its pacts alone."""
        self.lookup = lookup
        if lookup:
            areas = AreaMunicipality.objects.filter(until="", municipality__in=lookup.municipality_ids)
            queryset = queryset.filter(pk__in=areas.values("pact"))
            self.is_of_all = False
        super().__init__(data, queryset, **kwargs)

    def chips(self):
        chips = super().chips()
        if self.lookup:
            chips.append(Chip(f"gemeente: {self.lookup.asked}", self._query_without("gemeente", None)))
        return chips

    def carried(self):
        return super().carried() + ([("gemeente", self.lookup.asked)] if self.lookup else [])
