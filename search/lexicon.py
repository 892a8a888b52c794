"""All that the index knows about words, kept in each process and renewed when the index changes."""

from bisect import bisect_left
from collections import defaultdict
from threading import Lock

from .dutch import spelling
from .dutch.compounds import Compounds
from .dutch.stems import stem, without_t
from .dutch.stopwords import STOPWORDS
from .dutch.words import forms
from .models import Term, Word
from .synonyms import read_synonyms


class Lexicon:
    """The words of the index and what they give. `counts` says in how many documents each word stands, `term_counts` each term."""

    def __init__(self, counts, term_counts=None, synonyms=None):
        self.counts, self.term_counts, self.synonyms = counts, term_counts or {}, synonyms or {}
        self.compounds = Compounds(counts)
        self._ordered = self._by_length = None
        self._terms = {}

    # --- What a word gives to the index ---------------------------------------------------------

    def terms(self, word):
        """(strong, weak) terms of a word as it stands in a text.

        Strong is the word itself: its stem, and its key, which is the stems of its parts without links. Weak
        is every run of parts, so that a part finds the whole.
        """
        found = self._terms.get(word)
        if found is None:
            found = self._terms[word] = self._terms_of(word)
        return found

    def _terms_of(self, word):
        strong, weak = {}, {}
        for form in forms(word):
            if form in STOPWORDS:
                continue
            strong[stem(form)] = strong[self.key(form)] = None
            if verb := without_t(form):
                strong[verb] = None
            stems = [stem(part) for part in self.compounds.parts(form)]
            for start in range(len(stems)):
                for end in range(start + 1, len(stems) + 1):
                    if end - start < len(stems):
                        weak["".join(stems[start:end])] = None
        return tuple(strong), tuple(term for term in weak if term not in strong)

    def key(self, word):
        """One name for a compound, with or without its linking letters."""
        return "".join(stem(part) for part in self.compounds.parts(word))

    # --- What a typed word may mean -------------------------------------------------------------

    def __contains__(self, word):
        return word in self.counts

    def nearest(self, word):
        return spelling.nearest(word, self.by_length, self.counts)

    def holding(self, word):
        return spelling.holding(word, self, self.counts)

    def misspelt_compound(self, word):
        """One end of the word is known; the other end as it was probably meant: wijkleerbedrjif → wijkleerbedrijf."""
        for cut in range(len(word) - spelling.SHORTEST, spelling.SHORTEST - 1, -1):
            head, tail = word[:cut], word[cut:]
            if head in self and (meant := self.nearest(tail)):
                return head, meant
            if tail in self and (meant := self.nearest(head)):
                return meant, tail
        return None

    def resembling(self, word):
        return spelling.resembling(word, self.counts)

    def starting_with(self, beginning):
        """Known words that begin so, in the order of the alphabet."""
        ordered = self.ordered
        return ordered[bisect_left(ordered, beginning) : bisect_left(ordered, beginning + "\x7f")]

    @property
    def ordered(self):
        if self._ordered is None:
            self._ordered = sorted(self.counts)
        return self._ordered

    @property
    def by_length(self):
        if self._by_length is None:
            self._by_length = defaultdict(list)
            for word in self.counts:
                self._by_length[len(word)].append(word)
        return self._by_length


_current = (None, None)
_lock = Lock()


def lexicon_of(version):
    """The lexicon that goes with this version of the index."""
    global _current
    known, lexicon = _current
    if known != version or lexicon is None:
        with _lock:
            known, lexicon = _current
            if known != version or lexicon is None:
                words, terms = (dict(model.objects.values_list("text", "count")) for model in (Word, Term))
                lexicon = Lexicon(words, terms, read_synonyms())
                _current = (version, lexicon)
    return lexicon
