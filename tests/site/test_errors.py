"""Pages for what goes wrong: in our words, with a way on, and none of the workings."""

import html
import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import get_resolver, reverse

from zorgpact import errors, views


def text_of(response):
    return html.unescape(response.content.decode())


def heading(response):
    return re.findall("<h1>(.*?)</h1>", text_of(response))


def links(response):
    return re.findall("<main.*</main>", text_of(response), re.DOTALL)[0].count("<a ")


def fail_with(monkeypatch, error):
    """The contact page meets `error`."""

    def render(*args, **kwargs):
        raise error

    monkeypatch.setattr(views, "render", render)
    return Client(raise_request_exception=False)


def test_unknown_address_leads_on(client, db):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert heading(response) == ["Deze pagina bestaat niet"]
    assert '<input class="input" id="zoek" name="q"' in text_of(response)
    assert links(response) == 7
    assert not response.cookies


def test_bad_request(monkeypatch):
    response = fail_with(monkeypatch, SuspiciousOperation("geheim")).get("/contact/")
    assert response.status_code == 400
    assert heading(response) == ["Dit verzoek begrijpen wij niet"]
    assert "geheim" not in text_of(response)


def test_forbidden(monkeypatch):
    response = fail_with(monkeypatch, PermissionDenied("geheim")).get("/contact/")
    assert response.status_code == 403
    assert heading(response) == ["Hier mag u niet bij"]
    assert "geheim" not in text_of(response)


@pytest.mark.norm("ASVS-3.5.1")
def test_a_post_without_its_token_says_that_nothing_was_sent():
    response = Client(enforce_csrf_checks=True).post("/inloggen/", {"login": "a@voorbeeld.example"})
    assert response.status_code == 403
    assert heading(response) == ["Uw formulier is niet verstuurd"]


FROM_HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def strict(**headers):
    return Client(enforce_csrf_checks=True, headers=headers)


def test_text_typed_here_stands_on_the_page_to_copy():
    typed = {
        "reden": "Wij zagen <b>drie</b> nieuwe plekken.",
        "login": "a@voorbeeld.example",
        "password": "een heel lang woord",
    }
    response = strict(**FROM_HERE).post("/inloggen/", typed)
    assert response.status_code == 403
    assert re.findall("<textarea[^>]*>(.*?)</textarea>", text_of(response)) == [typed["reden"]]
    assert "<b>drie" not in response.content.decode()
    assert "een heel lang woord" not in text_of(response)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ],
)
def test_another_site_puts_no_words_on_our_page(headers):
    response = strict(**headers).post("/inloggen/", {"reden": "Bel nu dit nummer voor uw prijs."})
    assert response.status_code == 403
    assert "Bel nu" not in text_of(response)


def test_gone(rf):
    response = errors.gone(rf.get("/weg/"))
    assert response.status_code == 410
    assert heading(response) == ["Deze pagina is verwijderd"]


def test_too_many_tries_of_the_login(client, db):
    address = reverse("account_reset_password")
    for _ in range(30):
        response = client.post(address, {"email": "a@voorbeeld.example"})
    assert response.status_code == 429
    assert heading(response) == ["Te veel pogingen"]


@pytest.mark.norm("ASVS-16.5.1", "NCSC-U/WA.06")
def test_our_own_fault_gives_a_number_that_stands_in_the_log_too(monkeypatch, caplog):
    with caplog.at_level(logging.ERROR, logger="zorgpact.errors"):
        response = fail_with(monkeypatch, RuntimeError("geheim")).get("/contact/")
    assert response.status_code == 500
    assert heading(response) == ["Er ging iets mis bij ons"]
    number = re.search("<strong>([0-9a-f]{8})</strong>", text_of(response)).group(1)
    assert f"Reference {number}: GET /contact/" in caplog.messages
    assert "geheim" not in text_of(response)


@pytest.mark.norm("ASVS-16.5.3")
def test_our_own_fault_shows_without_a_database_or_a_session(rf):
    # A request that went through no middleware, in a test without the database.
    assert errors.server_error(rf.get("/")).status_code == 500


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_django_finds_our_page(code):
    assert callable(get_resolver().resolve_error_handler(code))
