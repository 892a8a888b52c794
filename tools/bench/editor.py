"""The editor of the largest reflection of the samples, as its project leader meets it: queries and milliseconds, as JSON.

`python -m tools.bench.editor ADDRESS`, with the server of that address on the same database. The leader logs in with
a password and a code, as everybody does: nothing that guards the portal is off. One leader at a time.
"""

import datetime
import http.client
import json
import secrets
import statistics
import sys
import time
from urllib.parse import urlencode, urlsplit

import django

django.setup()

from allauth.mfa.totp.internal import auth as totp  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.invitations import create_account  # noqa: E402
from accounts.roles import LEADER  # noqa: E402
from regions.models import PactLeader  # noqa: E402
from volgspot.context import Context  # noqa: E402
from volgspot.models import Reflection, SectionKind  # noqa: E402
from volgspot.sections import SECTIONS, Forms  # noqa: E402

TIMES = 60
# Not of the page: where a transaction begins and ends.
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
PAGES = {
    "overzicht": "",
    "driehoek": SectionKind.TRIANGLE,
    "activiteiten": SectionKind.ACTIVITIES,
    "resultaten": SectionKind.RESULTS,
    "samenwerking": SectionKind.COOPERATION,
}
SAVED = SectionKind.ACTIVITIES


def largest():
    """The draft that says most."""
    drafts = Reflection.objects.filter(status=Reflection.Status.DRAFT).prefetch_related("sections")
    return max(drafts, key=lambda draft: sum(len(json.dumps(section.data)) for section in draft.sections.all()))


def log_in(reflection):
    """A client with the session of somebody who leads the pact."""
    password, secret = secrets.token_urlsafe(24), totp.generate_totp_secret()
    user = create_account("meting@voorbeeld.example", [LEADER], "Meting")
    user.set_password(password)
    user.save()
    totp.TOTP.activate(user, secret)
    PactLeader.objects.create(pact=reflection.pact, user=user, since=datetime.date(2020, 1, 1))
    client = Client(headers={"host": "localhost"})
    client.post("/inloggen/", {"login": user.email, "password": password})
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post("/inloggen/tweede-stap/", {"code": code})
    return client


def fields(reflection, kind):
    """What the form of a section sends when nothing was changed in it."""
    section = reflection.sections.get(kind=kind)
    forms = Forms.of(SECTIONS[kind], section.data, Context(reflection))
    sent = [("audience", section.audience), ("skipped_because", section.skipped_because)]
    sent += [(name, form.row_id) for name, rows in forms.of_rows.items() for form in rows]
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        sent += [(bound.html_name, part) for part in (value if isinstance(value, list) else [value]) if part]
    return section.version, sent


class Browser:
    """One connection that stays open during a series, with the session of `client`."""

    def __init__(self, address, client):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self.token = secrets.token_hex(16)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Accept-Encoding": "gzip",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}",
        }

    def begin(self):
        """A series. Since the last one the server may have ended the connection; the next request opens another."""
        self.connection.close()

    def get(self, path):
        return self._ask("GET", path, None, {})

    def save(self, path, sent):
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.token,
        }
        return self._ask("POST", path, urlencode(sent), headers)

    def _ask(self, method, path, body, headers):
        """The answer, and how long it took in milliseconds."""
        began = time.perf_counter()
        self.connection.request(method, path, body, self.headers | headers)
        answer = self.connection.getresponse()
        text = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status}")
        return text, took


def row(label, queries, took, size):
    return {
        "label": label,
        "queries": queries,
        "median": statistics.median(took),
        "p95": statistics.quantiles(took, n=20)[18],
        "size": size,
    }


def count(ask):
    with CaptureQueriesContext(connection) as captured:
        ask()
        # Now: the next request empties the list of queries.
        return len([query for query in captured.captured_queries if not query["sql"].startswith(NOT_COUNTED)])


def opens(label, path, client, browser):
    client.get(path)
    queries = count(lambda: client.get(path))
    browser.begin()
    answers = [browser.get(path) for _ in range(TIMES)]
    return row(label, queries, [took for _text, took in answers], len(answers[0][0]))


def saves(label, path, client, browser, reflection):
    first, sent = fields(reflection, SAVED)
    ask = {"data": urlencode([("version", first), *sent]), "content_type": "application/x-www-form-urlencoded"}
    queries = count(lambda: client.post(path, headers={"Accept": "application/json"}, **ask))
    took = []
    browser.begin()
    for version in range(first + 1, first + 1 + TIMES):
        text, ms = browser.save(path, [("version", version), *sent])
        took.append(ms)
        assert json.loads(text)["version"] == version + 1, text  # noqa: S101
    return row(label, queries, took, len(text))


def main():
    reflection = largest()
    client = log_in(reflection)
    browser = Browser(sys.argv[1], client)
    here = reflection.get_edit_url()
    rows = [opens(label, reflection.get_edit_url(kind), client, browser) for label, kind in PAGES.items()]
    rows.append(saves(f"{SAVED.label} bewaren", f"{here}{SAVED}/", client, browser, reflection))
    print(json.dumps({"title": f"{reflection}", "rows": rows}))


if __name__ == "__main__":
    main()
