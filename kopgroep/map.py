"""The koplopers as points on a map, by the filters of their list."""

from django.conf import settings
from django.db import connection
from django.db.models import Avg, Count, Max, Min, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from geography import geojson
from geography.maps import SmallMap, Spot, SpotMap
from zorgpact.addresses import address

from .models import Koploper

# More koplopers than this are counted and not named; those that stand alone are.
MANY = 300
MIDDLE = {"lon": Avg("municipalities__lon"), "lat": Avg("municipalities__lat")}
WHERE = {
    "first": Min("municipalities__name"),
    "last": Max("municipalities__name"),
    "lon": Coalesce("place__lon", MIDDLE["lon"]),
    "lat": Coalesce("place__lat", MIDDLE["lat"]),
}
# What the point is called, and where it is.
POINT = ("place__name", "area_name", "first", "last", "lon", "lat")
# And of who is there.
COLUMNS = ("title", "slug", "is_sample")


def koploper_map(filterset):
    """All koplopers that the filters leave, whatever the page of the list. One query."""
    spots, missing, missing_total = {}, [], 0
    for position, (*where, lon, lat, title, slug, is_sample, count) in enumerate(_rows(filterset)):
        url = address("kopgroep:detail", slug)
        title += " (voorbeeld)" if is_sample else ""
        if lon is None:
            missing_total += count
            missing += [(title, url)] if count == 1 else []
        else:
            spot = spots.setdefault((lon, lat), Spot(_name_of(*where), lon, lat, first=position))
            spot.total += count
            spot.things += [(position, title, url)] if count == 1 else []
    return SpotMap(
        list(spots.values()), missing=missing, missing_total=missing_total, provinces=filterset.chosen("provincie")
    )


def koploper_features(filterset):
    """The koplopers that the filters leave as GeoJSON, in the order of the list. One query."""
    columns = ("title", "slug", "is_sample", "summary")
    rows = with_point(filterset.queryset_in_order, *columns).values_list(*POINT, *columns)
    return [
        geojson.feature(
            slug,
            geojson.point(lon, lat),
            {
                "naam": title,
                "waar": _name_of(*where),
                "samenvatting": summary,
                "voorbeeld": is_sample,
                "adres": settings.PORTAL_URL + address("kopgroep:detail", slug),
            },
        )
        for *where, lon, lat, title, slug, is_sample, summary in rows
    ]


def small_map(place, municipalities):
    """Where one koploper works: its place, or the municipalities."""
    pin = (place.name, place.lon, place.lat) if place else None
    return SmallMap((m.code for m in municipalities), pin=pin)


def with_point(koplopers, *columns):
    """These columns of each, and `POINT`: where it lies, its place or else the middle of its municipalities."""
    return koplopers.values("pk", "place__name", "area_name", *columns).annotate(**WHERE)


def _name_of(place, area, first, last):
    """What the point is called; "" is not known."""
    return place or area or (first if first == last else f"{first} en omgeving") or ""


def _each(koplopers):
    return with_point(koplopers, *COLUMNS).annotate(total=Value(1)).values_list(*POINT, *COLUMNS, "total")


def _rows(filterset):
    """As `POINT` says, with title, slug, whether it is a sample and for how many koplopers the row stands, in list order.

    Up to `MANY` each koploper has a row of its own. More are counted at each point: that many names fit on no map.
    """
    if filterset.total <= MANY:
        return filterset.in_order(_each)
    # Without a place it is counted at the first of its municipalities, by their key: so many stand together as one number
    # anyhow, and to work out the middle of each takes twice as long.
    at_a_place = filterset.listed.filter(place__isnull=False).values("place__lon", "place__lat")
    placed, of_placed = (
        at_a_place.annotate(first=Min("pk"), n=Count("pk")).values_list("first", "n").query.sql_with_params()
    )
    points, of_points = _points(filterset)
    shown = with_point(Koploper.objects.filter(pk__in=RawSQL("SELECT pk FROM spots", [])), *COLUMNS).order_by("title")
    total = RawSQL("SELECT total FROM spots WHERE spots.pk = kopgroep_koploper.id", [])
    together = {f"of_{column}": _of_municipality(column) for column in ("name", "lon", "lat")}
    found = shown.annotate(total=total, **together).values_list(*POINT, *COLUMNS, "total", *together)
    found, of_found = found.query.sql_with_params()
    tables = [
        f"placed (pk, total) AS ({placed})",
        f"points (pk, municipality) AS ({points})",
        "spots (pk, total, municipality) AS (SELECT pk, total, NULL FROM placed"
        " UNION ALL SELECT MIN(pk), COUNT(*), municipality FROM points GROUP BY municipality)",
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {found}", [*of_placed, *of_points, *of_found])
        return [_at_its_municipality(*row) for row in cursor.fetchall()]


def _points(filterset):
    """The SELECT, with its parameters, of who has no place: its number and that of its first municipality."""
    without, rows = filterset.listed.filter(place=None), Koploper.municipalities.through.objects
    if filterset.is_short or connection.vendor != "postgresql":
        first = rows.filter(koploper=OuterRef("pk")).order_by("municipality_id").values("municipality")[:1]
        return without.values("pk").annotate(at=Subquery(first)).query.sql_with_params()
    # Of nearly all that there are: one walk along the index takes half as long as a look for each.
    found, params = without.values("pk").query.sql_with_params()
    firsts, of_firsts = (
        rows.order_by("koploper", "municipality")
        .distinct("koploper")
        .values_list("koploper", "municipality")
        .query.sql_with_params()
    )
    select = f"SELECT pk, municipality FROM ({found}) AS found LEFT JOIN ({firsts}) AS firsts (koploper, municipality)"  # noqa: S608
    return f"{select} ON koploper = pk", [*params, *of_firsts]


def _of_municipality(column):
    """Of the municipality where more than one without a place are counted; else nothing."""
    there = "spots JOIN geography_municipality AS there ON there.id = spots.municipality"
    where = "spots.pk = kopgroep_koploper.id AND spots.total > 1"
    return RawSQL(f"SELECT there.{column} FROM {there} WHERE {where}", [])  # noqa: S608, S611


def _at_its_municipality(*row):
    *own, name, lon, lat = row
    return (None, "", name, name, lon, lat, *own[len(POINT) :]) if name else own
