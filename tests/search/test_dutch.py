"""Each rule of Dutch, by what it makes of words."""

import pytest

from search.dutch.compounds import Compounds
from search.dutch.stems import stem
from search.dutch.words import fold, forms, words
from search.lexicon import Lexicon

COUNTS = {
    "wijkleerbedrijf": 3, "leerbedrijven": 2, "zorgtrainingscentrum": 1, "opleiding": 9, "verpleegkundigen": 4, "zorgpact": 8,
    "gemeente": 5, "iets": 7, "zeeland": 4, "extramuralisering": 1, "technologie": 3, "huiskamer": 2,
}  # fmt: skip


@pytest.fixture
def lexicon():
    return Lexicon(COUNTS)


def texts(text):
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Coördinatie", "coordinatie"),
        ("FRYSLÂN", "fryslan"),
        ("zo’n", "zo'n"),
        ("e‑health", "e-health"),
        ("ß½€", "s1 "),
    ],
)
def test_letters_lose_case_and_accents_and_keep_their_place(text, folded):
    assert fold(text) == folded
    assert len(folded) == len(text)


def test_a_word_knows_where_it_stands():
    word = words("… de Coöperatie’s")[1]

    assert ("… de Coöperatie’s"[word.start : word.end], word.text) == ("Coöperatie’s", "cooperatie's")


@pytest.mark.parametrize(
    ("word", "known_as"),
    [
        ("e-health", ("ehealth", "health")),
        ("hbo-isering", ("hboisering", "hbo", "isering")),
        ("roc's", ("roc",)),
        ("mbo'ers", ("mbo",)),
        ("'s-hertogenbosch", ("shertogenbosch", "hertogenbosch")),
        ("zorg", ("zorg",)),
    ],
)
def test_hyphens_and_apostrophes(word, known_as):
    assert forms(texts(word)[0]) == known_as


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("opleiding", "opleidingen"),
        ("bedrijf", "bedrijven"),
        ("huis", "huizen"),
        ("gemeente", "gemeenten"),
        ("verpleegkundige", "verpleegkundigen"),
        ("koploper", "koplopers"),
        ("centrum", "centra"),
        ("wijkleercentrum", "wijkleercentra"),
        ("stad", "steden"),
        ("leren", "leer"),
    ],
)
def test_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("form", "verb"),
    [("leert", "leren"), ("uitprobeert", "uitproberen"), ("helpt", "helpen"), ("begeleidt", "begeleiden")],
)
def test_a_verb_with_a_t_is_found_by_its_other_forms(lexicon, form, verb):
    assert stem(verb) in lexicon.terms(form)[0]


@pytest.mark.parametrize("word", ["bbl", "bol", "ggz", "wmo", "2018", "s1"])
def test_abbreviations_and_numbers_have_no_ending(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("wijkleerbedrijf", ("wijk", "leer", "bedrijf")),
        ("zorgtrainingscentrum", ("zorg", "training", "centrum")),
        ("zorgtechnologie", ("zorg", "technologie")),
        ("opleidingsplek", ("opleiding", "plek")),
        ("onderwijs", ("onderwijs",)),
        ("hboisering", ("hboisering",)),
        ("gemeente", ("gemeente",)),
        ("xq" * 15, ("xq" * 15,)),
    ],
)
def test_compounds_are_taken_apart(word, parts):
    assert Compounds(COUNTS).parts(word) == parts


def test_a_linking_letter_makes_no_other_word(lexicon):
    assert lexicon.key("zorgtrainingcentrum") == lexicon.key("zorgtrainingscentrum")


def test_parts_of_a_word_count_less_than_the_word(lexicon):
    strong, weak = lexicon.terms("wijkleerbedrijven")

    # The stem of leer is ler, as of leren.
    assert strong == ("wijkleerbedrijf", "wijklerbedrijf")
    assert weak == ("wijk", "wijkler", "ler", "lerbedrijf", "bedrijf")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zeelnad", "zeeland"),
        ("gemente", "gemeente"),
        ("technolgie", "technologie"),
        ("verpleegkundegen", "verpleegkundigen"),
        ("fiets", None),
        ("bpl", None),
        ("2017", None),
        ("lichtkrant", None),
    ],
)
def test_typing_errors(lexicon, typed, meant):
    assert lexicon.nearest(typed) == meant


def test_a_part_of_a_word_leads_to_the_words_that_hold_it(lexicon):
    assert lexicon.holding("verpl") == ["verpleegkundigen"]
    assert lexicon.holding("murali") == ["extramuralisering"]
    assert lexicon.holding("ver") == []


def test_half_of_a_compound_may_be_misspelt(lexicon):
    assert lexicon.misspelt_compound("huiskamerzeelnad") == ("huiskamer", "zeeland")


def test_words_that_look_alike_are_asked_about(lexicon):
    assert lexicon.resembling("hunskamere") == ["huiskamer"]
