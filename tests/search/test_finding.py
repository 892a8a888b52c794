"""What a question finds, in which order and with which counts."""

import pytest

from search import facets
from search.finding import find, records_of
from tests import factories as f

pytestmark = pytest.mark.django_db


def koploper(title, summary="Wat het doet.", **fields):
    return f.KoploperFactory(title=title, summary=summary, **fields)


@pytest.mark.parametrize(
    "typed",
    [
        "wijkleerbedrijf",
        "Wijkleerbedrijven",
        "leerbedrijf",
        "wijk leerbedrijf",
        "leerbedrijven in de wijk",
        "wijkleerbedrjif",
        "wijk-leerbedrijf",
        "  wijkleerbedrijf?! ",
        "“wijkleerbedrijf”",
    ],
)
def test_finds_a_compound_however_it_is_typed(titles, typed):
    koploper("Wijkleerbedrijf Oost")
    koploper("De zorgboerderij", "Dieren en mensen.")

    assert titles(typed) == ["Wijkleerbedrijf Oost"]


@pytest.mark.parametrize(("typed", "corrected"), [("zeelnad", "zeeland"), ("in Zeelnad?", "in zeeland?")])
def test_says_what_it_took_a_typing_error_for(titles, typed, corrected):
    koploper("Leren in Zeeland")

    assert titles(typed) == ["Leren in Zeeland"]
    assert find(typed).question.suggestion == corrected


def test_a_title_says_more_than_a_summary_and_that_more_than_a_story(titles):
    koploper("Drie", story="Een tekst over mantelzorg en nog veel meer.")
    koploper("Twee", "Gaat over mantelzorg.")
    koploper("Mantelzorg eerst")

    assert titles("mantelzorg") == ["Mantelzorg eerst", "Twee", "Drie"]


def test_what_is_real_stands_before_what_is_made_up(titles):
    koploper("Mantelzorg", is_sample=True)
    koploper("Mantelzorg eerst")

    assert titles("mantelzorg") == ["Mantelzorg eerst", "Mantelzorg"]


def test_all_words_before_some_words(titles):
    koploper("Techniek op school", "Robots.")
    koploper("Robots leren praten", "Techniek in de wijk, voor school en thuis.")

    assert titles("robots school techniek wijk")[0] == "Robots leren praten"


def test_what_has_some_of_the_words_follows_when_little_has_all(titles):
    koploper("Robots in huis")
    koploper("Een moestuin")

    found = find("robots moestuin")

    assert set(titles("robots moestuin")) == {"Robots in huis", "Een moestuin"}
    assert found.has_all_words is False


def test_small_words_decide_nothing(titles):
    koploper("Leren op de werkvloer")

    assert titles("hoe kan ik leren op de werkvloer") == ["Leren op de werkvloer"]
    assert titles("hoe kan ik de op") == []


def test_an_unknown_word_does_not_spoil_a_sentence(titles):
    koploper("Robots in huis")

    assert titles("qqqxx robots") == ["Robots in huis"]
    assert find("qqqxx robots").question.unknown == ["qqqxx"]


def test_filters_and_their_counts(titles):
    theme = f.ThemeFactory(name="Robots en zo")
    one, other = koploper("Robots een"), koploper("Robots twee")
    f.KoploperThemeFactory(koploper=one, theme=theme)
    province = f.ProvinceFactory()
    other.municipalities.add(f.MunicipalityFactory(province=province))
    f.RegionalPactFactory(name="Pact van robots")

    assert titles("robots", soort=["koploper"]) == ["Robots een", "Robots twee"]
    assert titles("robots", soort=["koploper"], thema=[theme.slug]) == ["Robots een"]
    assert titles("robots", provincie=[province.slug]) == ["Robots twee"]
    assert titles("robots", thema=[theme.slug], provincie=[province.slug]) == []
    assert set(titles("robots", soort=["koploper", "pact"])) == {"Robots een", "Robots twee", "Pact van robots"}
    found = find("robots", {"thema": [theme.slug]})
    assert found.total == 2
    assert {slug: found.counts[facets.term("soort", slug)] for slug in ("koploper", "thema", "pact")} == {
        "koploper": 1,
        "thema": 1,
        "pact": 0,
    }
    assert found.counts[facets.term("thema", theme.slug)] == 2


def test_a_filter_that_does_not_exist_gives_nothing(titles):
    koploper("Robots")

    for value in ("onzin", "'; drop table", '") OR ("', "é", "-"):
        assert titles("robots", thema=[value]) == []


def test_the_count_at_a_choice_is_the_length_of_its_list(titles):
    rows = [f.KoploperThemeFactory(koploper=koploper(f"Robots {number}")) for number in range(3)]
    f.RegionalPactFactory(name="Robots en een pact")
    found = find("robots")

    assert found.total == len(found.ids) == 4
    for name, slug in [("soort", "koploper"), ("soort", "pact"), *(("thema", row.theme.slug) for row in rows)]:
        assert found.counts[facets.term(name, slug)] == len(titles("robots", **{name: [slug]}))


def test_another_good_example_is_no_koploper(titles):
    koploper("Robots", kind="goed-voorbeeld")

    assert titles("robots", soort=["koploper"]) == []
    assert titles("robots", soort=["goed-voorbeeld"]) == ["Robots"]


def test_synonyms_work_at_once_and_in_the_direction_they_say(titles):
    koploper("Buiten de muren van de school")
    koploper("Extramuralisering in Assen")
    assert titles("extramuralisering") == ["Extramuralisering in Assen"]

    synonym = f.SynonymFactory(word="extramuralisering", also="buiten de muren", both_ways=False)
    assert set(titles("extramuralisering")) == {"Extramuralisering in Assen", "Buiten de muren van de school"}
    assert titles("buiten de muren") == ["Buiten de muren van de school"]

    type(synonym).objects.update(both_ways=True)
    assert set(titles("buiten de muren")) == {"Extramuralisering in Assen", "Buiten de muren van de school"}

    synonym.delete()
    assert titles("extramuralisering") == ["Extramuralisering in Assen"]


def test_a_synonym_of_several_words_needs_them_all(titles):
    f.SynonymFactory(word="bbl", also="beroepsbegeleidende leerweg", both_ways=True)
    koploper("De leerweg van Jan")
    koploper("Een beroepsbegeleidende leerweg")
    koploper("Instromen via bbl")

    assert set(titles("bbl")) == {"Een beroepsbegeleidende leerweg", "Instromen via bbl"}
    assert titles("beroepsbegeleidende leerweg")[:2] == ["Een beroepsbegeleidende leerweg", "Instromen via bbl"]


def test_the_records_of_one_kind_for_its_list():
    one, _other = koploper("Robots"), koploper("Iets anders")
    f.RegionalPactFactory(name="Robots")

    assert records_of("robot", ["koploper"]) == [one.pk]
    assert records_of("robot in huis", ["koploper"]) == [one.pk]
    assert records_of("onvindbaar", ["koploper"]) == records_of("", ["koploper"]) == []


def test_counts_are_the_same_however_they_are_read(monkeypatch):
    themes = [f.ThemeFactory(slug=f"thema-{letter}") for letter in "abc"]
    provinces = [f.ProvinceFactory(slug=f"provincie-{letter}") for letter in "ab"]
    for number in range(8):
        one = koploper(f"Leren {number}", kind="koploper" if number % 3 else "goed-voorbeeld")
        for theme in themes[: number % 3 + 1]:
            f.KoploperThemeFactory(koploper=one, theme=theme)
        one.municipalities.add(f.MunicipalityFactory(province=provinces[number % 2]))
    chosen = {"soort": ["koploper"], "thema": ["thema-b", "thema-c"], "provincie": ["provincie-a"]}

    read = find("leren", chosen)
    monkeypatch.setattr("search.finding.ALL_READ", -1)
    read_at_once = find("leren", chosen)
    monkeypatch.setattr("search.finding.NEARLY_READ", 0)
    counted = find("leren", chosen)

    assert read.total == read_at_once.total == counted.total > 0
    assert read.counts == read_at_once.counts == counted.counts
    assert read.counts[facets.term("provincie", "provincie-b")] > 0
