"""Closed lines, as lists of points without the first one again at the end."""

import heapq
import math


def area(ring):
    """Positive where the ring goes against the clock (with y upwards)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def box(points):
    """The smallest (left, bottom, right, top) around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def contains(ring, point):
    """Whether a point lies within a ring; on its border either answer may come."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in _sides(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def centroid(ring):
    size = area(ring)
    if not size:
        return ring[0]
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _sides(ring))
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _sides(ring))
    return x / (6 * size), y / (6 * size)


def clip(ring, limits):
    """The part of a ring within a box (left, bottom, right, top); parts may be joined along the box."""
    for axis, side in enumerate((*limits,)):
        axis, sign = axis % 2, 1 if axis < 2 else -1
        kept = []
        for a, b in _sides(ring):
            ins, outs = (a[axis] - side) * sign, (b[axis] - side) * sign
            if (ins < 0) != (outs < 0):
                t = ins / (ins - outs)
                kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if outs >= 0:
                kept.append(b)
        ring = kept
    return ring


def deepest(rings, precision):
    """The point inside `rings` (the outer one first) that lies farthest from any border, and how far that is.

    A search in ever smaller squares, each with the best that it can still hold; the idea of Mapbox's polylabel.
    """
    sides = [(x1, y1, x2 - x1, y2 - y1) for ring in rings for (x1, y1), (x2, y2) in _sides(ring)]
    left, bottom, right, top = box(rings[0])
    size = max(min(right - left, top - bottom), precision) / 2

    def square(x, y, half):
        distance = _distance(sides, x, y)
        inside = sum(contains(ring, (x, y)) for ring in rings) % 2
        depth = distance if inside else -distance
        return -(depth + half * math.sqrt(2)), depth, x, y, half

    best = max(square(*centroid(rings[0]), 0), square(*rings[0][0], 0), key=lambda s: s[1])
    columns, rows = math.ceil((right - left) / size / 2), math.ceil((top - bottom) / size / 2)
    heap = [
        square(left + (2 * i + 1) * size, bottom + (2 * j + 1) * size, size)
        for i in range(max(columns, 1))
        for j in range(max(rows, 1))
    ]
    heapq.heapify(heap)
    while heap:
        found = heapq.heappop(heap)
        best = max(best, found, key=lambda s: s[1])
        if -found[0] - best[1] <= precision:
            break
        _promise, _depth, x, y, half = found
        half /= 2
        for dx, dy in ((-half, -half), (half, -half), (-half, half), (half, half)):
            heapq.heappush(heap, square(x + dx, y + dy, half))
    return (best[2], best[3]), best[1]


def _sides(ring):
    return zip(ring, ring[1:] + ring[:1], strict=True)


def _distance(sides, x, y):
    """From a point to the nearest side."""
    nearest = math.inf
    for x1, y1, dx, dy in sides:
        px, py = x - x1, y - y1
        length = dx * dx + dy * dy
        t = (px * dx + py * dy) / length if length else 0
        t = 0 if t < 0 else min(t, 1)
        px -= t * dx
        py -= t * dy
        nearest = min(nearest, px * px + py * py)
    return math.sqrt(nearest)
