"""How well the search finds what people mean, on the whole content of the site."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from search.finding import find

QUERIES = YAML(typ="safe").load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))
LOOKED_AT = 3
# Of a hundred questions so many must have what was meant among the first three.
GOAL = 95


def first_hits(text):
    found = find(text)
    return [(hit.document.title, hit.document.kind) for hit in found.hits(found.ids[:LOOKED_AT])]


def is_found(query, hits):
    return any(title in query["find"] and kind == query.get("kind", kind) for title, kind in hits)


def test_there_are_enough_real_questions():
    assert len({query["ask"] for query in QUERIES}) == len(QUERIES) >= 60


@pytest.mark.usefixtures("content")
def test_what_people_mean_is_among_the_first_three(capsys):
    missed = [(query, hits) for query in QUERIES if not is_found(query, hits := first_hits(query["ask"]))]
    score = 100 * (len(QUERIES) - len(missed)) / len(QUERIES)
    with capsys.disabled():
        print(f"\nSearch: {len(QUERIES) - len(missed)} of {len(QUERIES)} questions ({score:.1f} %)")
        for query, hits in missed:
            print(f"  missed: {query['ask']} gave {[title for title, _kind in hits]}")

    assert score >= GOAL
