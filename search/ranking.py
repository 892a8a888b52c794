"""Put the best on top. The databases rank each in their own way; titles and summaries decide, alike on both."""

from . import registry
from .dutch.words import words
from .models import Document

# So many of the best by the database are looked at again.
RERANKED = 40
HEAD = ("pk", "kind", "is_sample", "title", "summary", "answer")
IN_TITLE, IN_SUMMARY = 1.5, 0.75
# Of two titles that say the same the shorter is more to the point.
EACH_TITLE_WORD = 0.002
# What is real stands before what is made up.
MADE_UP = -0.3


def in_best_order(tiers, question, lexicon, heads=None):
    """The ids of all tiers, each a dict of id to score: a tier before the next, and within it the best first.

    `heads` has the fields of `HEAD` of the documents, where they were read already.
    """
    placed = [
        (tier, pk) for tier, scores in enumerate(tiers) for pk in sorted(scores, key=lambda pk: (-scores[pk], pk))
    ]
    first, rest = placed[:RERANKED], placed[RERANKED:]
    wanted = {pk for _tier, pk in first}
    if heads is None:
        documents = Document.objects.order_by().filter(pk__in=wanted)
        heads = documents.values_list(*HEAD)
    values = {
        pk: _value(title, f"{summary}\n{answer}", question, lexicon) + _weight(kind) + made_up * MADE_UP
        for pk, kind, made_up, title, summary, answer, *_more in heads
        if pk in wanted
    }
    best = [max(scores.values(), default=1) or 1 for scores in tiers]

    def order(place):
        tier, pk = place
        return tier, -round(tiers[tier][pk] / best[tier] + values.get(pk, 0), 4), pk

    return [pk for _tier, pk in [*sorted(first, key=order), *rest]]


def _weight(kind):
    known = registry.kind_named(kind)
    return known.weight if known else 0


def _value(title, summary, question, lexicon):
    in_title, in_summary = terms_of(title, lexicon), terms_of(summary, lexicon)
    total = sum(group.weight for group in question.groups) or 1
    value = 0
    for group in question.groups:
        if holds(in_title, group):
            value += IN_TITLE * group.weight / total
        elif holds(in_summary, group):
            value += IN_SUMMARY * group.weight / total
    return value - EACH_TITLE_WORD * len(title.split())


def terms_of(text, lexicon):
    return {term for word in words(text) for part in lexicon.terms(word.text) for term in part}


def holds(terms, group):
    """Whether these terms have what one group of the question asks."""
    return any(terms.issuperset(alternative) for alternative in group.alternatives)
