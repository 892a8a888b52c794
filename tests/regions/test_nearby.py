"""Which pact is near: a typed name and what the page answers."""

import datetime

import pytest
from django.urls import reverse

from regions.nearby import look_up, plain
from tests import factories as f

pytestmark = pytest.mark.django_db
URL = reverse("regions:list")


def ask(client, name):
    return client.get(URL, {"gemeente": name})


@pytest.fixture
def tilburg():
    return f.MunicipalityFactory(name="Tilburg", slug="tilburg", lat=51.56, lon=5.09)


@pytest.fixture
def pact(tilburg):
    return f.AreaMunicipalityFactory(municipality=tilburg, pact__name="Zorgpact Midden").pact


@pytest.mark.parametrize("typed", ["Tilburg", " tilburg ", "TILBURG", "gemeente Tilburg", "tilbúrg"])
def test_finds_the_pact_of_a_municipality(client, pact, typed):
    response = ask(client, typed)
    assert [p.name for p in response.context["page_obj"]] == [pact.name]
    assert "Bij Tilburg hoort Zorgpact Midden" in response.content.decode()


def test_knows_the_other_name_of_a_municipality(client, pact, tilburg):
    tilburg.other_name = "Kruikenstad"
    tilburg.save()
    assert "Bij Tilburg hoort" in ask(client, "kruikenstad").content.decode()


def test_a_village_leads_to_its_municipality(client, pact, tilburg):
    f.PlaceFactory(name="Udenhout", municipality=tilburg)
    assert "Bij Tilburg hoort Zorgpact Midden" in ask(client, "Udenhout").content.decode()


def test_a_misspelt_name_gets_likely_ones(client, pact):
    response = ask(client, "Tilbrug")
    page = response.content.decode()
    assert "Wij kennen geen gemeente “Tilbrug”" in page
    assert 'href="?gemeente=tilburg#antwoord">Tilburg</a>' in page
    assert list(response.context["page_obj"]) == []


def test_nonsense_gets_an_honest_answer(client, pact):
    page = ask(client, "<b>%%qqqq").content.decode()
    assert "Kijk of u de naam goed schreef" in page
    assert "<b>%%" not in page


def test_where_there_is_no_pact_the_nearest_ones_are_named(client, pact):
    f.MunicipalityFactory(name="Almere", slug="almere", lat=52.37, lon=5.25)
    far = f.AreaMunicipalityFactory(municipality__lat=53.2, municipality__lon=6.6, pact__name="Zorgpact Ver").pact
    page = ask(client, "Almere").content.decode()
    assert "Voor Almere kennen wij geen regionaal pact" in page
    assert page.index("Zorgpact Midden</a>") < page.index(f"{far.name}</a>")
    assert "op ongeveer 91 km" in page
    assert "Zelf beginnen kan ook" in page


def test_an_unpublished_or_ended_pact_is_not_near(client, pact):
    f.MunicipalityFactory(name="Almere", slug="almere", lat=52.37, lon=5.25)
    f.AreaMunicipalityFactory(pact__name="Pact Geheim", pact__published_at=None)
    f.AreaMunicipalityFactory(pact__name="Pact Voorbij", pact__ended="2019")
    nearest = [found.name for found, _km in look_up("Almere").nearest()]
    assert nearest == ["Zorgpact Midden"]


def test_a_former_municipality_leads_to_its_successors(client, pact, tilburg):
    old = f.MunicipalityFactory(name="Berkel", slug="berkel", ended=datetime.date(1997, 1, 1))
    f.ReorganisationFactory(old=old, new=tilburg, date=old.ended)
    page = ask(client, "Berkel").content.decode()
    assert "bestaat sinds 1 januari 1997 niet meer" in page
    assert "Bij Tilburg hoort Zorgpact Midden" in page


def test_one_name_for_two_municipalities_asks_which(client):
    f.MunicipalityFactory(name="Bergen (L.)", slug="bergen-l")
    f.MunicipalityFactory(name="Bergen (NH.)", slug="bergen-nh")
    page = ask(client, "Bergen").content.decode()
    assert "Er is meer dan één Bergen" in page
    assert "Voor Bergen (NH.) kennen wij geen" in ask(client, "bergen-nh").content.decode()


def test_a_pact_that_other_choices_hide_is_not_called_absent(client, pact):
    page = client.get(URL, {"gemeente": "Tilburg", "thema": "iets"}).content.decode()
    assert "past geen pact bij uw keuze" in page


def test_an_empty_field_is_no_question(client, pact):
    assert "antwoord-kop" not in ask(client, "  ").content.decode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("’s-Gravenhage", "s gravenhage"), ("Hengelo (O.)", "hengelo"), ("Súdwest-Fryslân", "sudwest fryslan")],
)
def test_plain_names(name, expected):
    assert plain(name) == expected
