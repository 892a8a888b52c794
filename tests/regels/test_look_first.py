"""How often somebody who looks first sees the case that answers, on the whole content of the site."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from regels.models import Case
from search import facets
from search.finding import find

QUERIES = YAML(typ="safe").load((Path(__file__).parent / "look_first.yaml").read_text(encoding="utf-8"))
LOOKED_AT = 3
# Of a hundred questions so many must have the case that answers among the first three.
GOAL = 90


def first_cases(text):
    found = find(text, {facets.KIND: ["casus"]})
    return [hit.document.url.strip("/").rpartition("/")[2] for hit in found.hits(found.ids[:LOOKED_AT])]


def test_there_are_enough_questions_and_none_twice():
    assert len({query["ask"] for query in QUERIES}) == len(QUERIES) >= 40


@pytest.mark.usefixtures("content")
def test_the_case_that_answers_is_among_the_first_three(capsys):
    assert {query["case"] for query in QUERIES} <= set(Case.objects.published().values_list("slug", flat=True))

    missed = [(query, hits) for query in QUERIES if query["case"] not in (hits := first_cases(query["ask"]))]
    score = 100 * (len(QUERIES) - len(missed)) / len(QUERIES)
    with capsys.disabled():
        print(f"\nLook first: {len(QUERIES) - len(missed)} of {len(QUERIES)} questions ({score:.1f} %)")
        for query, hits in missed:
            print(f"  missed: {query['ask']} gave {hits}")

    assert score >= GOAL
