"""A pact and a koploper with a leader each, and who else looks."""

import datetime

import pytest
from django.test import Client

from accounts.roles import LEADER, TEAM, set_roles
from tests import factories as f

LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def pact(db):
    return f.RegionalPactFactory(name="Zorgpact Merenland", slug="merenland", summary="Zoals het was")


@pytest.fixture
def koploper(db):
    return f.KoploperFactory(title="Huis van de Zorg", slug="huis")


@pytest.fixture
def member(db):
    user = f.UserFactory(name="Lid Van Team", email="team@voorbeeld.example")
    set_roles(user, [TEAM])
    return user


@pytest.fixture
def leader(pact, koploper):
    user = f.UserFactory(name="Huidige Leider")
    set_roles(user, [LEADER])
    f.PactLeaderFactory(pact=pact, user=user, since=LONG_AGO)
    f.KoploperLeaderFactory(koploper=koploper, user=user, since=LONG_AGO)
    return user


@pytest.fixture
def desk(leader):
    return desk_of(leader)


def desk_of(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response):
    return response.content.decode()
