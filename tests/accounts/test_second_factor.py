import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.test import Client

from accounts.roles import ROLES
from outbox.models import Mail
from tests.factories import PASSWORD
from tests.totp import code_of

pytestmark = pytest.mark.django_db

GUARDED = [
    "/",
    "/beheer/",
    "/beheer/accounts/user/",
    "/mijn/account/",
    "/mijn/account/e-mail/",
    "/mijn/account/sessies/",
]


def with_password(user):
    client = Client()
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.norm("ASVS-6.3.3", "BIO-5.17.01", "NCSC-U/PW.05", "NCSC-U/TV.01")
@pytest.mark.parametrize("role", ROLES)
def test_every_role_needs_a_second_factor(account, role):
    client = with_password(account(role))
    for path in GUARDED:
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/mijn/account/tweede-stap/"), path
    assert "Stel een tweede stap in" in client.get("/mijn/account/tweede-stap/").content.decode()
    assert client.get("/privacy/").status_code == 200


def test_demo_asks_none(account, settings):
    settings.PORTAL_DEMO = True
    assert with_password(account()).get("/beheer/").status_code == 200


def set_up(client):
    """Sets up the app as a person does, and gives the secret that the page showed."""
    path = "/mijn/account/tweede-stap/app/"
    response = client.get(path)
    if response.status_code == 302:
        response = client.post(response["Location"], {"password": PASSWORD}, follow=True)
    secret = re.search(r"<code>(\w+)</code>", response.content.decode()).group(1)
    return secret, client.post(path, {"code": code_of(secret)}, follow=True)


def test_setting_up_the_app_opens_the_rest(account, monkeypatch):
    # The transaction of the test never commits; without it the rest happens within the request.
    monkeypatch.setattr(transaction, "on_commit", lambda rest, **options: rest())
    user = account()
    client = with_password(user)
    set_up(client)
    response = client.get("/mijn/account/tweede-stap/herstelcodes/")
    assert response.content.decode().count("<li><code>") == 10
    assert client.get("/beheer/").status_code == 200
    assert Mail.objects.get(to=user.email).subject == "De app voor uw tweede stap is ingesteld"


def test_page_with_the_code_to_scan_obeys_the_policy(account):
    client = with_password(account())
    client.post("/mijn/account/bevestigen/", {"password": PASSWORD})
    response = client.get("/mijn/account/tweede-stap/app/")
    html = response.content.decode()
    assert '<svg role="img" aria-label="QR-code om te scannen met uw app"' in html
    assert "data:" not in html
    assert "style=" not in html
    assert "img-src 'self';" in response["Content-Security-Policy"]


@pytest.mark.norm("ASVS-7.5.1")
def test_setting_up_asks_the_password_again(account):
    client = with_password(account())
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    response = client.get("/mijn/account/tweede-stap/app/")
    assert response["Location"].startswith("/mijn/account/bevestigen/")


def test_secret_of_the_app_is_not_readable_in_the_database(account):
    user = account()
    secret, _ = set_up(with_password(user))
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    assert secret not in str(factor.data)


@pytest.mark.norm("ASVS-6.3.3")
def test_session_from_before_the_second_factor_must_show_it(account, app):
    user = account()
    client = with_password(user)
    code = app(user)
    response = client.get("/beheer/")
    assert response["Location"] == "/mijn/account/bevestigen/code/?next=/beheer/"
    response = client.post(response["Location"], {"code": code()}, follow=True)
    assert response.redirect_chain[-1][0] == "/beheer/"


@pytest.mark.norm("ASVS-6.5.1")
def test_recovery_code_works_once(account, app):
    user = account()
    app(user)
    code = RecoveryCodes.activate(user).generate_codes()[0]
    for expected in (302, 200):
        client = with_password(user)
        assert client.post("/inloggen/tweede-stap/", {"code": code}).status_code == expected


def test_last_second_factor_cannot_be_removed(account, login):
    client = login(account())
    client.post("/mijn/account/bevestigen/", {"password": PASSWORD})
    path = "/mijn/account/tweede-stap/app/verwijderen/"
    assert "Dit is uw enige tweede stap" in client.get(path).content.decode()
    client.post(path)
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


@pytest.mark.norm("ASVS-6.4.3")
def test_new_password_does_not_go_around_the_second_factor(account, app):
    user = account()
    app(user)
    client = Client()
    client.post("/mijn/account/wachtwoord/vergeten/", {"email": user.email})
    link = re.search(r"http://\S+", Mail.objects.get().text).group(0).removeprefix("http://testserver")
    address = client.get(link)["Location"]
    new = "twaalf paarden in de wei"
    client.post(address, {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    response = client.post("/inloggen/", {"login": user.email, "password": new})
    assert response["Location"] == "/inloggen/tweede-stap/"
