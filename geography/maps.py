"""What a map holds, ready for its template: areas with a number, or points; never more than the list beside it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from .drawing import drawing
from .projection import to_rd
from .provinces import CODE_OF
from .topology import borders

# Points nearer than this become one, in units of a drawing of 720: on a phone 24 pixels, so that each can be touched.
NEAR = 54
# A zoom never shows less than this, in metres.
LEAST = 30_000
# A group names so many of its places.
FEW = 3


@dataclass(frozen=True)
class Area:
    """A thing in the list that covers municipalities."""

    number: int
    name: str
    url: str
    codes: frozenset
    # When it ended, in words.
    ended: str = ""
    is_sample: bool = False

    @property
    def title(self):
        """The name of the link: number and name as in the list, and how large it is."""
        noun = "gemeente" if len(self.codes) == 1 else "gemeenten"
        sample = "voorbeeld" if self.is_sample else ""
        return ", ".join(filter(None, [f"{self.number}. {self.name}", f"{len(self.codes)} {noun}", self.ended, sample]))


@dataclass
class Spot:
    """A place on the map with the things that are there."""

    place: str
    lon: float
    lat: float
    # Where in the list the first of them stands.
    first: int
    # (position in the list, name, url) of those that are named; `total` counts them all.
    things: list = field(default_factory=list)
    total: int = 0


class Map:
    """What every map has: a view of the country or of the chosen provinces, land and the lines between provinces."""

    def __init__(self, provinces=()):
        self.topology = borders()
        codes = self.topology.in_provinces({CODE_OF[slug] for slug in provinces if slug in CODE_OF})
        self.is_zoomed = bool(codes)
        self._limits = self.topology.box(codes) if codes else None

    @cached_property
    def drawing(self):
        if not self.is_zoomed:
            return drawing(air=0.01)
        return drawing(self._limits, least=LEAST)

    @property
    def land(self):
        return self.drawing.outline(self.topology.codes)

    @property
    def source(self):
        return self.topology.source


class AreaMap(Map):
    """Areas in the order of their list, over where there is none, with hatching where there are more."""

    def __init__(self, areas, *, covered=frozenset(), provinces=(), pins=()):
        """`covered` are the codes that belong to any area that runs, also one that is not in the list now;
        `pins` are (name, lon, lat) of what a visitor looked for.
        """
        super().__init__(provinces)
        self.areas = areas
        self.covered = covered
        self._pins = pins

    @cached_property
    def shapes(self):
        """The areas that can be drawn: each with its path and where its number stands."""
        found = []
        for area in self.areas:
            path = self.drawing.outline(area.codes)
            if path:
                own = frozenset(code for code in area.codes if self._times[code] == 1)
                at = self.drawing.label(own or area.codes) or self.drawing.label(area.codes)
                found.append({"area": area, "path": path, "at": at})
        return found

    @cached_property
    def missing(self):
        """The areas that have no place on this map."""
        drawn = {shape["area"] for shape in self.shapes}
        return [area for area in self.areas if area not in drawn]

    @cached_property
    def filled(self):
        """Where an area of the list runs; one that ended has a line alone."""
        return self.drawing.outline(frozenset(self._times) & self.covered)

    @cached_property
    def has_samples(self):
        return any(shape["area"].is_sample for shape in self.shapes)

    @cached_property
    def has_ended(self):
        return any(shape["area"].ended for shape in self.shapes)

    @cached_property
    def overlap(self):
        return self.drawing.outline(frozenset(code for code, times in self._times.items() if times > 1))

    @cached_property
    def white(self):
        """Where nothing is, whatever the list is narrowed to."""
        return self.drawing.outline(self.topology.codes - self.covered)

    @cached_property
    def hides(self):
        """Whether there is land in view of an area that the list does not hold now."""
        return bool(self.drawing.outline(self.covered - frozenset(self._times)))

    @cached_property
    def pins(self):
        return [(name, *self.drawing.point(lon, lat)) for name, lon, lat in self._pins]

    @cached_property
    def _times(self):
        """How many of the areas cover a municipality."""
        return Counter(code for area in self.areas for code in area.codes & self.topology.codes)


class SpotMap(Map):
    """Points, those that would touch each other as one with their number."""

    def __init__(self, spots, *, missing=(), missing_total=0, provinces=()):
        """`missing` are the (name, url) of things without a place that are named, `missing_total` how many there are."""
        super().__init__(provinces)
        self.spots = spots
        self.missing, self.missing_total = missing, missing_total
        if self.is_zoomed and spots:
            # A thing can lie in two provinces: the view grows until it holds every point.
            xs, ys = zip(*(to_rd(spot.lon, spot.lat) for spot in spots), strict=True)
            left, bottom, right, top = self._limits
            self._limits = min(left, *xs), min(bottom, *ys), max(right, *xs), max(top, *ys)

    @cached_property
    def groups(self):
        """Points in the order of the list: where, what is there, and the name of its link."""
        found = [self._group(at, spots) for at, spots in self._near().items()]
        found.sort(key=lambda group: group["first"])
        for i, group in enumerate(found, start=1):
            group["id"] = f"plek-{i}"
        return found

    @cached_property
    def crowds(self):
        """The points that stand for more than one."""
        return [group for group in self.groups if group["total"] > 1]

    def _near(self):
        """Spots by the point that they are drawn at: the fullest place takes in those around it."""
        centres, found = defaultdict(list), defaultdict(list)
        for spot in sorted(self.spots, key=lambda s: (-s.total, s.lon, s.lat)):
            x, y = self.drawing.point(spot.lon, spot.lat)
            cell = int(x // NEAR), int(y // NEAR)
            around = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in centres[cell[0] + i, cell[1] + j]]
            nearest = min(around, key=lambda c: (c[0] - x) ** 2 + (c[1] - y) ** 2, default=None)
            if nearest is None or (nearest[0] - x) ** 2 + (nearest[1] - y) ** 2 >= NEAR**2:
                nearest = (x, y)
                centres[cell].append(nearest)
            found[nearest].append(spot)
        return found

    def _group(self, at, spots):
        total = sum(spot.total for spot in spots)
        things = sorted(thing for spot in spots for thing in spot.things)
        places = list(dict.fromkeys(spot.place for spot in spots))
        where = ", ".join(places[:FEW]) + (" en omgeving" if len(places) > FEW else "")
        return {
            "at": at,
            "first": min(spot.first for spot in spots),
            "total": total,
            "where": where,
            "things": [(name, url) for _position, name, url in things],
            "more": total - len(things),
        }

    @cached_property
    def total(self):
        """How many things have a place."""
        return sum(spot.total for spot in self.spots)


class SmallMap:
    """One record: its area near by, with the borders of its municipalities, and where that is in the country."""

    def __init__(self, codes, *, pin=None):
        """`pin` is (name, lon, lat) of a place."""
        self.topology = borders()
        self.codes = frozenset(codes) & self.topology.codes
        self._pin = pin

    @property
    def is_known(self):
        return bool(self.codes or self._pin)

    @cached_property
    def near(self):
        limits = [self.topology.box(self.codes)] if self.codes else []
        if self._pin:
            x, y = to_rd(*self._pin[1:])
            limits.append((x, y, x, y))
        lefts, bottoms, rights, tops = zip(*limits, strict=True)
        return drawing((min(lefts), min(bottoms), max(rights), max(tops)), width=480, air=0.1, least=LEAST)

    @cached_property
    def far(self):
        return drawing(width=160, air=0.02)

    @property
    def near_land(self):
        return self.near.outline(self.topology.codes)

    @property
    def near_area(self):
        return self.near.outline(self.codes)

    @property
    def near_lines(self):
        return self.near.inner_lines(self.codes)

    @property
    def near_pin(self):
        return self.near.point(*self._pin[1:]) if self._pin else None

    @property
    def far_land(self):
        return self.far.outline(self.topology.codes)

    @property
    def far_area(self):
        return self.far.outline(self.codes)

    @property
    def far_pin(self):
        return self.far.point(*self._pin[1:]) if self._pin else None

    @property
    def source(self):
        return self.topology.source
