"""What machines ask for."""

import datetime
from xml.etree import ElementTree

import pytest
from sectxt import SecurityTXT

from tests import factories as f
from tests.queries import queries_of
from zorgpact.machines import expires

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LONG_AGO = datetime.datetime(2021, 5, 6, 12, tzinfo=datetime.UTC)


def sitemap(client):
    """Path to date, or None."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {url.findtext("s:loc", None, NAMES): url.findtext("s:lastmod", None, NAMES) for url in tree}
    assert all(address.startswith("https://portaal.example/") for address in found)
    return {address.removeprefix("https://portaal.example"): date for address, date in found.items()}


@pytest.mark.norm("BIO-5.14.01", "BIO-5.24.08")
@pytest.mark.parametrize("email", ["", "meld@zorgpact.example"])
def test_security_txt_is_valid(client, settings, tmp_path, email):
    settings.PORTAL_URL = "https://portaal.example"
    settings.PORTAL_CONTACT_EMAIL = email
    response = client.get("/.well-known/security.txt")
    path = tmp_path / "security.txt"
    path.write_bytes(response.content)

    found = SecurityTXT(str(path), is_local=True)

    assert found.is_valid(), found.errors
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"\r" not in response.content
    assert response.content.endswith(b"\n")
    lines = response.content.decode().splitlines()
    assert "Policy: https://portaal.example/kwetsbaarheid-melden/" in lines
    assert "Canonical: https://portaal.example/.well-known/security.txt" in lines
    assert (f"Contact: mailto:{email}" in lines) == bool(email)


def test_security_txt_never_lapses_soon_and_never_after_a_year():
    days = [datetime.date(2027, 1, 1) + datetime.timedelta(days=n) for n in range(800)]
    ahead = [(expires(day).date() - day).days for day in days]
    assert min(ahead) > 180
    assert max(ahead) < 365


def test_security_txt_of_the_owner(client, settings):
    settings.SECURITY_TXT_REDIRECT = "https://www.ncsc.nl/.well-known/security.txt"
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response["Location"]) == (302, "https://www.ncsc.nl/.well-known/security.txt")


def test_robots_may_read_everything(client, settings):
    settings.PORTAL_URL = "https://portaal.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "User-agent: *\nDisallow:\n\nSitemap: https://portaal.example/sitemap.xml\n"


@pytest.mark.norm("ASVS-13.4.5")
def test_health_asks_the_database_and_nothing_else(client, db):
    assert len(queries_of(client, "/healthz")) == 1
    response = client.get("/healthz")
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_health_says_so_when_the_database_is_gone(client, monkeypatch):
    def broken():
        raise OSError("gone")

    monkeypatch.setattr("zorgpact.machines.connection.cursor", broken)
    client.raise_request_exception = False
    assert client.get("/healthz").status_code == 500


def test_the_favicon_is_there(client, db):
    response = client.get("/favicon.ico", follow=True)
    assert b"".join(response).startswith(b"<svg")
    assert response["Content-Type"] == "image/svg+xml"


def test_sitemap_holds_what_is_public(client, db, settings):
    settings.PORTAL_URL = "https://portaal.example"
    pact, koploper, theme = f.RegionalPactFactory(), f.KoploperFactory(), f.ThemeFactory()
    f.KoploperFactory(published_at=None)
    f.KoploperFactory(published_at=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))

    found = sitemap(client)

    records = {record.get_absolute_url() for record in (pact, koploper, theme)}
    assert {path for path in found if path.startswith(("/regionale-pacten/", "/kopgroep/", "/themas/"))} == records | {
        "/regionale-pacten/",
        "/regionale-pacten/volgspot/",
        "/kopgroep/",
        "/kopgroep/criteria/",
        "/themas/",
    }


def test_sitemap_says_when_content_changed(client, db, settings, time_machine):
    settings.PORTAL_URL = "https://portaal.example"
    time_machine.move_to(LONG_AGO)
    pact = f.RegionalPactFactory()
    theme = f.ThemeFactory()
    assert sitemap(client)[pact.get_absolute_url()] == "2021-05-06"

    time_machine.move_to(LONG_AGO + datetime.timedelta(days=1))
    pact.save()
    f.InsightFactory(theme=theme)
    f.InsightFactory(theme=theme, published_at=None)
    # On the site from a later moment than it was saved.
    koploper = f.KoploperFactory(published_at=LONG_AGO + datetime.timedelta(days=3))

    time_machine.move_to(LONG_AGO + datetime.timedelta(days=9))
    found = sitemap(client)
    assert found[pact.get_absolute_url()] == "2021-05-07"
    assert found[theme.get_absolute_url()] == "2021-05-07"
    assert found[koploper.get_absolute_url()] == "2021-05-09"
    assert found["/kopgroep/"] == "2021-05-09"
    assert found["/regionale-pacten/"] == "2021-05-07"
    assert found["/contact/"] is None


def test_sitemap_of_one_and_of_three_takes_the_same_queries(client, db):
    def make():
        f.RegionalPactFactory()
        f.KoploperFactory()
        f.InsightFactory()

    make()
    few = queries_of(client, "/sitemap.xml")
    make()
    make()
    assert len(queries_of(client, "/sitemap.xml")) == len(few) <= 8
