"""The page of the search, and what its field offers while somebody types."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import facets, misses, registry
from .finding import find
from .question import tidy
from .suggestions import suggest

# What the empty page offers to try.
EXAMPLES = ("wijkleerbedrijf", "een leven lang leren", "zorgtechnologie", "bbl", "Zeeland")
# A choice may be repeated; more than this is no visitor.
MOST_CHOICES = 20


@dataclass
class Option:
    slug: str
    label: str
    count: int
    is_on: bool


@dataclass
class Group:
    """The choices of one filter, those that give something and those that are on."""

    name: str
    label: str
    options: list
    is_open: bool = True


@require_safe
def search(request):
    text = tidy(request.GET.get("q", ""))
    if not text:
        return render(request, "search/search.html", {"examples": EXAMPLES})
    chosen = {name: _chosen(request.GET, name) for name in facets.NAMES}
    found = find(text, chosen)
    page = found.page(request.GET.get("pagina"))
    if not found.ids and not any(chosen.values()):
        misses.keep(text)
    labels = {name: options() for name, options in _options().items()}
    return render(
        request,
        "search/search.html",
        {
            "text": text,
            "resembling": [] if found.ids else found.resembling,
            "found": found,
            "hits": found.hits(list(page.object_list)),
            "page_obj": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "page_query": _query(request.GET, drop=("pagina",), end="&"),
            "filter": {"carried": [("q", text)], "groups": _groups(found, chosen, labels)},
            "chips": _chips(request.GET, chosen, labels),
            "is_narrowed": any(chosen.values()),
            "unnarrowed": _query(request.GET, drop=("pagina", *facets.NAMES)),
        },
    )


@require_safe
def suggestions(request):
    offered = suggest(request.GET.get("q", ""))
    return JsonResponse(
        {"suggesties": [{"tekst": text, "soort": kind, "adres": url} for text, kind, url in offered]},
        json_dumps_params={"ensure_ascii": False},
    )


def _chosen(query, name):
    return list(dict.fromkeys(slug for slug in query.getlist(name) if slug))[:MOST_CHOICES]


def _options():
    """For each filter a callable that gives its (slug, label) pairs."""
    kinds = {facets.KIND: lambda: [(kind.name, kind.plural) for kind in registry.kinds_by_weight()]}
    return kinds | {choice.name: lambda choice=choice: list(choice.options()) for choice in registry.choices()}


def _groups(found, chosen, labels):
    titles = {facets.KIND: "Soort"} | {choice.name: choice.label for choice in registry.choices()}
    groups = []
    for name in facets.NAMES:
        options = [
            Option(slug, label, found.counts[facets.term(name, slug)], slug in chosen[name])
            for slug, label in labels.get(name, [])
        ]
        groups.append(Group(name, titles.get(name, name), [o for o in options if o.count or o.is_on]))
    return [group for group in groups if group.options]


def _chips(query, chosen, labels):
    """What is on, each with the query that takes it off; unknown values too."""
    chips = []
    for name, slugs in chosen.items():
        known = dict(labels.get(name, []))
        for slug in slugs:
            rest = query.copy()
            rest.pop("pagina", None)
            rest.setlist(name, [value for value in rest.getlist(name) if value != slug])
            chips.append({"label": known.get(slug, f"“{slug[:60]}” (onbekend)"), "query": rest.urlencode()})
    return chips


def _query(query, *, drop, end=""):
    rest = query.copy()
    for name in drop:
        rest.pop(name, None)
    return f"{rest.urlencode()}{end}" if rest else ""
