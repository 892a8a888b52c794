"""The koplopers as points on a map, by the filters of their list."""

from django.conf import settings
from django.db import connection
from django.db.models import Avg, Case, CharField, F, Max, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse

from geography import geojson
from geography.maps import SmallMap, Spot, SpotMap

from .models import Koploper

# More koplopers than this are counted and not named; those that stand alone are.
MANY = 300
MIDDLE = {
    "lon": Avg("municipality__lon"),
    "lat": Avg("municipality__lat"),
    "first": Min("municipality__name"),
    "last": Max("municipality__name"),
}


def koploper_map(filterset):
    """All koplopers that the filters leave, whatever the page of the list. One query."""
    spots, missing, missing_total = {}, [], 0
    for position, (title, slug, place, lon, lat, count, is_sample) in enumerate(_rows(filterset)):
        url = reverse("kopgroep:detail", args=[slug])
        title += " (voorbeeld)" if is_sample else ""
        if lon is None:
            missing_total += count
            missing += [(title, url)] if count == 1 else []
        else:
            spot = spots.setdefault((lon, lat), Spot(place, lon, lat, first=position))
            spot.total += count
            spot.things += [(position, title, url)] if count == 1 else []
    return SpotMap(
        list(spots.values()), missing=missing, missing_total=missing_total, provinces=filterset.chosen("provincie")
    )


def koploper_features(filterset):
    """The koplopers that the filters leave as GeoJSON, in the order of the list. One query."""
    rows = with_point(filterset.queryset_in_order)
    return [
        geojson.feature(
            row["slug"],
            geojson.point(row["lon"], row["lat"]),
            {
                "naam": row["title"],
                "waar": row["spot"],
                "samenvatting": row["summary"],
                "voorbeeld": row["is_sample"],
                "adres": settings.PORTAL_URL + reverse("kopgroep:detail", args=[row["slug"]]),
            },
        )
        for row in rows.values("slug", "title", "summary", "is_sample", "spot", "lon", "lat")
    ]


def small_map(koploper):
    """Where one koploper works: its place, or the municipalities."""
    place = koploper.place
    pin = (place.name, place.lon, place.lat) if place else None
    return SmallMap((m.code for m in koploper.municipalities.all()), pin=pin)


def with_point(koplopers):
    """With `lon`, `lat` and `spot`, its name: the place, or else the middle of the municipalities; None is not known."""
    own = Koploper.municipalities.through.objects.filter(koploper=OuterRef("pk")).order_by().values("koploper")
    middle = own.annotate(**MIDDLE)
    around = Case(When(first=F("last"), then=F("first")), default=Concat("first", Value(" en omgeving")))
    return koplopers.annotate(
        lon=Coalesce("place__lon", Subquery(middle.values("lon"))),
        lat=Coalesce("place__lat", Subquery(middle.values("lat"))),
        spot=Coalesce(
            "place__name",
            NullIf("area_name", Value("")),
            Subquery(middle.values(spot=around)),
            Value(""),
            output_field=CharField(),
        ),
    )


def _rows(filterset):
    """Title, slug, name of the place, point, for how many koplopers the row stands and whether it is a sample, in list order.

    Up to `MANY` each koploper has a row of its own. More are counted at each point: that many names fit on no map.
    """
    if filterset.total <= MANY:
        koplopers = with_point(filterset.queryset_in_order)
        return koplopers.values_list("title", "slug", "spot", "lon", "lat", Value(1), "is_sample")
    return _counted(filterset.listed.values("pk"), filterset.is_short)


def _counted(numbers, is_short):
    """At each point how many of these koplopers there are.

    As `with_point` says it, in one pass: its subqueries are asked again for every koploper, and Django cannot join rows
    that were grouped.
    """
    own = Koploper.municipalities.through.objects.order_by().values("koploper_id")
    if is_short:
        own = own.filter(koploper__in=numbers)
    middle, of_middle = own.annotate(**MIDDLE).query.sql_with_params()
    listed, of_listed = numbers.query.sql_with_params()
    sql = f"""
        SELECT MIN(k.title) AS first, MIN(k.slug),
               MIN(COALESCE(p.name, NULLIF(k.area_name, ''),
                            CASE WHEN m.first = m.last THEN m.first ELSE m.first || ' en omgeving' END, '')),
               COALESCE(p.lon, m.lon) AS lon, COALESCE(p.lat, m.lat) AS lat,
               COUNT(*), MAX(CASE WHEN k.is_sample THEN 1 ELSE 0 END)
        FROM kopgroep_koploper k
        LEFT JOIN geography_place p ON p.id = k.place_id
        LEFT JOIN ({middle}) m ON m.koploper_id = k.id
        WHERE k.id IN ({listed}) GROUP BY 4, 5 ORDER BY first"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*of_middle, *of_listed])
        return cursor.fetchall()
