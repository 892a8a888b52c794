import pytest
from django.test import Client

from outbox.models import Mail
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_password_and_code_lead_into_the_admin(account, app):
    user = account()
    code = app(user)
    client = Client()
    response = client.post("/inloggen/", {"login": "An.Jansen@zorg.example", "password": PASSWORD})
    assert response["Location"] == "/inloggen/tweede-stap/"
    assert client.get("/beheer/").status_code == 302
    response = client.post("/inloggen/tweede-stap/", {"code": code()}, follow=True)
    assert response.redirect_chain[-1][0] == "/beheer/"
    assert response.status_code == 200


@pytest.mark.norm("ASVS-6.5.1")
def test_code_works_once(account, app):
    user = account()
    code = app(user)()
    for expected in (302, 200):
        client = Client()
        client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
        assert client.post("/inloggen/tweede-stap/", {"code": code}).status_code == expected
    assert "_auth_user_id" not in client.session


def test_wrong_password_and_unknown_address_get_the_same_answer(account):
    account()
    answers = []
    for email in ("an.jansen@zorg.example", "niemand@zorg.example"):
        response = Client().post("/inloggen/", {"login": email, "password": "niet het goede wachtwoord"})
        assert response.status_code == 200
        errors = response.context["form"].errors.as_json()
        answers.append((errors, response.content.decode().count("klopt niet")))
    assert answers[0] == answers[1]
    assert "Het e-mailadres of het wachtwoord klopt niet." in response.content.decode()


@pytest.mark.norm("ASVS-6.3.1")
@pytest.mark.parametrize("email", ["an.jansen@zorg.example", "niemand@zorg.example"])
def test_after_five_wrong_tries_the_right_password_must_wait_too(account, email):
    account()
    for _ in range(5):
        Client().post("/inloggen/", {"login": email, "password": "niet het goede wachtwoord"})
    response = Client().post("/inloggen/", {"login": email, "password": PASSWORD})
    assert "Er is te vaak geprobeerd" in response.content.decode()


@pytest.mark.norm("ASVS-2.4.1")
def test_tries_from_one_address_are_limited(account):
    for number in range(12):
        response = Client().post("/inloggen/", {"login": f"wie{number}@zorg.example", "password": "een gok"})
    assert "Er is te vaak geprobeerd" in response.content.decode()


@pytest.mark.norm("ASVS-6.3.1")
def test_codes_are_limited(account, app):
    user = account()
    app(user)
    client = Client()
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    for _ in range(6):
        response = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert "te vaak" in response.content.decode()


def test_deactivated_account_stays_out(account):
    user = account()
    user.is_active = False
    user.save()
    client = Client()
    response = client.post("/inloggen/", {"login": user.email, "password": PASSWORD}, follow=True)
    assert "Dit account is uitgezet" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_forgotten_password_answers_the_same_and_sends_one_mail_either_way(account):
    account()
    answers = []
    for email in ("an.jansen@zorg.example", "niemand@zorg.example"):
        response = Client().post("/mijn/account/wachtwoord/vergeten/", {"email": email}, follow=True)
        answers.append((response.redirect_chain, "Kijk in uw mail" in response.content.decode()))
        assert Mail.objects.filter(to=email).count() == 1
    assert answers[0] == answers[1]
    assert answers[0][1]


def test_sign_up_is_closed():
    response = Client().get("/mijn/account/aanmelden/")
    assert "op uitnodiging" in response.content.decode()
    data = {"email": "nieuw@zorg.example", "password1": PASSWORD, "password2": PASSWORD}
    response = Client().post("/mijn/account/aanmelden/", data)
    assert "op uitnodiging" in response.content.decode()
    from accounts.models import User

    assert not User.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.norm("NCSC-U/PW.05")
def test_admin_has_no_login_of_its_own(account):
    response = Client().get("/beheer/", follow=True)
    assert response.redirect_chain[-1][0] == "/inloggen/?next=/beheer/"
    client = Client()
    response = client.post("/beheer/login/", {"username": account().email, "password": PASSWORD})
    assert response["Location"].startswith("/inloggen/")
    assert "_auth_user_id" not in client.session


@pytest.mark.norm("ASVS-3.7.2")
@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_login_leads_to_no_other_host(account, app, address):
    user = account()
    code = app(user)
    client = Client()
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD, "next": address})
    response = client.post("/inloggen/tweede-stap/", {"code": code()})
    assert response["Location"] == "/mijn/account/na-inloggen/"


@pytest.mark.norm("ASVS-14.3.1", "NCSC-U/WA.08")
def test_leaving_clears_the_browser_and_ends_the_session(account, login):
    client = login(account())
    response = client.post("/uitloggen/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/beheer/").status_code == 302


def test_button_of_the_admin_leads_to_the_same_way_out(account, login):
    client = login(account())
    assert client.post("/beheer/logout/")["Location"] == "/uitloggen/"


def test_visitor_gets_a_cookie_at_the_login_only():
    assert Client().get("/inloggen/").cookies.keys() == {"csrftoken"}
    response = Client().get("/robots.txt")
    assert not response.cookies


@pytest.mark.norm("ASVS-14.3.2")
def test_pages_behind_the_login_stay_out_of_caches_and_search_engines(account, login):
    for client in (Client(), login(account())):
        for path in ("/inloggen/", "/mijn/account/", "/beheer/"):
            response = client.get(path)
            assert response["Cache-Control"] == "no-store", path
            assert response["X-Robots-Tag"] == "noindex", path


def test_browsers_find_where_to_change_a_password():
    assert Client().get("/.well-known/change-password")["Location"] == "/mijn/account/wachtwoord/"
