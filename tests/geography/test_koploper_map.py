"""The map of the koplopers: the same ones as the whole list, as points, those close together as one with their number."""

import pytest
from django.urls import reverse

from geography.maps import NEAR
from tests import factories as f
from tests.queries import assert_same_queries

from .svg import links, maps, numbers, path, texts

pytestmark = pytest.mark.django_db
URL = reverse("kopgroep:list")
# Name, longitude and latitude.
GOES = ("Goes", 3.89, 51.50)
KAPELLE = ("Kapelle", 3.96, 51.49)
MIDDELBURG = ("Middelburg", 3.63, 51.50)
GRONINGEN = ("Groningen", 6.57, 53.22)
ZWOLLE = ("Zwolle", 6.09, 52.51)


def place(name, lon, lat):
    return f.Place.objects.filter(name=name).first() or f.PlaceFactory(name=name, lon=lon, lat=lat)


def koploper(title, where=None, **fields):
    return f.KoploperFactory(
        title=title, slug=title.lower().replace(" ", "-"), place=place(*where) if where else None, **fields
    )


def spots(response):
    (svg,) = maps(response)
    return links(svg, "spot")


def names_in_map(response):
    """Every koploper that the map names: single points, the lists of groups and what has no place."""
    alone = [group["things"] for group in response.context["map"].groups]
    return sorted(
        [name for things in alone for name, _url in things] + [n for n, _u in response.context["map"].missing]
    )


def test_a_point_is_a_link_with_name_and_place(client):
    koploper("Zeeuwse Huiskamer", GOES)

    assert spots(client.get(URL)) == [("/kopgroep/zeeuwse-huiskamer/", "Zeeuwse Huiskamer, Goes")]


@pytest.mark.parametrize("many", [300, 0])
def test_a_sample_says_so(client, monkeypatch, many):
    monkeypatch.setattr("kopgroep.map.MANY", many)
    koploper("Huiskamer", GOES, is_sample=True)

    assert spots(client.get(URL)) == [("/kopgroep/huiskamer/", "Huiskamer (voorbeeld), Goes")]


@pytest.mark.parametrize("named", [9, 0], ids=["list named", "not named"])
def test_many_without_a_place_count_at_the_first_of_their_municipalities(client, monkeypatch, written_anew, named):
    monkeypatch.setattr("kopgroep.map.MANY", 0)
    monkeypatch.setattr("zorgpact.lists.NAMED", named)
    goes = f.MunicipalityFactory(name="Goes", lon=GOES[1], lat=GOES[2])
    groningen = f.MunicipalityFactory(name="Groningen", lon=GRONINGEN[1], lat=GRONINGEN[2])
    for title, where in [("A", [groningen, goes]), ("B", [goes]), ("C", [groningen]), ("D", [groningen]), ("E", [])]:
        koploper(title).municipalities.set(where)

    response = client.get(URL)

    assert sorted(title for _url, title in spots(response)) == ["2 koplopers: Goes", "2 koplopers: Groningen"]
    assert response.context["map"].missing_total == 1


def test_points_close_together_are_one_with_their_number_and_names(client):
    koploper("A", GOES)
    koploper("B", KAPELLE)
    koploper("C", KAPELLE)
    koploper("D", GRONINGEN)

    response = client.get(URL)

    assert spots(response) == [("#plek-1", "3 koplopers: Kapelle, Goes"), ("/kopgroep/d/", "D, Groningen")]
    # It stands where most of them are.
    assert numbers(maps(response)[0]) == [("3", *response.context["map"].drawing.point(*KAPELLE[1:]))]
    assert texts(response, "spot-names") == ["3 koplopers: Kapelle, Goes ABC Sluit deze lijst"]
    assert 'id="plek-1"' in response.content.decode()


def test_the_keyboard_meets_them_in_the_order_of_the_list(client):
    koploper("C", GOES)
    koploper("A", GRONINGEN)
    koploper("B", ZWOLLE)

    assert [name for _url, name in spots(client.get(URL))] == ["A, Groningen", "B, Zwolle", "C, Goes"]


def test_holds_the_whole_filtered_list_on_each_page_of_it(client):
    theme = f.ThemeFactory(slug="techniek")
    for i, where in enumerate([GOES, KAPELLE, GRONINGEN, ZWOLLE, None] * 6):
        f.KoploperThemeFactory(koploper=koploper(f"Koploper {i:02}", where), theme=theme)
    koploper("Zonder thema", GOES)

    pages = [client.get(URL, {"thema": "techniek", "pagina": n}) for n in (1, 2, 3)]

    listed = [k.title for page in pages for k in page.context["page_obj"]]
    assert len(listed) == 30
    for page in pages:
        assert names_in_map(page) == listed


def test_what_is_not_public_or_no_koploper_is_not_there(client):
    koploper("Open", GOES)
    koploper("Geheim", GRONINGEN, published_at=None)
    koploper("Voorbeeld", ZWOLLE, kind="goed-voorbeeld")

    response = client.get(URL)

    assert names_in_map(response) == ["Open"]
    assert "Geheim" not in response.content.decode()


def test_what_has_no_place_is_named_with_its_number(client):
    koploper("Ergens", GOES)
    koploper("Nergens")
    koploper("Onbekend")

    response = client.get(URL)

    assert texts(response, "off-map") == ["Niet op de kaart, want wij kennen de plaats niet (2): Nergens; Onbekend."]


def test_without_a_place_a_koploper_stands_amid_its_municipalities(client):
    made = koploper("Samen")
    made.municipalities.add(
        f.MunicipalityFactory(name="West", lon=5.0, lat=52.0), f.MunicipalityFactory(name="Oost", lon=5.2, lat=52.2)
    )

    response = client.get(URL)

    (group,) = response.context["map"].groups
    assert spots(response) == [("/kopgroep/samen/", "Samen, Oost en omgeving")]
    assert group["at"] == response.context["map"].drawing.point(5.1, 52.1)


def test_of_very_many_the_map_names_those_that_stand_alone_and_counts_the_rest(client, monkeypatch):
    monkeypatch.setattr("kopgroep.map.MANY", 4)
    for i in range(5):
        koploper(f"Koploper {i}", GOES)
        koploper(f"Nergens {i}")
    koploper("Alleen", GRONINGEN)

    response = client.get(URL)

    assert spots(response) == [("/kopgroep/alleen/", "Alleen, Groningen"), ("#plek-2", "5 koplopers: Goes")]
    assert texts(response, "spot-names") == [
        "5 koplopers: Goes Dat zijn er te veel om te noemen. Kies een provincie, of verfijn de lijst. Sluit deze lijst"
    ]
    assert texts(response, "off-map") == ["Niet op de kaart, want wij kennen de plaats niet (5)."]


def test_of_very_many_those_without_a_place_stand_at_the_first_of_their_municipalities(client, monkeypatch):
    monkeypatch.setattr("kopgroep.map.MANY", 0)
    west = f.MunicipalityFactory(name="West", lon=4.5, lat=52.0)
    east = f.MunicipalityFactory(name="Aan de andere kant", lon=6.5, lat=52.5)
    koploper("Overal", area_name="Het hele land").municipalities.add(west, east)
    koploper("West alleen").municipalities.add(west)
    koploper("Oost alleen").municipalities.add(east)

    response = client.get(URL)

    assert spots(response) == [
        ("/kopgroep/oost-alleen/", "Oost alleen, Aan de andere kant"),
        ("#plek-2", "2 koplopers: West"),
    ]
    point = response.context["map"].drawing.point
    assert [group["at"] for group in response.context["map"].groups] == [point(6.5, 52.5), point(4.5, 52.0)]


def test_a_zoom_pulls_a_group_apart(client):
    zeeland = f.ProvinceFactory(slug="zeeland", name="Zeeland")
    for title, where in (("A", GOES), ("B", MIDDELBURG)):
        koploper(title, where).municipalities.add(f.MunicipalityFactory(province=zeeland))
    assert [name for _url, name in spots(client.get(URL))] == ["2 koplopers: Middelburg, Goes"]
    assert [name for _url, name in spots(client.get(URL, {"provincie": "zeeland"}))] == ["A, Goes", "B, Middelburg"]


@pytest.mark.parametrize(("province", "elsewhere"), [("zeeland", GRONINGEN), ("groningen", GOES)])
def test_a_zoom_keeps_in_view_what_works_there_and_has_its_place_elsewhere(client, province, elsewhere):
    chosen = f.MunicipalityFactory(province__slug=province)
    koploper("A", elsewhere).municipalities.add(chosen)

    drawn = client.get(URL, {"provincie": province}).context["map"]

    ((x, y),) = [group["at"] for group in drawn.groups]
    assert 0 < x < 720
    assert 0 < y < drawn.drawing.view.height


def test_no_two_points_stand_so_close_that_a_finger_hits_both(client):
    for i in range(60):
        koploper(f"Koploper {i:02}", (f"Plaats {i}", 4.2 + (i % 10) * 0.2, 51.6 + (i // 10) * 0.1))

    places = [group["at"] for group in client.get(URL).context["map"].groups]

    closest = min(
        ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for i, (ax, ay) in enumerate(places) for bx, by in places[:i]
    )
    assert closest >= NEAR


def test_takes_one_query_for_any_number_of_koplopers(client):
    koploper("A", GOES)

    assert_same_queries(client, URL, lambda: [koploper("B", ZWOLLE), koploper("C")], at_most=8)


def test_the_page_of_a_koploper_shows_its_place_and_municipalities(client):
    made = koploper("A", GOES)
    made.municipalities.add(f.MunicipalityFactory(code="GM0664", name="Goes"))

    far, near = maps(client.get(made.get_absolute_url()))

    assert near.get("aria-label") == "Kaart: Goes"
    assert path(near, "filled") != ""
    assert [g.get("class") for g in near.iter() if g.get("class") == "pin"] == ["pin"]
    assert [c.get("class") for c in far.iter() if c.get("class") == "here"] == ["here", "here"]


def test_the_page_of_a_koploper_of_which_the_place_is_unknown_has_no_map(client):
    assert maps(client.get(koploper("A").get_absolute_url())) == []
