import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.invitations import create_account
from accounts.roles import ADMINISTRATOR
from tests.factories import PASSWORD
from tests.totp import code_of


@pytest.fixture(autouse=True)
def outbox_backend(settings, db):
    """pytest-django puts a list in its place."""
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"


@pytest.fixture
def account():
    """Makes an account that has a password, by role."""

    def make(*roles, email="an.jansen@zorg.example", name="", password=PASSWORD):
        user = create_account(email, roles or [ADMINISTRATOR], name)
        user.set_password(password)
        user.save()
        return user

    return make


@pytest.fixture
def app():
    """Gives a user an app for codes; the call after it gives the code of now."""

    def make(user, secret="JBSWY3DPEHPK3PXP"):
        TOTP.activate(user, secret)
        return lambda: code_of(secret)

    return make


@pytest.fixture
def login(account, app):
    """A client that went the whole way: password and code."""

    def do(user):
        client = Client()
        code = app(user)
        client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
        response = client.post("/inloggen/tweede-stap/", {"code": code()})
        assert response.status_code == 302, response.content.decode()
        return client

    return do


def links_in(text):
    return re.findall(r"https?://\S+", text)


def address_of(user):
    return EmailAddress.objects.get(user=user)
