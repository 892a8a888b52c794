"""From a text to its words, all in small letters without accents, each with its place in the text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A word of this length says nothing that its beginning does not say.
LONGEST_WORD = 60
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑–—"), "-")


class _Folded(dict):
    """Folds one character to exactly one character, so that places in the folded text fit the text itself."""

    def __missing__(self, code):
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()[:1]
        self[code] = plain if plain.isascii() and plain.isprintable() and plain else " "
        return self[code]


_FOLDED = _Folded({**_QUOTES, **_DASHES})


class Word(NamedTuple):
    text: str
    start: int
    end: int


def composed(text):
    """The text with each letter and its accent as one character: the form in which everything is stored and asked."""
    return unicodedata.normalize("NFC", text)


def fold(text):
    """Small letters, no accents: coördinatie → coordinatie. As long as the text."""
    return text.translate(_FOLDED)


def words(text):
    """The words of a text as they stand in it; a hyphen or an apostrophe does not end a word."""
    return [Word(match.group()[:LONGEST_WORD], *match.span()) for match in _WORD.finditer(fold(text))]


@lru_cache(maxsize=50_000)
def forms(word):
    """The forms under which a word is known, the whole first: e-health → ehealth, health; roc's → roc.

    A hyphen is often forgotten or added, so the joined form and the pieces both count. What follows an
    apostrophe is an ending (mbo'ers, foto's), unless hardly anything stands before it ('s-Hertogenbosch).
    """
    pieces = [_without_ending(piece) for piece in word.split("-")]
    whole = "".join(pieces)
    return (whole, *[piece for piece in pieces if len(piece) > 1 and piece != whole])


def _without_ending(piece):
    head, _apostrophe, tail = piece.partition("'")
    return head if len(head) > 1 else head + tail.replace("'", "")
