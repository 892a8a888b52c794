"""The map of the pacts: the same ones as the whole list, with the same numbers, and where there is none."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from geography.maps import Map
from geography.topology import borders
from regions.views import PactListView
from tests import factories as f
from tests.queries import assert_same_queries

from .svg import links, maps, numbers, path, texts

pytestmark = pytest.mark.django_db
URL = reverse("regions:list")
ZEELAND = ["GM0654", "GM0664", "GM0677"]
GRONINGEN = ["GM0014", "GM0037"]


@pytest.fixture
def provinces():
    return {slug: f.ProvinceFactory(slug=slug, name=slug.title()) for slug in ("zeeland", "groningen", "utrecht")}


def municipality(code, province=None):
    found = f.Municipality.objects.filter(code=code).first()
    return found or f.MunicipalityFactory(code=code, **({"province": province} if province else {}))


def pact(name, codes=(), province=None, **fields):
    made = f.RegionalPactFactory(name=name, slug=name.lower().replace(" ", "-"), **fields)
    for code in codes:
        f.AreaMunicipalityFactory(pact=made, municipality=municipality(code, province))
    return made


def on_map(response):
    (svg,) = maps(response)
    return [name for _address, name in links(svg, "area")]


def off_map(response):
    return texts(response, "off-map")


def test_holds_the_pacts_of_the_list_in_its_order_with_their_numbers(client):
    pact("Pact C", ["GM0014"])
    pact("Pact A", ZEELAND)
    pact("Pact B", ["GM0677", "GM0200"])

    response = client.get(URL)

    assert links(maps(response)[0], "area") == [
        ("/regionale-pacten/pact-a/", "1. Pact A, 3 gemeenten"),
        ("/regionale-pacten/pact-b/", "2. Pact B, 2 gemeenten"),
        ("/regionale-pacten/pact-c/", "3. Pact C, 1 gemeente"),
    ]
    assert [n for n, _x, _y in numbers(maps(response)[0])] == ["1", "2", "3"]
    assert texts(response, "number") == ["1.", "2.", "3."]


def test_follows_the_order_of_the_list(client):
    pact("Pact A", ZEELAND, confirmed_on=datetime.date(2020, 1, 1))
    pact("Pact B", GRONINGEN, confirmed_on=datetime.date(2026, 1, 1))

    found = on_map(client.get(URL, {"sorteer": "bevestigd"}))

    assert found == ["1. Pact B, 2 gemeenten", "2. Pact A, 3 gemeenten"]


def test_holds_the_whole_filtered_list_on_each_page_of_it(client, monkeypatch):
    monkeypatch.setattr(PactListView, "paginate_by", 2)
    theme = f.ThemeFactory(slug="techniek")
    for name, code in zip("ABCDE", ["GM0654", "GM0664", "GM0677", "GM0014", "GM0037"], strict=True):
        f.PactThemeFactory(pact=pact(f"Pact {name}", [code]), theme=theme)
    pact("Pact ander", ["GM0200"])

    pages = [client.get(URL, {"thema": "techniek", "pagina": n}) for n in (1, 2, 3)]

    listed = [p.name for page in pages for p in page.context["page_obj"]]
    assert listed == ["Pact A", "Pact B", "Pact C", "Pact D", "Pact E"]
    for page in pages:
        assert on_map(page) == [f"{i}. {name}, 1 gemeente" for i, name in enumerate(listed, start=1)]
    assert texts(pages[1], "number") == ["3.", "4."]


def test_what_is_not_public_is_in_no_map_and_covers_nothing(client):
    pact("Pact open", ZEELAND)
    before = client.get(URL)
    pact("Pact geheim", GRONINGEN, published_at=None)
    pact("Pact straks", ["GM0200"], published_at=timezone.now() + datetime.timedelta(days=1))

    after = client.get(URL)

    assert on_map(after) == ["1. Pact open, 3 gemeenten"]
    assert path(maps(after)[0], "white") == path(maps(before)[0], "white")


def test_a_pact_without_a_known_area_is_named_with_its_number(client):
    pact("Pact A", ZEELAND)
    pact("Pact B")
    old = pact("Pact C")
    f.AreaMunicipalityFactory(pact=old, municipality=municipality("GM0014"), until="2019")

    response = client.get(URL)

    assert on_map(response) == ["1. Pact A, 3 gemeenten"]
    assert off_map(response) == ["Niet op de kaart, want wij kennen het gebied niet: 2. Pact B; 3. Pact C."]


def test_overlap_and_white_spots_are_drawn(client):
    pact("Pact A", ZEELAND)
    pact("Pact B", ["GM0677", "GM0664"])

    (svg,) = maps(client.get(URL))

    outline, both = Map().drawing.outline, frozenset({"GM0664", "GM0677"})
    assert path(svg, "overlap") == outline(both)
    assert path(svg, "filled") == outline(frozenset(ZEELAND))
    assert path(svg, "white") == outline(borders().codes - frozenset(ZEELAND))
    assert path(maps(client.get(URL, {"q": "Pact A"}))[0], "overlap") == ""


def test_a_filter_turns_no_pact_into_a_white_spot(client):
    pact("Pact A", ZEELAND)
    pact("Pact B", GRONINGEN)

    everything, chosen = (client.get(URL, query) for query in ({}, {"q": "Pact A"}))

    assert path(maps(chosen)[0], "white") == path(maps(everything)[0], "white")
    assert "Een pact dat niet bij uw keuze past" in chosen.content.decode()
    assert "Een pact dat niet bij uw keuze past" not in everything.content.decode()


def test_an_ended_pact_has_a_line_and_leaves_a_white_spot(client):
    pact("Pact A", ZEELAND, ended="2019-03")
    (svg,) = maps(client.get(URL))

    assert links(svg, "area-ended") == [("/regionale-pacten/pact-a/", "1. Pact A, 3 gemeenten, geëindigd in 2019")]
    assert path(svg, "filled") == ""
    assert path(svg, "white") == path(svg, "land")


def test_a_sample_says_so_in_its_name_and_has_a_line_of_its_own(client):
    pact("Pact A", ZEELAND, is_sample=True)
    response = client.get(URL)

    assert links(maps(response)[0], "area-sample") == [
        ("/regionale-pacten/pact-a/", "1. Pact A, 3 gemeenten, voorbeeld")
    ]
    assert "Voorbeeld: dit pact is verzonnen" in texts(response, "legend")[0]


def test_zooms_to_the_chosen_province_and_offers_those_that_hold_a_pact(client, provinces):
    pact("Pact A", ZEELAND, provinces["zeeland"])
    pact("Pact B", GRONINGEN, provinces["groningen"])

    whole, close = client.get(URL), client.get(URL, {"provincie": "zeeland"})

    assert texts(whole, "zoom-list") == ["GroningenZeeland"]
    assert on_map(close) == ["1. Pact A, 3 gemeenten"]
    assert maps(close)[0].get("aria-label") == "Kaart van een deel van Nederland: 1 regionaal pact"
    assert maps(close)[0].get("viewBox") != maps(whole)[0].get("viewBox")
    assert '<a class="button button-quiet" href="?#kaart">Toon heel Nederland</a>' in close.content.decode()


def test_an_unknown_province_does_not_zoom(client):
    pact("Pact A", ZEELAND)

    (svg,) = maps(client.get(URL, {"provincie": "atlantis"}))

    assert svg.get("aria-label") == "Kaart van Nederland: 0 regionale pacten"


def test_a_typed_municipality_gets_a_sign(client):
    f.MunicipalityFactory(code="GM0664", name="Goes", slug="goes", lon=3.89, lat=51.5)
    pact("Pact A", ["GM0664", "GM0654"])

    (svg,) = maps(client.get(URL, {"gemeente": "goes"}))

    signs = [g.get("aria-label") for g in svg.iter() if g.get("class") == "pin"]
    assert signs == ["Hier ligt Goes"]


def test_shows_the_source(client):
    pact("Pact A", ZEELAND)

    assert "Bron: Kadaster / Centraal Bureau voor de Statistiek (CBS), 2024, CC BY 4.0, bewerkt" in (
        client.get(URL).content.decode()
    )


def test_has_no_style_of_its_own(client):
    pact("Pact A", ZEELAND)
    body = client.get(URL).content.decode()

    assert "style=" not in body
    assert "<style" not in body


def test_takes_one_query_for_any_number_of_pacts(client):
    codes = iter(ZEELAND + GRONINGEN)
    pact("Pact A", [next(codes)])

    assert_same_queries(client, URL, lambda: [pact("Pact B", [next(codes)]), pact("Pact C", [next(codes)])], at_most=6)


def test_a_list_narrowed_to_an_ended_municipality_stays_within_eight_queries(client):
    old = f.MunicipalityFactory(name="Oudstad", slug="oudstad", ended=datetime.date(2019, 1, 1))
    new = municipality("GM0664")
    f.ReorganisationFactory(old=old, new=new)
    made = pact("Pact A", ["GM0664"])
    f.PactThemeFactory(pact=made)
    f.PactFunctionFactory(pact=made)

    assert_same_queries(client, f"{URL}?gemeente=oudstad", lambda: pact("Pact B", ["GM0664"]), at_most=8)


def test_the_page_of_a_pact_shows_its_own_area(client):
    made = pact("Pact A", ZEELAND)

    response = client.get(made.get_absolute_url())

    far, near = maps(response)
    assert near.get("aria-label") == "Kaart: een gebied"
    assert path(near, "filled") == path(near, "edge") != ""
    assert path(far, "here") != ""


def test_the_page_of_a_pact_without_an_area_has_no_map(client):
    assert maps(client.get(pact("Pact A").get_absolute_url())) == []
