import datetime
import time
import uuid

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from tests.browser.records import key as a_key
from tests.factories import PASSWORD, DeviceFactory
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def after(clock, **delta):
    clock.shift(datetime.timedelta(**delta))


@pytest.mark.norm("ASVS-7.3.1", "NCSC-U/WA.08")
def test_session_ends_after_half_an_hour_without_a_request(clock, account, login):
    client = login(account())
    after(clock, minutes=29)
    assert client.get("/beheer/").status_code == 200
    after(clock, minutes=29)
    assert client.get("/beheer/").status_code == 200
    after(clock, minutes=31)
    response = client.get("/beheer/accounts/user/?q=jansen")
    assert response["Location"] == "/inloggen/?next=/beheer/accounts/user/%3Fq%3Djansen"
    assert "Daarom bent u uitgelogd" in client.get(response["Location"]).content.decode()


def elsewhere(user, **inside):
    """Another session of somebody, as it is noted."""
    client = Client()
    client.force_login(user)
    session = client.session
    session.update(inside)
    session.save()
    return UserSession.objects.get_or_create(
        session_key=session.session_key, defaults={"user": user, "ip": "192.0.2.7", "user_agent": "Firefox"}
    )[0]


def test_only_sessions_that_can_still_be_used_are_shown(account, login):
    user, other = account(), account(email="b@zorg.example")
    client = login(user)
    works = elsewhere(user)
    left_alone = elsewhere(user, seen=time.time() - 31 * 60)
    too_old = elsewhere(user, began=time.time() - 13 * 60 * 60)
    with_old_password = elsewhere(user, **{HASH_SESSION_KEY: "of an old password"})
    of_somebody_else = elsewhere(other)
    ended = elsewhere(user)
    Session.objects.filter(session_key=ended.session_key).delete()
    shown = {session.pk for session in client.get("/mijn/account/sessies/").context["sessions"]}
    assert shown == {works.pk, UserSession.objects.get(session_key=client.session.session_key).pk}
    kept = set(UserSession.objects.values_list("pk", flat=True))
    assert {left_alone.pk, too_old.pk, of_somebody_else.pk} <= kept
    assert not {with_old_password.pk, ended.pk} & kept


@pytest.mark.parametrize("page", ["sessies", "tweede-stap", "tweede-stap/sleutels", "e-mail", "mijn-gegevens"])
def test_the_pages_of_an_account_take_the_same_queries_for_one_and_three(account, login, page):
    user = account()
    client = login(user)
    client.post("/mijn/account/bevestigen/", {"password": PASSWORD})

    def more(number=2):
        for _ in range(number):
            elsewhere(user)
            key = str(uuid.uuid4())
            Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=a_key() | {"name": key})
            DeviceFactory(user=user)

    more(1)
    assert_same_queries(client, f"/mijn/account/{page}/", more, at_most=15)


@pytest.mark.norm("ASVS-7.1.1")
def test_idle_time_is_a_setting(clock, settings, account, login):
    settings.SESSION_IDLE_MINUTES = 5
    client = login(account())
    after(clock, minutes=6)
    assert client.get("/beheer/").status_code == 302


@pytest.mark.norm("ASVS-7.3.2")
def test_session_ends_after_half_a_day_however_busy(clock, account, login):
    client = login(account())
    for _ in range(24 * 2):
        after(clock, minutes=15)
        response = client.get("/beheer/")
    assert response.status_code == 200
    after(clock, minutes=1)
    assert client.get("/beheer/")["Location"] == "/inloggen/?next=/beheer/"


def test_ended_session_is_gone_from_the_server(clock, account, login):
    client = login(account())
    cookie = client.cookies["sessionid"].value
    after(clock, minutes=31)
    client.get("/beheer/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert thief.get("/beheer/").status_code == 302


def test_page_of_the_account_does_not_come_back_as_next(clock, account, login):
    client = login(account())
    after(clock, minutes=31)
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"


def test_public_page_after_the_end_leads_to_the_login_once(clock, account, login):
    client = login(account())
    after(clock, minutes=31)
    assert client.get("/privacy/").status_code == 302
    assert client.get("/privacy/").status_code == 200


@pytest.mark.norm("ASVS-7.4.3", "ASVS-7.5.2")
def test_other_sessions_can_be_ended(account, login, app):
    user = account()
    first = login(user)
    second = Client()
    second.force_login(user)
    # What a session does is noted once a minute.
    session = second.session
    session["seen"] -= 61
    session.save()
    second.get("/mijn/account/tweede-stap/")
    assert "Ergens anders" in first.get("/mijn/account/sessies/").content.decode()
    first.post("/mijn/account/sessies/")
    assert second.get("/mijn/account/")["Location"].startswith("/inloggen/")
    assert first.get("/mijn/account/").status_code == 200


@pytest.fixture
def three(account, login):
    """One person, logged in at three places."""
    user = account()
    first, *others = clients = login(user), Client(), Client()
    for client in others:
        client.force_login(user)
    for client in clients:
        session = client.session
        session["seen"] -= 61
        session.save()
        client.get("/mijn/account/tweede-stap/")
    return user, clients


@pytest.mark.norm("ASVS-7.5.2")
def test_one_session_is_ended_and_the_others_go_on(three):
    user, (first, second, third) = three
    gone = user.usersession_set.get(session_key=second.session.session_key)
    html = first.get("/mijn/account/sessies/").content.decode()
    assert html.index("Hier, nu") < html.index("Ergens anders")
    assert html.count("Hier uitloggen:") == 2
    page = first.post("/mijn/account/sessies/", {"sessie": gone.pk}, follow=True).content.decode()
    assert "Daar bent u uitgelogd." in page
    assert second.get("/mijn/account/tweede-stap/")["Location"].startswith("/inloggen/")
    assert third.get("/mijn/account/tweede-stap/").status_code == 200
    assert first.get("/mijn/account/").status_code == 200


def test_session_of_somebody_else_or_nonsense_is_not_there(three, account, login):
    user, (first, second, _) = three
    other = login(account(email="ander@zorg.example"))
    mine = user.usersession_set.get(session_key=second.session.session_key)
    here = user.usersession_set.get(session_key=first.session.session_key)
    assert other.post("/mijn/account/sessies/", {"sessie": mine.pk}).status_code == 404
    for number in ("x", "0", "²", here.pk):
        assert first.post("/mijn/account/sessies/", {"sessie": number}).status_code == 404
    assert second.get("/mijn/account/tweede-stap/").status_code == 200


def test_visitor_answer_does_not_depend_on_cookies():
    response = Client().get("/privacy/")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
