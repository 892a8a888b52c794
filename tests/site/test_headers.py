"""Every answer carries the one set of headers, and no visitor gets a cookie."""

import os
import re
import subprocess
import sys

import pytest
from django.http import HttpResponseServerError
from django.test import Client
from django.urls import path

from accounts.roles import TEAM, set_roles
from tests import factories as f
from zorgpact.urls import urlpatterns as site

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def breaks(request):
    raise RuntimeError("broken on purpose")


# The site, and one address more.
urlpatterns = [*site, path("stuk/", breaks)]
handler500 = "tests.site.test_headers.server_error"


def server_error(request):
    return HttpResponseServerError("stuk")


ANSWERS = [
    ("GET", "/", {}, 200),
    ("HEAD", "/kopgroep/", {}, 200),
    ("GET", "/kopgroep/?thema=bestaat-niet", {}, 200),
    ("GET", "/sitemap.xml", {}, 200),
    ("GET", "/robots.txt", {}, 200),
    ("GET", "/healthz", {}, 200),
    ("GET", "/.well-known/security.txt", {}, 200),
    ("GET", "/static/css/portal.css", {}, 200),
    ("GET", "/inloggen/", {}, 200),
    ("GET", "/kopgroep", {}, 301),
    ("GET", "/oud/", {}, 301),
    ("GET", "/favicon.ico", {}, 302),
    ("GET", "/beheer/", {}, 302),
    ("GET", "/mijn/account/", {}, 302),
    ("GET", "/kopgroep/?q=%00", {}, 400),
    ("GET", "/kopgroep/?q=%ff", {}, 400),
    ("GET", "/", {"HTTP_HOST": "elders.example"}, 400),
    ("GET", "/", {"HTTP_HOST": "a\\b"}, 400),
    ("POST", "/inloggen/", {}, 403),
    ("GET", "/bestaat-niet/", {}, 404),
    ("GET", "/static/bestaat-niet.css", {}, 404),
    ("GET", "/kopgroep/bestaat-niet/", {}, 404),
    ("PUT", "/", {}, 405),
    ("TRACE", "/beheer/", {}, 405),
    ("GET", "/weg/", {}, 410),
    ("GET", "/verhalen/een/", {}, 410),
    ("GET", "/kopgroep/?q=" + 4000 * "a", {}, 414),
    ("GET", "/stuk/", {}, 500),
]


@pytest.mark.norm("ASVS-3.4.1", "ASVS-3.4.3", "ASVS-3.4.6", "NCSC-U/PW.03")
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("method", "address", "more", "status"), ANSWERS)
@pytest.mark.parametrize("secure", [True, False])
def test_every_answer_to_a_visitor(db, settings, method, address, more, status, secure):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    f.OldAddressFactory(old_path="/oud/", new_path="/kopgroep/")
    f.OldAddressFactory(old_path="/weg/")
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    response = client.generic(method, address, secure=secure, **more)
    body = b"".join(response).decode()

    assert response.status_code == status
    assert {name: response.get(name) for name in EXPECTED} == EXPECTED
    # Over http it would mean nothing, and browsers ignore it.
    assert response.get("Strict-Transport-Security") == (HSTS if secure else None)
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers
    if not address.startswith("/inloggen/"):
        assert not response.cookies
    if status >= 400 and status != 500:
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert re.search(r"<h1>[^<]+</h1>", body)


@pytest.mark.norm("ASVS-14.3.2", "ASVS-3.4.6", "NCSC-U/PW.03")
@pytest.mark.parametrize("address", ["/beheer/", "/beheer/kopgroep/koploper/", "/beheer/nee/", "/mijn/account/"])
def test_every_answer_to_the_team(client, db, settings, address):
    settings.PORTAL_DEMO = True
    user = f.UserFactory()
    set_roles(user, [TEAM])
    client.force_login(user)

    response = client.get(address, follow=True)

    assert {name: response.get(name) for name in EXPECTED} == EXPECTED
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_http_is_sent_to_https_on_the_same_host(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/kopgroep/?thema=a")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/kopgroep/?thema=a")
    assert {name: response.get(name) for name in EXPECTED} == EXPECTED


def test_login_and_back_office_stay_out_of_caches_and_search_engines(client):
    for address in ("/inloggen/", "/beheer/", "/mijn/account/"):
        response = client.get(address)
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


def observatory_score(headers):
    """The points of the Mozilla HTTP Observatory for what a site's headers can earn; cookies and redirect are right."""
    parts = [part.partition(" ") for part in headers.get("Content-Security-Policy", "").split("; ")]
    policy = {name: sources for name, _space, sources in parts}
    script = policy.get("script-src", policy.get("default-src", "*"))
    style = policy.get("style-src", policy.get("default-src", "*"))
    loose = re.compile(r"\*|unsafe-|https?:|data:")
    penalties, bonus = [], []
    if not policy.get("default-src") and not policy.get("script-src"):
        penalties.append(25)
    elif loose.search(script):
        penalties.append(20)
    elif not loose.search(style):
        bonus.append(10 if policy.get("default-src") == "'none'" else 5)
    age = int(re.search(r"max-age=(\d+)|$", headers.get("Strict-Transport-Security", ""))[1] or 0)
    penalties += [20] if age < 15552000 else []
    penalties += [5] if headers.get("X-Content-Type-Options") != "nosniff" else []
    framing = policy.get("frame-ancestors") == "'none'" or headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN")
    (bonus if framing else penalties).append(5 if framing else 20)
    if headers.get("Referrer-Policy") in ("no-referrer", "same-origin", "strict-origin"):
        bonus.append(5)
    bonus += [10] if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else []
    bonus += [10] if headers.get("Cross-Origin-Embedder-Policy") == "require-corp" else []
    bonus += [10] if headers.get("Cross-Origin-Opener-Policy") == "same-origin" else []
    total = 100 - sum(penalties)
    return total + sum(bonus) if total >= 90 else total


@pytest.mark.norm("BIO-5.14.01")
@pytest.mark.parametrize("address", ["/contact/", "/inloggen/", "/beheer/", "/nee/", "/static/icon.svg"])
def test_observatory_gives_the_highest_mark(client, db, settings, address):
    settings.SECURE_HSTS_SECONDS = 31536000
    response = client.get(address, secure=True)
    b"".join(response)  # closes a file
    assert observatory_score(response.headers) == 150


def test_observatory_knows_what_is_wrong():
    assert observatory_score({}) == 100 - 25 - 20 - 5 - 20
    assert observatory_score(EXPECTED) == 80
    assert observatory_score({**EXPECTED, "Strict-Transport-Security": HSTS}) == 150


ASK = """
import django; django.setup()
from django.test import Client
from django.conf import settings as s
r = Client().get('/robots.txt', HTTP_HOST='localhost')
print(r.status_code, r.get('Location'), r.get('Strict-Transport-Security'), s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE)
r = Client().get('/robots.txt', HTTP_HOST='localhost', secure=True)
print(r.status_code, r.get('Strict-Transport-Security'))
"""


@pytest.mark.norm("ASVS-3.3.1", "ASVS-3.3.3")
@pytest.mark.parametrize(
    ("https", "answers"),
    [
        ("off", "200 None None sessionid csrftoken False\n200 None\n"),
        (
            "on",
            "301 https://localhost/robots.txt None __Host-sessionid __Host-csrftoken True\n"
            "200 max-age=31536000; includeSubDomains\n",
        ),
    ],
)
def test_one_setting_turns_https_off(https, answers):
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "PORTAL_VAR_DIR") if name in os.environ}
    more = {
        "DJANGO_SETTINGS_MODULE": "zorgpact.settings",
        "SECRET_KEY": "x" * 50,
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_HTTPS": https,
        "PORTAL_PAGE_MEMORY": "off",
        "DEBUG": "off",
    }
    result = subprocess.run([sys.executable, "-c", ASK], env=plain | more, capture_output=True, text=True)
    assert result.stdout == answers, result.stderr
