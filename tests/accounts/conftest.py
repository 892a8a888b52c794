import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from accounts.invitations import create_account
from accounts.roles import ADMINISTRATOR
from tests.factories import PASSWORD

# Seconds: of a code, and for how long it must still be valid.
PERIOD, LEAST_LEFT = 30, 3


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


def code_of(secret):
    # On a busy machine a code of which the half minute is nearly over is over once it is sent.
    if (left := PERIOD - time.time() % PERIOD) < LEAST_LEFT:
        time.sleep(left)
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


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
