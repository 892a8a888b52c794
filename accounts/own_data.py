"""All that the portal knows of somebody, for that person. An app adds its part in `own_data.py`:

@section("Mijn pacten")
def pacts(user):
    return [{"pact": …, "sinds": …}, …]
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.conf import settings
from django.utils import formats, timezone

from outbox.models import Mail
from zorgpact.reading_history import lines

from .devices import kind_of
from .roles import roles_of

SECTIONS = {}


def section(title):
    """`rows` gives for a user a list of dictionaries of plain values, labelled in Dutch."""

    def register(rows):
        SECTIONS[title] = rows
        return rows

    return register


def own_data(user):
    return {title: rows(user) for title, rows in SECTIONS.items()}


def in_words(data):
    """The same as a text to read."""
    for title, rows in data.items():
        yield title.upper()
        for row in rows or [{"": "niets"}]:
            yield "\n".join(
                f"  {label}: {said(value)}" if label else f"  {said(value)}" for label, value in row.items()
            )
            yield ""


def said(value):
    if hasattr(value, "tzinfo"):
        return formats.date_format(timezone.localtime(value), "j F Y, H.i") + " uur"
    if hasattr(value, "year"):
        return formats.date_format(value, "j F Y")
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in ("", None) else str(value)


@section("Account")
def account(user):
    return [
        {
            "e-mailadres": user.email,
            "naam": user.name,
            "rollen": sorted(roles_of(user)),
            "actief": user.is_active,
            "sinds": user.joined_at,
            "laatst ingelogd": user.last_login,
        }
    ]


@section("E-mailadressen")
def addresses(user):
    return [
        {"adres": found.email, "bevestigd": found.verified, "in gebruik": found.primary}
        for found in EmailAddress.objects.filter(user=user)
    ]


@section("Tweede stap bij het inloggen")
def factors(user):
    return [
        {"soort": found.get_type_display(), "ingesteld": found.created_at, "laatst gebruikt": found.last_used_at}
        for found in Authenticator.objects.filter(user=user)
    ]


@section("Waar u bent ingelogd")
def sessions(user):
    return [
        {
            "browser": kind_of(found.user_agent),
            "zoals de browser zegt": found.user_agent,
            "netwerkadres": found.ip,
            "sinds": found.created_at,
            "laatst gezien": found.last_seen_at,
        }
        for found in UserSession.objects.filter(user=user)
    ]


@section("Waarmee u eerder inlogde")
def devices(user):
    return [
        {"browser": found.kind, "eerst gezien": found.first_seen, "laatst gezien": found.last_seen}
        for found in user.devices.all()
    ]


if settings.SINGLE_SIGN_ON:

    @section("Inloggen bij uw ministerie")
    def ties(user):
        return [
            {"nummer bij het ministerie": found.uid, "sinds": found.date_joined, "laatst": found.last_login}
            for found in user.socialaccount_set.all()
        ]


@section("Mails aan u")
def mails(user):
    return [
        {"onderwerp": found.subject, "stand": found.get_status_display(), "gemaakt": found.created_at}
        for found in Mail.objects.filter(to__iexact=user.email).defer("text", "html")
    ]


@section("Wat er met uw account gebeurde")
def steps_on_account(user):
    return [step(line) for line in lines(newest(LogEntry.objects.get_for_object(user)))]


@section("Wat u deed")
def own_steps(user):
    return [step(line) for line in lines(newest(LogEntry.objects.filter(actor=user)))]


def newest(entries):
    return entries.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def step(line):
    """That it was done and to what. What a field became is a matter of the record, not of the person."""
    return {
        "wanneer": line["when"],
        "wie": line["who"],
        "stap": line["verb"],
        "waarvan": f"{line['what']} “{line['name']}”",
        "reden": line["reason"],
        "velden": [change["label"] for change in line["changes"]],
    }
