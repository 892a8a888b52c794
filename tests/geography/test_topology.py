"""The borders that come with the portal, and the arithmetic of their outlines."""

import random
from collections import Counter

import pytest

from geography import rings
from geography.simplify import ranks
from geography.topology import borders, number


@pytest.fixture(scope="module")
def topology():
    return borders()


def size(topology, outline):
    return round(sum(rings.area(topology.ring_points(ring)) for ring in outline))


def test_holds_the_342_municipalities_in_twelve_provinces(topology):
    assert len(topology.codes) == 342
    assert len(set(topology.provinces.values())) == 12


def test_every_border_is_used_once_or_twice(topology):
    assert Counter(len(codes) for codes in topology.owners.values()) == {2: 891, 1: 236}
    assert len(topology.owners) == len(topology.arcs)


def test_every_ring_of_a_municipality_is_closed(topology):
    for code, polygons in topology.polygons.items():
        for ring in (ring for polygon in polygons for ring in polygon):
            ends = [(topology.points(arc)[0], topology.points(arc)[-1]) for arc in ring]
            assert [end for _start, end in ends] == [start for start, _end in ends[1:] + ends[:1]], code


@pytest.mark.parametrize("seed", range(20))
def test_an_outline_is_closed_touches_itself_nowhere_and_keeps_the_size(topology, seed):
    rng = random.Random(seed)
    codes = frozenset(rng.sample(sorted(topology.codes), rng.randint(1, 200)))

    outline = topology.outline(codes)

    for ring in outline:
        starts = [topology.points(arc)[0] for arc in ring]
        assert [topology.points(arc)[-1] for arc in ring] == starts[1:] + starts[:1]
        assert len(set(starts)) == len(starts)
    own = [topology.ring_points(r) for c in codes for polygon in topology.polygons[c] for r in polygon]
    assert size(topology, outline) == round(sum(map(rings.area, own)))


def test_an_outline_uses_only_borders_of_one_side(topology):
    codes = topology.in_provinces({"PV29"})

    used = [number(arc) for ring in topology.outline(codes) for arc in ring]

    assert sorted(used) == sorted(a for a, who in topology.owners.items() if len(codes.intersection(who)) == 1)


def test_a_municipality_that_is_taken_out_leaves_a_hole(topology):
    whole, without = topology.outline(topology.codes), topology.outline(topology.codes - {"GM0200"})

    assert len(without) == len(whole) + 1


def test_codes_without_borders_have_no_outline(topology):
    assert topology.outline(frozenset({"GM9999"})) == ()


def test_lines_between_provinces_lie_between_provinces(topology):
    pairs = [topology.owners[arc] for arc in topology.province_lines]

    assert len(pairs) == 148
    assert all(topology.provinces[a] != topology.provinces[b] for a, b in pairs)


def test_a_point_goes_before_those_that_matter_more():
    line = [(0, 0), (10, 1), (20, 0), (30, 50), (40, 0)]

    assert ranks(line) == [float("inf"), 10, 500, 1000, float("inf")]
