"""What the norms ask of accounts and no other test shows. Each test names what it proves; see docs/normen.md."""

import csv
import datetime
import hashlib
import io
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.adapter import MFAAdapter
from accounts.invitations import one_time_link
from accounts.models import User
from accounts.roles import ADMINISTRATOR, LEADER, TEAM
from outbox.models import Mail
from tests.accounts.test_second_factor import set_up, with_password
from tests.accounts.test_settings import start
from tests.factories import PASSWORD
from tests.totp import code_of
from zorgpact.tokens import hash_of, new_token

pytestmark = pytest.mark.django_db
SOON = datetime.timedelta(minutes=1)


# --- Passwords ----------------------------------------------------------------------------------


def choose(user, password):
    """Whether the page of the one-time link takes it."""
    client = Client()
    address = client.get(one_time_link(user).removeprefix("http://localhost:8000"))["Location"]
    client.post(address, {"password1": password, "password2": password})
    user.refresh_from_db()
    return user.check_password(password)


@pytest.mark.norm("ASVS-6.2.1", "BIO-5.17.03")
def test_password_has_fifteen_characters(account):
    assert not choose(account(), "paarden in wei")
    assert choose(account(email="b@zorg.example"), "paarden in weit")


def test_short_password_is_told_how_long_it_must_be_and_no_more():
    with pytest.raises(ValidationError) as refused:
        validate_password("kort")
    assert refused.value.messages == ["Uw wachtwoord is te kort. Kies minstens 15 tekens."]


@pytest.mark.norm("ASVS-6.2.5")
@pytest.mark.parametrize(
    "password", ["493827165049382", "zonderhoofdletterofcijfer", "ÀÉ ☃ spaties en alles", "oorlog en vrede"]
)
def test_any_sort_of_character_will_do(account, password):
    assert choose(account(), password)


@pytest.mark.norm("ASVS-6.2.12")
@pytest.mark.parametrize(
    "password",
    ["qwertyuiopasdfghjkl", "1234567890123456", "1q2w3e4r5t6y7u8i9o0p", "aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc"],
)
def test_password_that_everybody_knows_is_refused(account, password):
    assert not choose(account(), password)


def leaked_file(path, passwords):
    """As Have I Been Pwned gives it."""
    hashes = sorted(hashlib.sha1(password.encode()).hexdigest().upper() for password in passwords)
    path.write_text("".join(f"{one}:{number}\r\n" for number, one in enumerate(hashes)))
    return path


def is_good(password):
    try:
        validate_password(password)
    except ValidationError:
        return False
    return True


@pytest.mark.norm("ASVS-6.2.12")
def test_password_that_leaked_is_refused(account, settings, tmp_path):
    passwords = [f"paarden in weide {number}" for number in range(40)]
    settings.PORTAL_LEAKED_PASSWORDS = leaked_file(tmp_path / "leaked.txt", passwords[:20])

    assert [is_good(password) for password in passwords] == [False] * 20 + [True] * 20
    assert not choose(account(), passwords[0])


def test_file_of_leaked_passwords_may_be_empty(settings, tmp_path):
    settings.PORTAL_LEAKED_PASSWORDS = leaked_file(tmp_path / "leaked.txt", [])

    assert is_good("paarden in weide 1")


@pytest.mark.norm("ASVS-6.2.3", "ASVS-7.5.1")
def test_new_password_asks_the_current_one(account, login):
    user = account()
    client = login(user)
    new = "twaalf paarden in de wei"
    for current in ("", "niet het huidige wachtwoord"):
        client.post("/mijn/account/wachtwoord/", {"oldpassword": current, "password1": new, "password2": new})
        user.refresh_from_db()
        assert user.check_password(PASSWORD)
    client.post("/mijn/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.norm("ASVS-6.2.7")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/inloggen/", {"login": "username", "password": "current-password"}),
        ("/mijn/account/wachtwoord/", {"oldpassword": "current-password", "password1": "new-password"}),
        ("/mijn/account/bevestigen/code/", {"code": "one-time-code"}),
    ],
)
def test_password_managers_are_helped_and_pasting_is_allowed(account, login, path, expected):
    html = (Client() if path == "/inloggen/" else login(account())).get(path).content.decode()
    assert "onpaste" not in html
    for name, kind in expected.items():
        (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
        assert f'autocomplete="{kind}"' in field


@pytest.mark.norm("ASVS-11.4.2")
def test_passwords_are_kept_as_a_slow_hash():
    out = start("import django; django.setup(); from django.conf import settings; print(settings.PASSWORD_HASHERS[0])")
    assert out.stdout.strip() == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert PBKDF2PasswordHasher.iterations >= 600_000


# --- Second factor ------------------------------------------------------------------------------


@pytest.mark.norm("ASVS-6.5.5")
def test_code_of_the_app_lapses(account, app):
    user = account()
    app(user)
    old = code_of("JBSWY3DPEHPK3PXP")
    client = Client()
    with time_machine.travel(timezone.now() + SOON + SOON):
        client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
        assert client.post("/inloggen/tweede-stap/", {"code": old}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.norm("ASVS-6.5.1")
def test_code_that_set_up_the_app_does_not_open_a_login(account, monkeypatch):
    # The transaction of the test never commits; without it the rest happens within the request.
    monkeypatch.setattr(transaction, "on_commit", lambda rest, **options: rest())
    user = account()
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), tick=False) as clock:
        secret, _ = set_up(with_password(user))
        client = with_password(user)
        assert client.post("/inloggen/tweede-stap/", {"code": code_of(secret)}).status_code == 200
        clock.shift(SOON)
        assert client.post("/inloggen/tweede-stap/", {"code": code_of(secret)}).status_code == 302


@pytest.mark.norm("ASVS-13.3.1")
def test_key_of_the_portal_can_be_replaced(settings):
    adapter = MFAAdapter()
    kept = adapter.encrypt("geheim van de app")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "een nieuwe sleutel" * 3, [settings.SECRET_KEY]
    assert adapter.decrypt(kept) == "geheim van de app"


@pytest.mark.norm("ASVS-7.5.1")
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/mijn/account/e-mail/", {"email": "nieuw@zorg.example", "action_add": ""}),
        ("/mijn/account/tweede-stap/sleutels/nieuw/", {"name": "sleutel"}),
        ("/mijn/account/tweede-stap/herstelcodes/nieuw/", {}),
        ("/mijn/account/tweede-stap/app/verwijderen/", {}),
    ],
)
def test_whoever_changes_the_way_in_shows_again_who_it_is(account, login, path, data):
    user = account()
    client = login(user)
    before = Authenticator.objects.count()
    assert client.post(path, data)["Location"].startswith("/mijn/account/bevestigen/")
    assert (Authenticator.objects.count(), user.emailaddress_set.count()) == (before, 1)


@pytest.mark.norm("ASVS-7.5.1")
def test_new_address_comes_after_showing_who_it_is_and_what_was_typed_is_kept(account, login):
    user = account()
    client = login(user)
    there = client.post("/mijn/account/e-mail/", {"email": "nieuw@zorg.example", "action_add": ""})["Location"]
    client.post(there, {"password": PASSWORD}, follow=True)
    assert set(user.emailaddress_set.values_list("email", "verified")) == {
        ("an.jansen@zorg.example", True),
        ("nieuw@zorg.example", False),
    }


# --- Links --------------------------------------------------------------------------------------


@pytest.mark.norm("ASVS-11.5.1", "NCSC-U/WA.05")
def test_secret_of_a_link_has_256_bits_and_only_its_hash_is_kept():
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(token) for token in made} == {43}
    assert len(hash_of("x")) == 64


@pytest.mark.norm("ASVS-14.2.1")
def test_secret_leaves_the_address_before_a_password_is_typed(account):
    client = Client()
    link = one_time_link(account()).removeprefix("http://localhost:8000")
    there = client.get(link)["Location"]
    assert there.endswith("-set-password/")
    assert link.rstrip("/").partition("-")[2] not in there
    assert "Wachtwoord opslaan" in client.get(there).content.decode()
    assert "Deze link werkt niet meer" in Client().get(there).content.decode()


# --- Sessions -----------------------------------------------------------------------------------


@pytest.mark.norm("ASVS-7.2.4")
def test_session_gets_a_new_number_at_the_login(account, app):
    user = account()
    code = app(user)
    client = Client()
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    halfway = client.cookies["sessionid"].value
    client.post("/inloggen/tweede-stap/", {"code": code()})
    assert client.cookies["sessionid"].value != halfway
    assert not Session.objects.filter(session_key=halfway).exists()


@pytest.mark.norm("ASVS-7.4.2")
def test_account_that_is_switched_off_is_out_at_once(account, login):
    user = account()
    client = login(user)
    assert client.get("/beheer/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/beheer/")["Location"].startswith("/inloggen/")


@pytest.mark.norm("ASVS-7.4.5")
def test_administrator_ends_the_sessions_of_somebody(account, login):
    administrator, other = account(ADMINISTRATOR), account(TEAM, email="team@zorg.example")
    there, here = login(other), login(administrator)
    there.get("/beheer/")
    here.post("/beheer/accounts/user/", {"action": "log_out", "_selected_action": [other.pk]})
    assert there.get("/beheer/")["Location"].startswith("/inloggen/")
    assert here.get("/beheer/").status_code == 200


@pytest.mark.norm("ASVS-3.3.1", "ASVS-3.3.4")
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(account, app, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    user = account()
    app(user)
    client = Client()
    client.get("/inloggen/", secure=True)
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD}, secure=True)
    for name in ("csrftoken", "sessionid"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", "")
    # Ends with the browser.
    assert client.cookies["sessionid"]["max-age"] == ""


# --- Where a request comes from -----------------------------------------------------------------


@pytest.mark.norm("ASVS-15.3.4", "ASVS-4.1.3")
def test_address_that_a_visitor_makes_up_is_not_believed(account):
    account()
    for number in range(12):
        said = {"X-Forwarded-For": f"192.0.2.{number}"}
        data = {"login": f"wie{number}@zorg.example", "password": "een gok"}
        response = Client(headers=said).post("/inloggen/", data)
    assert "Er is te vaak geprobeerd" in response.content.decode()


@pytest.mark.norm("ASVS-15.3.4", "ASVS-4.1.3")
def test_behind_one_proxy_the_last_address_counts(account, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    account()

    def tries(last):
        for number in range(12):
            said = {"X-Forwarded-For": f"192.0.2.{number}, {last}"}
            data = {"login": f"wie{number}{last}@zorg.example", "password": "een gok"}
            response = Client(headers=said).post("/inloggen/", data)
        return "Er is te vaak geprobeerd" in response.content.decode()

    assert tries("198.51.100.7")
    other = {"login": "ander@zorg.example", "password": "een gok"}
    response = Client(headers={"X-Forwarded-For": "198.51.100.8"}).post("/inloggen/", other)
    assert "Er is te vaak geprobeerd" not in response.content.decode()


@pytest.mark.norm("ASVS-4.1.3")
@pytest.mark.parametrize(("behind", "expected"), [("off", "None"), ("on", "('HTTP_X_FORWARDED_PROTO', 'https')")])
def test_word_of_a_proxy_counts_only_where_there_is_one(behind, expected):
    code = "import django; django.setup(); from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    assert start(code, BEHIND_TLS_PROXY=behind).stdout.strip() == expected


# --- Limits, fields and rights ------------------------------------------------------------------


@pytest.mark.norm("ASVS-2.4.1")
def test_who_asks_too_often_hears_when_to_try_again():
    for number in range(25):
        response = Client().post("/mijn/account/wachtwoord/vergeten/", {"email": f"wie{number}@zorg.example"})
    assert (response.status_code, response["Retry-After"]) == (429, "300")


@pytest.mark.norm("ASVS-15.3.3")
def test_nobody_gives_rights_to_themselves_by_a_field_that_is_not_there(account, login):
    user = account(LEADER)
    client = login(user)
    more = {"is_staff": "on", "is_superuser": "on", "groups": "1", "roles": ADMINISTRATOR}
    new = "twaalf paarden in de wei"
    client.post("/mijn/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new} | more)
    user.refresh_from_db()
    assert user.check_password(new)
    assert (user.is_staff, user.is_superuser, set(user.groups.values_list("name", flat=True))) == (
        False,
        False,
        {LEADER},
    )


@pytest.mark.norm("ASVS-15.3.3")
def test_administrator_cannot_make_a_superuser(account, login):
    client, other = login(account(ADMINISTRATOR)), account(TEAM, email="team@zorg.example")
    path = f"/beheer/accounts/user/{other.pk}/change/"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(path).content.decode()))
    data = hidden | {"name": "Nieuw", "is_active": "on", "roles": [TEAM], "is_superuser": "on", "email": "x@y.example"}
    client.post(path, data)
    other.refresh_from_db()
    assert (other.name, other.is_superuser, other.email) == ("Nieuw", False, "team@zorg.example")


@pytest.mark.norm("ASVS-6.3.2")
def test_new_portal_has_no_account():
    assert not User.objects.exists()


@pytest.mark.norm("BIO-5.16.01")
def test_list_finds_who_was_long_away(account, login):
    client = login(account(ADMINISTRATOR))
    long_ago = timezone.now() - datetime.timedelta(days=91)
    for email, seen in (
        ("weg@zorg.example", long_ago),
        ("hier@zorg.example", timezone.now()),
        ("nooit@zorg.example", None),
    ):
        account(TEAM, email=email)
        User.objects.filter(email=email).update(last_login=seen, joined_at=long_ago)
    found = client.get("/beheer/accounts/user/?weg=ja").context["cl"].result_list
    assert {user.email for user in found} == {"weg@zorg.example", "nooit@zorg.example"}


@pytest.mark.norm("BIO-5.18.02", "BIO-8.02.01")
def test_rights_of_everybody_are_one_file(account, login):
    client = login(account(ADMINISTRATOR))
    account(TEAM, LEADER, email="team@zorg.example", name="=1+1")
    # In the evening of the day before by the clock of Greenwich, a day later by ours.
    User.objects.update(joined_at=datetime.datetime(2026, 1, 1, 23, 30, tzinfo=datetime.UTC))
    everybody = list(User.objects.values_list("pk", flat=True))
    response = client.post("/beheer/accounts/user/", {"action": "as_file", "_selected_action": everybody})
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["e-mailadres", "naam", "rollen"]
    assert {row[5] for row in rows} == {"2026-01-02"}
    assert [row[:5] for row in rows] == [
        ["an.jansen@zorg.example", "", "beheerder", "ja", "ja"],
        ["team@zorg.example", "'=1+1", "landelijk team, projectleider", "ja", "nee"],
    ]


@pytest.mark.norm("ASVS-1.3.11")
def test_name_cannot_add_a_header_to_a_mail(account):
    from accounts.invitations import send_invitation

    by = account(name="Baas\r\nBcc: dief@elders.example")
    other = account(email="b@zorg.example", name="Naam\nSubject: iets anders")
    send_invitation(other, by)
    mail = Mail.objects.get(kind="accounts.invitation")
    assert "\n" not in mail.subject
    assert set(mail.headers) <= {"Message-ID", "Auto-Submitted", "Reply-To"}
