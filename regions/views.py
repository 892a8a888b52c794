"""The public pages of the regional pacts."""

from django.db.models import Value
from django.utils import timezone
from django.views.generic import DetailView

from geography import geojson
from kopgroep.models import Koploper
from organisations.table import at_the_table, seats
from organisations.triangle import Triangle
from programme.models import sources_of
from regels.models import Case, Scheme
from volgspot.models import Round
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import first_few, newest, tied_to, up_to
from zorgpact.lists import FilteredListView
from zorgpact.written import WrittenOnce, among, as_value, moment, the_one

from .agenda import Agenda
from .files import COLUMNS
from .filters import PactFilter
from .map import pact_features, pact_map, small_map
from .models import (
    AgendaItem,
    AreaMunicipality,
    EarlierCooperation,
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


_sources = sources_of(RegionalPact)


class PactListView(FilteredListView):
    """All pacts on one page, and the same ones on the map beside it."""

    filterset_class = PactFilter
    template_name = "regions/regionalpact_list.html"
    paginate_by = 100

    def get_queryset(self):
        return RegionalPact.objects.published()

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

    def get_object(self, queryset=None):
        return the_one(_pact(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        pact, pk = self.object, self.object.pk
        participations, area, names = at_the_table(_participations(pk)), _area(pk), _names_on(pk)
        vraagstukken, items, subregions, rounds = _vraagstukken(pk), _items(pk), _subregions(pk), _rounds(pk)
        for vraagstuk in vraagstukken:
            vraagstuk.names = names.get(("parties", vraagstuk.pk), [])
        now = timezone.now()
        for item in items:
            item.coalition_names = names.get(("coalition", item.pk), [])
            item.funding_names = names.get(("funding", item.pk), [])
            if item.theme and not (item.theme.published_at and item.theme.published_at <= now):
                item.theme = None
        for subregion in subregions:
            subregion.names = names.get(("municipalities", subregion.pk), [])
        return super().get_context_data(
            triangle=Triangle.at(participations, pact.participants_complete),
            seats=seats(participations, pact.participants_complete),
            leaders=[p for p in participations if p.role != p.Role.PARTNER],
            participant_count=len({p.organisation_id for p in participations}),
            area=area,
            map=small_map(area),
            provinces=sorted({row.municipality.province.name for row in area}),
            phases=_phases(pk),
            functions=_functions(pk),
            theme_rows=_themes(pk),
            vraagstukken=vraagstukken,
            coalitions=_coalitions(vraagstukken),
            agenda=Agenda(items, self.request.GET),
            subregions=subregions,
            overlaps=_overlaps(pk),
            earlier=_earlier(pk),
            rounds=rounds,
            has_reports=any(round.has_report for round in rounds),
            koplopers=_koplopers(pk),
            sources=_sources(pk),
            **kwargs,
        )


@WrittenOnce
def _pact(slug):
    of_pact = tied_to(Koploper.pacts.through.objects, "koploper", Koploper.objects.published())
    pacts = RegionalPact.objects.published().filter(slug=slug)
    return pacts.with_phase().annotate(
        koploper_count=up_to(of_pact, "regionalpact"),
        case_count=Case.objects.per("pact"),
        scheme_count=Scheme.objects.published().per_pact(),
    )


@WrittenOnce
def _area(pact):
    return AreaMunicipality.objects.filter(pact=pact, until="").select_related("municipality__province")


@WrittenOnce
def _vraagstukken(pact):
    return Vraagstuk.objects.filter(pact=pact)


@WrittenOnce
def _items(pact):
    items = AgendaItem.objects.filter(pact=pact).select_related("vraagstuk", "theme", "subregion")
    return items.order_by("position", "pk")


@WrittenOnce
def _subregions(pact):
    return Subregion.objects.filter(pact=pact)


@WrittenOnce
def _rounds(pact):
    return Round.objects.line_of(pact)


@WrittenOnce
def _functions(pact):
    return PactFunction.objects.filter(pact=pact).select_related("function")


@WrittenOnce
def _themes(pact):
    return PactTheme.objects.public().filter(pact=pact)


@WrittenOnce
def _overlaps(pact):
    return LayoutOverlap.objects.filter(pact=pact).select_related("layout")


@WrittenOnce
def _earlier(pact):
    return EarlierCooperation.objects.filter(pact=pact)


@WrittenOnce
def _koplopers(pact):
    koplopers = Koploper.objects.published()
    of_pact = newest(Koploper.pacts.through.objects, "koploper", koplopers, regionalpact=pact)
    shown = first_few(koplopers.filter(pk__in=of_pact), KOPLOPERS_SHOWN)
    return shown.with_result().with_corners().without_texts()


@WrittenOnce
def _participations(pact):
    return PactParticipation.objects.public().filter(pact=pact).select_related("organisation__kind")


def fill_rows(pacts):
    """Give each pact the names that its row in a list shows: `tags` (name, is a sample) of phase, functions and themes; one query."""
    tags = {}
    for pk, _what, _position, name, is_sample in sorted(_tags(as_value(pact.pk for pact in pacts))):
        tags.setdefault(pk, []).append((name, bool(is_sample)))
    for pact in pacts:
        phase = [(pact.phase_name, pact.phase_is_sample)] if pact.phase_name else []
        pact.tags = phase + tags.get(pact.pk, [])
    return pacts


@WrittenOnce
def _tags(pacts):
    functions = PactFunction.objects.filter(pact__in=among(pacts)).order_by()
    themes = PactTheme.objects.public().filter(pact__in=among(pacts)).select_related(None).order_by()
    return functions.values_list("pact", Value(1), "function__position", "function__name", "is_sample").union(
        themes.values_list("pact", Value(2), "theme__position", "theme__name", "is_sample"), all=True
    )


def _names_on(pact):
    """The names that hang on the parts of a pact, by (what, key of the part), in one query."""
    found = {}
    for what, owner, name, slug in sorted(_names(pact), key=lambda row: row[2]):
        found.setdefault((what, owner), []).append((name, slug))
    return found


@WrittenOnce
def _names(pact):
    seen = {"organisation__published_at__lte": moment()}
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
    return first.union(*rest, all=True)


def _phases(pact):
    """The four phases with what is known of this pact: when it entered each, why, and which one is now."""
    changes = _changes(pact)
    now = changes[-1].phase if changes else None
    phases = []
    for phase in _all_phases():
        own = [change for change in changes if change.phase_id == phase.pk]
        state = "now" if phase == now else "past" if own or (now and phase.position < now.position) else ""
        phases.append({"phase": phase, "changes": own, "state": state})
    return {"all": phases, "now": now, "changes": changes, "is_sample": any(c.is_sample for c in changes)}


@WrittenOnce
def _changes(pact):
    today = timezone.localdate().isoformat()
    return PhaseChange.objects.filter(pact=pact, since__lte=today).select_related("phase")


@WrittenOnce
def _all_phases():
    return Phase.objects.all()


def _coalitions(vraagstukken):
    """Who works on which vraagstuk: rows of (organisation, a yes or no for each vraagstuk with a coalition of its own)."""
    own = [v for v in vraagstukken if v.coalition == Vraagstuk.Coalition.OWN and v.names]
    everyone = sorted({name for v in own for name in v.names})
    return {
        "vraagstukken": own,
        "rows": [(name, slug, [(name, slug) in v.names for v in own]) for name, slug in everyone],
        "base": [v for v in vraagstukken if v.coalition == Vraagstuk.Coalition.BASE],
    }
