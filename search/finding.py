"""Find what was asked: the one way in for the page, for suggestions and for the lists."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef

from . import facets, registry
from .indexing import catch_up
from .lexicon import lexicon_of
from .marking import marked, snippet
from .models import Change, Document
from .question import Question, tidy, understand
from .ranking import HEAD, holds, in_best_order, terms_of
from .storages import BOUND, Match, storage

PER_PAGE = 10
# Nobody reads further; whoever wants another part narrows the search.
MOST_SHOWN = 200
# With fewer hits on all words, what has only some of them is added.
FEW = 3
# So many documents may be read to count with filters on; of more, a bounded part is counted for each filter.
ALL_READ = 4 * BOUND
# So many that fit all filters but one may be read at once, instead of in a part for each filter.
NEARLY_READ = 10 * BOUND


@dataclass
class Hit:
    """One document as the page shows it."""

    document: Document
    kind: registry.Kind
    title: str
    answer: str
    context: str


@dataclass
class Found:
    """What a question gave."""

    question: Question
    lexicon: object = None
    # Document ids, the best first.
    ids: list = field(default_factory=list)
    total: int = 0
    # How many by the term of each choice, with the other filters on.
    counts: Counter = field(default_factory=Counter)
    has_all_words: bool = True
    is_behind: bool = False

    @property
    def is_capped(self):
        return self.total >= BOUND

    @cached_property
    def weights(self):
        """How much each term counts when a text is quoted. Parts of a word are not marked where the word itself exists."""
        found = {}
        for group in self.question.groups:
            whole = [alternative for alternative in group.alternatives if len(alternative) == 1]
            found |= {term: group.weight for alternative in whole or group.alternatives for term in alternative}
        return found

    @property
    def resembling(self):
        """Words that look like those that nobody knows: what somebody who found nothing may have meant."""
        return list(dict.fromkeys(w for unknown in self.question.unknown for w in self.lexicon.resembling(unknown)))

    def page(self, number):
        return Paginator(self.ids, PER_PAGE).get_page(number)

    def hits(self, ids):
        """These documents in this order, with the words marked."""
        shown = visible(Document.objects.filter(pk__in=ids), self.is_behind).defer("words", "terms", "fingerprint")
        by_id = {document.pk: document for document in shown}
        return [self._hit(by_id[pk]) for pk in ids if pk in by_id]

    def _hit(self, document):
        return Hit(
            document=document,
            kind=registry.kind_named(document.kind),
            title=marked(document.title, self.weights, self.lexicon),
            answer=marked(document.answer, self.weights, self.lexicon),
            context=self._context(document),
        )

    def _context(self, document):
        """Where the title says it all, what the record is; else the part of its text that says most of what was asked."""
        summary = marked(document.summary, self.weights, self.lexicon)
        in_title = terms_of(document.title, self.lexicon)
        if document.summary and all(holds(in_title, group) for group in self.question.groups):
            return summary
        return snippet(f"{document.summary}\n{document.body}", self.weights, self.lexicon) or summary


def find(text, chosen=None):
    """Find `text` among what is public. `chosen` has for each filter that is on the slugs of its choices."""
    text, chosen = tidy(text), {name: slugs for name, slugs in (chosen or {}).items() if slugs}
    state = catch_up()
    lexicon = lexicon_of(state.version)
    question = understand(text, lexicon, state.documents)
    found = Found(question, lexicon, is_behind=state.is_behind)
    if not question.groups:
        return found
    match = _match(question.groups, True, chosen)
    _count(found, match, chosen)
    matches = [match] if found.total else []
    if found.total < FEW and len(question.groups) > 1:
        found.has_all_words = False
        matches.append(_match(question.telling_groups, False, chosen))
        _count(found, matches[-1], chosen)
    found.ids = _best(matches, question, lexicon, found.is_capped)
    return found


def visible(documents, is_behind):
    """Leave out what changed and was not read again yet: it may have been withdrawn."""
    if not is_behind:
        return documents
    changed = Change.objects.due().filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    return documents.exclude(Exists(changed))


def _match(groups, all_of, chosen):
    filters = {name: tuple(facets.term(name, slug) for slug in slugs) for name, slugs in chosen.items()}
    return Match(tuple(groups), all_of, tuple(filters.values()), tuple(filters))


def _count(found, match, chosen):
    """The total, and the number at each choice: of a filter that is on, without that filter. One query, or two where much fits."""
    found.total, found.counts = 0, Counter()
    rows = _read_at_once(found, match, chosen)
    if rows is not None:
        tallies = dict.fromkeys([None, *chosen], rows)
    else:
        without = [
            _match(match.groups, match.all_of, {n: s for n, s in chosen.items() if n != name}) for name in chosen
        ]
        tallies = dict(zip([None, *chosen], storage().tallies([match, *without]), strict=True))
    wanted = dict(zip(match.filter_names, map(set, match.filters), strict=True))
    for name, rows in tallies.items():
        for text, number in rows:
            terms = text.split()
            if all(not wanted[other].isdisjoint(terms) for other in chosen if other != name):
                found.total += number if name is None else 0
                for term in terms:
                    if facets.name_of(term) == name or (name is None and facets.name_of(term) not in chosen):
                        found.counts[term] += number


def _read_at_once(found, match, chosen):
    """The facets from which each count follows, with a filter and without; None where they are too many to read."""
    if chosen and match.at_most(found.lexicon.term_counts) <= ALL_READ:
        return storage().tallies([Match(match.groups, match.all_of)], bound=ALL_READ)[0]
    if len(chosen) > 1:
        rows = storage().tallies([replace(match, but_one=True)], bound=NEARLY_READ)[0]
        return rows if sum(number for _facets, number in rows) < NEARLY_READ else None
    return None


def _best(matches, question, lexicon, is_capped):
    """The ids of the best documents: those of the first match before those of the next."""
    tiers, seen = [], set()
    for match in matches:
        scored = storage().ranked(match, MOST_SHOWN, head=True) if is_capped else []
        if len(scored) < PER_PAGE:
            scored += storage().ranked(match, MOST_SHOWN)
        tiers.append({pk: score for pk, score in reversed(scored) if pk not in seen})
        seen.update(tiers[-1])
    return in_best_order(tiers, question, lexicon)[:MOST_SHOWN]


def records_of(text, kinds):
    """The numbers of the records of these kinds that match, the best first: the search of a list, filters to follow.

    No counts are asked, so it takes few queries.
    """
    state = catch_up()
    lexicon = lexicon_of(state.version)
    question = understand(tidy(text), lexicon, state.documents)
    if not question.groups:
        return []
    chosen = {facets.KIND: kinds}
    also = (*HEAD[1:], "object_id")
    rows = storage().ranked(_match(question.groups, True, chosen), BOUND, also=also)
    if not rows and len(question.groups) > 1:
        rows = storage().ranked(_match(question.telling_groups, False, chosen), BOUND, also=also)
    if state.is_behind:
        seen = set(
            visible(Document.objects.order_by(), True)
            .filter(pk__in=[row[0] for row in rows])
            .values_list("pk", flat=True)
        )
        rows = [row for row in rows if row[0] in seen]
    records = {pk: record for pk, _score, *_head, record in rows}
    heads = [(pk, *head) for pk, _score, *head in rows]
    scores = {pk: score for pk, score, *_head in rows}
    return [records[pk] for pk in in_best_order([scores], question, lexicon, heads)]
