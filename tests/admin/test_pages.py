"""Every page of the admin opens and stays light; who may open it is in `tests/site/test_rights.py`."""

import re

import pytest
from auditlog.context import set_actor
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import ADMINISTRATOR, OCW, TEAM, permissions_of, set_roles
from organisations.models import Tenure
from tests import factories
from tests.queries import assert_same_queries
from volgspot.models import Round
from zorgpact.workflow import note_step

from .conftest import address

# What the team works on; accounts and mail have tests of their own.
APPS = ("programme", "geography", "themes", "organisations", "regions", "kopgroep")
MODELS = [model for model in admin.site._registry if model._meta.app_label in APPS and model.__name__ != "LoadedRecord"]
# Who holds a place stays to be seen: that ends by a date.
EDITED = [model for model in MODELS if model._meta.app_label != "geography" and not issubclass(model, Tenure)]

# What nobody but the administrator sees, and the computer writes.
WRITTEN_BY_ITSELF = ("LogEntry", "LoadedRecord")
LISTED = [model for model in admin.site._registry if model.__name__ not in WRITTEN_BY_ITSELF]


def name_of(model):
    return model._meta.label


def make(model):
    return getattr(factories, f"{model.__name__}Factory")()


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_the_team_reads_list_record_and_history(desk, model):
    record = make(model)

    assert desk.get(address(model, "changelist")).status_code == 200
    assert desk.get(address(record, "change")).status_code == 200
    assert desk.get(address(record, "history")).status_code == 200


@pytest.mark.parametrize("model", EDITED, ids=name_of)
def test_the_team_adds_and_removes(desk, model):
    record = make(model)

    assert desk.get(address(model, "add")).status_code == 200
    assert desk.get(address(record, "delete")).status_code == 200


def queries(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200
    return len(seen)


def test_what_goes_along_has_a_name(desk):
    koploper = factories.KoploperFactory(title="Wijkleerteam")
    koploper.forms.add(factories.CooperationFormFactory(name="Leerbedrijf"))

    page = desk.get(address(koploper, "delete")).content.decode()

    assert "Koppeling: Wijkleerteam, vormen: Leerbedrijf" in page
    assert " object (" not in page


@pytest.mark.parametrize("model", LISTED, ids=name_of)
def test_a_list_of_three_asks_as_much_as_a_list_of_one(desk, team, model):
    set_roles(team, [TEAM, OCW, ADMINISTRATOR])
    make(model)
    one = queries(desk, address(model, "changelist"))
    make(model)
    make(model)

    assert queries(desk, address(model, "changelist")) == one


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_record_among_three_asks_as_much_as_the_only_one(desk, model):
    record = make(model)
    one = queries(desk, address(record, "change"))
    make(model)
    make(model)

    assert queries(desk, address(record, "change")) == one


def test_the_rights_of_the_team_cover_all_they_edit(db):
    rights = permissions_of(TEAM)

    assert {f"{m._meta.app_label}.change_{m._meta.model_name}" for m in EDITED} <= rights


def test_the_front_page_says_which_step_was_taken(desk, team):
    pact = factories.RegionalPactFactory(name="Zorgpact Merenland")
    note_step(pact, by=team, step="projectleider uitgenodigd")
    with set_actor(team):
        pact.summary = "Anders"
        pact.save()
    page = re.sub(r"\s+", " ", desk.get("/beheer/").content.decode())
    assert "regionaal pact · projectleider uitgenodigd · Team, " in page
    assert "regionaal pact · gewijzigd · Team, " in page


@pytest.mark.parametrize("role", [TEAM, OCW, ADMINISTRATOR])
def test_the_front_page_takes_as_many_queries_for_three_of_everything(client, db, settings, role):
    """Its queues, and what somebody changed not long ago."""
    settings.PORTAL_DEMO = True
    user = factories.UserFactory()
    set_roles(user, [role])
    client.force_login(user)
    today = timezone.localdate()
    factories.RoundFactory(opens=today, closes=today)

    def more(number=2):
        for _ in range(number):
            with set_actor(factories.UserFactory()):
                for model in LISTED:
                    if model is not Round:
                        make(model)

    more(1)
    assert_same_queries(client, "/beheer/", more, at_most=50)
