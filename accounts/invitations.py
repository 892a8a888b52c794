"""How people come in, and how an administrator helps them on. An account is made here and nowhere else."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse

from outbox.sending import send

from .mails import INVITATION
from .models import User
from .roles import set_roles

# With `user` and `by`, in the transaction: each part lets lapse what waits for this person.
account_closed = Signal()


@transaction.atomic
def create_account(email, roles, name=""):
    """An account without a password: it opens with its one-time link, which goes to the address and so proves it."""
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    set_roles(user, roles)
    return user


def one_time_link(user):
    """Where the user sets a password: once, within a day. A link from before stops working."""
    return settings.PORTAL_URL + one_time_path(user)


def one_time_path(user):
    """The same on this site: a browser may have come by another name than the one in the mails."""
    if not user.has_usable_password():
        # The link is signed with it, so a new one ends the old link.
        user.set_unusable_password()
        user.save(update_fields=["password"])
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


@transaction.atomic
def send_invitation(user, by):
    context = {"user": user, "link": one_time_link(user), "by": by}
    send(INVITATION, user.email, context, key=uuid.uuid4().hex, about=user)
    note(user, by, "invite")


@transaction.atomic
def clear_second_factor(user, by, reason):
    """For somebody who lost phone and codes. The next login asks to set up a new one."""
    Authenticator.objects.filter(user=user).delete()
    if settings.SINGLE_SIGN_ON:
        # Whoever next comes from the ministry with this address is the one.
        user.socialaccount_set.all().delete()
    end_sessions(user)
    note(user, by, "clear_second_factor", reason)


@transaction.atomic
def close_account(user, by):
    """What follows from switching an account off. It stays, with its history."""
    end_sessions(user)
    if not user.has_usable_password():
        one_time_link(user)  # the one in the invitation stops working
    account_closed.send(sender=User, user=user, by=by)


def end_sessions(user):
    for session in UserSession.objects.filter(user=user):
        session.end()


def note(user, by, step, reason=""):
    """In the history: who did what with this account, and why."""
    LogEntry.objects.log_create(
        user,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        changes={},
        actor=by,
        additional_data={"step": step, "reason": reason},
    )
