"""The public pages of the regional pacts."""

from django.db.models import Value
from django.utils import timezone
from django.views.generic import DetailView

from geography import geojson
from kopgroep.models import Koploper
from organisations.table import at_the_table, seats
from organisations.triangle import Triangle
from regels.models import Case, Scheme
from volgspot.models import Round
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import first_few, how_many
from zorgpact.lists import FilteredListView

from .agenda import Agenda
from .files import COLUMNS
from .filters import PactFilter
from .map import pact_features, pact_map, small_map
from .models import (
    AgendaItem,
    AreaMunicipality,
    LayoutOverlap,
    PactFunction,
    PactParticipation,
    PactTheme,
    Phase,
    PhaseChange,
    RegionalPact,
    Subregion,
    Vraagstuk,
)
from .nearby import look_up

# So many koplopers stand on the page of a pact; the others are a click away.
KOPLOPERS_SHOWN = 6


class PactListView(FilteredListView):
    """All pacts on one page, and the same ones on the map beside it."""

    filterset_class = PactFilter
    template_name = "regions/regionalpact_list.html"
    paginate_by = 100

    def get_queryset(self):
        return RegionalPact.objects.published().for_rows()

    def get_filterset_kwargs(self, filterset_class):
        lookup = look_up(self.request.GET.get("gemeente", ""))
        return {**super().get_filterset_kwargs(filterset_class), "lookup": lookup}

    def filled(self, records):
        return fill_rows(records)

    def get_context_data(self, **kwargs):
        return super().get_context_data(map=pact_map(self.filterset), **kwargs)


class PactFileView(FileOfList, PactListView):
    columns = COLUMNS
    file_name = "regionale-pacten"
    title = "Regionale pacten van het Zorgpact"

    def get_queryset(self):
        return RegionalPact.objects.published().for_files()


class PactFeedView(FeedOfList, PactListView):
    title = PactFileView.title

    def get_queryset(self):
        return RegionalPact.objects.published()


class PactGeoJsonView(PactListView):
    """What the map shows, as a file."""

    def get(self, request, *args, **kwargs):
        filterset = self.get_filterset(self.get_filterset_class())
        response = geojson.file("regionale-pacten", pact_features(filterset))
        response.keeps_query = filterset.has_only_choices
        return response


class PactDetailView(DetailView):
    """One pact. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "pact"
    template_name = "regions/regionalpact_detail.html"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        response.keeps_query = response.context_data["agenda"].has_only_choices(request.GET)
        return response

    def get_queryset(self):
        return (
            RegionalPact.objects.published()
            .with_corners()
            .with_phase()
            .annotate(
                koploper_count=how_many(
                    Koploper.pacts.through.objects.filter(koploper__in=Koploper.objects.published()), "regionalpact"
                ),
                case_count=Case.objects.per("pact"),
                scheme_count=Scheme.objects.published().per_pact(),
            )
        )

    def get_context_data(self, **kwargs):
        pact = self.object
        participations = at_the_table(PactParticipation.objects.filter(pact=pact))
        area = list(AreaMunicipality.objects.filter(pact=pact, until="").select_related("municipality__province"))
        names = _names_on(pact)
        vraagstukken = list(Vraagstuk.objects.filter(pact=pact))
        for vraagstuk in vraagstukken:
            vraagstuk.names = names.get(("parties", vraagstuk.pk), [])
        items = list(
            AgendaItem.objects.filter(pact=pact)
            .select_related("vraagstuk", "theme", "subregion")
            .order_by("position", "pk")
        )
        now = timezone.now()
        for item in items:
            item.coalition_names = names.get(("coalition", item.pk), [])
            item.funding_names = names.get(("funding", item.pk), [])
            if item.theme and not (item.theme.published_at and item.theme.published_at <= now):
                item.theme = None
        subregions = list(Subregion.objects.filter(pact=pact))
        for subregion in subregions:
            subregion.names = names.get(("municipalities", subregion.pk), [])
        rounds = list(Round.objects.line_of(pact))
        koplopers = Koploper.objects.published().filter(pacts=pact)
        return super().get_context_data(
            triangle=Triangle.of(pact),
            seats=seats(participations, pact.participants_complete),
            leaders=[p for p in participations if p.role != p.Role.PARTNER],
            participant_count=len({p.organisation_id for p in participations}),
            area=area,
            map=small_map(area),
            provinces=sorted({row.municipality.province.name for row in area}),
            phases=_phases(pact),
            functions=PactFunction.objects.filter(pact=pact).select_related("function"),
            theme_rows=PactTheme.objects.public().filter(pact=pact),
            vraagstukken=vraagstukken,
            coalitions=_coalitions(vraagstukken),
            agenda=Agenda(items, self.request.GET),
            subregions=subregions,
            overlaps=LayoutOverlap.objects.filter(pact=pact).select_related("layout"),
            earlier=list(pact.earlier_cooperations.all()),
            rounds=rounds,
            has_reports=any(round.has_report for round in rounds),
            koplopers=list(first_few(koplopers, KOPLOPERS_SHOWN).with_result().with_corners()),
            sources=list(pact.sources.published()),
            **kwargs,
        )


def fill_rows(pacts):
    """Give each pact the names that its row in a list shows: `tags` (name, is a sample) of phase, functions and themes; one query."""
    functions = PactFunction.objects.filter(pact__in=pacts).order_by()
    themes = PactTheme.objects.public().filter(pact__in=pacts).select_related(None).order_by()
    rows = functions.values_list("pact", Value(1), "function__position", "function__name", "is_sample").union(
        themes.values_list("pact", Value(2), "theme__position", "theme__name", "is_sample"), all=True
    )
    tags = {}
    for pk, _what, _position, name, is_sample in sorted(rows):
        tags.setdefault(pk, []).append((name, bool(is_sample)))
    for pact in pacts:
        phase = [(pact.phase_name, pact.phase_is_sample)] if pact.phase_name else []
        pact.tags = phase + tags.get(pact.pk, [])
    return pacts


def _names_on(pact):
    """The names that hang on the parts of a pact, by (what, key of the part), in one query."""
    now = timezone.now()
    seen = {"organisation__published_at__lte": now}
    groups = [
        ("parties", Vraagstuk.parties.through, "vraagstuk", "organisation__name", seen),
        ("coalition", AgendaItem.coalition.through, "agendaitem", "organisation__name", seen),
        ("funding", AgendaItem.funding.through, "agendaitem", "fundingstream__name", {}),
        ("municipalities", Subregion.municipalities.through, "subregion", "municipality__name", {}),
    ]
    first, *rest = [
        through.objects.filter(**{f"{owner}__pact": pact}, **only)
        .order_by()
        .values_list(Value(what), f"{owner}_id", name, name.replace("__name", "__slug"))
        for what, through, owner, name, only in groups
    ]
    found = {}
    for what, owner, name, slug in sorted(first.union(*rest, all=True), key=lambda row: row[2]):
        found.setdefault((what, owner), []).append((name, slug))
    return found


def _phases(pact):
    """The four phases with what is known of this pact: when it entered each, why, and which one is now."""
    today = timezone.localdate().isoformat()
    changes = list(PhaseChange.objects.filter(pact=pact, since__lte=today).select_related("phase"))
    now = changes[-1].phase if changes else None
    phases = []
    for phase in Phase.objects.all():
        own = [change for change in changes if change.phase_id == phase.pk]
        state = "now" if phase == now else "past" if own or (now and phase.position < now.position) else ""
        phases.append({"phase": phase, "changes": own, "state": state})
    return {"all": phases, "now": now, "changes": changes, "is_sample": any(c.is_sample for c in changes)}


def _coalitions(vraagstukken):
    """Who works on which vraagstuk: rows of (organisation, a yes or no for each vraagstuk with a coalition of its own)."""
    own = [v for v in vraagstukken if v.coalition == Vraagstuk.Coalition.OWN and v.names]
    everyone = sorted({name for v in own for name in v.names})
    return {
        "vraagstukken": own,
        "rows": [(name, slug, [(name, slug) in v.names for v in own]) for name, slug in everyone],
        "base": [v for v in vraagstukken if v.coalition == Vraagstuk.Coalition.BASE],
    }
