import datetime
import re
from io import StringIO

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.invitations import account_closed, close_account, create_account, one_time_link, send_invitation
from accounts.models import User
from accounts.roles import ADMINISTRATOR, LEADER, OCW, TEAM, roles_of, set_roles
from outbox.models import Mail
from outbox.sender import send_due
from programme.history import history_may_change
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

GOOD = "twaalf paarden in de wei"


def invite(email="baas@zorg.example"):
    out = StringIO()
    call_command("invite_administrator", email, stdout=out)
    return re.search(r"http://localhost:8000(\S+)", out.getvalue()).group(1)


def choose_password(link, password=GOOD):
    client = Client()
    response = client.get(link)
    if response.status_code == 302:
        response = client.post(response["Location"], {"password1": password, "password2": password}, follow=True)
    return response.content.decode()


@pytest.mark.norm("ASVS-6.4.1")
def test_link_of_the_first_administrator_sets_a_password_once():
    link = invite()
    user = User.objects.get()
    assert roles_of(user) == {ADMINISTRATOR}
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert "Uw wachtwoord is opgeslagen" in choose_password(link)
    response = Client().post("/inloggen/", {"login": "baas@zorg.example", "password": GOOD})
    assert response["Location"] == "/mijn/account/na-inloggen/"
    assert "Deze link werkt niet meer" in choose_password(link, "dertien koeien in de stal")
    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_opening_the_link_changes_nothing():
    link = invite()
    for _ in range(2):
        assert "Wachtwoord opslaan" in Client().get(link, follow=True).content.decode()


@pytest.mark.norm("ASVS-6.4.1")
def test_link_works_for_a_day():
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)) as clock:
        link = invite()
        clock.shift(datetime.timedelta(hours=23, minutes=59))
        assert "Wachtwoord opslaan" in Client().get(link, follow=True).content.decode()
        clock.shift(datetime.timedelta(minutes=2))
        assert "Deze link werkt niet meer" in choose_password(link)


def test_new_link_ends_the_old_one():
    old = invite()
    new = invite()
    assert "Deze link werkt niet meer" in choose_password(old)
    assert "Uw wachtwoord is opgeslagen" in choose_password(new)


def test_command_makes_an_existing_account_administrator(account):
    user = account(TEAM)
    user.is_active = False
    user.save()
    invite("AN.jansen@zorg.example")
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(PASSWORD)
    assert roles_of(user) == {TEAM, ADMINISTRATOR}


def test_command_refuses_what_is_no_address():
    with pytest.raises(CommandError, match="geen e-mailadres"):
        invite("baas")


@pytest.mark.norm("ASVS-6.1.2", "ASVS-6.2.11")
@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("kort wachtje", "15"),
        ("Zorgpact is een mooi programma", "zorgpact"),
        ("zorg-pact met een streepje erin", "zorgpact"),
        ("jansen en de hele familie samen", "jansen"),
        ("midden in noord-holland aan zee", "noordholland"),
        ("passwordpassword", "herhaling"),
    ],
)
def test_weak_passwords_are_refused(account, password, says):
    user = account(name="")
    html = choose_password(one_time_link(user).removeprefix("http://localhost:8000"), password)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert says in html


# --- In the admin -------------------------------------------------------------------------------


@pytest.fixture
def administrator(account, login):
    user = account(ADMINISTRATOR, email="baas@zorg.example", name="De Baas")
    client = login(user)
    client.user = user
    return client


def send(client, path, **data):
    """Post a form of the admin with what the page itself already holds."""
    response = client.get(path)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    hidden = {name: value for name, value in found if name != "csrfmiddlewaretoken"}
    return client.post(path, hidden | data)


def test_administrator_invites_by_mail(administrator):
    data = {"email": "Piet@OCW.example", "name": "Piet", "roles": [OCW]}
    response = send(administrator, "/beheer/accounts/user/add/", **data)
    assert response.status_code == 302, response.content.decode()
    user = User.objects.get(email="piet@ocw.example")
    assert roles_of(user) == {OCW}
    assert not user.has_usable_password()
    mail = Mail.objects.get(to="piet@ocw.example")
    assert mail.is_secret
    assert "De Baas nodigt u uit" in mail.text
    link = re.search(r"http://localhost:8000(\S+)", mail.text).group(1)
    assert "Uw wachtwoord is opgeslagen" in choose_password(link)
    entry = LogEntry.objects.get(additional_data__step="invite")
    assert entry.actor == administrator.user


@pytest.mark.norm("BIO-5.16.02", "NCSC-U/WA.02")
def test_one_account_per_address(administrator):
    data = {"email": "BAAS@zorg.example", "name": "", "roles": [TEAM]}
    response = send(administrator, "/beheer/accounts/user/add/", **data)
    assert "Er is al een account met dit e-mailadres" in response.content.decode()
    assert User.objects.count() == 1


def change(client, user, **data):
    return send(client, f"/beheer/accounts/user/{user.pk}/change/", **data)


@pytest.mark.norm("ASVS-7.4.2")
def test_account_is_switched_off_and_logged_out(administrator, account, login):
    other = account(TEAM)
    there = login(other)
    there.get("/beheer/")
    assert change(administrator, other, name="An", roles=[TEAM]).status_code == 302
    other.refresh_from_db()
    assert not other.is_active
    assert there.get("/beheer/")["Location"].startswith("/inloggen/")


def test_accounts_cannot_be_deleted(administrator, account):
    other = account(TEAM)
    assert administrator.post(f"/beheer/accounts/user/{other.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.norm("BIO-5.18.01")
def test_change_of_roles_is_written_down(administrator, account):
    other = account(TEAM)
    with history_may_change("a clean start for the test"):
        LogEntry.objects.all().delete()
    assert change(administrator, other, name="An", is_active="on", roles=[LEADER]).status_code == 302
    other.refresh_from_db()
    assert roles_of(other) == {LEADER}
    assert not other.is_staff
    changed = {field for entry in LogEntry.objects.filter(actor=administrator.user) for field in entry.changes}
    assert {"groups", "is_staff", "name"} <= changed


@pytest.mark.parametrize("data", [{"is_active": "on", "roles": [TEAM]}, {"roles": [ADMINISTRATOR]}])
def test_nobody_takes_the_own_administration_away(administrator, account, data):
    account(ADMINISTRATOR)
    response = change(administrator, administrator.user, name="De Baas", **data)
    assert "U kunt uw eigen account niet uitzetten" in response.content.decode()
    administrator.user.refresh_from_db()
    assert administrator.user.is_active
    assert roles_of(administrator.user) == {ADMINISTRATOR}


def test_last_administrator_stays(administrator, account):
    """Somebody who lost the role a moment ago cannot remove the one who is left."""
    other = account(ADMINISTRATOR)
    from accounts.admin import AccountForm

    set_roles(administrator.user, [TEAM])
    form = AccountForm({"name": "An", "is_active": "on", "roles": [TEAM]}, instance=other)
    form.by = administrator.user
    assert "Dit is de laatste beheerder" in str(form.errors)
    set_roles(administrator.user, [ADMINISTRATOR])
    form = AccountForm({"name": "An", "is_active": "on", "roles": [TEAM]}, instance=other)
    form.by = administrator.user
    assert form.is_valid()


def act(client, action, *users, **data):
    selected = {"action": action, "_selected_action": [user.pk for user in users]}
    return client.post("/beheer/accounts/user/", selected | data, follow=True).content.decode()


def test_invitation_goes_again_only_to_who_has_no_password(administrator, account):
    from accounts.invitations import create_account

    waiting, ready = create_account("wacht@zorg.example", [TEAM]), account(TEAM)
    html = act(administrator, "invite_again", waiting, ready)
    assert "De uitnodiging gaat opnieuw naar wacht@zorg.example" in html
    assert "Er is niets verstuurd aan an.jansen@zorg.example" in html
    assert [mail.to for mail in Mail.objects.all()] == ["wacht@zorg.example"]


def test_second_factor_is_cleared_with_a_reason(administrator, account, login):
    other = account(TEAM)
    there = login(other)
    there.get("/beheer/")
    assert "Waarom wist u de tweede stap?" in act(administrator, "clear_second_factor", other)
    assert "Vul dit veld in." in act(administrator, "clear_second_factor", other, reason=" ")
    assert other.authenticator_set.exists()
    act(administrator, "clear_second_factor", other, reason="Telefoon kwijt")
    assert not other.authenticator_set.exists()
    assert there.get("/beheer/")["Location"].startswith("/inloggen/")
    entry = LogEntry.objects.get(additional_data__step="clear_second_factor")
    assert entry.additional_data["reason"] == "Telefoon kwijt"
    assert entry.actor == administrator.user


def test_list_shows_who_has_a_second_factor(administrator, account, django_assert_max_num_queries):
    for number in range(3):
        account(TEAM, email=f"u{number}@zorg.example")
    html = administrator.get("/beheer/accounts/user/").content.decode()
    assert html.count('alt="True"') + html.count('alt="Ja"') > 0
    assert "landelijk team" in html


# --- Demo ---------------------------------------------------------------------------------------


def demo_accounts():
    out = StringIO()
    call_command("make_demo_accounts", stdout=out)
    return out.getvalue()


@pytest.mark.norm("ASVS-6.3.2")
def test_demo_accounts_are_refused_outside_a_demo():
    with pytest.raises(CommandError, match="PORTAL_DEMO"):
        demo_accounts()


def test_demo_accounts_need_a_password(settings):
    settings.PORTAL_DEMO = True
    settings.PORTAL_DEMO_PASSWORD = ""
    with pytest.raises(CommandError, match="PORTAL_DEMO_PASSWORD"):
        demo_accounts()


def test_demo_accounts_can_log_in_and_keep_their_roles(settings):
    settings.PORTAL_DEMO = True
    settings.PORTAL_DEMO_PASSWORD = "demo-7f3k9"
    out = demo_accounts()
    assert "demo-7f3k9" in out
    client = Client()
    response = client.post("/inloggen/", {"login": "team@voorbeeld.example", "password": "demo-7f3k9"}, follow=True)
    assert response.redirect_chain[-1][0] == "/beheer/"
    leader = User.objects.get(email="leider@voorbeeld.example")
    set_roles(leader, [LEADER, TEAM])
    demo_accounts()
    assert roles_of(leader) == {LEADER, TEAM}
    assert User.objects.count() == 7


@pytest.mark.norm("BIO-5.16.02")
def test_switching_an_account_off_ends_sessions_and_lets_others_know(account, login):
    administrator, leader = account(), account(LEADER, email="leider@zorg.example")
    client, admin_client = login(leader), login(administrator)
    told = []

    def listen(sender, user, by, **kwargs):
        told.append((user, by))

    account_closed.connect(listen)
    try:
        page = f"/beheer/accounts/user/{leader.pk}/change/"
        for _ in range(2):
            form = admin_client.get(page).context["adminform"].form
            data = {"name": "", "roles": [LEADER], "_state": form.state}
            response = admin_client.post(page, data)
            assert response.status_code == 302, response.context["adminform"].form.errors
    finally:
        account_closed.disconnect(listen)
    assert told == [(leader, administrator)]
    assert client.get("/mijn/account/").status_code == 302
    leader.refresh_from_db()
    assert not leader.is_active


def test_link_of_an_invitation_stops_when_the_account_is_switched_off():
    user = create_account("leider@zorg.example", [LEADER])
    link = one_time_link(user)
    close_account(user, None)
    user.is_active = True
    user.save()
    path = link.removeprefix("http://localhost:8000")
    assert "werkt niet meer" in Client().get(path, follow=True).content.decode()


def test_invitation_to_an_account_that_was_switched_off_is_not_sent(settings):
    settings.PORTAL_DEMO = True
    user, by = create_account("leider@zorg.example", [LEADER]), create_account("b@zorg.example", [ADMINISTRATOR])
    send_invitation(user, by)
    user.is_active = False
    user.save()
    send_due()
    assert Mail.objects.get().status == Mail.Status.LAPSED


def test_invitation_goes_while_it_is_of_use(settings):
    settings.PORTAL_DEMO = True
    user, by = create_account("leider@zorg.example", [LEADER]), create_account("b@zorg.example", [ADMINISTRATOR])
    send_invitation(user, by)
    send_due()
    assert Mail.objects.get().status == Mail.Status.KEPT
