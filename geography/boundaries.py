"""The official file with the borders of municipalities: reading it, and what it changes."""

import json
import math
import re
from dataclasses import dataclass, field

from . import rings
from .projection import to_rd

CODE = re.compile(r"GM\d{4}")
YEAR_AND_CODE = re.compile(r"(\d{4})GM\d{4}")
# These two codes stand for “abroad” and “unknown”.
NO_MUNICIPALITY = {"GM0998", "GM0999"}
FEWEST = 300
# Land without the large waters, in square kilometres; with them it is 41,500.
LEAST_LAND, MOST_LAND = 33_000, 37_000
# Along each side, how many points of an area are looked at to see where it went.
SAMPLES = 24
LEAST_SHARE = 0.03


class Refused(Exception):
    """The file cannot be used. The message says why, to whoever runs the command."""


@dataclass
class Feature:
    """One municipality: polygons of rings of whole metres, the first point not again at the end."""

    code: str
    name: str
    polygons: list


def read(path, *, year=None):
    """The municipalities in a file, and their year."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"Dit bestand is niet te lezen: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise Refused("Dit is geen GeoJSON: het bestand is geen geldige JSON.") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise Refused("Dit is geen GeoJSON met een lijst “features”.")
    found, years = {}, set()
    for number, feature in enumerate(features, start=1):
        municipality, its_year = _feature(feature, number)
        if municipality.code in found:
            raise Refused(f"De code {municipality.code} staat twee keer in het bestand.")
        found[municipality.code] = municipality
        years.add(its_year)
    years.discard(None)
    if len(years) > 1:
        raise Refused(f"In het bestand staan gemeenten van verschillende jaren: {', '.join(map(str, sorted(years)))}.")
    if len(found) < FEWEST:
        raise Refused(f"Er staan {len(found)} gemeenten in het bestand; dat kan niet heel Nederland zijn.")
    year = year or next(iter(years), None)
    if not year:
        raise Refused("In het bestand staat geen jaar. Geef het mee, bijvoorbeeld: --year 2026.")
    features = sorted(found.values(), key=lambda feature: feature.code)
    _check_land(features)
    return features, year


def _feature(feature, number):
    properties = feature.get("properties") or {}
    code, name = properties.get("statcode"), properties.get("statnaam")
    if properties.get("rubriek", "gemeente") != "gemeente":
        raise Refused(f"Vorm {number} is geen gemeente maar “{properties['rubriek']}”. Neem de laag met gemeenten.")
    if not isinstance(code, str) or not CODE.fullmatch(code) or code in NO_MUNICIPALITY:
        raise Refused(f"Vorm {number} heeft geen goede code van een gemeente in “statcode”: {code!r}.")
    if not isinstance(name, str) or not name.strip():
        raise Refused(f"Gemeente {code} heeft geen naam in “statnaam”.")
    match = YEAR_AND_CODE.fullmatch(str(properties.get("jrstatcode")))
    geometry = feature.get("geometry") or {}
    polygons = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        raise Refused(f"Gemeente {code} ({name}) heeft geen vlak.")
    try:
        polygons = [[_ring(ring) for ring in polygon] for polygon in polygons]
        polygons = [[ring for ring in p if len(ring) > 2] for p in polygons if p and len(p[0]) > 2]
    except (TypeError, ValueError, IndexError, OverflowError):
        raise Refused(f"Gemeente {code} ({name}) heeft coördinaten die geen getallen zijn.") from None
    if not polygons:
        raise Refused(f"Gemeente {code} ({name}) heeft geen vlak.")
    return Feature(code, name.strip(), polygons), int(match[1]) if match else None


def _ring(points):
    """Whole metres of the Dutch grid. Rounded, the borders of neighbours are the same; unrounded they often differ."""
    ring = []
    for x, y, *_height in points:
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError
        if abs(x) < 1000:
            x, y = to_rd(x, y)
        point = round(x), round(y)
        if not ring or ring[-1] != point:
            ring.append(point)
    return ring[:-1] if ring and ring[0] == ring[-1] else ring


def _check_land(features):
    square_metres = sum(
        abs(rings.area(ring)) * (-1 if i else 1)
        for feature in features
        for polygon in feature.polygons
        for i, ring in enumerate(polygon)
    )
    land = round(square_metres / 1_000_000)
    if not LEAST_LAND <= land <= MOST_LAND:
        raise Refused(
            f"Samen zijn de gemeenten {land} km² groot; Nederland heeft ongeveer 35.000 km² land. "
            "Neem de laag “gemeente_gegeneraliseerd”, in RD of in WGS84: daarin ontbreekt het grote water."
        )


@dataclass
class Changes:
    """What is different between the borders of now and those of a file."""

    gone: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)
    renamed: dict = field(default_factory=dict)
    # For each that is gone the codes that took over its land, with which part of it, the largest first.
    successors: dict = field(default_factory=dict)
    # For each that is new the code of its province, read from the land that it took.
    provinces: dict = field(default_factory=dict)

    @property
    def is_empty(self):
        return not (self.gone or self.new or self.renamed)


def compare(old, features):
    """The changes from a topology to the municipalities of a file."""
    names = {feature.code: feature.name for feature in features}
    changes = Changes(
        gone={code: name for code, name in old.names.items() if code not in names},
        new={code: name for code, name in names.items() if code not in old.names},
        renamed={code: (old.names[code], n) for code, n in names.items() if old.names.get(code, n) != n},
    )
    changes.successors = {code: _went_to(old, code, features) for code in changes.gone}
    changes.provinces = {code: _province(old, code, features) for code in changes.new}
    return changes


def _went_to(old, code, features):
    """Codes and shares, by laying a grid of points over the land that was."""
    found = {}
    near = [(f.code, p, rings.box(p[0])) for f in features for p in f.polygons]
    points = _points_in([[old.ring_points(ring) for ring in polygon] for polygon in old.polygons[code]])
    for point in points:
        for other, polygon, (left, bottom, right, top) in near:
            if left <= point[0] <= right and bottom <= point[1] <= top and rings_contain(polygon, point):
                found[other] = found.get(other, 0) + 1
                break
    shares = sorted(((count / len(points), other) for other, count in found.items()), reverse=True)
    return [(other, share) for share, other in shares if share >= LEAST_SHARE]


def _points_in(polygons):
    left, bottom, right, top = rings.box([point for polygon in polygons for point in polygon[0]])
    steps = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    grid = [(left + a * (right - left), bottom + b * (top - bottom)) for a in steps for b in steps]
    return [point for point in grid if any(rings_contain(polygon, point) for polygon in polygons)] or [
        polygons[0][0][0]
    ]


def rings_contain(polygon, point):
    """Whether a point lies in an outer ring and in none of its holes."""
    return sum(rings.contains(ring, point) for ring in polygon) % 2 == 1


def _province(old, code, features):
    """The province of the municipality that most of the new one's land was, or else of the one nearest to it."""
    shape = next(feature for feature in features if feature.code == code)
    points = _points_in(shape.polygons)
    counts = {}
    for other in old.codes:
        polygons = [[old.ring_points(ring) for ring in polygon] for polygon in old.polygons[other]]
        left, bottom, right, top = rings.box([point for polygon in polygons for point in polygon[0]])
        for x, y in points:
            if left <= x <= right and bottom <= y <= top and any(rings_contain(p, (x, y)) for p in polygons):
                counts[old.provinces[other]] = counts.get(old.provinces[other], 0) + 1
    if counts:
        return max(counts, key=counts.get)
    x, y = points[0]
    nearest = min(old.codes, key=lambda c: math.dist((x, y), old.points(old.arcs_of[c][0])[0]))
    return old.provinces[nearest]


def inner_point(polygons):
    """A point in the largest part of a municipality: its middle, or where that lies outside, the deepest place."""
    largest = max(polygons, key=lambda polygon: abs(rings.area(polygon[0])))
    middle = rings.centroid(largest[0])
    return middle if rings_contain(largest, middle) else rings.deepest(largest, 200)[0]
