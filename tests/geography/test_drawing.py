"""From borders to paths: what is in sight, in few points, and where the numbers stand."""

import random

from geography import rings
from geography.drawing import View, drawing
from geography.topology import borders

from .svg import points


def test_the_country_fits_and_is_light():
    whole = drawing()

    path = whole.outline(borders().codes)

    for line in points(path):
        assert all(0 <= x <= 720 and 0 <= y <= whole.view.height for x, y in line)
    assert len(path) < 12_000


def test_no_municipality_disappears_from_a_small_map():
    small = drawing(width=160)

    assert [code for code in borders().codes if not small.outline(frozenset({code}))] == []


def test_a_zoom_draws_nothing_far_outside_its_frame():
    zeeland = drawing(borders().box(borders().in_provinces({"PV29"})))
    left, top, right, bottom = zeeland.view.edges

    for line in points(zeeland.outline(borders().codes)):
        assert all(left <= x <= right and top <= y <= bottom for x, y in line)
    assert zeeland.outline(borders().in_provinces({"PV20"})) == ""
    assert zeeland.label(borders().in_provinces({"PV20"})) is None


def test_a_number_stands_inside_its_area():
    whole, rng = drawing(), random.Random(3)
    for _ in range(25):
        codes = frozenset(rng.sample(sorted(borders().codes), rng.randint(1, 30)))
        outer = max(points(whole.outline(codes)), key=lambda line: abs(rings.area(line)))
        assert rings.contains(outer, whole.label(codes)), codes


def test_neighbours_share_each_point_of_their_border():
    whole = drawing(width=2000)
    (a,), (b,) = (points(whole.outline(frozenset({code}))) for code in ("GM0743", "GM0762"))
    both = {point for line in points(whole.outline(frozenset({"GM0743", "GM0762"}))) for point in line}

    assert len(set(a) & set(b)) > 10
    assert (set(a) ^ set(b)) <= both


def test_what_is_small_gets_air_around_it():
    view = View.around((100_000, 400_000, 101_000, 402_000), least=30_000, air=0)

    assert view.limits == (85_500, 386_000, 115_500, 416_000)


def test_the_deepest_point_avoids_a_hole():
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    hole = [(20, 20), (80, 20), (80, 90), (20, 90)]

    (x, y), depth = rings.deepest([square, hole], 0.1)

    assert not rings.contains(hole, (x, y))
    # In a corner between the hole and the square there is more room than in the strips of 20 beside the hole.
    assert round(depth, 1) == 11.7


def test_clipping_keeps_the_part_within():
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]

    assert abs(rings.area(rings.clip(square, (5, 5, 20, 20)))) == 25
    assert rings.clip(square, (20, 20, 30, 30)) == []
