"""A real mail server that refuses, hangs and drops: nothing is lost, nothing goes twice, and no page waits for it."""

import socket
import time

import pytest
from django.test import Client
from django.utils import timezone

from outbox import sender
from outbox.models import DeadAddress, Mail
from tests import factories as f

from .mail_server import MailServer

pytestmark = pytest.mark.django_db
Status = Mail.Status


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"
    server = MailServer()
    settings.OUTBOX_SMTP = server.settings
    yield server
    server.close()


def behave(server, settings, mood):
    """From now on the server has this mood. Only for silence the sender waits short."""
    server.mood = mood
    settings.OUTBOX_SMTP = server.settings | ({"timeout": 0.3} if mood == "hangs" else {})


def send_now():
    """As if the pause were over."""
    Mail.objects.filter(status=Status.WAITING).update(not_before=timezone.now())
    return sender.send_due()


def make_mail(**fields):
    return f.MailFactory(headers={"Message-ID": f"<{time.monotonic_ns()}@zorg.example>"}, **fields)


def statuses():
    return sorted(Mail.objects.values_list("status", flat=True))


@pytest.mark.norm("MAIL-1")
def test_mail_arrives_with_both_parts(server):
    make_mail(subject="Ronde geopend", text="Beste lezer, hier is ’t.", html="<p>Hier</p>")
    assert send_now() == 1
    (message,) = server.taken
    assert message["Subject"] == "Ronde geopend"
    assert message.get_body(["plain"]).get_content().strip() == "Beste lezer, hier is ’t."
    assert message.get_body(["html"]).get_content().strip() == "<p>Hier</p>"
    assert statuses() == [Status.SENT]


@pytest.mark.norm("ASVS-16.5.2", "MAIL-5")
@pytest.mark.parametrize("mood", ["hangs", "451 4.7.1 later", "drops at the text", "refuses the text"])
def test_what_does_not_arrive_waits_and_arrives_once(server, settings, mood):
    mails = [make_mail() for _ in range(3)]
    behave(server, settings, mood)
    for _ in mails:
        send_now()
    assert (statuses(), server.taken) == ([Status.WAITING] * 3, [])
    behave(server, settings, "takes")
    send_now()
    send_now()
    assert statuses() == [Status.SENT] * 3
    assert sorted(m["Message-ID"] for m in server.taken) == sorted(m.headers["Message-ID"] for m in mails)


def test_nobody_at_the_port_loses_nothing(server, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.OUTBOX_SMTP = server.settings | {"port": free.getsockname()[1]}
    make_mail()
    send_now()
    mail = Mail.objects.get()
    assert (mail.status, mail.attempts) == (Status.WAITING, 1)
    assert "Connection refused" in mail.error


def test_answer_that_is_lost_sends_the_same_mail_with_the_same_number(server):
    """Nobody can know whether it arrived; a mail program shows two of the same number as one."""
    make_mail()
    server.mood = "drops after the text"
    send_now()
    server.mood = "takes"
    send_now()
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert statuses() == [Status.SENT]


def test_server_that_is_away_is_called_once_a_round(server, settings):
    for _ in range(5):
        make_mail()
    behave(server, settings, "hangs")
    assert sender.send_due() == 1
    assert server.connections == 1


def test_one_refused_mail_does_not_stop_the_round(server):
    for _ in range(3):
        make_mail()
    server.mood = "451 4.2.2 mailbox full"
    assert sender.send_due() == 3


@pytest.mark.norm("ASVS-16.5.2")
def test_page_that_sends_a_mail_never_calls_the_server(server):
    server.mood = "hangs"
    f.UserFactory(email="an.jansen@zorg.example")
    start = time.perf_counter()
    Client().post("/mijn/account/wachtwoord/vergeten/", {"email": "an.jansen@zorg.example"})
    assert Mail.objects.get().status == Status.WAITING
    assert server.connections == 0
    assert time.perf_counter() - start < 5


# --- Addresses where nobody is ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 no such person", "550 unknown user", "553 5.1.3 no address", "550 5.2.1 off"]
)
def test_address_where_nobody_is_gets_no_more_mail(server, answer):
    make_mail(to="Weg@zorg.example")
    make_mail(to="weg@zorg.example")
    make_mail(to="lezer@zorg.example")
    server.mood = answer
    sender.send(sender.take())
    server.mood = "takes"
    send_now()
    dead = DeadAddress.objects.get()
    assert (dead.address, dead.reason) == ("weg@zorg.example", answer)
    assert statuses() == [Status.UNREACHABLE, Status.UNREACHABLE, Status.SENT]
    assert [message["To"] for message in server.taken] == ["lezer@zorg.example"]


@pytest.mark.parametrize(
    "answer",
    ["550 5.7.1 relaying denied", "554 blocked", "530 5.7.0 log in first", "552 5.2.2 full", "450 4.1.1 later"],
)
def test_refusal_that_is_not_about_the_address_is_tried_again(server, answer):
    make_mail()
    server.mood = answer
    send_now()
    assert (statuses(), DeadAddress.objects.count()) == ([Status.WAITING], 0)


def test_secret_link_to_a_dead_address_does_not_stay_behind(server):
    f.DeadAddressFactory(address="weg@zorg.example")
    mail = make_mail(to="weg@zorg.example", is_secret=True)
    send_now()
    mail.refresh_from_db()
    assert (mail.status, mail.text) == (Status.UNREACHABLE, "")
    assert sender.retry(Mail.objects.all()) == 0


def test_mail_that_failed_can_be_tried_again_and_goes_once(server):
    stuck = [make_mail(status=Status.FAILED, attempts=9), make_mail(status=Status.UNREACHABLE)]
    make_mail(status=Status.SENT)
    assert sender.retry(Mail.objects.all()) == 2
    send_now()
    assert len(server.taken) == len(stuck)
    assert statuses() == [Status.SENT] * 3
