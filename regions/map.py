"""The regional pacts as areas on a map, by the filters of their list."""

from functools import cache

from django.conf import settings
from django.db.models import BooleanField, Case, FilteredRelation, Q, Value, When

from geography import geojson
from geography.maps import Area, AreaMap, SmallMap
from programme.fields import PATTERN
from zorgpact.addresses import address
from zorgpact.written import WrittenOnce

from .filters import PactFilter
from .models import AreaMunicipality, RegionalPact

COLUMNS = ("pk", "name", "slug", "ended", "is_sample", "now__municipality__code")


def pact_map(filterset):
    """All pacts that the filters leave, whatever the page of the list; and where there is no pact at all. One query."""
    shown, codes, covered = {}, {}, set()
    for pk, name, slug, ended, is_sample, code, is_shown in _rows(filterset):
        codes.setdefault(pk, set()).update([code] if code else [])
        if code and not ended:
            covered.add(code)
        if is_shown:
            shown[pk] = (name, slug, ended, is_sample)
    areas = [
        Area(i, name, address("regions:detail", slug), frozenset(codes[pk]), _ended(ended), is_sample)
        for i, (pk, (name, slug, ended, is_sample)) in enumerate(shown.items(), start=1)
    ]
    pins = filterset.lookup.points if filterset.lookup else []
    return AreaMap(areas, covered=frozenset(covered), provinces=filterset.chosen("provincie"), pins=pins)


def pact_features(filterset):
    """The pacts that the filters leave as GeoJSON, in the order of the list. Two queries."""
    pacts = filterset.queryset_in_order.values("pk", "name", "slug", "area_name", "ended", "is_sample")
    areas = AreaMunicipality.objects.filter(until="", pact__in=filterset.qs.order_by().values("pk"))
    codes = {}
    for pact, code in areas.order_by().values_list("pact", "municipality__code"):
        codes.setdefault(pact, set()).add(code)
    return [
        geojson.feature(
            pact["slug"],
            geojson.area(frozenset(codes.get(pact["pk"], ()))),
            {
                "nummer": number,
                "naam": pact["name"],
                "gebied": pact["area_name"],
                "gemeenten": sorted(codes.get(pact["pk"], ())),
                "geeindigd": pact["ended"],
                "voorbeeld": pact["is_sample"],
                "adres": settings.PORTAL_URL + address("regions:detail", pact["slug"]),
            },
        )
        for number, pact in enumerate(pacts, start=1)
    ]


def small_map(area):
    """The area of one pact; `area` are its rows with their municipalities."""
    return SmallMap(row.municipality.code for row in area)


def _rows(filterset):
    """A row for each municipality of each public pact, in the order of the list, with whether the list holds the pact."""
    if filterset.is_short:
        shown = set(filterset.named)
        return [(*row, row[0] in shown) for row in _areas_in_order(filterset.sorting)()]
    in_list = When(pk__in=filterset.qs.order_by().values("pk"), then=Value(True))
    is_shown = Case(in_list, default=Value(False), output_field=BooleanField())
    return _areas().annotate(is_shown=is_shown).order_by(*filterset.ordering).values_list(*COLUMNS, "is_shown")


def _areas():
    pacts = RegionalPact.objects.published()
    return pacts.annotate(now=FilteredRelation("area", condition=Q(area__until="")))


@cache
def _areas_in_order(sorting):
    order = PactFilter.sortings[sorting][1]
    return WrittenOnce(lambda: _areas().order_by(*order).values_list(*COLUMNS))


def _ended(ended):
    return f"geëindigd in {PATTERN.fullmatch(ended)[1]}" if ended else ""
