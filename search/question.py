"""From what somebody typed to what the index is asked."""

import math
from dataclasses import dataclass, field

from . import facets
from .dutch.stopwords import STOPWORDS
from .dutch.words import composed, forms, words
from .storages import Group
from .synonyms import LONGEST, stems_of

MOST_LETTERS = 200
MOST_WORDS = 16
# So many neighbours may have been meant as one word: zorg trainings centrum.
MOST_JOINED = 3


@dataclass
class Question:
    """The groups that must match, and what had to be guessed to get there."""

    typed: str
    groups: list = field(default_factory=list)
    # What was typed to what was probably meant.
    corrections: dict = field(default_factory=dict)
    unknown: list = field(default_factory=list)

    @property
    def suggestion(self):
        """The whole text with its typing errors mended, or nothing."""
        if not self.corrections:
            return ""
        text = self.typed
        for word in reversed(words(self.typed)):
            if word.text in self.corrections:
                text = text[: word.start] + self.corrections[word.text] + text[word.end :]
        return text

    @property
    def telling_groups(self):
        """The groups that say enough to be searched on their own: "zorg" alone is everywhere."""
        best = max((group.weight for group in self.groups), default=0)
        return [group for group in self.groups if group.weight >= best / 2]

    @property
    def terms(self):
        return {term for group in self.groups for term in group.terms}


def tidy(text):
    """What was typed, in one line and not too long; never anything that the database cannot hold."""
    clean = "".join(" " if not c.isprintable() else c for c in text[: 2 * MOST_LETTERS])
    return composed(" ".join(clean.split()))[:MOST_LETTERS]


def understand(text, lexicon, documents):
    """The question behind a tidy text. `documents` is how many there are: a word in few of them says more."""
    question = Question(text)
    typed = [word.text for word in words(text)[:MOST_WORDS]]
    typed = [word for word in typed if not word.startswith(facets.MARK)]
    reader = _Reader(lexicon, documents, question)
    place = 0
    while place < len(typed):
        place += reader.read(typed[place:])
    reader.join_neighbours()
    question.groups = reader.groups()
    return question


class _Reader:
    def __init__(self, lexicon, documents, question):
        self.lexicon, self.documents, self.question = lexicon, documents, question
        # One for each group: the words as typed, and the alternatives.
        self.found = []

    def read(self, rest):
        """Read the next word, or the words of the longest synonym that stands here. Returns how many words those were."""
        for size in range(min(LONGEST, len(rest)), 0, -1):
            others = self.lexicon.synonyms.get(stems_of(" ".join(rest[:size])))
            if others:
                self._add(rest[:size], [*self._phrase(rest[:size]), *(a for o in others for a in self._other(o))])
                return size
        if not STOPWORDS.issuperset(forms(rest[0])):
            self._add(rest[:1], self._word(rest[0]) or self._guess(rest[0]))
        return 1

    def _add(self, typed, alternatives):
        self.found.append((typed, list(dict.fromkeys(alternatives))))

    # --- What a word may stand for --------------------------------------------------------------

    def _word(self, word):
        """The word itself, its key, its parts, its pieces between hyphens; what does not exist is left out."""
        pieces = forms(word)
        found = []
        for form in pieces[:1]:
            strong, _weak = self.lexicon.terms(form)
            found += [(term,) for term in strong]
            parts = self.lexicon.compounds.parts(form)
            if len(parts) > 1:
                found.append(tuple(dict.fromkeys(self.lexicon.key(part) for part in parts)))
        if len(pieces) > 1:
            found.append(tuple(dict.fromkeys(self.lexicon.key(piece) for piece in pieces[1:])))
        return self._existing(found)

    def _phrase(self, typed):
        """All words of a phrase together."""
        said = [word for word in typed if not STOPWORDS.issuperset(forms(word))]
        if len(said) == 1:
            return self._word(said[0])
        return self._existing([tuple(dict.fromkeys(self.lexicon.key(forms(word)[0]) for word in said))])

    def _other(self, phrase):
        return self._phrase([word.text for word in words(phrase)])

    def _existing(self, alternatives):
        known = self.lexicon.term_counts
        return [a for a in dict.fromkeys(alternatives) if a and all(term in known for term in a)]

    # --- What an unknown word was meant to be ---------------------------------------------------

    def _guess(self, word):
        whole = forms(word)[0]
        meant = self.lexicon.nearest(whole)
        if meant and (found := self._word(meant)):
            self.question.corrections[word] = meant
            return found
        if held := self.lexicon.holding(whole):
            return [alternative for known in held for alternative in self._word(known)[:1]]
        if ends := self.lexicon.misspelt_compound(whole):
            self.question.corrections[word] = "".join(ends)
            return self._word("".join(ends)) or self._existing([tuple(self.lexicon.key(end) for end in ends)])
        return []

    # --- Words that belong together -------------------------------------------------------------

    def join_neighbours(self):
        """Words written apart that exist as one: zorg pact. The whole is then good enough for each of them."""
        for size in range(2, MOST_JOINED + 1):
            for start in range(len(self.found) - size + 1):
                neighbours = self.found[start : start + size]
                typed = [word for words_of_group, _ in neighbours for word in words_of_group]
                if len(typed) != size:
                    continue
                joined = self._existing([(self.lexicon.key("".join(typed)),)])
                for _typed, alternatives in neighbours:
                    alternatives += [a for a in joined if a not in alternatives]

    def groups(self):
        """What there is to search on. A word that stands for nothing is dropped, or it would spoil a whole sentence."""
        self.question.unknown = [word for typed, alternatives in self.found if not alternatives for word in typed]
        return [
            Group(tuple(alternatives), self._weight(alternatives), " ".join(typed))
            for typed, alternatives in self.found
            if alternatives
        ]

    def _weight(self, alternatives):
        """How much it says that a document has one of these: the rarer, the more."""
        counts = self.lexicon.term_counts
        often = max(min(counts[term] for term in alternative) for alternative in alternatives)
        return math.log(1 + self.documents / (1 + often))
