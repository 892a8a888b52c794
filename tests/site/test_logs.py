"""A log names no secret: who reads it cannot open a personal link."""

import io
import logging
import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from django.test import Client

from tests.browser.site import free_port
from tests.walk import addresses
from tools.serve import _server
from volgspot import partners
from zorgpact.logs import SECRET, WithoutSecrets, without_secrets

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


def test_every_address_with_a_secret_is_known():
    known = [address.route for address in with_a_secret()]
    assert len(known) >= 4
    for address in with_a_secret():
        path = address.filled({name: TOKEN for name, _pattern in address.arguments})
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
