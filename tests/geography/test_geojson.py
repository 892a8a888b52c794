"""The maps as GeoJSON: valid by RFC 7946, equal to the list, and with public fields alone."""

import json

import pytest
from django.urls import reverse

from geography import geojson, rings
from geography.topology import borders
from tests import factories as f
from tests.queries import assert_same_queries

PACTS, KOPLOPERS = reverse("regions:geojson"), reverse("kopgroep:geojson")


def collection(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)


def assert_valid(geometry):
    """Closed rings, the outer against the clock and the inner with it, each inner one inside its outer one."""
    assert geometry["type"] == "MultiPolygon"
    for outer, *holes in geometry["coordinates"]:
        for i, ring in enumerate([outer, *holes]):
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert (rings.area([tuple(p) for p in ring[:-1]]) > 0) == (i == 0)
            assert all(3 < lon < 8 and 50 < lat < 54 for lon, lat in ring)
        for hole in holes:
            inside = [rings.contains(outer[:-1], p) for p in hole if p not in outer]
            assert all(inside)


def pact(name, codes=(), **fields):
    made = f.RegionalPactFactory(name=name, slug=name.lower().replace(" ", "-"), **fields)
    for code in codes:
        found = f.Municipality.objects.filter(code=code).first() or f.MunicipalityFactory(code=code)
        f.AreaMunicipalityFactory(pact=made, municipality=found)
    return made


@pytest.mark.parametrize("codes", [{"GM0200"}, {"GM0654", "GM0664"}, None, "hole"])
def test_areas_are_valid(codes):
    everything = borders().codes
    codes = (
        {None: everything, "hole": everything - {"GM0200", "GM0150"}}.get(codes)
        if not isinstance(codes, set)
        else codes
    )

    assert_valid(geojson.area(frozenset(codes)))


def test_a_hole_belongs_to_the_land_around_it():
    whole, without = (
        max(geojson.area(borders().codes - gone)["coordinates"], key=lambda polygon: len(polygon[0]))
        for gone in (frozenset(), frozenset({"GM0200"}))
    )

    assert len(without) == len(whole) + 1


@pytest.mark.django_db
def test_pacts_as_in_the_list(client, settings):
    settings.PORTAL_URL = "https://zorgpact.example"
    pact("Pact B", ["GM0664", "GM0654"], area_name="Zeeland", internal_note="geheim")
    pact("Pact A", is_sample=True, ended="2019")
    pact("Pact geheim", ["GM0014"], published_at=None)

    response = client.get(PACTS)

    found = collection(response)
    assert found["bron"] == "Bron: Kadaster / Centraal Bureau voor de Statistiek (CBS), 2024, CC BY 4.0, bewerkt"
    assert [feature["properties"] for feature in found["features"]] == [
        {
            "nummer": 1,
            "naam": "Pact A",
            "gebied": "een gebied",
            "gemeenten": [],
            "geeindigd": "2019",
            "voorbeeld": True,
            "adres": "https://zorgpact.example/regionale-pacten/pact-a/",
        },
        {
            "nummer": 2,
            "naam": "Pact B",
            "gebied": "Zeeland",
            "gemeenten": ["GM0654", "GM0664"],
            "geeindigd": "",
            "voorbeeld": False,
            "adres": "https://zorgpact.example/regionale-pacten/pact-b/",
        },
    ]
    assert found["features"][0]["geometry"] is None
    assert_valid(found["features"][1]["geometry"])
    assert b"geheim" not in response.content


@pytest.mark.django_db
def test_koplopers_as_in_the_list(client, settings):
    settings.PORTAL_URL = "https://zorgpact.example"
    f.KoploperFactory(title="B", slug="b", place=f.PlaceFactory(name="Goes", lon=3.891234567, lat=51.5))
    f.KoploperFactory(title="A", slug="a", internal_note="geheim")
    f.KoploperFactory(title="C", slug="c", published_at=None)

    response = client.get(KOPLOPERS)

    assert [(x["id"], x["geometry"], x["properties"]) for x in collection(response)["features"]] == [
        (
            "a",
            None,
            {
                "naam": "A",
                "waar": "",
                "samenvatting": "Wat deze koploper doet.",
                "voorbeeld": False,
                "adres": "https://zorgpact.example/kopgroep/a/",
            },
        ),
        (
            "b",
            {"type": "Point", "coordinates": [3.89123, 51.5]},
            {
                "naam": "B",
                "waar": "Goes",
                "samenvatting": "Wat deze koploper doet.",
                "voorbeeld": False,
                "adres": "https://zorgpact.example/kopgroep/b/",
            },
        ),
    ]
    assert b"geheim" not in response.content


@pytest.mark.django_db
def test_both_obey_the_query_of_the_list_and_the_map_links_there(client):
    theme = f.ThemeFactory(slug="techniek")
    f.PactThemeFactory(pact=pact("Pact A", ["GM0014"]), theme=theme)
    pact("Pact B", ["GM0664"])
    f.KoploperThemeFactory(koploper=f.KoploperFactory(title="A", slug="a"), theme=theme)
    f.KoploperFactory(title="B", slug="b")

    for page, address in [(reverse("regions:list"), PACTS), (reverse("kopgroep:list"), KOPLOPERS)]:
        found = collection(client.get(f"{address}?thema=techniek"))["features"]
        assert [feature["properties"]["naam"][-1] for feature in found] == ["A"]
        assert f'href="{address}?thema=techniek"' in client.get(f"{page}?thema=techniek").content.decode()


@pytest.mark.django_db
def test_take_the_same_queries_for_any_number(client):
    codes = iter(["GM0654", "GM0664", "GM0014"])
    pact("Pact A", [next(codes)])
    f.KoploperFactory(place=f.PlaceFactory())

    assert_same_queries(client, PACTS, lambda: [pact("B", [next(codes)]), pact("C", [next(codes)])], at_most=3)
    assert_same_queries(client, KOPLOPERS, lambda: f.KoploperFactory.create_batch(2), at_most=2)
