"""The public pages of the Kopgroep."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Value
from django.shortcuts import render
from django.views.generic import DetailView

from geography import geojson
from geography.models import Municipality
from organisations.table import at_the_table, seats
from organisations.triangle import Triangle
from programme.models import sources_of
from regels.models import Case, Scheme
from regions.models import RegionalPact
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import first_few, how_many
from zorgpact.lists import FilteredListView
from zorgpact.written import WrittenOnce, among, as_value, moment, the_one

from .criteria import CRITERIA
from .files import COLUMNS
from .filters import KoploperFilter
from .map import koploper_features, koploper_map, small_map
from .models import Adoption, Koploper, KoploperEffect, KoploperParticipation, KoploperTheme, Result, Voice

RELATED = 4
# The others are a click away.
CASES_SHOWN = 10
# More than there are for years; ranking tens of thousands for every page took minutes.
COMPARED = 50


_sources = sources_of(Koploper)


class KoploperListView(FilteredListView):
    filterset_class = KoploperFilter
    template_name = "kopgroep/koploper_list.html"
    numbers_first = True

    def get_queryset(self):
        return Koploper.objects.published()

    def filled(self, records):
        return fill_rows(records)

    def get_context_data(self, **kwargs):
        return super().get_context_data(map=koploper_map(self.filterset), **kwargs)


class KoploperFileView(FileOfList, KoploperListView):
    columns = COLUMNS
    file_name = "koplopers"
    title = "Koplopers van het Zorgpact"

    def get_queryset(self):
        return Koploper.objects.published().for_files()


class KoploperFeedView(FeedOfList, KoploperListView):
    title = KoploperFileView.title

    def get_queryset(self):
        return Koploper.objects.published().with_result()

    def text_of(self, koploper):
        return "\n".join(filter(None, [koploper.first_result, koploper.summary]))


class KoploperGeoJsonView(KoploperListView):
    """What the map shows, as a file."""

    def get(self, request, *args, **kwargs):
        filterset = self.get_filterset(self.get_filterset_class())
        response = geojson.file("koplopers", koploper_features(filterset))
        response.keeps_query = filterset.has_only_choices
        return response


class KoploperDetailView(DetailView):
    """One koploper. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "koploper"
    template_name = "kopgroep/koploper_detail.html"

    def get_object(self, queryset=None):
        return the_one(_koploper(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        koploper, pk = self.object, self.object.pk
        participations = at_the_table(_participations(pk))
        municipalities = _municipalities(pk)
        koploper.municipality_names = [municipality.name for municipality in municipalities]
        names = names_on([koploper])
        return super().get_context_data(
            map=small_map(koploper.place, municipalities),
            triangle=Triangle.at(participations, koploper.participants_complete),
            seats=seats(participations, koploper.participants_complete),
            leaders=[p for p in participations if p.role != p.Role.PARTNER],
            municipalities=municipalities,
            provinces=sorted({municipality.province.name for municipality in municipalities}),
            theme_rows=_themes(pk),
            pacts=_pacts(pk),
            results=_results(pk),
            effects=_by_group(_effects(pk)),
            voices=_voices(pk),
            adoptions=_adoptions(pk),
            forms=names[pk, "forms"],
            challenges=names[pk, "challenges"],
            sustaining=names[pk, "sustaining"],
            inspiration=_inspiration(pk),
            related=_related(pk),
            cases=_cases(pk),
            schemes=list(Scheme.objects.published().used_by(koploper)),
            sources=_sources(pk),
            **kwargs,
        )


@WrittenOnce
def _koploper(slug):
    return Koploper.objects.published().filter(slug=slug).select_related("place")


@WrittenOnce
def _participations(koploper):
    return KoploperParticipation.objects.public().filter(koploper=koploper).select_related("organisation__kind")


@WrittenOnce
def _municipalities(koploper):
    return Municipality.objects.filter(koplopers=koploper).select_related("province")


@WrittenOnce
def _themes(koploper):
    return KoploperTheme.objects.public().filter(koploper=koploper)


@WrittenOnce
def _pacts(koploper):
    return RegionalPact.objects.published().filter(koplopers=koploper).without_texts()


@WrittenOnce
def _results(koploper):
    return Result.objects.filter(koploper=koploper).select_related("area", "source")


@WrittenOnce
def _effects(koploper):
    return KoploperEffect.objects.filter(koploper=koploper).select_related("effect", "source")


@WrittenOnce
def _voices(koploper):
    return Voice.objects.filter(koploper=koploper).select_related("source")


@WrittenOnce
def _adoptions(koploper):
    return Adoption.objects.filter(koploper=koploper).select_related("organisation", "municipality", "source")


@WrittenOnce
def _cases(koploper):
    return first_few(Case.objects.published().filter(koploper=koploper), CASES_SHOWN).with_freshness()


def criteria(request):
    return render(request, "kopgroep/criteria.html", {"criteria": CRITERIA})


def fill_rows(koplopers):
    """Give each koploper the names that its row in a list shows: `tags` (name, is a sample), `pact_names` and where; one query."""
    found = defaultdict(list)
    for pk, what, _position, name, is_sample in sorted(_names(as_value(koploper.pk for koploper in koplopers))):
        found[pk, what].append((name, bool(is_sample)))
    for koploper in koplopers:
        koploper.tags = found[koploper.pk, "theme"] + found[koploper.pk, "form"]
        koploper.pact_names = [name for name, _is_sample in found[koploper.pk, "pact"]]
        koploper.municipality_names = [name for name, _is_sample in found[koploper.pk, "municipality"]]
    return koplopers


@WrittenOnce
def _names(koplopers):
    no, place = Value(False), Value(0)
    of_theme = KoploperTheme.objects.public().select_related(None)
    groups = [
        of_theme.values_list("koploper", Value("theme"), "theme__position", "theme__name", "is_sample"),
        Koploper.forms.through.objects.values_list(
            "koploper", Value("form"), "cooperationform__position", "cooperationform__name", no
        ),
        Koploper.pacts.through.objects.filter(regionalpact__published_at__lte=moment()).values_list(
            "koploper", Value("pact"), place, "regionalpact__name", no
        ),
        Koploper.municipalities.through.objects.values_list(
            "koploper", Value("municipality"), place, "municipality__name", no
        ),
    ]
    first, *rest = [rows.filter(koploper__in=among(koplopers)).order_by() for rows in groups]
    return first.union(*rest, all=True)


def names_on(koplopers):
    """Forms, challenges and agreements as (name, slug), by koploper and which of these; one query."""
    found = defaultdict(list)
    for koploper, what, _position, name, slug in sorted(_choices(as_value(koploper.pk for koploper in koplopers))):
        found[koploper, what].append((name, slug))
    return found


@WrittenOnce
def _choices(koplopers):
    groups = [
        ("forms", Koploper.forms.through, "cooperationform"),
        ("challenges", Koploper.challenges.through, "challenge"),
        ("sustaining", Koploper.sustaining.through, "sustainingagreement"),
    ]
    first, *rest = [
        through.objects.filter(koploper__in=among(koplopers))
        .order_by()
        .values_list("koploper", Value(what), f"{other}__position", f"{other}__name", f"{other}__slug")
        for what, through, other in groups
    ]
    return first.union(*rest, all=True)


def _by_group(rows):
    """The effects by whom they are for, in the order of the groups."""
    groups = {}
    for row in rows:
        groups.setdefault(row.effect.get_group_display(), []).append(row)
    return groups


def _inspiration(koploper):
    """Public koplopers that this one took ideas from, and those that took ideas from it; one query."""
    found = _inspired(koploper)
    return {"by": [other for other in found if other.gave], "of": [other for other in found if other.took]}


@WrittenOnce
def _inspired(koploper):
    links = Koploper.inspired_by.through.objects
    by, of = links.filter(from_koploper=koploper), links.filter(to_koploper=koploper)
    others = Koploper.objects.published().filter(pk__in=by.values("to_koploper").union(of.values("from_koploper")))
    return others.without_texts().annotate(
        gave=Exists(by.filter(to_koploper=OuterRef("pk"))), took=Exists(of.filter(from_koploper=OuterRef("pk")))
    )


@WrittenOnce
def _related(koploper):
    """Other koplopers on the same themes, those with the same form first; of very many, the newest are compared."""
    themes = KoploperTheme.objects.public().filter(koploper=koploper).select_related(None).order_by().values("theme")
    of_forms = Koploper.forms.through.objects
    forms = of_forms.filter(koploper=koploper).values("cooperationform")
    same_theme = KoploperTheme.objects.filter(koploper=OuterRef("pk"), theme__in=themes)
    # By their key alone: a database then walks from the newest, and stops in time.
    compared = Koploper.objects.filter(Exists(same_theme)).order_by("-pk").values("pk")[:COMPARED]
    return (
        Koploper.objects.published()
        .counted()
        .exclude(pk=koploper)
        .filter(pk__in=compared)
        .annotate(
            shared_forms=how_many(of_forms.filter(cooperationform__in=forms), "koploper"),
            shared_themes=how_many(KoploperTheme.objects.filter(theme__in=themes), "koploper"),
        )
        .with_result()
        .with_corners()
        .without_texts()
        .order_by("-shared_forms", "-shared_themes", "title")[:RELATED]
    )
