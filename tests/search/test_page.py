"""The page of the search: what a visitor sees, without script, and what it costs."""

import re

import pytest
from django.urls import reverse

from search.models import Document
from tests import factories as f
from tests.kopgroep.test_list import full_koploper
from tests.queries import assert_same_queries, queries_of

pytestmark = pytest.mark.django_db
URL = reverse("search:search")
OFFERS = reverse("search:suggestions")


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))


def test_a_hit_shows_its_kind_title_answer_and_words_in_context(client):
    koploper = f.KoploperFactory(title="Zeeuwse huiskamer", story="Eerst iets anders. Bewoners drinken er koffie.")
    f.ResultFactory(koploper=koploper, title="Er kwam meer koffie.")
    page = client.get(URL, {"q": "koffie"}).content.decode()

    assert '<p class="kicker">Koploper</p>' in page
    assert '<h3><a href="/kopgroep/' in page
    assert '<p class="result">Er kwam meer <mark>koffie</mark>.</p>' in page
    assert "Bewoners drinken er <mark>koffie</mark>." in page
    assert "1 resultaat voor “koffie”" in page


def test_only_what_is_made_up_has_the_tag(client):
    f.KoploperFactory(title="Koffie", is_sample=True)
    assert client.get(URL, {"q": "koffie"}).content.decode().count("tag-sample") == 1

    f.KoploperFactory(title="Koffie echt")
    assert client.get(URL, {"q": "koffie"}).content.decode().count("tag-sample") == 1


def test_choices_with_their_counts_and_chips(client):
    theme = f.KoploperThemeFactory(koploper__title="Koffie", theme__name="Samen eten").theme
    f.RegionalPactFactory(name="Koffiepact", summary="Over koffie.")
    page = client.get(URL, {"q": "koffie", "thema": theme.slug})

    groups = {
        group.name: [(o.label, o.count, o.is_on) for o in group.options] for group in page.context["filter"]["groups"]
    }
    assert groups == {"soort": [("Koplopers", 1, False)], "thema": [("Samen eten", 1, True)]}
    assert '<a class="chip" href="?q=koffie#resultaten">Samen eten' in page.content.decode()


def test_an_unknown_choice_can_be_taken_off(client):
    f.KoploperFactory(title="Koffie")
    page = client.get(URL, {"q": "koffie", "soort": "onzin"}).content.decode()

    assert "“onzin” (onbekend)" in page
    assert "Niets past bij deze keuze." in page


def test_pages_of_ten_that_keep_the_question(client):
    for number in range(11):
        f.KoploperFactory(title=f"Koffie {number}")
    page = client.get(URL, {"q": "koffie", "soort": "koploper"})

    assert len(page.context["hits"]) == 10
    assert "?q=koffie&amp;soort=koploper&amp;pagina=2#resultaten" in page.content.decode()
    assert len(client.get(URL, {"q": "koffie", "pagina": "2"}).context["hits"]) == 1
    assert len(client.get(URL, {"q": "koffie", "pagina": "99"}).context["hits"]) == 1


def test_nothing_found_leads_on(client):
    f.KoploperFactory(title="Huiskamers")
    page = client.get(URL, {"q": "huizkmerz"})

    assert "Niets gevonden voor “huizkmerz”" in text_of(page)
    assert '<a href="?q=huiskamers">huiskamers</a>' in page.content.decode()
    assert f'href="{reverse("contact")}"' in page.content.decode()


def test_says_what_it_searched_for_instead(client):
    f.KoploperFactory(title="Huiskamer")

    assert "Wij zochten op huiskamer, want “huiskmaer” komt hier niet voor." in text_of(
        client.get(URL, {"q": "huiskmaer"})
    )


def test_without_a_question_it_explains_itself(client):
    for query in ({}, {"q": ""}, {"q": " \n"}, {"soort": "koploper"}):
        page = client.get(URL, query)

        assert "Typ waar u naar zoekt" in text_of(page)
        assert "resultaten" not in text_of(page)


def test_only_reading(client):
    assert client.post(URL).status_code == 405
    assert client.post(OFFERS).status_code == 405


def test_no_cookie(client):
    assert not client.get(URL, {"q": "koffie"}).cookies


@pytest.mark.parametrize("address", ["/", URL])
def test_the_field_works_without_script(client, address):
    page = client.get(address).content.decode()

    assert f'<form class="search finder" method="get" action="{URL}" role="search"' in page
    assert 'id="zoek" name="q" type="search"' in page
    assert page.count("js/finder.js") == 1
    assert "finder.js" not in client.get(reverse("kopgroep:list")).content.decode()


def test_offers_titles_first_then_words(client):
    f.KoploperFactory(title="Wijkleerbedrijf Oost", story="Een wijkteam helpt.")
    f.KoploperFactory(title="Iets anders", story="Ook een wijkteam.")
    offers = client.get(OFFERS, {"q": "wijk"}).json()["suggesties"]

    assert [(offer["tekst"], offer["soort"]) for offer in offers] == [
        ("Wijkleerbedrijf Oost", "Koploper"),
        ("wijkteam", ""),
        ("wijkleerbedrijf", ""),
    ]
    assert client.get(offers[0]["adres"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zorgpact b", "Zorgpact Betuwe"),
        ("betuwe", "Zorgpact Betuwe"),
        ("zorgp", "Zorgpact Betuwe"),
        ("betuwee", "Zorgpact Betuwe"),
    ],
)
def test_offers_follow_what_is_typed(client, typed, first):
    f.RegionalPactFactory(name="Zorgpact Betuwe")
    f.RegionalPactFactory(name="Zorgpact Veluwe en omgeving")

    assert client.get(OFFERS, {"q": typed}).json()["suggesties"][0]["tekst"] == first


@pytest.mark.parametrize("typed", ["", "w", "  ", "qqqq"])
def test_offers_nothing_for_nothing(client, typed):
    f.KoploperFactory(title="Wijkleerbedrijf Oost")

    assert client.get(OFFERS, {"q": typed}).json() == {"suggesties": []}


def test_every_kind_leads_to_a_page_that_is_there(client):
    koploper = full_koploper(title="Alles")
    f.KoploperFactory(kind="goed-voorbeeld")
    theme = koploper.theme_rows.get().theme
    f.InsightFactory(theme=theme), f.ToolFactory().themes.add(theme)
    f.WorkingElementFactory(), f.TermFactory(), f.FactFactory(), f.SourceFactory()
    client.get(URL, {"q": "alles"})

    seen = dict(Document.objects.values_list("kind", "url"))
    assert set(seen) == {
        "pact", "koploper", "goed-voorbeeld", "thema", "inzicht", "hulpmiddel", "werkzaam-element", "begrip", "feit", "bron", "organisatie",
    }  # fmt: skip
    for url in seen.values():
        assert client.get(url).status_code == 200, url


def some_more():
    for _ in range(2):
        koploper = full_koploper(
            title=f"Koffie {f.KoploperFactory._meta.next_sequence()}", story="Koffie bij de buren."
        )
        f.ResultFactory(koploper=koploper)


@pytest.mark.parametrize(
    "query", ["q=koffie", "q=kofffie+huizen+zzz", "q=koffie&soort=koploper&thema=t&provincie=p", "q=niks"]
)
def test_takes_the_same_queries_for_one_and_three(client, query):
    full_koploper(title="Koffie", story="In alle huizen.")

    assert_same_queries(client, f"{URL}?{query}", lambda: [some_more(), client.get(URL, {"q": "x"})], at_most=12)


def test_suggestions_take_few_queries(client):
    full_koploper(title="Koffie")
    client.get(OFFERS, {"q": "koff"})

    assert len(queries_of(client, f"{OFFERS}?q=koff")) <= 5
