"""The command that looks whether official links still work, against a site on this computer."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from regels.models import Rule
from tests import factories as f

pytestmark = pytest.mark.django_db
STATUS = {"/er/": 200, "/weg/": 404, "/nooit-meer/": 410, "/druk/": 503, "/geen-robots/": 403}
LONG_AGO = datetime.date(2020, 1, 1)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/verhuisd/":
            self.send_response(301)
            self.send_header("Location", "/er/")
        elif self.path == "/lus/":
            self.send_response(302)
            self.send_header("Location", "/lus/")
        elif self.path == "/bestand/":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
        else:
            self.send_response(STATUS[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def check(capsys, **options):
    call_command("check_links", timeout=3, **options)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "works"),
    [
        ("/er/", True),
        ("/verhuisd/", True),
        ("/weg/", False),
        ("/nooit-meer/", False),
        ("/druk/", None),
        ("/geen-robots/", None),
        ("/lus/", None),
        ("/bestand/", None),
    ],
)
def test_only_what_the_site_says_counts(site, capsys, path, works):
    scheme = f.SchemeFactory(official_url=site + path, link_checked_on=LONG_AGO)

    check(capsys)

    scheme.refresh_from_db()
    assert scheme.link_works is works
    assert scheme.link_checked_on == (LONG_AGO if works is None else timezone.localdate())


def test_report_names_what_does_not_work(site, capsys):
    f.SchemeFactory(name="Stagefonds", official_url=f"{site}/weg/")
    f.SchemeFactory(name="Regiofonds", official_url=f"{site}/er/")
    f.SchemeFactory(name="Zonder link")

    said = check(capsys)

    assert f"werkt niet: Stagefonds ({site}/weg/) antwoordt 404" in said
    assert "Regiofonds" not in said
    assert "2 links nagekeken: werkt 1, werkt niet 1, niet te zeggen 0." in said


def test_rules_are_looked_at_in_the_official_text(site, capsys, monkeypatch):
    monkeypatch.setattr(Rule, "official_url", lambda rule: f"{site}/weg/")
    rule, other = f.RuleFactory(), f.RuleFactory(bwb_id="")

    check(capsys)

    rule.refresh_from_db(), other.refresh_from_db()
    assert (rule.link_works, other.link_works) == (False, None)


def test_without_a_connection_nothing_changes(capsys):
    # A port that nobody listens on, and a host that does not exist.
    one = f.SchemeFactory(official_url="http://127.0.0.1:9/", link_works=True, link_checked_on=LONG_AGO)
    f.SchemeFactory(official_url="http://bestaat-niet.invalid/")

    said = check(capsys)

    one.refresh_from_db()
    assert (one.link_works, one.link_checked_on) == (True, LONG_AGO)
    assert "Geen enkele site gaf antwoord." in said


def test_a_dry_run_changes_nothing(site, capsys):
    scheme = f.SchemeFactory(official_url=f"{site}/weg/")

    assert "werkt niet 1" in check(capsys, dry_run=True)

    scheme.refresh_from_db()
    assert scheme.link_checked_on is None
