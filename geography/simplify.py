"""How much each point of a line matters, after Visvalingam: the area that the line loses without it."""

import heapq
import math


def ranks(line):
    """For every point of `line` the area in square metres below which it may go; the ends never go.

    A point never goes before one that matters less, so that any limit gives a line that is simpler everywhere.
    """
    found = [math.inf] * len(line)
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    heap = [(triangle(line[i - 1], line[i], line[i + 1]), i) for i in range(1, len(line) - 1)]
    heapq.heapify(heap)
    current = {i: area for area, i in heap}
    least = 0
    while heap:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue
        least = found[i] = max(least, area)
        del current[i]
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in current:
                current[j] = triangle(line[before[j]], line[j], line[after[j]])
                heapq.heappush(heap, (current[j], j))
    return found


def triangle(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
