"""The workplace: what waits for whom, and how somebody becomes a leader, hands over and stops."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.invitations import close_account
from accounts.models import User
from accounts.roles import LEADER, roles_of
from kopgroep.models import KoploperLeader
from organisations.models import Employment
from outbox.models import Mail
from regions.models import PactLeader, RegionalPact
from tests import factories as f
from tests.queries import queries_of
from volgspot.models import Reflection
from workplace.due import due_for
from workplace.invitations import accept, invite, send_again, withdraw
from workplace.models import Invitation
from zorgpact.workflow import Refused

from .conftest import LONG_AGO, desk_of, text

OURS = {"Sec-Fetch-Site": "same-origin"}

pytestmark = pytest.mark.django_db


def link():
    return "/uitnodiging/" + Mail.objects.order_by("-pk").first().text.split("/uitnodiging/")[1].split("/")[0] + "/"


# --- invitations


def test_somebody_new_gets_an_account_and_chooses_a_password(client, pact, member):
    invite(pact, "Nieuw@Zorg.example", by=member, name="Nieuwe Leider")
    page = client.get(link())
    assert "Zorgpact Merenland" in text(page)
    assert page["Cache-Control"] == "no-store"
    assert not PactLeader.objects.exists()
    response = client.post(link(), headers=OURS)
    user = User.objects.get(email="nieuw@zorg.example")
    assert roles_of(user) == {LEADER}
    assert RegionalPact.objects.led_by(user).get() == pact
    # Below the address that the browser came by, whatever the one in the mail was.
    assert response.url.startswith("/mijn/account/wachtwoord/nieuw/")


@pytest.mark.norm("MAIL-5")
def test_a_used_invitation_explains_itself_and_makes_nobody(client, pact, member):
    invite(pact, "nieuw@zorg.example", by=member)
    client.post(link(), headers=OURS)
    response = client.post(link(), headers=OURS)
    assert response.status_code == 410
    assert "al gebruikt" in text(response)
    assert "Koos u nog geen wachtwoord?" in text(response)
    assert "/mijn/account/wachtwoord/vergeten/" in text(response)
    assert PactLeader.objects.count() == 1


@pytest.mark.norm("ASVS-3.5.1")
def test_a_form_from_elsewhere_makes_nobody_leader(client, pact, member):
    invite(pact, "nieuw@zorg.example", by=member)
    assert client.post(link()).status_code == 403
    assert not User.objects.filter(email="nieuw@zorg.example").exists()


def test_who_has_an_account_logs_in_first(pact, member):
    user = f.UserFactory(email="al@zorg.example")
    invite(pact, user.email, by=member)
    assert "/inloggen/" in Client().post(link(), headers=OURS).url
    assert not RegionalPact.objects.led_by(user).exists()
    desk = desk_of(user)
    desk.post(link(), headers=OURS)
    assert RegionalPact.objects.led_by(user).get() == pact
    assert LEADER in roles_of(user)


def test_somebody_else_cannot_take_it(pact, member):
    invite(pact, "al@zorg.example", by=member)
    other = desk_of(f.UserFactory())
    assert "U bent ingelogd als" in text(other.get(link()))
    other.post(link(), headers=OURS)
    assert not PactLeader.objects.exists()


@pytest.mark.parametrize("how", ["lapsed", "withdrawn", "again", "inactive"])
def test_a_link_that_does_not_work_explains_itself(client, pact, member, how):
    invitation = invite(pact, "nieuw@zorg.example", by=member)
    old = link()
    if how == "lapsed":
        Invitation.objects.update(lapses_at=timezone.now() - datetime.timedelta(days=1))
    elif how == "withdrawn":
        withdraw(invitation, by=member)
    elif how == "inactive":
        f.UserFactory(email="nieuw@zorg.example", is_active=False)
    else:
        send_again(invitation, by=member)
        assert client.get(link()).status_code == 200
    assert client.get(old).status_code in (404, 410)
    assert client.post(old, headers=OURS).status_code in (404, 410)
    assert not PactLeader.objects.exists()


def test_a_leader_is_not_invited_again(pact, leader, member):
    with pytest.raises(Refused):
        invite(pact, leader.email, by=member)


@pytest.mark.norm("ASVS-11.5.1")
def test_a_token_is_kept_as_a_hash(pact, member):
    invite(pact, "nieuw@zorg.example", by=member)
    token = link().split("/")[2]
    assert token not in str(list(Invitation.objects.values_list()))


def test_a_koploper_can_have_several_leaders(member):
    koploper = f.KoploperFactory()
    for email in ("een@zorg.example", "twee@zorg.example"):
        accept(invite(koploper, email, by=member))
    assert KoploperLeader.objects.filter(koploper=koploper).count() == 2


def test_the_team_invites_in_the_admin(pact, member):
    desk = desk_of(member)
    assert desk.get("/beheer/workplace/invitation/add/").status_code == 200
    desk.post("/beheer/workplace/invitation/add/", {"pact": pact.pk, "email": "nieuw@zorg.example", "name": "Nieuw"})
    assert Invitation.objects.get().invited_by == member
    assert Mail.objects.get().to == "nieuw@zorg.example"
    page = text(desk.get("/beheer/workplace/invitation/"))
    assert "nieuw@zorg.example" in page
    page = text(desk.get(f"/beheer/workplace/invitation/{Invitation.objects.get().pk}/change/"))
    assert "Zodra u bewaart" not in page
    assert "verstuurd" in page
    assert "Lid Van Team" in page
    assert desk.post("/beheer/workplace/invitation/add/", {"email": "nieuw@zorg.example"}).status_code == 200
    assert Invitation.objects.count() == 1


# --- handing over and leaving


def test_handing_over_moves_the_work_when_it_is_accepted(client, pact, leader):
    desk = desk_of(leader)
    desk.post("/mijn/", {"target": f"regionalpact-{pact.pk}", "name": "Opvolger", "email": "op@zorg.example"})
    assert RegionalPact.objects.led_by(leader).exists()
    assert "op@zorg.example" in text(desk.get("/mijn/"))
    client.post(link(), headers=OURS)
    assert not RegionalPact.objects.led_by(leader).exists()
    assert RegionalPact.objects.led_by(User.objects.get(email="op@zorg.example")).exists()
    assert PactLeader.objects.filter(user=leader).exists()


def test_who_handed_over_reads_it_for_a_month(client, pact, leader):
    desk = desk_of(leader)
    desk.post("/mijn/", {"target": f"regionalpact-{pact.pk}", "email": "op@zorg.example"})
    said = "U was projectleider van Zorgpact Merenland tot en met"
    assert said not in text(desk.get("/mijn/"))
    client.post(link(), headers=OURS)
    assert said in text(desk.get("/mijn/"))
    KoploperLeader.objects.all().delete()
    assert said in text(desk.get("/mijn/"))
    PactLeader.objects.filter(user=leader).update(until=timezone.localdate() - datetime.timedelta(days=40))
    assert said not in text(desk.get("/mijn/"))


def test_who_leads_again_is_not_told_that_it_is_over(pact, leader):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    f.PactLeaderFactory(pact=pact, user=leader, since=LONG_AGO, until=yesterday)
    assert "U was projectleider" not in text(desk_of(leader).get("/mijn/"))


def test_handing_over_can_be_taken_back(client, pact, leader):
    desk = desk_of(leader)
    desk.post("/mijn/", {"target": f"regionalpact-{pact.pk}", "email": "op@zorg.example"})
    desk.post("/mijn/", {"withdraw": Invitation.objects.get().pk})
    assert client.get(link()).status_code == 410
    assert RegionalPact.objects.led_by(leader).exists()


@pytest.mark.parametrize("fields", [{"email": "geen adres"}, {"email": ""}, {"email": "x" * 300 + "@zorg.example"}])
def test_a_wrong_address_is_said(pact, leader, fields):
    response = desk_of(leader).post("/mijn/", {"target": f"regionalpact-{pact.pk}", **fields})
    assert response.status_code == 400
    assert "Vul het e-mailadres van uw opvolger in" in text(response)
    assert not Invitation.objects.exists()


@pytest.mark.norm("ASVS-8.2.2")
def test_the_pact_of_somebody_else_cannot_be_handed_over(leader):
    other = f.RegionalPactFactory()
    response = desk_of(leader).post("/mijn/", {"target": f"regionalpact-{other.pk}", "email": "op@zorg.example"})
    assert response.status_code == 404


@pytest.mark.norm("ASVS-8.2.2")
def test_the_invitation_of_somebody_else_cannot_be_withdrawn(pact, leader, member):
    other = invite(f.RegionalPactFactory(), "op@zorg.example", by=member, replaces=f.UserFactory())
    desk_of(leader).post("/mijn/", {"withdraw": other.pk})
    assert desk_of(leader).post("/mijn/", {"withdraw": "²"}).status_code == 302
    assert Invitation.objects.open().exists()


def test_leaving_ends_every_place_and_keeps_the_rows(pact, leader, member):
    f.EmploymentFactory(user=leader, since=LONG_AGO)
    invite(pact, "op@zorg.example", by=leader, replaces=leader)
    close_account(leader, member)
    assert not RegionalPact.objects.led_by(leader).exists()
    assert not Employment.objects.current().filter(user=leader).exists()
    assert PactLeader.objects.filter(user=leader).exists()
    assert not Invitation.objects.open().exists()


# --- what is due


@pytest.fixture
def open_round():
    today = timezone.localdate()
    return f.RoundFactory(opens=today - datetime.timedelta(days=9), closes=today + datetime.timedelta(days=9))


def why(user):
    return [due.why for due in due_for(user)]


def test_an_open_round_is_due_until_it_is_filed(pact, leader, open_round):
    assert why(leader) == ["De ronde is open en u bent nog niet begonnen."]
    reflection = f.ReflectionFactory(pact=pact, round=open_round)
    assert why(leader) == ["Uw concept is nog niet ingediend."]
    for status, said in [
        ("teruggegeven", ["Het landelijke team vraagt u iets te veranderen."]),
        ("ingediend", []),
        ("vastgesteld", []),
    ]:
        Reflection.objects.filter(pk=reflection.pk).update(status=status)
        assert why(leader) == said


def test_a_draft_of_a_closed_round_is_still_due(pact, leader):
    round = f.RoundFactory(opens=LONG_AGO, closes=LONG_AGO)
    assert why(leader) == []
    f.ReflectionFactory(pact=pact, round=round)
    assert "te laat" in why(leader)[0]


def test_what_the_team_asked_back_comes_first_and_promises_no_deadline_that_is_gone(pact, leader, open_round):
    f.ReflectionFactory(pact=pact, round=f.RoundFactory(opens=LONG_AGO, closes=LONG_AGO), status="teruggegeven")
    first, second = due_for(leader)
    assert (first.is_asked, first.until) == (True, None)
    assert second.until == open_round.closes


def test_a_round_for_other_pacts_is_not_due(leader, open_round):
    open_round.pacts.add(f.RegionalPactFactory())
    assert why(leader) == []


def test_the_page_shows_it_and_takes_the_same_queries_for_one_and_three(pact, leader, open_round):
    desk = desk_of(leader)
    f.PhaseChangeFactory(pact=pact)
    assert "u bent nog niet begonnen" in text(desk.get("/mijn/"))
    few = len(queries_of(desk, "/mijn/"))
    for _ in range(2):
        f.PactLeaderFactory(user=leader, since=LONG_AGO)
    assert len(queries_of(desk, "/mijn/")) == few <= 16


def test_who_leads_nothing_is_led_on(member):
    assert "Naar het beheer" in text(desk_of(member).get("/mijn/"))
    assert "U leidt nu geen pact" in text(desk_of(f.UserFactory()).get("/mijn/"))
    assert Client().get("/mijn/").status_code == 302
