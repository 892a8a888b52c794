import pytest

from outbox.models import Mail
from tests.accounts.conftest import account, app, login  # noqa: F401
from tests.factories import MailFactory

pytestmark = pytest.mark.django_db


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
