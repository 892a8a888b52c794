"""Koplopers side by side."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.kopgroep.test_list import full_koploper
from tests.queries import assert_same_queries, queries_of

pytestmark = pytest.mark.django_db
URL = reverse("kopgroep:compare")


def side_by_side(client, *koplopers, **more):
    return client.get(URL, {"koploper": [getattr(k, "slug", k) for k in koplopers], **more})


def shown(response):
    return [koploper.title for koploper in response.context["koplopers"]]


def test_they_stand_in_the_order_of_the_address(client):
    a, b, c = (f.KoploperFactory(title=title) for title in ("A", "B", "C"))

    assert shown(side_by_side(client, c, a, b)) == ["C", "A", "B"]


def test_cells_say_what_each_reached_and_needs(client):
    a, b = full_koploper(needs_people="Een begeleider."), f.KoploperFactory()
    f.AdoptionFactory(koploper=a)
    f.KoploperEffectFactory(koploper=a, is_seen=True, effect__name="meer plezier in het werk")

    rows = dict(side_by_side(client, a, b).context["rows"])

    assert rows["Welke mensen u nodig hebt"] == [(a, ["Een begeleider."]), (b, [])]
    assert rows["Wat het opleverde"] == [(a, [a.results.get().title]), (b, [])]
    assert rows["Overgenomen"] == [(a, ["1 keer"]), (b, ["nog niet, voor zover bekend"])]
    assert rows["Wat er zichtbaar veranderde"][0][1][0].startswith("meer plezier in het werk")


def test_what_is_made_up_about_a_real_one_says_so(client):
    real, sample = f.KoploperFactory(), f.KoploperFactory(is_sample=True)
    theme = f.ThemeFactory(name="Wonen")
    for koploper in (real, sample):
        f.KoploperThemeFactory(koploper=koploper, theme=theme, is_sample=True)
        f.AdoptionFactory(koploper=koploper, is_sample=True)
    f.KoploperThemeFactory(koploper=real, theme__name="Zorgen")

    rows = dict(side_by_side(client, real, sample).context["rows"])

    assert [sorted(themes) for _koploper, themes in rows["Thema’s"]] == [["Wonen (voorbeeld)", "Zorgen"], ["Wonen"]]
    assert rows["Overgenomen"] == [(real, ["1 keer (voorbeeld)"]), (sample, ["1 keer"])]


def test_what_is_known_of_none_is_said_once(client):
    response = side_by_side(client, f.KoploperFactory(needs_money="Veel."), f.KoploperFactory())

    assert "Wat het kost" in dict(response.context["rows"])
    assert "Wat er misging" not in dict(response.context["rows"])
    assert "Wat er misging" in response.context["not_known"]
    assert "Van geen van deze koplopers bekend: wat het opleverde" in response.content.decode()


def test_numbers_of_participants_are_of_those_who_take_part_now(client):
    koploper = f.KoploperFactory()
    f.KoploperParticipationFactory(koploper=koploper, ended="2018")
    one = f.KoploperParticipationFactory(koploper=koploper).organisation
    f.KoploperParticipationFactory(koploper=koploper, organisation=one, role="penvoerder")

    rows = dict(side_by_side(client, koploper).context["rows"])

    assert rows["Wie doen mee"] == [(koploper, [f"1 uit {one.corner.label.lower()}"])]


def test_more_than_four_is_said(client):
    five = [f.KoploperFactory() for _ in range(5)]

    response = side_by_side(client, *five)

    assert shown(response) == [k.title for k in five[:4]]
    assert "U koos er meer dan vier" in response.content.decode()


def test_unknown_and_unpublished_are_not_there(client):
    hidden = f.KoploperFactory(published_at=None, title="Geheim")

    html = side_by_side(client, hidden, "bestaat-niet").content.decode()

    assert "Geheim" not in html
    assert "“bestaat-niet”" in html


def test_same_one_twice_stands_once(client):
    koploper = f.KoploperFactory()

    assert shown(side_by_side(client, koploper, koploper)) == [koploper.title]


def test_each_can_be_taken_away_and_another_added(client):
    a, b = full_koploper(title="A"), full_koploper(title="B")
    b.theme_rows.update(theme=a.theme_rows.get().theme)

    html = side_by_side(client, a).content.decode()
    assert f'href="?koploper={a.slug}&amp;koploper={b.slug}"' in html

    html = side_by_side(client, a, b).content.decode()
    assert f'href="?koploper={b.slug}"' in html


def test_one_is_found_by_a_word(client):
    a, robot = f.KoploperFactory(title="A"), f.KoploperFactory(title="Robot in de wijk")

    offered = side_by_side(client, a, q="robot").context["offered"]

    assert [koploper for koploper, _query in offered] == [robot]


def test_takes_the_same_queries_for_two_and_four(client):
    few = [full_koploper(), full_koploper()]
    more = [full_koploper(), full_koploper()]
    address = f"{URL}?" + "&".join(f"koploper={k.slug}" for k in few)

    two = queries_of(client, address)
    four = queries_of(client, address + "".join(f"&koploper={k.slug}" for k in more))

    assert len(four) <= len(two) <= 8


def test_nothing_chosen_offers_a_beginning(client):
    full_koploper()
    assert_same_queries(client, URL, lambda: [full_koploper(), full_koploper()], at_most=8)


@pytest.mark.parametrize("query", ["koploper=%00", "koploper=" + "x" * 3000, "koploper=&koploper=", "q=%27%22%00"])
def test_nonsense_is_answered(client, query):
    assert client.get(f"{URL}?{query}").status_code in (200, 400)


def test_what_is_offered_comes_from_the_search(client):
    f.KoploperFactory(title="Leren in het wijkleerbedrijf")
    a, b = f.KoploperFactory(), f.KoploperFactory()
    for typed in ("wijkleerbedijf", "leerbedrijf"):
        offered = side_by_side(client, a, b, q=typed).context["offered"]
        assert [koploper.title for koploper, _query in offered] == ["Leren in het wijkleerbedrijf"], typed
