import json

import pytest
from django.test import Client
from django.utils import timezone

from accounts.invitations import note
from accounts.own_data import SECTIONS, own_data
from accounts.roles import LEADER
from outbox.models import Mail
from tests import factories as f

pytestmark = pytest.mark.django_db
PAGE = "/mijn/account/mijn-gegevens/"


def download(client, kind="json"):
    return client.post(PAGE, {"vorm": kind})


def test_looking_at_the_page_names_every_section_and_gives_no_data(account, login):
    user = account(LEADER)
    html = login(user).get(PAGE).content.decode()
    assert [title for title in SECTIONS if title not in html] == []
    assert "127.0.0.1" not in html


@pytest.mark.norm("ASVS-3.2.1")
def test_file_holds_what_is_known(account, login):
    user = account(LEADER, name="An Jansen")
    client = login(user)
    f.MailFactory(to=user.email, subject="Uw wachtwoord is gewijzigd", text="GEHEIME TEKST")
    pact = f.RegionalPactFactory(name="Pact Oost")
    f.PactLeaderFactory(pact=pact, user=user)
    note(pact, user, "opgestuurd")
    response = download(client)
    assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    data = json.loads(response.content)
    assert list(data) == list(SECTIONS)
    assert data["Account"][0]["e-mailadres"] == user.email
    assert data["Account"][0]["rollen"] == [LEADER]
    assert data["Tweede stap bij het inloggen"][0]["soort"]
    assert data["Waar u bent ingelogd"][0]["netwerkadres"] == "127.0.0.1"
    assert len(data["Waarmee u eerder inlogde"]) == 1
    assert data["Mails aan u"][0]["onderwerp"] == "Uw wachtwoord is gewijzigd"
    assert data["Pacten die u leidt of leidde"][0]["pact"] == "Pact Oost"
    assert data["Wat u deed"][0]["stap"] == "opgestuurd"
    assert "Pact Oost" in data["Wat u deed"][0]["waarvan"]


def test_file_names_what_somebody_wrote_and_was_asked_and_not_what_others_did(account):
    user, other = account(LEADER), account(LEADER, email="ander@zorg.example")

    round = f.RoundFactory(name="ronde 1")

    def all_of(who, name):
        report = f.ReflectionFactory(pact__name=f"Pact {name}", round=round)
        now = timezone.now()
        f.SectionFactory(reflection=report, saved_by=who, saved_at=now)
        f.CommentFactory(reflection=report, made_by=who, text=f"Opmerking {name}")
        f.EvaluationFactory(reflection=report, added_by=who, title=f"Evaluatie {name}")
        f.PartnerLinkFactory(reflection=report, email=who.email.upper())
        f.FollowerFactory(obstacle__title=f"Belemmering {name}", email=who.email, confirmed_at=now)
        return f.QuestionFactory(email=who.email, confirmed_at=now).reference

    number, number_of_other = all_of(user, "Oost"), all_of(other, "West")
    f.QuestionFactory(email=user.email, confirmed_at=None, status="onbevestigd", year=None, number=None)
    data = own_data(user)
    assert [row["verslag"] for row in data["Onderdelen van verslagen die u het laatst bewaarde"]] == [
        "Pact Oost, ronde 1"
    ]
    assert [row["opmerking"] for row in data["Opmerkingen die u bij verslagen maakte"]] == ["Opmerking Oost"]
    assert [row["evaluatie"] for row in data["Evaluaties die u bij verslagen voegde"]] == ["Evaluatie Oost"]
    assert [row["voor"] for row in data["Waar wij u vroegen hoe een partner het ziet"]] == ["Pact Oost, ronde 1"]
    assert [row["belemmering"] for row in data["Belemmeringen die u volgt"]] == ["Belemmering Oost"]
    assert [row["nummer"] for row in data["Vragen die u stelde"]] == [number]
    assert "West" not in str(data)
    assert number_of_other not in str(data)


def test_file_to_read_says_the_same(account, login):
    user = account(LEADER, name="An Jansen")
    response = download(login(user), "tekst")
    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert [title for title in SECTIONS if title.upper() not in text] == []
    assert "  naam: An Jansen\n" in text
    assert f"{timezone.localtime():%Y}" in text
    assert "datetime" not in text
    assert "None" not in text


def test_nothing_secret_and_nothing_of_another_is_in_it(account, login):
    user, other = account(LEADER), account(LEADER, email="ander@zorg.example", name="Bo de Vries")
    client = login(user)
    f.MailFactory(to=other.email, subject="Voor een ander")
    note(f.RegionalPactFactory(), other, "door een ander")
    text = download(client).content.decode()
    for secret in (user.password, "JBSWY3DPEHPK3PXP", client.cookies["sessionid"].value):
        assert secret not in text
    for of_another in ("ander@zorg.example", "Bo de Vries", "Voor een ander", "door een ander"):
        assert of_another not in text


def test_nobody_gets_it_without_a_login():
    assert download(Client())["Location"].startswith("/inloggen/")


@pytest.mark.parametrize("steps", [1, 5])
def test_costs_the_same_for_few_and_many_steps(account, django_assert_num_queries, steps):
    user = account(LEADER)
    for number in range(steps):
        note(f.RegionalPactFactory(), user, f"stap {number}")
    own_data(user)
    with django_assert_num_queries(21):
        own_data(type(user).objects.get(pk=user.pk))
    assert Mail.objects.count() == 0
