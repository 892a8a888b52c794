"""From the polygons of an official file to a topology: shared borders once, simpler, on a grid, crossing nowhere."""

from collections import Counter, defaultdict

from . import rings, simplify
from .boundaries import Refused

# In square metres: a point of a border that matters less goes; an island or a hole smaller than this goes too.
TOLERANCE = 5_000
SMALLEST = 200_000
# A municipality keeps at least so many points a ring.
FEWEST = 4
# In metres. Coarser than this, dykes of a few metres wide cross themselves.
GRID = 10
# Where a simpler border crosses another one, it gets a third of the tolerance; after so many rounds that is given up.
ROUNDS = 8
CELL = 1_600
# In a good file 27 to 37 % of the pieces of border belong to one municipality (coast, abroad); where borders do not meet, 73 %.
MOST_ALONE = 0.5


def build(features, *, year, source, provinces, ended):
    """TopoJSON of `features`, by code the province from `provinces`."""
    arcs, shapes = topology(features)
    shapes = _without_small(arcs, shapes)
    lines, crossing = _simpler(arcs, shapes)
    numbers, kept = {}, []
    for _code, polygons in shapes:
        for arc in (a for polygon in polygons for ring in polygon for a in ring):
            n = arc if arc >= 0 else ~arc
            if n not in numbers:
                numbers[n] = len(kept)
                kept.append(lines[n])
    left, bottom, _right, _top = rings.box([point for line in kept for point in line])
    names = {feature.code: feature.name for feature in features}
    return {
        "type": "Topology",
        "year": year,
        "source": source,
        "licence": "CC-BY-4.0",
        "crs": "EPSG:28992",
        "ended": ended,
        "transform": {"scale": [GRID, GRID], "translate": [left, bottom]},
        "objects": {
            "municipalities": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "MultiPolygon",
                        "id": code,
                        "properties": {"name": names[code], "province": provinces[code]},
                        "arcs": [
                            [[numbers[a] if a >= 0 else ~numbers[~a] for a in ring] for ring in p] for p in polygons
                        ],
                    }
                    for code, polygons in shapes
                ],
            }
        },
        "arcs": [_steps(line, left, bottom) for line in kept],
    }, crossing


def topology(features):
    """Arcs, and by code the polygons as rings of arc numbers. A file of which the borders do not meet is refused."""
    near, used = defaultdict(set), Counter()
    for ring in (ring for feature in features for polygon in feature.polygons for ring in polygon):
        for i, point in enumerate(ring):
            near[point] |= {ring[i - 1], ring[(i + 1) % len(ring)]}
            used[frozenset((ring[i - 1], point))] += 1
    if max(used.values()) > 2:
        raise Refused("In dit bestand liggen gemeenten over elkaar heen: een stuk grens hoort bij meer dan twee.")
    alone = sum(times == 1 for times in used.values()) / len(used)
    if alone > MOST_ALONE:
        raise Refused(
            f"In dit bestand sluiten de gemeenten niet op elkaar aan: {alone:.0%} van de grens hoort bij één gemeente. "
            "Neem het bestand zoals het CBS het geeft, zonder bewerking."
        )

    def is_node(point):
        """Whether an arc ends here: three areas meet, or the border goes over into the coast."""
        return len(near[point]) != 2 or len({used[frozenset((other, point))] for other in near[point]}) != 1

    arcs, index = [], {}

    def arc(points):
        key = tuple(points)
        if key in index:
            return index[key]
        if key[::-1] in index:
            return ~index[key[::-1]]
        index[key] = len(arcs)
        arcs.append(points)
        return index[key]

    return arcs, [(f.code, [[_cut(ring, is_node, arc) for ring in p] for p in f.polygons]) for f in features]


def _cut(ring, is_node, arc):
    ends = [i for i, point in enumerate(ring) if is_node(point)]
    # A ring that meets no other starts at its smallest point, so that both its users find the same arc.
    start = ends[0] if ends else ring.index(min(ring))
    ring = ring[start:] + ring[: start + 1]
    ends = [i - start for i in ends] or [0]
    return [arc(ring[a : b + 1]) for a, b in zip(ends, [*ends[1:], len(ring) - 1], strict=True)]


def _without_small(arcs, shapes):
    """Without small islands and enclaves, the latter in both municipalities at once; never all of one."""
    small = {n for n, line in enumerate(arcs) if line[0] == line[-1] and abs(rings.area(line[:-1])) < SMALLEST}
    needed = {ring[0] for _code, polygons in shapes if len(polygons) == 1 for ring in polygons[0][:1] if len(ring) == 1}
    small -= {a if a >= 0 else ~a for a in needed}
    kept = []
    for code, polygons in shapes:
        left = [[r for r in p if not _is_one_of(r, small)] for p in polygons if not _is_one_of(p[0], small)]
        kept.append((code, left or polygons[:1]))
    return kept


def _is_one_of(ring, arcs):
    return len(ring) == 1 and (ring[0] if ring[0] >= 0 else ~ring[0]) in arcs


def _simpler(arcs, shapes):
    """Each arc with fewer points, on the grid; and how many still cross another."""
    used = {a if a >= 0 else ~a for _code, polygons in shapes for p in polygons for ring in p for a in ring}
    ranks = {n: simplify.ranks(arcs[n]) for n in used}
    tolerance = dict.fromkeys(used, TOLERANCE)
    lines = {}
    todo = used
    for _round in range(ROUNDS):
        for n in todo:
            lines[n] = _on_grid(arcs[n], ranks[n], tolerance[n])
            tolerance[n] /= 3
        todo = _crossing(lines)
        if not todo:
            break
    return lines, len(todo)


def _on_grid(line, ranks, tolerance):
    if line[0] == line[-1]:
        tolerance = min(tolerance, sorted(ranks)[-min(len(ranks), FEWEST)])
    kept = []
    for (x, y), rank in zip(line, ranks, strict=True):
        point = round(x / GRID) * GRID, round(y / GRID) * GRID
        if rank >= tolerance and (not kept or kept[-1] != point):
            kept.append(point)
    return kept if len(kept) > 1 else [*kept, kept[0]]


def _crossing(lines):
    """The arcs that cross another one, or themselves."""
    cells = defaultdict(list)
    for n, line in lines.items():
        for a, b in zip(line, line[1:], strict=False):
            (x1, x2), (y1, y2) = sorted((a[0], b[0])), sorted((a[1], b[1]))
            for i in range(x1 // CELL, x2 // CELL + 1):
                for j in range(y1 // CELL, y2 // CELL + 1):
                    cells[i, j].append((n, a, b, x1, x2, y1, y2))
    found = set()
    for pieces in cells.values():
        for i, (n, a, b, x1, x2, y1, y2) in enumerate(pieces):
            for m, c, d, u1, u2, v1, v2 in pieces[:i]:
                if x1 <= u2 and u1 <= x2 and y1 <= v2 and v1 <= y2 and _cross(a, b, c, d):
                    found |= {n, m}
    return found


def _cross(a, b, c, d):
    """Whether two pieces have a point in common that is not an end of both."""
    if {a, b} & {c, d}:
        return False
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a, b, p):
    turn = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    return (turn > 0) - (turn < 0)


def _steps(line, left, bottom):
    steps, x, y = [], left, bottom
    for px, py in line:
        steps.append([(px - x) // GRID, (py - y) // GRID])
        x, y = px, py
    return steps
