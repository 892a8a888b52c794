"""Which known word somebody meant who typed an unknown one."""

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .stopwords import STOPWORDS

# Shorter words have too many neighbours: "bol" is one step from "bbl".
SHORTEST = 4
# From this length on two mistakes are forgiven.
TWO_MISTAKES = 8
SHORTEST_BEGINNING = 4
SHORTEST_INSIDE = 5
# A typed part may stand for so many words.
MOST_WORDS = 12

LOOKS_LIKE = 65
MOST_RESEMBLING = 3


def nearest(word, by_length, counts):
    """The known word at the smallest distance, or None.

    A swap of two letters is one mistake. Same first letter and more common words go first; never a stop word:
    "fiets" is not "iets". Digits are never corrected.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    most = 2 if len(word) >= TWO_MISTAKES else 1
    near = [known for size in range(len(word) - most, len(word) + most + 1) for known in by_length.get(size, ())]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=None)
    found = [(distance, known) for known, distance, _ in found if known not in STOPWORDS and known.isalpha()]
    if not found:
        return None
    return min(found, key=lambda f: (f[0], f[1][0] != word[0], -counts[f[1]], f[1]))[1]


def holding(word, ordered, counts):
    """Known words that begin with `word`, or else hold it, the most common first."""
    if len(word) >= SHORTEST_BEGINNING and (found := ordered.starting_with(word)):
        return sorted(found, key=lambda known: (-counts[known], known))[:MOST_WORDS]
    if len(word) >= SHORTEST_INSIDE:
        found = [known for known in counts if word in known]
        return sorted(found, key=lambda known: (-counts[known], known))[:MOST_WORDS]
    return []


def resembling(word, counts):
    """A few words that look like an unknown one, to ask whether they were meant; never searched for without asking."""
    found = process.extract(word, counts.keys(), scorer=fuzz.ratio, score_cutoff=LOOKS_LIKE, limit=MOST_RESEMBLING)
    return [known for known, _score, _key in found if len(known) >= SHORTEST and known.isalpha()]
