"""From a word to its stem, so that opleiding finds opleidingen and bedrijf finds bedrijven."""

from functools import lru_cache

import Stemmer

# By name: the default of this library became another algorithm, which makes `meen` of gemeente.
_PORTER = Stemmer.Stemmer("dutch_porter")
# Too short to have an ending, and mostly abbreviations: bbl, ggz, mbo.
UNTOUCHED = 3
# The same letter, written softer in the middle of a word: bedrijv(en) → bedrijf, huiz(en) → huis.
_FINAL = {"v": "f", "z": "s"}
# Plurals and verbs that no rule makes.
_IRREGULAR = {
    "centra": "centrum",
    "musea": "museum",
    "steden": "stad",
    "schepen": "schip",
    "leden": "lid",
    "technici": "technicus",
    "medici": "medicus",
    "praktica": "practicum",
    "practica": "practicum",
    "criteria": "criterium",
    "curricula": "curriculum",
    "begon": "begin",
    "begonnen": "begin",
    "begint": "begin",
    "beginnen": "begin",
}


@lru_cache(maxsize=50_000)
def stem(word):
    if len(word) <= UNTOUCHED or not word.isalpha():
        return word
    if word.endswith("centra"):
        word = f"{word.removesuffix('centra')}centrum"
    found = _PORTER.stemWord(_IRREGULAR.get(word, word))
    return found[:-1] + _FINAL.get(found[-1], found[-1])


def without_t(word):
    """The stem of a verb behind what may be its form with a t, which the stemmer leaves: leert → ler, as leren; or nothing."""
    if len(word) > UNTOUCHED + 1 and word[-1] == "t" and word[-2] in "bdgklmnprw":
        return stem(word[:-1])
    return ""
