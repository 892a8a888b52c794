"""What the head of a page offers to whoever is logged in or not."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PactLeaderFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def desk(db):
    client = Client()
    client.force_login(UserFactory(), backend=BACKEND)
    return client


def head(response):
    return response.content.decode().split("<main")[0]


def test_behind_the_login_there_is_a_way_home_and_a_way_out(desk):
    page = head(desk.get("/mijn/"))
    assert 'href="/mijn/"' in page
    assert 'href="/uitloggen/"' in page
    assert "Inloggen" not in page


def test_a_page_for_everybody_is_the_same_for_everybody(desk, client):
    assert head(desk.get("/cookies/")) == head(client.get("/cookies/"))
    assert "Inloggen" in head(client.get("/cookies/"))
    assert "Inloggen" in head(client.get("/inloggen/"))


def test_after_the_login_a_leader_sees_what_waits(client):
    client.force_login(PactLeaderFactory().user, backend=BACKEND)
    assert client.get(reverse("accounts:after_login"), follow=True).redirect_chain == [("/mijn/", 302)]
