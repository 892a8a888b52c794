"""What a page tells machines about itself holds the words of people, and no word gets out of the place where it stands."""

import json
import re
from pathlib import Path

import html5lib
import pytest

from tests import factories as f

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HOSTILE = "\"></title></script><script>alert('x')</script><!-- & <b>{{ 7 }} \\u003C"


def tree_of(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(page.content.decode())


def hostile_pact():
    pact = f.RegionalPactFactory(name=HOSTILE, summary=HOSTILE, area_name=HOSTILE)
    f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(name=HOSTILE))
    return pact


def hostile_koploper():
    koploper = f.KoploperFactory(title=HOSTILE, summary=HOSTILE)
    f.KoploperParticipationFactory(koploper=koploper, organisation=f.OrganisationFactory(name=HOSTILE))
    return koploper


@pytest.mark.parametrize("make", [hostile_pact, hostile_koploper])
def test_hostile_words_stay_words(client, db, make):
    tree = tree_of(client, make().get_absolute_url())
    head = tree.find("head")
    scripts = [script for script in tree.iter("script") if not script.get("src")]
    assert {script.get("type") for script in scripts} == {"application/ld+json"}
    blocks = [json.loads(script.text) for script in scripts]
    assert HOSTILE in {block.get("name") for block in blocks}
    assert [HOSTILE] in [[member["name"] for member in block.get("member", [])] for block in blocks]
    assert HOSTILE in [step["name"] for block in blocks for step in block.get("itemListElement", [])]
    on_one_line = " ".join(HOSTILE.split())
    assert on_one_line in head.find("title").text
    told = {meta.get("property"): meta.get("content") for meta in head.iter("meta") if meta.get("property")}
    assert on_one_line in told["og:title"]
    assert on_one_line in told["og:description"]
    assert [b for b in tree.iter("b") if "7" in (b.text or "")] == []


def test_a_block_that_is_used_again_in_an_attribute_holds_no_sign_that_ends_it():
    """What stands in a template itself is not escaped, and no block may say of its words that they are safe."""
    wrong = []
    for path in TEMPLATES.rglob("*.html"):
        for block in re.findall(r"{% block (?:title|description) %}(.*?){% endblock", path.read_text(), re.DOTALL):
            written = re.sub(r"{%.*?%}|{{.*?}}", "", block)
            if set(written) & set('"<>') or re.search(r"\bsafe\b|autoescape", block):
                wrong.append(f"{path.name}: {block}")
    assert wrong == []
