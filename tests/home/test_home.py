"""The front page: figures that equal their lists, and what it costs."""

import datetime
import re

import pytest
from django.urls import reverse

from kopgroep.models import Koploper
from regions.models import Phase
from tests import factories as f
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
URL = reverse("home")


def fill():
    koploper = f.KoploperThemeFactory().koploper
    f.ResultFactory(koploper=koploper)
    f.AdoptionFactory(koploper=koploper)
    f.AdoptionFactory(koploper=koploper)
    f.PhaseChangeFactory(phase=Phase.objects.filter(slug=Phase.RUNNING).first() or f.PhaseFactory(slug=Phase.RUNNING))


def test_each_figure_is_the_length_of_the_list_behind_it(client):
    for _ in range(3):
        fill()
    f.KoploperFactory()
    f.RegionalPactFactory()
    f.KoploperFactory(kind=Koploper.Kind.GOOD_EXAMPLE)
    f.KoploperFactory(published_at=None)
    page = client.get(URL).content.decode()
    found = re.findall(r'<div class="figure"><dt><a href="([^"]+)">[^<]+</a></dt><dd>(\d+)</dd>', page)
    assert len(found) == 4
    for address, number in found:
        assert client.get(address).context["filter"].total == int(number), address
    assert [int(number) for _address, number in found] == [4, 3, 4, 3]


def test_themes_count_public_koplopers_only(client):
    theme = f.KoploperThemeFactory().theme
    f.KoploperThemeFactory(theme=theme, koploper__published_at=None)
    f.KoploperThemeFactory(theme=theme, koploper__kind=Koploper.Kind.GOOD_EXAMPLE)
    assert [t.koploper_count for t in client.get(URL).context["themes"]] == [1]


def test_highlights_show_what_is_public_and_has_a_result(client):
    koploper = f.ResultFactory().koploper
    f.ResultFactory(koploper__published_at=None)
    f.KoploperFactory()
    assert client.get(URL).context["highlights"] == [koploper]


def test_an_empty_site_still_has_a_front_page(client):
    page = client.get(URL).content.decode()
    assert "Hier komen voorbeelden met een resultaat." in page


def test_takes_the_same_queries_for_one_and_three(client):
    fill()
    assert_same_queries(client, URL, lambda: [fill(), fill()], at_most=8)


def test_door_to_the_casebook_counts_public_cases(client):
    f.CaseFactory(), f.CaseFactory(), f.CaseFactory(published_at=datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
    assert "2 vragen hebben al een antwoord." in client.get(URL).content.decode()
