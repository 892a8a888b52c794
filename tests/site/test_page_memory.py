"""Public pages come from memory, and are never older than the last change."""

import datetime
import re
import threading

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.version import public_tables
from tests.addresses import public_pages
from tests.factories import KoploperFactory, ThemeFactory, UserFactory
from zorgpact import pages as memory
from zorgpact.pages import Page, PageMemory, pages


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.PORTAL_PAGE_MEMORY = True


def queries(client, address, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return response, [query["sql"] for query in captured.captured_queries]


# Packed already, so not kept: a workbook is made anew each time, a PDF comes from a table of its own.
NOT_KEPT = (".xlsx", ".pdf")
# Of a reflection a page reads which pact and round it is about. That never changes, and goes with its versions.
NEVER_CHANGES = {"volgspot_reflection"}


class Twice(Client):
    """Asks for everything a second time, and remembers what both answers asked of the database."""

    def __init__(self):
        super().__init__()
        self.asked, self.again = {}, {}

    def get(self, address):
        first, self.asked[address] = queries(super(), address)
        self.again[address] = queries(super(), address)
        return first


def test_every_public_page_is_kept_and_comes_of_what_raises_the_version(content, django_db_blocker):
    client, read = Twice(), set()
    with django_db_blocker.unblock():
        for address, first in public_pages(client, leave=NOT_KEPT):
            again, asked = client.again[address]
            read |= {table for sql in client.asked[address] for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}

            assert first.status_code == 200, address
            assert len(asked) == 1, (address, asked)
            assert again.content == first.content, address

    assert read - set(public_tables()) - NEVER_CHANGES == set()


def test_a_filtered_list_is_kept_and_what_was_typed_is_not(client, db):
    ThemeFactory(slug="technologie")
    KoploperFactory(title="Robot")

    for query, kept in [
        ("?thema=technologie", True),
        ("?thema=technologie&sorteer=nieuwste&pagina=1", True),
        ("?thema=technologie&sorteer=", True),
        ("?q=robot", False),
        ("?thema=bestaat-niet", False),
        ("?thema=technologie&thema=technologie", False),
        ("?pagina=99", False),
        ("?pagina=01", False),
        ("?onbekend=1", False),
        ("?sorteer=onbekend", False),
    ]:
        pages.clear()
        client.get(f"/kopgroep/{query}")
        assert bool(pages.found) == kept, query


def test_a_page_without_choices_keeps_nothing_for_a_query(client, db):
    client.get("/privacy/?x=1")

    assert not pages.found


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "KEEP", 3)
    for number in range(5):
        pages.put(number, Page({}, "", {"": b""}, float("inf")))

    assert list(pages.found) == [2, 3, 4]


def test_whoever_is_logged_in_is_answered_anew(client, db, settings):
    settings.PORTAL_DEMO = True
    client.get("/privacy/")
    client.force_login(UserFactory())

    response, asked = queries(client, "/privacy/")

    assert response["Cache-Control"] == "no-store"
    assert not any("programme_contentversion" in sql for sql in asked)
    assert len(pages.found) == 1


def test_login_page_is_never_kept(client, db):
    client.get(reverse("account_login"))

    assert not pages.found


def test_an_error_is_never_kept(client, db):
    assert client.get("/kopgroep/bestaat-niet/").status_code == 404
    assert not pages.found


def test_what_waits_appears_at_its_moment(client, db):
    with time_machine.travel("2026-05-01T12:00:00+02:00", tick=False) as clock:
        KoploperFactory(title="Straks", published_at=timezone.now() + datetime.timedelta(minutes=5))
        assert "Straks" not in client.get("/kopgroep/").content.decode()
        clock.shift(datetime.timedelta(minutes=4))
        _response, asked = queries(client, "/kopgroep/")
        assert len(asked) == 1
        clock.shift(datetime.timedelta(minutes=1))
        assert "Straks" in client.get("/kopgroep/").content.decode()


def test_a_page_is_made_anew_after_midnight(client, db):
    with time_machine.travel("2026-05-01T23:59:00+02:00", tick=False) as clock:
        assert "1 mei 2026" in client.get("/").content.decode()
        clock.shift(datetime.timedelta(minutes=2))
        assert "2 mei 2026" in client.get("/").content.decode()


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_answer_is_packed_as_the_browser_can_read_it(client, db, accepted, encoding):
    for _ in range(2):
        response = client.get("/privacy/", headers={"accept-encoding": accepted})
        assert response.get("Content-Encoding") == encoding
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "no-cache"
        assert int(response["Content-Length"]) == len(response.content)


def test_browser_that_has_the_page_gets_no_page(client, db):
    etag = client.get("/privacy/")["ETag"]

    response = client.get("/privacy/", headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert "Content-Length" not in response
    assert client.get("/privacy/", headers={"if-none-match": '"ander"'}).status_code == 200


def test_head_has_the_headers_and_no_body(client, db):
    whole = client.get("/privacy/")

    response = client.head("/privacy/")

    assert response.content == b""
    assert response["ETag"] == whole["ETag"]


def test_headers_of_safety_stand_on_a_page_from_memory(client, db):
    first, again = client.get("/privacy/"), client.get("/privacy/")

    differing = {name for name in first.headers if first[name] != again.get(name)}
    assert differing == set()
    assert "X-Frame-Options" in again


def test_many_visitors_at_once_make_a_page_once(rf, monkeypatch):
    monkeypatch.setattr(memory, "content_version", lambda: 1)
    monkeypatch.setattr(memory, "next_change", lambda: float("inf"))
    made, begin = [], threading.Barrier(8)

    def make(request):
        made.append(request.path)
        begin_to_wait.wait(5)
        return HttpResponse("pagina")

    begin_to_wait = threading.Event()
    answer = PageMemory(make)

    def visit():
        begin.wait()
        answer(rf.get("/privacy/"))

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    begin_to_wait.set()
    for visitor in visitors:
        visitor.join()

    assert made == ["/privacy/"]


def test_database_that_is_away_is_not_hidden(rf, monkeypatch):
    from django.db import OperationalError

    def away():
        raise OperationalError

    monkeypatch.setattr(memory, "content_version", away)

    assert PageMemory(lambda request: HttpResponse("de pagina zelf"))(rf.get("/")).content == b"de pagina zelf"
    assert not pages.found
