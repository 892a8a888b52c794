"""The borders of all municipalities, in memory.

Borders are kept as *arcs*: a line between two points where three areas meet, kept once and used by the areas on
both sides. The outline of any set of municipalities is then arithmetic on the numbers of arcs: those that the set
uses once. A number is negative (`~n`) where the arc is followed backwards, as in TopoJSON.
"""

import json
from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings

from . import rings, simplify
from .projection import to_lonlat

SHIPPED = Path(settings.BASE_DIR) / "geography" / "data" / "municipalities.topo.json"


def own_file():
    """Where `import_boundaries` puts newer borders; they win over those that come with the portal."""
    return Path(settings.VAR_DIR) / "borders" / "municipalities.topo.json"


def borders():
    """The topology of this moment. One look at the file a call; it is read again only when it was replaced."""
    path = own_file()
    try:
        found = path.stat()
    except FileNotFoundError:
        path, found = SHIPPED, SHIPPED.stat()
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=2)
def _read(path, _changed, _size):
    return Topology(json.loads(path.read_text(encoding="utf-8")))


class Topology:
    """Municipalities by CBS code, in metres of the Dutch grid."""

    def __init__(self, data):
        """`data` is TopoJSON with the object `municipalities`."""
        self.year = data["year"]
        # By code the day on which municipalities of earlier borders ended.
        self.ended = data.get("ended", {})
        self.arcs = [_decode(arc, data["transform"]) for arc in data["arcs"]]
        shapes = data["objects"]["municipalities"]["geometries"]
        self.names = {shape["id"]: shape["properties"]["name"] for shape in shapes}
        self.provinces = {shape["id"]: shape["properties"]["province"] for shape in shapes}
        self.polygons = {shape["id"]: shape["arcs"] for shape in shapes}
        self.codes = frozenset(self.names)
        # These come back on every page, and are the same for the same set of municipalities each time.
        self.outline = lru_cache(maxsize=1024)(self._outline)
        self.box = lru_cache(maxsize=256)(self._box)
        self.lonlat = lru_cache(maxsize=None)(self._lonlat)

    @property
    def source(self):
        return f"Bron: Kadaster / Centraal Bureau voor de Statistiek (CBS), {self.year}, CC BY 4.0, bewerkt"

    @cached_property
    def arcs_of(self):
        """The arcs of every ring of a municipality in one list."""
        return {code: [a for p in polygons for ring in p for a in ring] for code, polygons in self.polygons.items()}

    @cached_property
    def owners(self):
        """Which municipalities use an arc: two, or one on the coast and the national border."""
        owners = defaultdict(list)
        for code, arcs in self.arcs_of.items():
            for a in arcs:
                owners[number(a)].append(code)
        return dict(owners)

    @cached_property
    def ranks(self):
        """How much each point of each arc matters."""
        return [simplify.ranks(arc) for arc in self.arcs]

    @cached_property
    def province_lines(self):
        """The arcs between two provinces."""
        return [a for a, codes in self.owners.items() if len({self.provinces[c] for c in codes}) > 1]

    def inner_lines(self, codes):
        """The arcs between two municipalities of a set."""
        return [a for a, owners in self.owners.items() if len(owners) == 2 and codes.issuperset(owners)]

    def in_provinces(self, provinces):
        return frozenset(code for code, province in self.provinces.items() if province in provinces)

    def points(self, arc):
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]

    def _lonlat(self, number):
        """The points of an arc as longitude and latitude, to about a metre."""
        return [tuple(round(degrees, 5) for degrees in to_lonlat(*point)) for point in self.arcs[number]]

    def ring_points(self, ring):
        """The points of a ring of arcs, the first not again at the end."""
        return [point for arc in ring for point in self.points(arc)[:-1]]

    def _box(self, codes):
        """The smallest box around a set of municipalities."""
        return rings.box([point for code in codes for a in self.arcs_of[code] for point in self.points(a)])

    def _outline(self, codes):
        """The rings around a set of municipalities, each a tuple of arcs that touches itself nowhere."""
        count, followed = Counter(), {}
        for code in codes:
            for a in self.arcs_of.get(code, ()):
                count[number(a)] += 1
                followed[number(a)] = a
        starts = defaultdict(list)
        for n, times in sorted(count.items()):
            if times % 2:
                starts[self.points(followed[n])[0]].append(followed[n])
        return tuple(self._rings(starts))

    def _rings(self, starts):
        """Arcs, by the point they start at, laid end to end; a loop is cut off where the line meets itself."""
        while starts:
            line, passed = [], {next(iter(starts)): 0}
            here = next(iter(passed))
            while here in starts:
                arc = starts[here].pop()
                if not starts[here]:
                    del starts[here]
                line.append(arc)
                here = self.points(arc)[-1]
                if here in passed:
                    loop, line = line[passed[here] :], line[: passed[here]]
                    passed = {point: at for point, at in passed.items() if at <= passed[here]}
                    yield tuple(loop)
                else:
                    passed[here] = len(line)


def number(arc):
    """The number of an arc, whichever way it is followed."""
    return arc if arc >= 0 else ~arc


def _decode(arc, transform):
    """From steps on a grid to points."""
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * kx + tx, y * ky + ty))
    return points
