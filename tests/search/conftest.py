"""What the tests of the search share."""

import pytest

from search.finding import find


@pytest.fixture
def titles(db):
    """The titles that a question gives, the best first."""

    def ask(text, **chosen):
        found = find(text, chosen)
        return [hit.document.title for hit in found.hits(found.ids)]

    return ask
