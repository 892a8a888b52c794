import base64
import hashlib
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import TEAM
from outbox.kinds import KINDS
from outbox.models import DeadAddress, Mail
from tests.accounts.conftest import account, app, login  # noqa: F401
from tests.factories import DeadAddressFactory, MailFactory

pytestmark = pytest.mark.django_db
MAILS, DEAD = "/beheer/outbox/mail/", "/beheer/outbox/deadaddress/"


@pytest.fixture
def administrator(account, login):  # noqa: F811
    return login(account())


def page_of(mail):
    return f"/beheer/outbox/mail/{mail.pk}/change/"


def test_secret_text_is_shown_to_nobody_but_in_a_demo(administrator, settings):
    mail = MailFactory(text="open /geheime-link/", html="<p>open /geheime-link/</p>", is_secret=True)
    html = administrator.get(page_of(mail)).content.decode()
    assert "Niemand kan de inhoud lezen" in html
    assert "geheime-link" not in html
    assert "geheime-link" not in administrator.get("/beheer/outbox/mail/").content.decode()
    settings.PORTAL_DEMO = True
    assert "geheime-link" in administrator.get(page_of(mail)).content.decode()


def test_secret_text_cannot_be_found_by_searching(administrator):
    MailFactory(text="geheime-link", is_secret=True)
    response = administrator.get("/beheer/outbox/mail/?q=geheime-link")
    assert response.context["cl"].result_count == 0


def test_ordinary_text_is_readable(administrator):
    mail = MailFactory(text="Uw vraag is beantwoord.")
    assert "Uw vraag is beantwoord." in administrator.get(page_of(mail)).content.decode()


def test_mails_are_to_look_at_only(administrator):
    mail = MailFactory(subject="Eerst")
    assert administrator.get("/beheer/outbox/mail/add/").status_code == 403
    assert administrator.post(f"/beheer/outbox/mail/{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    administrator.post(page_of(mail), {"subject": "Later"})
    assert Mail.objects.get().subject == "Eerst"


@pytest.fixture
def member(account, login):  # noqa: F811
    """Of the national team: may look, no more."""
    return login(account(TEAM, email="team@zorg.example"))


def act(client, page, action, *records):
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(page, data, follow=True).content.decode()


def test_counts_stand_above_the_list(administrator):
    for status in ("wacht", "mislukt", "mislukt"):
        MailFactory(status=status)
    html = administrator.get(MAILS).content.decode()
    counted = re.findall(r'<a href="\?stand=(\w+)"><span class="count">(\d+)</span>', html)
    assert dict(counted)["mislukt"] == "2"
    assert [value for value, _ in counted] == Mail.Status.values
    assert administrator.get(f"{MAILS}?stand=mislukt").context["cl"].result_count == 2


def test_failed_mails_stand_on_the_workplace(administrator):
    MailFactory(status="mislukt")
    DeadAddressFactory()
    html = administrator.get("/beheer/").content.decode()
    assert '<span class="count">1</span> <span>Mislukt</span>' in html
    assert '<span class="count">1</span> <span>Krijgen geen mail meer</span>' in html


def test_administrator_lets_a_failed_mail_go_again(administrator):
    failed, sent = MailFactory(status="mislukt", attempts=9), MailFactory(status="verstuurd")
    html = act(administrator, MAILS, "try_again", failed, sent)
    assert "1 van 2 gaat opnieuw" in html
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.status, failed.attempts, sent.status) == ("wacht", 0, "verstuurd")


def test_team_looks_at_mails_and_changes_none(member):
    failed, dead = MailFactory(status="mislukt"), DeadAddressFactory()
    assert failed.subject in member.get(MAILS).content.decode()
    act(member, MAILS, "try_again", failed)
    act(member, DEAD, "revive", dead)
    failed.refresh_from_db()
    assert failed.status == "mislukt"
    assert DeadAddress.objects.exists()


def test_administrator_switches_an_address_off_and_on(administrator):
    administrator.post(f"{DEAD}add/", {"address": "Weg@zorg.example", "reason": "Belde: werkt hier niet meer."})
    dead = DeadAddress.objects.get()
    assert dead.address == "weg@zorg.example"
    assert "Er gaat weer mail naar weg@zorg.example." in act(administrator, DEAD, "revive", dead)
    assert not DeadAddress.objects.exists()


def test_every_kind_stands_on_one_page_with_its_example(member):
    html = unescape(member.get(f"{MAILS}soorten/").content.decode())
    for kind in KINDS.values():
        for words in (kind.title, kind.purpose, kind.trigger, kind.not_sent_when):
            assert words in html, kind.name
        assert f"{MAILS}soorten/{kind.name}/" in html
    assert "nodigt u uit voor een account bij het Zorgpact" in html


def test_formatted_example_may_use_its_own_style_and_nothing_else(member):
    response = member.get(f"{MAILS}soorten/accounts.invitation/")
    style = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert member.get(f"{MAILS}soorten/bestaat.niet/").status_code == 404


def test_list_costs_the_same_for_one_and_for_many(administrator):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            administrator.get(MAILS)
        return len(queries)

    MailFactory()
    one = cost()
    MailFactory.create_batch(3)
    assert cost() == one
