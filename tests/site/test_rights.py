"""Who may do what: every address, asked by everybody in every way, beside the table that says what must happen.

A new address fails here until it stands in the table.
"""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.cache import cache
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.utils.safestring import SafeString

from accounts.roles import ADMINISTRATOR, LEADER, OCW, TEAM, set_roles
from tests import factories
from tests.walk import addresses, choices_of

VISITOR = "visitor"
ROLES = {LEADER: "leader", OCW: "officer", TEAM: "team", ADMINISTRATOR: "administrator"}

# v: look, a: add, c: change, d: remove, p: put a successor in. A leader and a visitor may do nothing here.
RECORDS = """
                                  officer   team   administrator
accounts.user                     -         -      vac
auditlog.logentry                 -         -      v
geography.municipality            v         v      v
geography.place                   v         v      v
geography.province                v         v      v
geography.reorganisation          v         vp     vp
kopgroep.challenge                v         vacd   vacd
kopgroep.cooperationform          v         vacd   vacd
kopgroep.effect                   v         vacd   vacd
kopgroep.koploper                 v         vacd   vacd
kopgroep.resultarea               v         vacd   vacd
kopgroep.sustainingagreement      v         vacd   vacd
organisations.carebranch          v         vacd   vacd
organisations.educationlevel      v         vacd   vacd
organisations.organisation        v         vacd   vacd
organisations.organisationkind    v         vacd   vacd
outbox.deadaddress                -         v      va
outbox.mail                       -         v      v
programme.fact                    v         vacd   vacd
programme.figure                  v         vacd   vacd
programme.loadedrecord            -         -      -
programme.lostpicture             v         vacd   vacd
programme.oldaddress              v         vacd   vacd
programme.source                  v         vacd   vacd
programme.term                    v         vacd   vacd
programme.tip                     v         vacd   vacd
regions.function                  v         vacd   vacd
regions.fundingstream             v         vacd   vacd
regions.phase                     v         vacd   vacd
regions.regionalpact              v         vacd   vacd
regions.regionlayout              v         vacd   vacd
search.miss                       -         v      v
search.synonym                    -         vacd   vacd
themes.commontrait                v         vacd   vacd
themes.elementexample             v         vacd   vacd
themes.insight                    v         vacd   vacd
themes.theme                      v         vacd   vacd
themes.tool                       v         vacd   vacd
themes.workingelement             v         vacd   vacd
kopgroep.koploperleader           -         vac    vac
organisations.employment          -         vac    vac
regions.pactleader                -         vac    vac
workplace.invitation              -         va     va
workplace.proposal                -         vc     v
volgspot.elementstep              -         vacd   vacd
volgspot.lesson                   -         v      v
volgspot.reflection               -         vc     v
volgspot.round                    -         vacd   vacd
regels.case                       vac       vc     v
regels.freeday                    v         vacd   vacd
regels.helpedwords                vacd      vacd   vacd
regels.ministry                   v         vc     vc
regels.obstacle                   vac       vac    vac
regels.question                   vc        vc     -
regels.rule                       vac       vac    vac
regels.scheme                     vac       vac    vac
regels.textblock                  vacd      v      -
regels.verdict                    vc        vc     vc
"""
# Everybody, whether logged in or not.
EVERYBODY = """
    home accessibility privacy cookies contact vulnerability sitemap robots favicon healthz security_txt
    regions:list regions:feed regions:columns regions:file regions:geojson regions:detail
    kopgroep:list kopgroep:feed kopgroep:columns kopgroep:file kopgroep:geojson kopgroep:detail kopgroep:criteria kopgroep:compare
    themes:list themes:detail themes:works programme:about programme:sources
    search:search search:suggestions
    regels:list regels:feed regels:columns regels:file regels:detail regels:useful regels:rule
    regels:obstacles:list regels:obstacles:feed regels:obstacles:columns regels:obstacles:file regels:obstacles:detail
    regels:obstacles:also_mine regels:obstacles:follow
    regels:schemes:list regels:schemes:feed regels:schemes:columns regels:schemes:file regels:schemes:detail
    volgspot:view workplace:invitation reports:method reports:feed reports:rounds reports:report reports:pdf
    reports:evaluation volgspot:partner_evaluation
    regionale-pacten/alle-regionale-pacten/?$ regionale-pacten/alle-regionale-pacten/(?P<slug>[-a-zA-Z0-9_]+)/?$
    regels:ask regels:ask_step regels:ask_sent regels:status regels:status_data regels:status_attachment
    account_login account_logout account_signup account_inactive
    account_email_verification_sent account_confirm_email
    account_reset_password account_reset_password_done account_reset_password_from_key account_reset_password_from_key_done
    .well-known/change-password
    single_sign_on single_sign_on_answer single_sign_on_logged_out
"""
# Once there were pages here.
GONE = """
    (?:kopgroep/|regionale-pacten/alle-regionale-pacten/)?verhalen(?:/.*)?$
"""
# Whoever is logged in, for the own account alone.
LOGGED_IN = """
    accounts:account accounts:own_data accounts:after_login account_email account_change_password account_set_password
    account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn
    mfa_index mfa_activate_totp mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn mfa_remove_webauthn
    mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes usersessions_list
    workplace:mine workplace:page workplace:part workplace:row workplace:propose workplace:proposal
    volgspot:mine volgspot:overview volgspot:preview volgspot:section volgspot:partners
    volgspot:evaluations volgspot:new_evaluation volgspot:edit_evaluation volgspot:evaluation
    volgspot:bottlenecks
"""
# Halfway a login; who is logged in is led on.
LOGGING_IN = """
    mfa_authenticate mfa_login_webauthn account_confirm_login_code
"""
# Officers, the team and administrators.
STAFF = """
    style admin:index admin:jsi18n admin:logout admin:login admin:password_change admin:password_change_done
"""
# What hangs on a question: for who may read questions.
QUESTIONS = """
    admin:regels_attachment admin:regels_presence
"""
# Still to be reached without a second factor, to get one or to leave.
WITHOUT_FACTOR = """
    accessibility privacy cookies contact vulnerability healthz account_login account_logout
    account_email_verification_sent account_confirm_email account_reauthenticate
    mfa_index mfa_activate_totp mfa_add_webauthn mfa_list_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn
"""
# What each page of a record asks of who comes to look, and of who sends something.
PAGES = {
    "changelist": ("v", "v"),
    "add": ("a", "a"),
    "change": ("v", "c"),
    "history": ("v", "v"),
    "delete": ("d", "d"),
    "export": ("ac", "ac"),
    "import": ("ac", "ac"),
    "proposals": ("p", "p"),
    "kinds": ("v", "v"),
    "example": ("v", "v"),
    "board": ("v", "v"),
    "file": ("v", "v"),
    "figures": ("v", "v"),
}


def rights():
    header, *rows = (line.split() for line in RECORDS.strip().splitlines())
    return {name: dict(zip(header, given, strict=True)) for name, *given in rows}


@pytest.fixture
def quick(monkeypatch, settings):
    """Rights do not depend on what a page looks like, nor on what it lists beside the record."""
    monkeypatch.setattr(Template, "render", lambda self, context: SafeString(""))
    monkeypatch.setattr(AdminSite, "_build_app_dict", lambda self, request, label=None: {})
    settings.PORTAL_PAGE_MEMORY = False


def browser(role, with_factor=True):
    client = Client(raise_request_exception=False)
    if role == VISITOR:
        return client
    user = factories.UserFactory()
    set_roles(user, [role])
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.force_login(user)
    session = client.session
    methods = [{"method": "password", "at": time.time()}, {"method": "mfa", "at": time.time()}]
    session["account_authentication_methods"] = methods[: 2 if with_factor else 1]
    session["account_authentication_methods_user"] = str(user.pk)
    session["began"] = session["seen"] = time.time()
    session.save()
    return client


def outcome(client, method, path):
    """What came of a request, of which nothing stays behind."""
    cookies = client.cookies.output()
    cache.clear()
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    location = response.get("Location", "")
    if response.status_code in (301, 302, 303) and location.startswith("/inloggen/"):
        return "login"
    if response.status_code in (301, 302, 303) and location.startswith(
        ("/mijn/account/bevestigen/", "/mijn/account/tweede-stap/")
    ):
        return "factor"
    if response.status_code in (403, 404, 405, 410, 500):
        return str(response.status_code)
    return "open"


def names_in(table):
    return set(table.split())


def record_of(model):
    return getattr(factories, f"{model.__name__}Factory")() if model.__name__ != "LogEntry" else model.objects.first()


def is_of_a_record(address):
    app, *more = address.name.removeprefix("admin:").split("_")
    return address.name.startswith("admin:") and app in apps.app_configs and len(more) == 2


def admin_pages():
    """(label of the model, page, address) of every page of every model in the admin; a page that is not known fails."""
    records = {}
    for address in addresses():
        if not is_of_a_record(address):
            continue
        app, model, page = address.name.removeprefix("admin:").split("_", 2)
        model = apps.get_model(app, model)
        if model not in records:
            records[model] = record_of(model)
        values = {"object_id": records[model].pk, "kind": "csv", "name": "accounts.invitation"}
        yield model._meta.label_lower, page, address.filled(values)


@pytest.fixture
def everybody(db):
    return {VISITOR: browser(VISITOR)} | {name: browser(role) for role, name in ROLES.items()}


@pytest.mark.norm("ASVS-8.1.1")
def test_the_pages_of_records_open_as_the_table_says(quick, everybody):
    wrong, table, rows = [], rights(), set()
    for label, page, path in admin_pages():
        rows.add(label)
        for who, client in everybody.items():
            may = "" if who in (VISITOR, "leader") else table[label][who]
            for method, asks in zip(("GET", "POST"), PAGES[page], strict=True):
                expected = "login" if who == VISITOR else "open" if set(asks) <= set(may) else "403"
                found = outcome(client, method, path)
                if found != expected:
                    wrong.append(f"{who} {method} {path}: {found}, not {expected}")

    assert wrong == []
    assert rows == set(table)


@pytest.mark.norm("ASVS-8.1.1", "BIO-8.27.01")
def test_every_other_address_opens_as_the_table_says(quick, everybody):
    for name in ("RegionalPact", "Koploper", "Theme", "Case", "Rule", "Obstacle", "Scheme"):
        getattr(factories, f"{name}Factory")(slug="er-is-er-een")
    pact = factories.RegionalPactFactory._meta.model.objects.get(slug="er-is-er-een")
    factories.VersionFactory(reflection__pact=pact, reflection__round__slug="er-is-er-een")
    bare = browser(ADMINISTRATOR, with_factor=False)
    wrong, known = [], set()
    for address in other_addresses():
        values = {
            name: (choices_of(pattern) or ["er-is-er-een" if name in ("slug", "round") else "1"])[0]
            for name, pattern in address.arguments
        }
        path = address.filled(values)
        known.add(address.name)
        for who, client in everybody.items():
            found = {outcome(client, method, path) for method in ("GET", "POST")} - {"405"}
            if not found <= expected(address.name, who):
                wrong.append(f"{who} {path}: {sorted(found)}, not {sorted(expected(address.name, who))}")
        found = {outcome(bare, method, path) for method in ("GET", "POST")} - {"405"}
        if address.name not in names_in(WITHOUT_FACTOR) | names_in(GONE) and found != {"factor"}:
            wrong.append(f"without a second factor {path}: {sorted(found)}")

    assert wrong == []
    tables = (EVERYBODY, GONE, LOGGED_IN, LOGGING_IN, STAFF, QUESTIONS)
    assert known == set().union(*map(names_in, tables)), "An address is missing in the table, or is there no more."


def other_addresses():
    """All but the pages of records; lists of a part and the way out of the admin for what it does not know are Django's."""
    for address in addresses():
        is_djangos = address.route.startswith("beheer/") and ("<path:" in address.route or "(?P<" in address.route)
        if not is_of_a_record(address) and not is_djangos and address.name != "admin:autocomplete":
            yield address


def expected(name, who):
    """What may come of a GET or a POST without any data."""
    if name in names_in(EVERYBODY):
        # A secret that nobody has; a form that no page of ours sent.
        unknown = {
            "account_confirm_email": {"404"},
            "volgspot:view": {"404", "403"},
            "workplace:invitation": {"404", "403"},
            "volgspot:partner_evaluation": {"404"},
            "reports:evaluation": {"404"},
            "regels:ask": {"403"},
            **{f"regels:{name}": {"404", "403"} for name in ("ask_step", "status", "status_attachment")},
            **{f"regels:{name}": {"404"} for name in ("ask_sent", "status_data")},
            "regels:useful": {"403"},
            "regels:obstacles:also_mine": {"403"},
            "regels:obstacles:follow": {"404", "403"},
        }
        return {"open"} | unknown.get(name, set())
    if name in names_in(GONE):
        return {"404", "410"}
    if who == VISITOR:
        return {"login"}
    if name in names_in(LOGGED_IN):
        return {"open", "404", "factor"}
    if name in names_in(LOGGING_IN):
        return {"open"}
    if name in names_in(STAFF):
        # The way in leads who may not come in to the login.
        return {"login" if name == "admin:login" else "403"} if who == "leader" else {"open"}
    if name in names_in(QUESTIONS):
        return {"open", "404"} if who in ("officer", "team") else {"403"}
    return {"not in the table"}


@pytest.mark.norm("NCSC-U/PW.02")
@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_done_in_another_way(quick, everybody, method):
    wrong = {
        (who, path, found)
        for who in (VISITOR, "administrator")
        for _label, _page, path in [
            *admin_pages(),
            *(("", "", a.filled({})) for a in other_addresses() if not a.arguments),
        ]
        if (found := outcome(everybody[who], method, path)) != "405"
    }

    assert wrong == set()


def test_suggestions_are_for_who_may_see_the_records(quick, everybody):
    path = "/beheer/autocomplete/?app_label=accounts&model_name=user&field_name=groups&term=a"
    pacts = "/beheer/autocomplete/?app_label=regions&model_name=pactparticipation&field_name=organisation&term=a"

    assert {who: outcome(client, "GET", pacts) for who, client in everybody.items()} == {
        VISITOR: "login", "leader": "403", "officer": "open", "team": "open", "administrator": "open",
    }  # fmt: skip
    assert {who: outcome(client, "GET", path) for who, client in everybody.items()} == {
        VISITOR: "login", "leader": "403", "officer": "403", "team": "403", "administrator": "403",
    }  # fmt: skip


def test_the_table_names_every_screen_of_the_admin():
    assert {model._meta.label_lower for model in admin.site._registry} == set(rights())
