"""A log names no secret: who reads it cannot open a personal link."""

import datetime
import io
import json
import logging
import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest
import time_machine
from django.test import Client

from accounts.invitations import create_account
from accounts.roles import OCW, TEAM
from tests import factories as f
from tests.browser.site import free_port
from tests.walk import addresses
from tools.serve import _server
from volgspot import partners
from zorgpact.logs import SECRET, AsJson, WithoutSecrets, without_secrets

TOKEN = "Zeer_Geheim-4f9c"
SECRETS = {"token", "key"}


@pytest.fixture
def log():
    """What the portal's own handler writes."""
    (handler,) = [handler for handler in logging.getLogger().handlers if find(handler)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written.getvalue
    handler.setStream(before)


def find(handler):
    return any(isinstance(one, WithoutSecrets) for one in handler.filters)


def with_a_secret():
    return [address for address in addresses() if SECRETS & {name for name, _pattern in address.arguments}]


@pytest.mark.norm("ASVS-14.2.1")
def test_every_address_with_a_secret_is_known():
    known = [address.route for address in with_a_secret()]
    assert len(known) >= 4
    for address in with_a_secret():
        path = address.filled({name: TOKEN if name in SECRETS else "1" for name, _pattern in address.arguments})
        assert TOKEN in path
        assert TOKEN not in without_secrets(f"GET {path} HTTP/1.1"), f"{path}: add it to zorgpact/logs.py"


@pytest.mark.parametrize("prefix", SECRET)
def test_secret_goes_and_the_rest_stays(prefix):
    assert without_secrets(f"Not Found: {prefix}{TOKEN}/stap/?a=b") == f"Not Found: {prefix}***/stap/?a=b"
    assert without_secrets(f"{prefix}{TOKEN}") == f"{prefix}***"
    encoded = prefix.replace("/", "%2F")
    assert without_secrets(f"/inloggen/?next={encoded}{TOKEN}%2F&x=1") == f"/inloggen/?next={encoded}***%2F&x=1"
    assert without_secrets(f'"GET {prefix.upper()}{TOKEN}/ HTTP/1.1"') == f'"GET {prefix.upper()}***/ HTTP/1.1"'


def test_what_the_ministry_hands_over_goes():
    said = without_secrets(f"GET /inloggen/ministerie/terug/?code={TOKEN}&state={TOKEN}&iss=https://login.example")
    assert said == "GET /inloggen/ministerie/terug/?code=***&state=***&iss=https://login.example"


def test_other_addresses_stay_whole():
    for said in ("Not Found: /kopgroep/zorg-in-de-wijk/", "/mijn/account/wachtwoord/vergeten/", "/zoeken/?q=mening"):
        assert without_secrets(said) == said


@pytest.mark.norm("ASVS-16.2.5", "BIO-8.15.02")
@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("get", f"/mening/{TOKEN}/", 404, "Not Found: /mening/***/"),
        ("post", f"/mening/{TOKEN}/", 403, "Forbidden: /mening/***/"),
        ("get", f"/uitnodiging/{TOKEN}/", 404, "Not Found: /uitnodiging/***/"),
        ("get", f"/uitnodiging/{TOKEN}/nog-iets/", 404, "Not Found: /uitnodiging/***/nog-iets/"),
        ("get", f"/mijn/account/e-mail/bevestigen/{TOKEN}/x/", 404, "/mijn/account/e-mail/bevestigen/***/x/"),
        ("post", f"/mijn/account/wachtwoord/nieuw/1-{TOKEN}/", 403, "/mijn/account/wachtwoord/nieuw/***/"),
        ("put", f"/verhalen/mening/{TOKEN}/", 405, ""),
        ("get", f"/verhalen/mening/{TOKEN}/", 410, "Gone: /verhalen/mening/***/"),
    ],
)
def test_request_that_is_refused(db, log, method, path, status, says):
    response = getattr(Client(enforce_csrf_checks=True), method)(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == status
    assert says in log()
    assert TOKEN not in log()


@pytest.mark.norm("ASVS-16.2.5")
def test_request_that_breaks(db, log, monkeypatch):
    def breaks(token):
        raise RuntimeError(f"no such thing as /mening/{token}/")

    monkeypatch.setattr(partners, "link_for", breaks)
    response = Client(raise_request_exception=False).get(f"/mening/{TOKEN}/")
    assert response.status_code == 500
    assert "RuntimeError: no such thing as /mening/***/" in log()
    assert "Internal Server Error: /mening/***/" in log()
    assert TOKEN not in log()


def test_line_that_does_not_fit_its_arguments_breaks_nothing(log, monkeypatch):
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("test").warning("%d pieces of %s", "no number")
    logging.getLogger("test").warning("the next")
    assert "the next" in log()


@pytest.fixture
def lines(log):
    """The same handler, as it writes in production."""
    (handler,) = [handler for handler in logging.getLogger().handlers if find(handler)]
    before, handler.formatter = handler.formatter, AsJson()
    yield lambda: [json.loads(line) for line in log().splitlines()]
    handler.setFormatter(before)


@pytest.mark.norm("ASVS-16.4.1")
@pytest.mark.parametrize("typed", ["%0A2026-01-01 INFO Login of account 1", "%22%7D%0D%0A%7B", "%E2%80%A8x"])
def test_what_somebody_types_is_no_line_of_its_own(db, lines, typed):
    Client().get(f"/kopgroep/{typed}/")
    (line,) = lines()
    assert line["message"].startswith("Not Found: /kopgroep/")


@pytest.mark.norm("ASVS-16.2.1", "ASVS-16.2.2", "BIO-8.15.01")
def test_line_says_when_who_what_where_and_what_became_of_it(db, settings, lines):
    settings.PORTAL_DEMO = True
    user = f.UserFactory()
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.force_login(user)
    with time_machine.travel(datetime.datetime(2026, 7, 1, 12, 0, tzinfo=datetime.UTC), tick=False):
        client.get("/kopgroep/bestaat-niet/")
    assert lines()[-1] == {
        "time": "2026-07-01T12:00:00.000+00:00",
        "level": "WARNING",
        "logger": "django.request",
        "message": "Not Found: /kopgroep/bestaat-niet/",
        "method": "GET",
        "path": "/kopgroep/bestaat-niet/",
        "network": "203.0.113.0/24",
        "account": user.pk,
        "status": 404,
    }


@pytest.mark.norm("ASVS-16.3.1", "BIO-5.17.01")
def test_logins_good_and_bad_are_told_without_what_was_typed(db, lines):
    user = create_account("an@zorg.example", [TEAM])
    user.set_password(f.PASSWORD)
    user.save()
    client = Client(REMOTE_ADDR="2001:db8:1:2::3")
    client.post("/inloggen/", {"login": "an@zorg.example", "password": "geheim-mistype"})
    client.post("/inloggen/", {"login": "an@zorg.example", "password": f.PASSWORD})
    client.post("/uitloggen/")
    told = [(line["message"], line["network"]) for line in lines()]
    assert told == [
        ("Login failed", "2001:db8:1::/48"),
        (f"Login of account {user.pk}", "2001:db8:1::/48"),
        (f"Logout of account {user.pk}", "2001:db8:1::/48"),
    ]
    assert "an@zorg.example" not in str(lines())
    assert "geheim-mistype" not in str(lines())


@pytest.mark.norm("ASVS-16.3.2", "ASVS-16.3.3", "NCSC-U/TV.01")
def test_refusals_are_told_with_who_was_refused(db, settings, lines):
    settings.PORTAL_DEMO = True
    user = create_account("an@zorg.example", [OCW])
    client = Client()
    client.force_login(user)
    client.get("/beheer/accounts/user/")
    (line,) = [line for line in lines() if line.get("status")]
    assert (line["status"], line["account"], line["path"]) == (403, user.pk, "/beheer/accounts/user/")


def test_broken_request_is_one_line_with_its_exception(db, lines, monkeypatch):
    def breaks(token):
        raise RuntimeError(f"/mening/{token}/")

    monkeypatch.setattr(partners, "link_for", breaks)
    Client(raise_request_exception=False).get(f"/mening/{TOKEN}/")
    line = lines()[-1]
    assert line["exception"].endswith("RuntimeError: /mening/***/")
    assert (line["status"], line["path"]) == (500, "/mening/***/")


@pytest.mark.norm("BIO-8.15.02")
def test_the_server_itself_says_no_secret_either(tmp_path):
    """Its access log, switched on as the handbook says, and what it says of a request that it does not understand."""
    port = free_port()
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = plain | {
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_HTTPS": "off",
        "DEBUG": "on",  # needs no collected files
        "SECRET_KEY": "x" * 50,
        "WEB_CONCURRENCY": "1",
        "GUNICORN_CMD_ARGS": "--access-logfile - --log-level debug",
    }
    written = tmp_path / "log"
    with written.open("w") as log:
        server = subprocess.Popen(_server(port), env=environment, stdout=log, stderr=log)
        try:
            # There are no tables: everything that looks something up breaks.
            status = answer(f"http://127.0.0.1:{port}/mening/{TOKEN}/?next=/uitnodiging/{TOKEN}/")
        finally:
            server.terminate()
            server.wait(timeout=20)
    text = written.read_text()
    assert status == 500, text
    assert '"GET /mening/***/?next=/uitnodiging/***/ HTTP/1.1" 500' in text
    assert f"http://127.0.0.1:{port}/mening/***/" in text  # the page before
    assert TOKEN not in text


def answer(url):
    asked = urllib.request.Request(url, headers={"Referer": url})
    for _ in range(200):
        try:
            return urllib.request.urlopen(asked, timeout=10).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return None
