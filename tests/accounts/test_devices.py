import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.devices import FORGOTTEN_AFTER, kind_of, note_login
from accounts.models import Device
from outbox.models import Mail
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
EDGE = f"{WINDOWS} Edg/140.0.0.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (WINDOWS, "Chrome op Windows"),
        (EDGE, "Edge op Windows"),
        (FIREFOX, "Firefox op Linux"),
        (IPHONE, "Safari op iPhone of iPad"),
        (ANDROID, "Chrome op Android"),
        (WINDOWS.replace("140", "141"), "Chrome op Windows"),
        ("", "een onbekende browser op een onbekend systeem"),
    ],
)
def test_kind_of_browser(said, kind):
    assert kind_of(said) == kind


def mails():
    return list(Mail.objects.filter(kind="accounts.new_device").order_by("pk"))


def test_second_kind_of_browser_gives_one_mail(account):
    user = account()
    for said in (WINDOWS, WINDOWS.replace("140", "141"), FIREFOX, FIREFOX):
        note_login(user, said)
    (mail,) = mails()
    assert mail.to == user.email
    assert "ingelogd met Firefox op Linux" in " ".join(mail.text.split())
    assert "/mijn/account/sessies/" in mail.text
    assert sorted(user.devices.values_list("kind", flat=True)) == ["Chrome op Windows", "Firefox op Linux"]


def test_login_with_code_is_remembered_and_password_alone_is_not(account, app):
    user = account()
    code = app(user)
    client = Client(headers={"User-Agent": FIREFOX})
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    assert not Device.objects.exists()
    client.post("/inloggen/tweede-stap/", {"code": code()})
    assert [str(device) for device in Device.objects.all()] == ["Firefox op Linux"]
    assert mails() == []


def test_kind_that_was_away_for_half_a_year_is_new_again(account):
    user = account()
    note_login(user, WINDOWS)
    with time_machine.travel(timezone.now() + FORGOTTEN_AFTER + datetime.timedelta(days=1), tick=False):
        note_login(user, WINDOWS)
        note_login(user, WINDOWS)
    assert len(mails()) == 1


def test_nothing_of_a_network_is_kept(account):
    user = account()
    note_login(user, WINDOWS)
    assert {field.name for field in Device._meta.fields} == {"id", "user", "kind", "first_seen", "last_seen"}


def test_addresses_of_sessions_that_ended_go_at_the_next_login(account, login):
    user = account()
    client = login(user)
    client.get("/mijn/account/")
    assert user.usersession_set.count() == 1
    client.session.flush()
    Client().force_login(user)
    assert user.usersession_set.count() == 0
