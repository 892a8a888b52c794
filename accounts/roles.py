"""Who may do what in the admin: roles are groups, and this table is the only place where their rights are written."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.db import transaction

TEAM = "landelijk team"
OCW = "ambtenaar OCW"
VWS = "ambtenaar VWS"
SZW = "ambtenaar SZW"
ADMINISTRATOR = "beheerder"
LEADER = "projectleider"

OFFICERS = (OCW, VWS, SZW)
STAFF = (TEAM, *OFFICERS, ADMINISTRATOR)
ROLES = (*STAFF, LEADER)

CONTENT = ("programme", "themes", "organisations", "regions", "kopgroep")
DIRECTORY = (*CONTENT, "geography")
# Rows that are added and never changed: the phase of a pact has a history.
HISTORICAL = {"regions.phasechange"}
# Synonyms, and what people looked for in vain: to read, and to do something about.
SEARCH = {
    *(f"search.{action}_synonym" for action in ("view", "add", "change", "delete")),
    "search.view_miss",
    "search.handle_miss",
}
# Who works where and leads what: ended, never removed.
TENURES = {
    f"{app}.{action}_{model}"
    for app, model in [("organisations", "employment"), ("regions", "pactleader"), ("kopgroep", "koploperleader")]
    for action in ("view", "add", "change")
}
# Rounds and what they ask are set up; what pacts filed is read, and judged by the steps alone.
VOLGSPOT = {
    *(
        f"volgspot.{action}_{model}"
        for action in ("view", "add", "change", "delete")
        for model in ("round", "guidingquestion", "elementstep")
    ),
    "volgspot.view_reflection",
    "volgspot.view_lesson",
}
REVIEW = "volgspot.review_reflection"
# Ruimte in de regels. What is public is written by officers and the team; what somebody asked is read, and changed by
# the steps alone.
CASEBOOK = {
    *(
        f"regels.{action}_{model}"
        for action in ("view", "add", "change")
        for model in ("rule", "ruleversion", "obstacle", "helpedwords", "case", "caserule", "scheme", "grant")
    ),
    *(f"regels.delete_{model}" for model in ("caserule", "grant", "helpedwords")),
    "regels.view_obstaclemove",
    "regels.view_verdict",
    "regels.change_verdict",
    "regels.view_lookuphelped",
    "regels.view_ministry",
    "regels.view_freeday",
    "regels.publish_case",
}
QUESTIONS = {
    f"regels.view_{model}"
    for model in ("question", "attachment", "message", "note", "handover", "answer", "answerversion", "textblock")
}
TEXT_BLOCKS = {"regels.add_textblock", "regels.change_textblock", "regels.delete_textblock"}
TERMS = {"regels.change_ministry", "regels.add_freeday", "regels.change_freeday", "regels.delete_freeday"}
ANSWER, ASSIGN = "regels.answer_question", "regels.assign_question"
# Proposals of project leaders are read, and judged by the steps alone.
PROPOSALS = {"workplace.view_proposal"}
JUDGE = "workplace.judge_proposal"
INVITE = {"workplace.view_invitation", "workplace.add_invitation"}
# What went, failed and waits. Secret links stay hidden.
MAIL = {"outbox.view_mail", "outbox.view_deadaddress"}
# What the code keeps for itself, and what the table above names.
INTERNAL = {"programme.loadedrecord", "organisations.employment", "regions.pactleader", "kopgroep.koploperleader"}


def permissions_of(role):
    """The rights of a role, as "app.action_model"."""
    if role == TEAM:
        return (
            view(DIRECTORY)
            | edit(CONTENT)
            | SEARCH
            | TENURES
            | VOLGSPOT
            | CASEBOOK
            | QUESTIONS
            | TERMS
            | INVITE
            | PROPOSALS
            | MAIL
            | {REVIEW, JUDGE, ASSIGN}
        )
    if role == ADMINISTRATOR:
        accounts = {"accounts.view_user", "accounts.add_user", "accounts.change_user"}
        mail = {"outbox.retry_mail", "outbox.add_deadaddress", "outbox.delete_deadaddress"}
        return (
            permissions_of(TEAM) - {REVIEW, JUDGE, ASSIGN, "regels.publish_case"} - QUESTIONS
            | accounts
            | mail
            | {"auditlog.view_logentry"}
        )
    if role in OFFICERS:
        return view(DIRECTORY) | CASEBOOK | QUESTIONS | TEXT_BLOCKS | {ANSWER}
    return set()


def models_of(app_labels):
    models = (model for label in app_labels for model in installed.get_app_config(label).get_models())
    return [model._meta for model in models if model._meta.label_lower not in INTERNAL]


def view(app_labels):
    return {f"{meta.app_label}.view_{meta.model_name}" for meta in models_of(app_labels)}


def edit(app_labels):
    return {
        f"{meta.app_label}.{action}_{meta.model_name}"
        for meta in models_of(app_labels)
        for action in (("add",) if meta.label_lower in HISTORICAL else ("add", "change", "delete"))
    }


def write_roles(using="default", apps=installed, **kwargs):
    """Give every role exactly its rights; runs after each migration."""
    for app_config in installed.get_app_configs():
        # The rights of an app that comes later in the list do not exist yet.
        create_permissions(app_config, verbosity=0, using=using, apps=apps)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{app_label}.{codename}": pk
        for pk, app_label, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role in ROLES:
        group, _ = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[name] for name in permissions_of(role) if name in known])


@transaction.atomic
def set_roles(user, roles):
    """The roles of a user, no other; whether the admin opens follows from them."""
    groups = Group.objects.filter(name__in=roles)
    if unknown := set(roles) - {group.name for group in groups}:
        raise ValueError(f"Unknown roles: {', '.join(sorted(unknown))}")
    user.groups.set(groups)
    user.is_staff = any(role in STAFF for role in roles)
    user.save(update_fields=["is_staff"])


def roles_of(user):
    return {group.name for group in user.groups.all()}


def is_last_administrator(user):
    """Whether nobody else could let people in. Inside a transaction: two administrators may not drop each other."""
    list(Group.objects.select_for_update().filter(name=ADMINISTRATOR))
    administrators = type(user).objects.filter(groups__name=ADMINISTRATOR, is_active=True)
    return administrators.filter(pk=user.pk).exists() and not administrators.exclude(pk=user.pk).exists()
