"""Show a text with the words that were found marked in it."""

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from .dutch.words import words

# So many words of a text are shown around what was found.
WINDOW = 30


def marked(text, weights, lexicon):
    """The whole text, safe to show, with `<mark>` around each word that has one of the terms."""
    return _html(text, 0, len(text), _hits(words(text), weights, lexicon))


def snippet(text, weights, lexicon):
    """The part of the text that holds most of what was asked, marked; empty if it holds nothing.

    `weights` says for each term how much it counts. A word that stands there twice counts once.
    """
    all_words = words(text)
    hits = _hits(all_words, weights, lexicon)
    if not hits:
        return ""
    start = _best_start(hits)
    first, last = max(0, start - 4), min(len(all_words), start - 4 + WINDOW)
    begin, end = all_words[first].start if first else 0, all_words[last - 1].end
    shown = _html(text, begin, end, [hit for hit in hits if begin <= hit[1].start and hit[1].end <= end])
    before, after = "… " if begin else "", " …" if last < len(all_words) else text[end:]
    return mark_safe(f"{before}{shown}{conditional_escape(after)}")  # noqa: S308 - escaped in _html


def _hits(all_words, weights, lexicon):
    """The words that were found, each with its number, itself and the terms by which it counts."""
    hits = []
    for number, word in enumerate(all_words):
        strong, weak = lexicon.terms(word.text)
        found = [term for term in (*strong, *weak) if term in weights]
        if found:
            hits.append((number, word, found))
    return [(number, word, found, max(weights[term] for term in found)) for number, word, found in hits]


def _best_start(hits):
    best, best_start = -1, 0
    for place, (start, _word, _found, _weight) in enumerate(hits):
        seen, value = set(), 0
        for number, _word, found, weight in hits[place:]:
            if number >= start + WINDOW - 4:
                break
            if seen.isdisjoint(found):
                value += weight
            seen.update(found)
        if value > best:
            best, best_start = value, start
    return best_start


def _html(text, begin, end, hits):
    """Escape first, then mark: nothing of the text itself becomes markup."""
    shown, place = [], begin
    for _number, word, *_rest in hits:
        shown += [conditional_escape(text[place : word.start]), "<mark>", conditional_escape(text[word.start : word.end]), "</mark>"]  # fmt: skip
        place = word.end
    shown.append(conditional_escape(text[place:end]))
    return mark_safe("".join(shown))  # noqa: S308 - each part was escaped
