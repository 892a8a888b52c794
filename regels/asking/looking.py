"""The public cases that most likely answer a question, as somebody types it."""

from dataclasses import dataclass

from regels.models import Case
from search import facets, registry
from search.finding import find

MOST = 3


@dataclass(frozen=True)
class Likely:
    """A case, with the words of the question marked in what is shown of it."""

    case: Case
    title: str
    answer: str


def likely_cases(text, most=MOST):
    kind = next((kind for kind in registry.kinds() if kind.model is Case), None)
    if kind is None or not text.strip():
        return []
    found = find(text, {facets.KIND: [kind.name]})
    hits = {hit.document.object_id: hit for hit in found.hits(found.ids[:most])}
    cases = Case.objects.published().select_related("ministry").in_bulk(hits)
    return [Likely(cases[pk], hit.title, hit.answer) for pk, hit in hits.items() if pk in cases]
