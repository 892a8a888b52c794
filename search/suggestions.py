"""What the field offers while somebody types: titles that hold the words so far, then words that begin so."""

from . import registry
from .dutch.words import fold, forms, words
from .finding import visible
from .indexing import catch_up
from .lexicon import lexicon_of
from .models import Document
from .question import tidy, understand
from .storages import Group, Match, storage

MOST_TITLES, MOST_WORDS = 6, 3
CONSIDERED = 60
# The last word may go on in so many ways.
MOST_ENDINGS = 30
SHORTEST = 2


def suggest(text):
    """Titles as (text, kind, address) and words as (text, "", ""), for the text so far."""
    text = tidy(text)
    typed = words(text)
    if not typed or (len(typed) == 1 and len(typed[0].text) < SHORTEST):
        return []
    state = catch_up()
    lexicon = lexicon_of(state.version)
    earlier, last = text[: typed[-1].start].strip(), forms(typed[-1].text)[0]
    endings = lexicon.starting_with(last)
    groups = understand(earlier, lexicon, state.documents).groups if earlier else []
    titles = _titles([*groups, *_unfinished(last, endings, lexicon)], text, state.is_behind)
    known = {fold(title) for title, _kind, _url in titles}
    return titles + [offer for offer in _words(earlier, last, endings, lexicon) if offer[0] not in known]


def _unfinished(last, endings, lexicon):
    """The last word, which may go on in many ways; what it may have been meant to be, if in none."""
    common = sorted(endings, key=lambda word: (-lexicon.counts[word], word))[:MOST_ENDINGS]
    meant = common or [lexicon.nearest(last)]
    terms = {lexicon.key(word) for word in meant if word}
    alternatives = tuple((term,) for term in sorted(terms) if term in lexicon.term_counts)
    return [Group(alternatives)] if alternatives else []


def _titles(groups, typed, is_behind):
    """Of the best titles those that begin as typed, then those of the more telling kinds, then the shorter ones."""
    if not groups:
        return []
    ids = storage().in_titles(Match(tuple(groups)), CONSIDERED)
    shown = visible(Document.objects.filter(pk__in=ids), is_behind).values_list("title", "kind", "url", "pk")
    begin = fold(typed)

    def order(row):
        title, kind, _url, pk = row
        return not fold(title).startswith(begin), -registry.kind_named(kind).weight, len(title), pk

    known = [row for row in shown if registry.kind_named(row[1])]
    return [
        (title, registry.kind_named(kind).label, url)
        for title, kind, url, _pk in sorted(known, key=order)[:MOST_TITLES]
    ]


def _words(earlier, last, endings, lexicon):
    """The most common ways to finish the word, after what was typed before it."""
    longer = sorted((w for w in endings if w != last), key=lambda word: (-lexicon.counts[word], word))
    return [(f"{earlier} {word}".strip(), "", "") for word in longer[:MOST_WORDS]]
