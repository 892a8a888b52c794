"""Whatever somebody sends to whatever address: a clear page or an empty result, never an error of ours.

The addresses come from the site map itself, so a new one takes part from the day it is there.
"""

import re
from functools import cache
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kopgroep.models import Koploper
from regions.models import RegionalPact
from themes.models import Theme
from zorgpact import wsgi
from zorgpact.middleware import LONGEST_QUERY

NAMES = [
    "q",
    "thema",
    "provincie",
    "gemeente",
    "pact",
    "fase",
    "functie",
    "hoek",
    "trekker",
    "vorm",
    "branche",
    "niveau",
    "uitdaging",
    "overgenomen",
    "status",
    "organisatie",
    "vraagstuk",
    "subregio",
    "bevestigd",
    "soort",
    "koploper",
    "sorteer",
    "pagina",
    "next",
    "p",
]
METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get"]
FORM_TYPE = "application/x-www-form-urlencoded"
MANY = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def patterns(found, before=()):
    for pattern in found:
        here = (*before, pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from patterns(pattern.url_patterns, here)


@cache
def site_map():
    """Every address of the site as a list of parts; those of the back office are all behind the same door."""
    found = [parts for parts in patterns(get_resolver().url_patterns) if str(parts[0]) != "beheer/"]
    assert len(found) > 40
    return found


known_slugs = st.deferred(
    lambda: st.sampled_from(
        [
            slug
            for model in (RegionalPact, Koploper, Theme)
            for slug in model.objects.published().order_by("slug").values_list("slug", flat=True)[:5]
        ]
    )
)
anything = st.text(max_size=30) | st.sampled_from(["\0", "%", "..", "//", "é", "'", '"><script>', "𐀀", "\r\n", "-1"])
numbers = st.integers().map(str) | st.sampled_from(["0", "-1", "1e9", "9" * 30, "٣", "NaN", "last", "١"])
values = anything | numbers | known_slugs


@st.composite
def paths(draw):
    """An address of the site map with something in each open place."""
    path = "/"
    for part in draw(st.sampled_from(site_map())):
        if hasattr(part, "_route"):
            path += re.sub(r"<(?:\w+:)?\w+>", lambda _: draw(known_slugs | anything).replace("/", ""), part._route)
        else:
            path += draw(st.from_regex(part.regex, fullmatch=True)).strip()
    return path


def encoded(text, encoding):
    return quote(text.encode(encoding, "replace"), safe="")


@st.composite
def queries(draw):
    """Names that mean something and names that do not, also repeated, in one of several encodings."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "latin-1", "utf-16", "cp1252"]))
    names = draw(st.lists(st.sampled_from(NAMES) | anything, max_size=4))
    pairs = [(name, draw(values)) for name in names for _ in range(draw(st.integers(1, 2)))]
    return "&".join(f"{encoded(name, encoding)}={encoded(value, encoding)}" for name, value in pairs)


def ask(method, path, query="", **more):
    client = Client(raise_request_exception=False)
    response = client.generic(method, quote(path.encode("utf-8", "replace")), QUERY_STRING=query, **more)
    # A file may hold anything.
    body = b"".join(response).decode(errors="replace")
    what = f"{method} {path}?{query} → {response.status_code}"
    assert response.status_code < 500, what
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.has_header("Location")
    if is_page and method not in ("HEAD", "OPTIONS"):
        assert "<h1" in body, what
    return response


@MANY
@given(path=paths(), query=queries())
def test_any_query_at_any_address(content, path, query):
    ask("GET", path, query)


@pytest.mark.norm("ASVS-1.2.4")
@MANY
@given(query=queries(), path=st.sampled_from(["/", "/kopgroep/", "/regionale-pacten/"]))
@example(query="pagina=" + "9" * 400, path="/kopgroep/")
@example(query="gemeente=" + "é" * 400, path="/regionale-pacten/")
def test_any_query_on_a_list(content, path, query):
    assert ask("GET", path, query).status_code in (200, 400, 414)


@MANY
@given(slug=known_slugs, query=queries())
def test_any_query_on_a_record(content, slug, query):
    for part in ("regionale-pacten", "kopgroep", "themas"):
        ask("GET", f"/{part}/{slug}/", query)


@pytest.mark.norm("NCSC-U/PW.02")
@MANY
@given(method=st.sampled_from(METHODS), path=paths())
def test_any_method_at_any_address(content, method, path):
    ask(method, path)


@pytest.mark.norm("NCSC-U/WA.03")
@MANY
@given(path=paths(), fields=st.dictionaries(st.sampled_from([*NAMES, "login", "password", "code"]), values, max_size=4))
@example(path="/inloggen/", fields={"login": "a\0b", "password": "x"})
@example(path="/inloggen/", fields={"login": "a@b.example", "password": "\ud800"})
def test_any_form_at_any_address(content, path, fields):
    body = "&".join(f"{name}={encoded(value, 'utf-8')}" for name, value in fields.items())
    ask("POST", path, data=body, content_type=FORM_TYPE)


@MANY
@given(body=st.binary(max_size=60), kind=st.sampled_from([FORM_TYPE, "multipart/form-data"]))
@example(body=b"login=%ff", kind=FORM_TYPE)
@example(body=b"--x\r\n", kind="multipart/form-data; boundary=x")
def test_a_form_that_is_none(content, body, kind):
    ask("POST", "/inloggen/", data=body, content_type=kind)


@pytest.mark.norm("NCSC-U/WA.03")
@pytest.mark.parametrize("sent", ["\0", "a\0b"])
def test_nul_in_a_form_is_refused(content, sent):
    form = {"login": sent, "password": "x"}
    assert Client().post("/inloggen/", form).status_code == 400
    assert Client().post("/inloggen/", f"login={quote(sent)}", FORM_TYPE).status_code == 400


@pytest.mark.parametrize("path", ["/kopgroep/", "/regionale-pacten/", "/", "/contact/", "/inloggen/", "/nee/"])
def test_how_long_a_query_may_be(content, path):
    longest = "q=" + "a" * (LONGEST_QUERY - 2)
    assert ask("GET", path, longest).status_code == (404 if path == "/nee/" else 200)
    assert ask("GET", path, longest + "a").status_code == 414


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "utf-16", "base64", '"rot13"', "nee", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_it_says_about_its_encoding(content, monkeypatch, charset, method):
    """By the entrance of the web server: Django looks at it before any of our own code."""
    handler = ClientHandler(enforce_csrf_checks=True)
    monkeypatch.setattr(wsgi, "portal", lambda environ, start_response: handler(environ))
    environ = RequestFactory()._base_environ(
        PATH_INFO="/inloggen/",
        QUERY_STRING="next=%C3%A9",
        REQUEST_METHOD=method,
        CONTENT_TYPE=f"{FORM_TYPE};charset={charset}",
    )

    response = wsgi.application(environ, None)

    assert response.status_code == (200 if method == "GET" else 403)
    assert b"<h1" in response.content


@pytest.mark.parametrize("cookie", ['"aaaaaaaa\\000"', "é", "a" * 3000, '"'])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "anders"])
def test_any_cookie(content, name, cookie):
    for path in ("/", "/inloggen/", "/beheer/"):
        ask("GET", path, HTTP_COOKIE=f"{name}={cookie}")


@pytest.mark.parametrize(
    ("path", "status"), [(b"/kopgroep/\xff/", 404), (b"/\xe9/", 404), (b"/a\0b/", 400), (b"/static/\0", 400)]
)
def test_a_path_that_is_no_text(content, path, status):
    client = Client(raise_request_exception=False)
    response = client.get("/", PATH_INFO=path.decode("latin-1"))
    assert response.status_code == status


def test_the_back_office_asks_a_visitor_to_log_in(content):
    for rest in ("", "kopgroep/koploper/%00/", "nee/", "kopgroep/koploper/1/change/?q=%C3%A9", "../x/"):
        response = ask("GET", f"/beheer/{rest.partition('?')[0]}", rest.partition("?")[2])
        assert response.status_code in (301, 302, 404)
