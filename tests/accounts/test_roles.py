"""The rights of every role, written out once more and on purpose."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models.signals import post_migrate

from accounts.models import User
from accounts.roles import ADMINISTRATOR, LEADER, OCW, ROLES, SZW, TEAM, VWS, set_roles

pytestmark = pytest.mark.django_db

EDITED = {
    "programme": "source fact figure tip term lostpicture oldaddress",
    "themes": "theme insight commontrait tool workingelement elementexample",
    "organisations": "organisationkind carebranch educationlevel organisation",
    "regions": (
        "phase function regionlayout fundingstream regionalpact areamunicipality subregion layoutoverlap "
        "earliercooperation pactfunction pacttheme pactparticipation vraagstuk agendaitem"
    ),
    "kopgroep": (
        "cooperationform challenge resultarea effect sustainingagreement koploper koplopertheme "
        "koploperparticipation result koplopereffect voice adoption"
    ),
}
SEEN = EDITED | {
    "regions": EDITED["regions"] + " phasechange",
    "geography": "province municipality reorganisation place",
}


def rights(actions, table):
    return {
        f"{app}.{action}_{model}" for app, models in table.items() for model in models.split() for action in actions
    }


VIEW = rights(["view"], SEEN)
SEARCH = rights(["view", "add", "change", "delete"], {"search": "synonym"}) | {"search.view_miss", "search.handle_miss"}
TENURES = rights(
    ["view", "add", "change"],
    {"organisations": "employment", "regions": "pactleader", "kopgroep": "koploperleader"},
)
VOLGSPOT = rights(["view", "add", "change", "delete"], {"volgspot": "round guidingquestion elementstep"}) | {
    "volgspot.view_reflection",
    "volgspot.view_lesson",
}
MAIL = {"outbox.view_mail", "outbox.view_deadaddress"}
CASEBOOK = (
    rights(
        ["view", "add", "change"],
        {"regels": "rule ruleversion obstacle helpedwords case caserule scheme grant"},
    )
    | rights(["delete"], {"regels": "caserule grant helpedwords"})
    | rights(["view"], {"regels": "obstaclemove verdict lookuphelped ministry freeday"})
    | {"regels.change_verdict", "regels.publish_case"}
)
QUESTIONS = rights(["view"], {"regels": "question attachment message note handover answer answerversion textblock"})
TERMS = {"regels.change_ministry"} | rights(["add", "change", "delete"], {"regels": "freeday"})
OFFICER = VIEW | CASEBOOK | QUESTIONS | rights(["add", "change", "delete"], {"regels": "textblock"})
EDIT = (
    VIEW
    | TENURES
    | VOLGSPOT
    | rights(["view", "add"], {"workplace": "invitation"})
    | {"workplace.view_proposal"}
    | MAIL
    | rights(["add", "change", "delete"], EDITED)
    | {"regions.add_phasechange"}
    | SEARCH
    | TERMS
    | CASEBOOK - {"regels.publish_case"}
)
TABLE = {
    TEAM: EDIT
    | QUESTIONS
    | {"volgspot.review_reflection", "workplace.judge_proposal", "regels.assign_question", "regels.publish_case"},
    ADMINISTRATOR: EDIT
    | {"accounts.view_user", "accounts.add_user", "accounts.change_user", "auditlog.view_logentry"}
    | {"outbox.retry_mail", "outbox.add_deadaddress", "outbox.delete_deadaddress"},
    **dict.fromkeys((OCW, VWS, SZW), OFFICER | {"regels.answer_question"}),
    LEADER: set(),
}


def rights_of(group):
    return {f"{app}.{name}" for app, name in group.permissions.values_list("content_type__app_label", "codename")}


@pytest.mark.norm("NCSC-U/WA.02")
def test_rights_are_those_of_the_table():
    assert {group.name: rights_of(group) for group in Group.objects.all()} == TABLE


def test_migrating_again_takes_back_what_was_added_by_hand():
    team, administrator = Group.objects.get(name=TEAM), Group.objects.get(name=ADMINISTRATOR)
    team.permissions.set(administrator.permissions.all())
    post_migrate.send(
        sender=apps.get_app_config("accounts"), app_config=apps.get_app_config("accounts"), using="default", apps=apps
    )
    assert rights_of(team) == TABLE[TEAM]


def test_nobody_may_delete_an_account_or_be_superuser(account):
    for number, role in enumerate(ROLES):
        user = account(role, email=f"u{number}@zorg.example")
        assert not user.has_perm("accounts.delete_user")
        assert not user.is_superuser


@pytest.mark.parametrize(("roles", "is_staff"), [([LEADER], False), ([LEADER, TEAM], True), ([OCW], True), ([], False)])
def test_admin_opens_by_role(account, roles, is_staff):
    user = account(LEADER)
    set_roles(user, roles)
    user.refresh_from_db()
    assert user.is_staff is is_staff
    assert {group.name for group in user.groups.all()} == set(roles)


def test_unknown_role_is_refused(account):
    with pytest.raises(ValueError, match="koning"):
        set_roles(account(), ["koning"])


def test_leader_gets_no_page_of_the_admin(account, login):
    client = login(account(LEADER))
    assert client.get("/beheer/").status_code == 403
    assert client.get("/mijn/account/na-inloggen/")["Location"] == "/mijn/"


@pytest.mark.parametrize(("role", "sees_mails"), [(TEAM, True), (OCW, False)])
def test_accounts_are_the_administrators_and_mails_the_teams_too(account, login, role, sees_mails):
    client = login(account(role))
    assert client.get("/beheer/accounts/user/").status_code == 403
    assert client.get("/beheer/outbox/mail/").status_code == (200 if sees_mails else 403)


def test_limits_have_a_table_to_count_in(settings):
    from django.db import connection

    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
    }
    call_command("migrate", verbosity=0)
    assert "portal_cache" in connection.introspection.table_names()
    assert User.objects.count() == 0
