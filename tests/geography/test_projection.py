import random

from geography.projection import to_lonlat, to_rd


def test_the_martini_tower_stands_where_the_land_registry_says():
    x, y = to_rd(6.56820053, 53.21938317)

    assert (round(x), round(y)) == (233883, 582065)


def test_there_and_back_is_less_than_a_metre_off():
    rng = random.Random(1)
    for _ in range(500):
        x, y = rng.uniform(13_000, 278_000), rng.uniform(306_000, 620_000)
        back = to_rd(*to_lonlat(x, y))
        assert abs(back[0] - x) < 1
        assert abs(back[1] - y) < 1
