"""The pages of the themes and of what works: what they say, what stays away, and what they cost."""

import html
import re

import pytest
from django.urls import reverse

from kopgroep.models import Koploper
from tests import factories as f
from tests.queries import assert_same_queries
from themes.models import Theme, WorkingElement

pytestmark = pytest.mark.django_db
LIST = reverse("themes:list")
WORKS = reverse("themes:works")


def page(client, url):
    return html.unescape(client.get(url).content.decode())


def titles(text, level):
    """The headings of a level, without what stands in tags."""
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def fill(theme):
    """One of everything that shows on the page of a theme."""
    f.InsightFactory(theme=theme)
    f.CommonTraitFactory(theme=theme)
    f.ToolFactory(source=f.SourceFactory()).themes.add(theme)
    theme.sources.add(f.SourceFactory())
    koploper = f.KoploperThemeFactory(theme=theme).koploper
    f.ResultFactory(koploper=koploper)
    f.KoploperParticipationFactory(koploper=koploper)
    f.PactParticipationFactory(pact=f.PactThemeFactory(theme=theme).pact)
    f.SchemeFactory().themes.add(theme)


def test_list_takes_the_same_queries_for_one_and_three(client):
    fill(f.ThemeFactory())
    assert_same_queries(client, LIST, lambda: [fill(f.ThemeFactory()), fill(f.ThemeFactory())], at_most=8)


def test_theme_takes_the_same_queries_for_one_and_three_of_everything(client):
    theme = f.ThemeFactory()
    fill(theme)
    assert_same_queries(client, theme.get_absolute_url(), lambda: [fill(theme), fill(theme)], at_most=8)


def test_list_hides_what_is_not_public(client):
    f.InsightFactory(title="Te zien", theme__name="Zichtbaar thema")
    f.InsightFactory(title="Nog niet", published_at=None, theme=Theme.objects.get())
    f.ThemeFactory(name="Concept", published_at=None)
    text = page(client, LIST)
    assert titles(text, 2)[:1] == ["Zichtbaar thema"]
    assert "Te zien" in text
    assert "Nog niet" not in text
    assert "Concept" not in text


def test_list_without_themes_says_so(client):
    assert "Er staat nog geen thema op de site." in page(client, LIST)


def test_numbers_equal_the_lists_behind_them(client):
    theme = f.ThemeFactory()
    for _ in range(2):
        fill(theme)
    f.KoploperThemeFactory(theme=theme, koploper__kind=Koploper.Kind.GOOD_EXAMPLE)
    f.KoploperThemeFactory(theme=theme, koploper__published_at=None)
    f.PactThemeFactory(theme=theme, pact__published_at=None)
    for url in (LIST, theme.get_absolute_url()):
        links = re.findall(r'href="(/(?:kopgroep|regionale-pacten)/\?thema=[^"]+)">(\d+) ', page(client, url))
        assert [int(number) for _, number in links] == [2, 2], url
        assert [client.get(address).context["filter"].total for address, _ in links] == [2, 2], url


def test_theme_hides_what_is_not_public(client):
    theme = f.ThemeFactory(name="Leren in de praktijk")
    f.InsightFactory(theme=theme, title="Geheim inzicht", published_at=None)
    f.CommonTraitFactory(theme=theme, text="Geheim kenmerk", published_at=None)
    f.ToolFactory(title="Geheim hulpmiddel", published_at=None).themes.add(theme)
    f.KoploperThemeFactory(theme=theme, koploper__title="Geheime koploper", koploper__published_at=None)
    f.PactThemeFactory(theme=theme, pact__name="Geheim pact", pact__published_at=None)
    f.InsightFactory(theme=theme, source__title="Geheime bron", source__published_at=None)
    theme.sources.add(f.SourceFactory(title="Geheime bron", published_at=None))
    assert "Gehei" not in page(client, theme.get_absolute_url())


def test_theme_that_is_not_public_does_not_exist(client):
    theme = f.ThemeFactory(published_at=None)
    assert client.get(theme.get_absolute_url()).status_code == 404


def test_rows_name_the_real_ones_first_with_their_result(client):
    theme = f.ThemeFactory()
    f.KoploperThemeFactory(theme=theme, koploper__title="Voorbeeldkoploper", koploper__is_sample=True)
    koploper = f.KoploperThemeFactory(theme=theme, koploper__title="Zeeuwse Huiskamer").koploper
    f.ResultFactory(koploper=koploper, title="130 studenten vinden een plek")
    text = page(client, theme.get_absolute_url())
    assert titles(text, 3) == ["Zeeuwse Huiskamer", "Voorbeeldkoploper"]
    assert '<p class="result">130 studenten vinden een plek</p>' in text


def test_samples_wear_the_tag(client):
    theme = f.ThemeFactory()
    f.KoploperThemeFactory(theme=theme, koploper__is_sample=True)
    f.PactThemeFactory(theme=theme, is_sample=True)
    f.InsightFactory(theme=theme, is_sample=True)
    tags = re.findall(r'<span class="tag tag-sample">([^<]+)</span>', page(client, theme.get_absolute_url()))
    assert tags == ["voorbeeld", "voorbeeld", "thema is een voorbeeld"]


def test_only_a_few_koplopers_show_and_the_others_are_a_click_away(client):
    theme = f.ThemeFactory()
    for _ in range(8):
        f.KoploperThemeFactory(theme=theme)
    response = client.get(theme.get_absolute_url())
    assert len(response.context["koplopers"]) == 6
    assert "Alle 8 koplopers met dit thema" in response.content.decode()


def test_only_so_many_pacts_show_and_the_others_are_a_click_away(client):
    theme = f.ThemeFactory()
    for _ in range(20):
        f.PactThemeFactory(theme=theme)
    assert "Verfijn de lijst van pacten met dit thema" in client.get(theme.get_absolute_url()).content.decode()

    f.PactThemeFactory(theme=theme)

    response = client.get(theme.get_absolute_url())
    assert len(response.context["pacts"]) == 20
    assert (
        f'<a href="/regionale-pacten/?thema={theme.slug}">Alle 21 pacten met dit thema</a>' in response.content.decode()
    )


def example(element=None):
    """An element with one of everything that shows with it."""
    element = element or f.WorkingElementFactory()
    f.ElementExampleFactory(element=element)
    f.KoploperFactory().working_elements.add(element)
    f.RegionalPactFactory().working_elements.add(element)
    f.TipFactory(source=f.SourceFactory())
    return element


def test_works_takes_the_same_queries_for_one_and_three(client):
    element = example()
    assert_same_queries(client, WORKS, lambda: [example(), example(element)], at_most=8)


def test_works_shows_both_groups_with_questions_and_examples(client):
    first = f.WorkingElementFactory(title="Wees open", questions="Wat levert het op?\n\nWat kost het?")
    f.ElementExampleFactory(element=first, text="In Rotterdam ging het zo.")
    f.WorkingElementFactory(title="Probeer", group=WorkingElement.Group.MOVEMENT)
    text = page(client, WORKS)
    assert titles(text, 2)[:2] == ["Wat een samenwerking laat werken", "Wat een beweging op gang brengt"]
    assert titles(text, 3) == ["Wees open", "Probeer"]
    assert re.findall(r"<li>([^<]+\?)</li>", text) == ["Wat levert het op?", "Wat kost het?"]
    assert "In Rotterdam ging het zo." in text


def test_works_hides_what_is_not_public(client):
    element = f.WorkingElementFactory(source__title="Geheime bron", source__published_at=None)
    f.WorkingElementFactory(title="Geheim element", published_at=None)
    f.ElementExampleFactory(element=element, text="Geheim voorbeeld", published_at=None)
    f.KoploperFactory(title="Geheime koploper", published_at=None).working_elements.add(element)
    f.RegionalPactFactory(name="Geheim pact", published_at=None).working_elements.add(element)
    f.TipFactory(title="Geheime tip", published_at=None)
    assert "Gehei" not in page(client, WORKS)


def test_works_without_elements_says_so(client):
    assert "Hier komt wat wij leerden over samenwerken." in page(client, WORKS)
