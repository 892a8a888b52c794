"""From a document to the terms under which it is found."""

from dataclasses import dataclass

from .dutch.stopwords import STOPWORDS
from .dutch.words import forms, words

# Raise it when a rule of Dutch changes: the index is then made anew.
RULES = 2
# What stands after so many words of a text is shown, but not found.
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Columns:
    """The terms of a document by how much they say, in the order of the text."""

    title: list
    summary: list
    body: list
    parts: list
    facets: list

    def distinct(self):
        """All different terms, but for those of the filters."""
        return sorted({*self.title, *self.summary, *self.body, *self.parts})


def words_of(document):
    """All different words of a document."""
    found = set()
    for text in (document.title, document.summary, document.answer, document.body):
        for word in words(text)[:LONGEST_TEXT]:
            found.update(forms(word.text))
    return sorted(found - STOPWORDS)


def columns_of(document, lexicon):
    """Four weights, the most that a tsvector knows: title, summary, body, and parts of words.

    The parts of words in a title say as much as a summary; those of other words say little.
    """
    title, title_parts = _terms(document.title, lexicon)
    summary, summary_parts = _terms(f"{document.summary}\n{document.answer}", lexicon)
    body, body_parts = _terms(document.body, lexicon)
    return Columns(title, summary + title_parts, body, summary_parts + body_parts, document.facets.split())


def _terms(text, lexicon):
    strong, weak = [], []
    for word in words(text)[:LONGEST_TEXT]:
        of_word = lexicon.terms(word.text)
        strong += of_word[0]
        weak += of_word[1]
    return strong, weak
