"""From borders in metres to the paths of an SVG, in whole units and as few points as the eye can see."""

import math
from dataclasses import dataclass
from functools import lru_cache

from . import rings
from .projection import to_rd
from .topology import borders, number

# A point of a border that changes less than this many units of the drawing is left out.
DETAIL = 0.8
# Smaller islands, in square units, are left out; but never the whole of an area.
SMALLEST = 40
# How far beyond its edge a drawing goes on, so that the cut is not in sight.
MARGIN = 12
# How wide a view is at least, as a part of its height; the country itself is about this.
NARROWEST = 0.84
# A number finds its place in coarser borders, to so many units: nobody sees the difference, and it is ten times as fast.
LABEL_DETAIL = 5
LABEL_PRECISION = 3


@dataclass(frozen=True)
class View:
    """Which part of the country is drawn, (left, bottom, right, top) in metres, and how wide in units."""

    limits: tuple
    width: int = 720

    @classmethod
    def around(cls, limits, *, width=720, air=0.04, least=0):
        """A view of `limits` with some air around it, at least so many metres wide and high, and never very tall."""
        left, bottom, right, top = limits
        high = max(top - bottom, least)
        wide = max(right - left, least, NARROWEST * high)
        air *= max(wide, high)
        dx, dy = (wide - (right - left)) / 2 + air, (high - (top - bottom)) / 2 + air
        return cls((left - dx, bottom - dy, right + dx, top + dy), width)

    @property
    def scale(self):
        return self.width / (self.limits[2] - self.limits[0])

    @property
    def height(self):
        return math.ceil((self.limits[3] - self.limits[1]) * self.scale)

    def at(self, x, y):
        return (x - self.limits[0]) * self.scale, (self.limits[3] - y) * self.scale

    @property
    def edges(self):
        """What is drawn, as a box in units."""
        return -MARGIN, -MARGIN, self.width + MARGIN, self.height + MARGIN


class Drawing:
    """One view of one topology. Paths are kept: on the next page they are the same."""

    def __init__(self, topology, view):
        self.topology, self.view = topology, view
        self.outline = lru_cache(maxsize=128)(self._outline)
        self.label = lru_cache(maxsize=128)(self._label)
        self.inner_lines = lru_cache(maxsize=16)(self._inner_lines)
        self.province_lines = lru_cache(maxsize=1)(self._province_lines)

    @property
    def view_box(self):
        return f"0 0 {self.view.width} {self.view.height}"

    def point(self, lon, lat):
        return self._whole(self.view.at(*to_rd(lon, lat)))

    def _outline(self, codes):
        """The path around a set of municipalities; "" where nothing of it is in view."""
        return "".join(_path(ring) + "z" for ring in self._drawn_rings(codes))

    def _label(self, codes):
        """Where the number of an area stands: deepest in its largest part; None where it is out of sight."""
        drawn = self._drawn_rings(codes, LABEL_DETAIL, (0, 0, self.view.width, self.view.height))
        if not drawn:
            return None
        drawn.sort(key=lambda ring: -abs(rings.area(ring)))
        holes = [ring for ring in drawn[1:] if rings.contains(drawn[0], ring[0])]
        (x, y), _depth = rings.deepest([drawn[0], *holes], LABEL_PRECISION)
        return round(x), round(y)

    def _inner_lines(self, codes):
        return self._lines(self.topology.inner_lines(codes))

    def _province_lines(self):
        return self._lines(self.topology.province_lines)

    def _lines(self, arcs):
        lines = (self._units(a, DETAIL) for a in arcs)
        return "".join(_path(line) for line in lines if len(line) > 1 and self._is_in_sight(line))

    def _drawn_rings(self, codes, detail=DETAIL, edges=None):
        """The outline of a set of municipalities as points in units, cut off at the edges of the drawing."""
        found = [self._ring(ring, detail) for ring in self.topology.outline(codes)]
        largest = max((abs(rings.area(ring)) for ring in found), default=0)
        found = [ring for ring in found if abs(rings.area(ring)) >= min(SMALLEST, largest)]
        found = [self._cut(ring, edges or self.view.edges) for ring in found]
        return [ring for ring in found if len(ring) > 2]

    def _ring(self, arcs, detail):
        points = []
        for a in arcs:
            line = self._units(number(a), detail)
            points += (line if a >= 0 else line[::-1])[:-1]
        return points

    def _units(self, arc, detail):
        """The points of an arc that matter in this view, in whole units."""
        least = (detail / self.view.scale) ** 2
        points = zip(self.topology.arcs[arc], self.topology.ranks[arc], strict=True)
        return [self._whole(self.view.at(*point)) for point, rank in points if rank >= least]

    def _whole(self, point):
        return round(point[0]), round(point[1])

    def _cut(self, ring, edges):
        left, top, right, bottom = rings.box(ring)
        if left < edges[0] or top < edges[1] or right > edges[2] or bottom > edges[3]:
            ring = [self._whole(point) for point in rings.clip(ring, edges)]
        return [point for before, point in zip(ring[-1:] + ring, ring, strict=False) if point != before]

    def _is_in_sight(self, line):
        left, top, right, bottom = rings.box(line)
        edges = self.view.edges
        return left <= edges[2] and right >= edges[0] and top <= edges[3] and bottom >= edges[1]


@lru_cache(maxsize=48)
def _drawing(topology, view):
    return Drawing(topology, view)


def drawing(limits=None, **kwargs):
    """The drawing of a box in metres, or of the whole country, by the borders of now."""
    topology = borders()
    limits = limits or topology.box(topology.codes)
    return _drawing(topology, View.around(limits, **kwargs))


def _path(points):
    """The shortest way to write a line: its start, then steps, with a space only where no minus parts them."""
    (x, y), *rest = points
    steps = []
    for nx, ny in rest:
        if (nx, ny) != (x, y):
            steps += [nx - x, ny - y]
            x, y = nx, ny
    written = "".join(f"{step}" if step < 0 or not i else f" {step}" for i, step in enumerate(steps))
    return f"M{points[0][0]} {points[0][1]}" + (f"l{written}" if written else "")
