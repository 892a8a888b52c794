"""How many hang on a record: exactly, or not beyond what anybody needs to know."""

import pytest

from kopgroep.models import Koploper, KoploperTheme
from tests import factories as f
from themes.models import Theme
from zorgpact.how_many import first_few, how_many, newest, tied_to, up_to
from zorgpact.numbers import MoreThan
from zorgpact.templatetags.portal import all_of, count_of, number_word, thousands

pytestmark = pytest.mark.django_db


def theme_with(number):
    theme = f.ThemeFactory()
    for _ in range(number):
        f.KoploperThemeFactory(theme=theme)
    return theme


def counted(theme, count):
    return Theme.objects.annotate(n=count(KoploperTheme.objects.all(), "theme")).get(pk=theme.pk).n


@pytest.mark.parametrize("number", [0, 1, 2])
def test_up_to_the_number_that_is_counted_both_say_how_many(monkeypatch, number):
    monkeypatch.setattr("zorgpact.how_many.COUNTED", 2)
    theme = theme_with(number)
    theme_with(1)

    assert counted(theme, how_many) == counted(theme, up_to) == number
    assert not isinstance(counted(theme, up_to), MoreThan)


def test_beyond_it_one_says_how_many_and_one_that_there_are_more(monkeypatch):
    monkeypatch.setattr("zorgpact.how_many.COUNTED", 2)
    theme = theme_with(4)

    assert counted(theme, how_many) == 4
    assert counted(theme, up_to) == 2
    assert isinstance(counted(theme, up_to), MoreThan)


def test_each_value_counts_once():
    theme, koploper = f.ThemeFactory(), f.KoploperFactory()
    f.KoploperThemeFactory(theme=theme, koploper=koploper)
    f.KoploperThemeFactory(theme=theme, koploper=f.KoploperFactory(kind="goed-voorbeeld"))
    f.KoploperThemeFactory(theme=theme, koploper=f.KoploperFactory(kind="goed-voorbeeld"))
    rows = KoploperTheme.objects.all()
    kinds = Theme.objects.annotate(
        exact=how_many(rows, "theme", what="koploper__kind"), bounded=up_to(rows, "theme", what="koploper__kind")
    ).get(pk=theme.pk)

    assert (kinds.exact, kinds.bounded) == (2, 2)


def test_only_what_is_tied_to_a_public_record_counts():
    theme = theme_with(2)
    f.KoploperThemeFactory(theme=theme, koploper__published_at=None)
    rows = tied_to(KoploperTheme.objects, "koploper", Koploper.objects.published())

    assert Theme.objects.annotate(n=up_to(rows, "theme")).get(pk=theme.pk).n == 2


def test_where_nothing_can_be_tied_to_it_there_are_none():
    theme = theme_with(1)

    assert Theme.objects.annotate(n=up_to(KoploperTheme.objects.none(), "theme")).get(pk=theme.pk).n == 0


def test_the_first_few_are_chosen_among_the_newest(monkeypatch):
    monkeypatch.setattr("zorgpact.how_many.NEWEST", 2)
    theme = f.ThemeFactory()
    for title in ("Z, de oudste", "A", "M"):
        f.KoploperThemeFactory(theme=theme, koploper__title=title)
    f.KoploperThemeFactory(theme=theme, koploper__title="Concept", koploper__published_at=None)
    f.KoploperThemeFactory(koploper__title="Over iets anders")
    public = Koploper.objects.published()
    of_theme = public.filter(pk__in=newest(KoploperTheme.objects, "koploper", public, theme=theme))

    assert [k.title for k in first_few(of_theme, 5)] == ["A", "M"]
    assert [k.title for k in first_few(of_theme, 1)] == ["A"]


def test_a_page_says_it_in_words():
    more = MoreThan(500)

    assert thousands(more) == "meer dan 500"
    assert count_of(more, "koploper", "koplopers") == "meer dan 500 koplopers"
    assert number_word(more) == "meer dan 500"
    assert f"{all_of(more)} koplopers" == "Alle koplopers"
    assert f"{all_of(1234)} koplopers" == "Alle 1.234 koplopers"


def test_the_page_of_a_theme_with_very_many(client, monkeypatch, written_anew):
    monkeypatch.setattr("zorgpact.how_many.COUNTED", 7)
    page = client.get(theme_with(8).get_absolute_url()).content.decode()

    assert "meer dan 7 koplopers</a>" in page
    assert "Alle koplopers met dit thema" in page
