"""How many queries a page takes: within its bar, and the same for 1 and 3 records."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, url):
    """The queries that a GET of `url` takes; the page must answer."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in captured.captured_queries]


def assert_same_queries(client, url, make_more, *, at_most):
    """`make_more` adds two records of everything that shows on `url`, which has one of each."""
    client.get(url)
    few = queries_of(client, url)
    make_more()
    many = queries_of(client, url)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= at_most, "\n".join(many)
