import datetime

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage, send_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from outbox import sender
from outbox.kinds import KINDS, Kind
from outbox.models import Mail
from outbox.sending import send
from tests.at_once import at_once

SMTP = {"host": "localhost", "port": 1}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"
    settings.OUTBOX_SMTP = SMTP


@pytest.fixture
def server(monkeypatch):
    """A mail server that takes everything; `server.problem` makes it refuse."""

    class Server(list):
        problem = None

        def __bool__(self):
            # A mail takes another server than this one when this one counts as none.
            return True

        def send_messages(self, messages):
            if self.problem:
                raise self.problem
            self.extend(messages)
            return len(messages)

    server = Server()
    monkeypatch.setattr(sender, "get_connection", lambda *args, **kwargs: server)
    return server


def make_kind(**fields):
    words = dict.fromkeys(["title", "purpose", "trigger", "to_whom", "not_sent_when"], "")
    return Kind(
        **words | {"template": "account/email/password_reset_key", "example": dict, "name": "proef.brief"} | fields
    )


def write(key="brief", secret=False, to="lezer@zorg.example", about=None, **fields):
    kind = make_kind(is_secret=secret, **fields)
    send(kind, to, {"password_reset_url": "https://zorg.example/geheim"}, key=key, about=about)
    return Mail.objects.filter(to=to).first()


def test_mail_is_written_and_not_sent(server):
    send_mail("Onderwerp", "Tekst <b>", None, ["lezer@zorg.example"])
    mail = Mail.objects.get()
    assert (mail.to, mail.status, mail.text) == ("lezer@zorg.example", Mail.Status.WAITING, "Tekst <b>")
    assert server == []


@pytest.mark.norm("ASVS-2.3.3", "MAIL-5")
def test_mail_goes_with_the_transaction_it_belongs_to():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_same_mail_for_the_same_reason_is_one():
    write("uitnodiging 1")
    write("uitnodiging 1")
    assert Mail.objects.count() == 1


def test_every_reader_gets_a_mail_of_their_own():
    write("uitnodiging 1", to="een@zorg.example")
    write("uitnodiging 1", to="twee@zorg.example")
    send_mail("Onderwerp", "Tekst", None, ["een@zorg.example", "twee@zorg.example"])
    assert sorted(mail.to for mail in Mail.objects.all()) == ["een@zorg.example"] * 2 + ["twee@zorg.example"] * 2


def test_mail_keeps_its_kind_and_what_it_is_about():
    other = write("een")
    mail = write("twee", about=other)
    assert (mail.kind, mail.about, mail.record) == ("proef.brief", f"outbox.mail:{other.pk}", other)
    other.delete()
    assert mail.record is None
    assert other.record is None


def test_what_is_no_longer_wanted_is_not_sent(server, monkeypatch):
    wanted = []
    monkeypatch.setitem(KINDS, "proef.brief", make_kind(still_wanted=lambda mail: mail.pk in wanted))
    lapsed, wanted_mail = write("een", secret=True), write("twee")
    wanted.append(wanted_mail.pk)
    sender.send_due()
    lapsed.refresh_from_db()
    assert (lapsed.get_status_display(), lapsed.text, lapsed.sent_at) == ("vervallen: niet meer nodig", "", None)
    assert [message.extra_headers["Message-ID"] for message in server] == [wanted_mail.headers["Message-ID"]]


@pytest.mark.norm("ASVS-16.5.3")
def test_mail_that_cannot_be_checked_waits(server, monkeypatch):
    monkeypatch.setitem(KINDS, "proef.brief", make_kind(still_wanted=lambda mail: 1 / 0))
    write()
    sender.send_due()
    assert Mail.objects.get().status == Mail.Status.WAITING
    assert server == []


@pytest.mark.norm("MAIL-3")
def test_worker_sends_once_with_both_parts_and_the_right_headers(server, settings):
    settings.PORTAL_CONTACT_EMAIL = "vraag@zorg.example"
    write()
    call_command("work", once=True)
    call_command("work", once=True)
    (message,) = server
    sent = message.message()
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Reply-To"] == "vraag@zorg.example"
    assert sent["To"] == "lezer@zorg.example"
    assert sent["Message-ID"] == Mail.objects.get().headers["Message-ID"]
    assert [part.get_content_type() for part in sent.walk()][1:] == ["text/plain", "text/html"]
    html = message.alternatives[0][0]
    assert '<html lang="nl">' in html
    assert '<a href="https://zorg.example/geheim"' in html
    assert Mail.objects.get().status == Mail.Status.SENT


def test_formatted_part_runs_nothing_of_the_text():
    EmailMessage("Onderwerp", "<script>x</script>", to=["lezer@zorg.example"]).send()
    assert "<script>" not in Mail.objects.get().html


def test_failure_keeps_the_mail_for_later(server):
    mail = write(secret=True)
    server.problem = ConnectionRefusedError("dicht")
    sender.send_due()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Mail.Status.WAITING, 1)
    assert "dicht" in mail.error
    assert "geheim" in mail.text
    assert mail.not_before > timezone.now()
    server.problem = None
    sender.send_due()
    assert server == []
    Mail.objects.update(not_before=timezone.now())
    sender.send_due()
    assert len(server) == 1


def test_last_failure_stops(server):
    mail = write()
    server.problem = OSError("dicht")
    for _ in range(len(sender.PAUSES) + 3):
        Mail.objects.update(not_before=timezone.now())
        sender.send_due()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Mail.Status.FAILED, len(sender.PAUSES) + 1)


def test_one_bad_mail_does_not_stop_the_others(server, monkeypatch):
    written = [write("een").pk, write("twee").pk]
    seen = []
    monkeypatch.setattr(sender, "message", lambda mail: seen.append(mail.pk) or 1 / 0)
    sender.send_due()
    assert seen == written


def test_mail_of_a_sender_that_died_goes_again_when_its_lease_ends(server):
    mail = write()
    sender.take()
    assert sender.send_due() == 0
    Mail.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    assert sender.send_due() == 1
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Mail.Status.SENT, 2)


def test_sender_that_lost_its_lease_changes_nothing(server):
    write()
    late = sender.take()
    Mail.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    sender.take()
    sender.postpone(late, OSError("te laat"))
    assert Mail.objects.get().status == Mail.Status.BUSY


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_every_mail_once(server):
    for number in range(40):
        write(f"brief {number}")

    at_once(sender.send_due, sender.send_due)
    assert len(server) == 40
    assert {message.extra_headers["Message-ID"] for message in server} == {
        mail.headers["Message-ID"] for mail in Mail.objects.all()
    }
    assert set(Mail.objects.values_list("status", "attempts")) == {(Mail.Status.SENT, 1)}


@pytest.mark.norm("MAIL-5")
def test_secret_text_goes_once_it_is_sent(server):
    mail = write(secret=True)
    sender.send_due()
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")
    assert "geheim" in server[0].body


def test_without_a_mail_server_mails_wait(settings):
    settings.OUTBOX_SMTP = None
    mail = write()
    call_command("work", once=True)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Mail.Status.WAITING, 0)


def test_demo_without_a_mail_server_keeps_mails_to_read(settings):
    settings.OUTBOX_SMTP, settings.PORTAL_DEMO = None, True
    mail = write(secret=True)
    call_command("work", once=True)
    mail.refresh_from_db()
    assert mail.get_status_display() == "niet verstuurd: demo"
    assert "geheim" in mail.text
    assert django_mail.outbox == []
