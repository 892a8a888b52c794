"""Other ways to say it, kept by the team. An edit is noted as every change is, so it works at the next search."""

from collections import defaultdict

from .dutch.stems import stem
from .dutch.words import composed, forms, words
from .models import Synonym

# A synonym of more words is matched on its first ones only.
LONGEST = 5
# By this name a change of them is noted.
NOTED_AS = "synoniem"


def stems_of(text):
    """What a phrase is recognised by: the stems of all its words, small words included."""
    return tuple(stem(forms(word.text)[0]) for word in words(composed(text)))[:LONGEST]


def read_synonyms():
    """For each phrase, as stems, the phrases that mean the same."""
    found = defaultdict(list)
    for word, also, both_ways in Synonym.objects.order_by("pk").values_list("word", "also", "both_ways"):
        for other in filter(None, map(str.strip, also.splitlines())):
            _add(found, word, other)
            if both_ways:
                _add(found, other, word)
    return found


def _add(found, phrase, other):
    key = stems_of(phrase)
    if key and other not in found[key]:
        found[key].append(other)
