"""Whatever is typed, there is an answer: never an error, never somebody else's markup."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.finding import find
from search.suggestions import suggest
from tests import factories as f

pytestmark = pytest.mark.django_db
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
HOSTILE = [
    "", " ", '"', '"zorg', "zorg*", "zorg AND", "OR", "NOT zorg", "NEAR(zorg pact)", "title:zorg", "{title}:zorg", "zorg &", "& | !", "zorg:*",
    "'; DROP TABLE search_document; --", "%s", "%(q)s", "{0}", "\\", "\x00", "zo\x00rg", "\ud800", "a" * 10_000, "zorg " * 2_000, "-" * 300,
    "<script>alert(1)</script>", "👩‍⚕️", "\u202ezorg", "\u0301\u0301", "e\u0301", "'s", "''''", "e-e-e-e-e-", "0fkkoploper", "0fp", "ß", "ﬁnance", "١٢٣",
]  # fmt: skip


@pytest.fixture
def some():
    f.KoploperFactory(title="Zorg en pact <b>vet</b> & meer", summary='Met "aanhalingstekens" en <i>tekens</i>.')


@pytest.mark.norm("ASVS-1.2.4")
@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_finds_or_does_not_find(some, typed):
    found = find(typed)

    assert len(found.hits(found.ids)) == found.total
    assert isinstance(suggest(typed), list)


@QUIET
@given(typed=st.text(max_size=60))
def test_any_text(some, typed):
    found = find(typed)
    found.hits(found.ids)
    suggest(typed)


@QUIET
@given(typed=st.lists(st.sampled_from([*HOSTILE[:20], "zorg", "pact", "wijk-leer", "in"]), max_size=5).map(" ".join))
def test_any_mixture(some, typed):
    found = find(typed, {"soort": [typed], "thema": ["x"]})
    found.hits(found.ids)
    suggest(typed)


@pytest.mark.parametrize("typed", [text for text in HOSTILE if "\ud800" not in text and len(text) < 3000])
def test_the_page_answers(client, some, typed):
    for address in ("/zoeken/", "/zoeken/suggesties/"):
        answer = client.get(address, {"q": typed, "pagina": typed[:50], "soort": typed[:50]})

        assert answer.status_code in (200, 400)


def test_markup_in_question_and_record_stays_text(client, some):
    page = client.get("/zoeken/", {"q": "zorg <script>alert(1)</script> vet tekens"}).content.decode()

    assert "<script>alert" not in page
    assert "<mark>Zorg</mark> en pact &lt;b&gt;<mark>vet</mark>&lt;/b&gt; &amp; meer" in page
    assert "<i>" not in page
