"""The pages of words alone: what must stand on them, and what they say while the owner has not decided."""

import html
import re

import pytest

PAGES = ["/contact/", "/toegankelijkheid/", "/privacy/", "/cookies/", "/kwetsbaarheid-melden/"]
NO_ADDRESS = "Er is nog geen e-mailadres voor deze site."


def page(client, url):
    return html.unescape(client.get(url).content.decode())


@pytest.mark.parametrize("url", PAGES)
def test_has_one_heading_and_needs_no_database(client, url):
    text = page(client, url)
    assert len(re.findall("<h1", text)) == 1
    assert "<title>Zorg, onderwijs en overheid" not in text


def test_titles_differ(client):
    titles = [re.search("<title>(.*?)</title>", page(client, url)).group(1) for url in PAGES]
    assert len(set(titles)) == len(PAGES)


@pytest.mark.parametrize("url", ["/contact/", "/toegankelijkheid/", "/privacy/"])
def test_says_where_to_write_or_that_nobody_can_yet(client, settings, url):
    settings.PORTAL_CONTACT_EMAIL = ""
    assert NO_ADDRESS in page(client, url)
    settings.PORTAL_CONTACT_EMAIL = "team@voorbeeld.example"
    text = page(client, url)
    assert '<a href="mailto:team@voorbeeld.example">' in text
    assert NO_ADDRESS not in text


def test_privacy_has_every_heading(client):
    found = re.findall("<h2[^>]*>([^<]+)</h2>", page(client, "/privacy/"))
    assert found == [
        "Verantwoordelijke",
        "Doel",
        "Grondslag",
        "Categorieën van gegevens",
        "Ontvangers en doorgifte",
        "Bewaartermijn",
        "Rechten en klachten",
        "Functionaris gegevensbescherming",
        "Autoriteit Persoonsgegevens",
    ]


def test_cookies_go_by_the_names_they_have_here(client, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    found = re.findall("<code>([^<]+)</code>", page(client, "/cookies/"))
    assert found == ["__Host-sessionid", "__Host-csrftoken"]


@pytest.mark.norm("BIO-5.24.08")
def test_a_weakness_is_reported_to_the_ncsc(client):
    assert 'href="https://www.ncsc.nl/contact/kwetsbaarheid-melden"' in page(client, "/kwetsbaarheid-melden/")
