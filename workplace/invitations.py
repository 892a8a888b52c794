"""How somebody becomes a project leader, hands it over and stops. Leaderships end and are never removed."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import create_account, one_time_path
from accounts.models import User
from accounts.roles import LEADER, roles_of, set_roles
from kopgroep.models import Koploper, KoploperLeader
from organisations.models import Employment
from outbox.sending import send
from regions.models import PactLeader
from zorgpact.tokens import hash_of, new_token
from zorgpact.workflow import Refused, lock, note_step

from .mails import INVITED
from .models import Invitation

LIVES = timedelta(days=14)


@transaction.atomic
def invite(target, email, *, by, name="", replaces=None):
    """Ask somebody by mail to lead `target`, a pact or a koploper. An open invitation of the same person lapses."""
    email = email.strip().lower()
    if target.leaders.current().filter(user__email=email).exists():
        raise Refused(f"{email} is al projectleider van {target}.")
    now = timezone.now()
    Invitation.objects.open(now).filter(**_owner(target), email=email).update(withdrawn_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        **_owner(target),
        email=email,
        name=name.strip()[:150],
        token_hash=hash_of(token),
        lapses_at=now + LIVES,
        invited_by=by,
        replaces=replaces,
    )
    _send(invitation, token)
    note_step(target, by=by, step="projectleider uitgenodigd")
    return invitation


@transaction.atomic
def send_again(invitation, *, by):
    """A new link; the one from before stops working. Raises `Refused` where there is nothing to send."""
    if invitation.used_at or invitation.withdrawn_at:
        raise Refused("Deze uitnodiging is gebruikt of ingetrokken. Maak een nieuwe.")
    token, now = new_token(), timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token), sent_at=now, lapses_at=now + LIVES)
    invitation.refresh_from_db()
    _send(invitation, token)
    note_step(invitation.target, by=by, step="uitnodiging van een projectleider opnieuw verstuurd")


def _send(invitation, token):
    context = {
        "reader": invitation.name or invitation.email,
        "by": str(invitation.invited_by),
        "target": str(invitation.target),
        "replaces": str(invitation.replaces) if invitation.replaces else "",
        "lapses": invitation.lapses_at,
        "link": settings.PORTAL_URL + reverse("workplace:invitation", args=[token]),
    }
    send(INVITED, invitation.email, context, key=invitation.token_hash[:16], about=invitation)


@transaction.atomic
def withdraw(invitation, *, by):
    if Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        note_step(invitation.target, by=by, step="uitnodiging van een projectleider ingetrokken")


def _owner(target):
    return {"koploper" if isinstance(target, Koploper) else "pact": target}


@transaction.atomic
def accept(invitation):
    """The person of the invitation leads from now on; who hands over, no more. Gives the user. Raises `Refused`."""
    invitation = lock(invitation)
    if invitation.state != Invitation.State.OPEN:
        raise Refused("Deze uitnodiging werkt niet meer.")
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = create_account(invitation.email, [LEADER], invitation.name)
    elif LEADER not in roles_of(user):
        set_roles(user, [*roles_of(user), LEADER])
    target = invitation.target
    target.leaders.get_or_create(user=user, until=None)
    if invitation.replaces:
        target.leaders.filter(user=invitation.replaces).end()
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    note_step(target, by=user, step="is projectleider geworden")
    return user


def first_link(user):
    """Where a new leader goes on: to choose a password. Somebody who has one logs in."""
    return reverse("account_login") if user.has_usable_password() else one_time_path(user)


def let_go(user, by, **kwargs):
    """An account was switched off: leaderships and employments end, invitations of this person lapse."""
    for model in (PactLeader, KoploperLeader, Employment):
        model.objects.filter(user=user).end()
    Invitation.objects.open().filter(email=user.email).update(withdrawn_at=timezone.now())
    Invitation.objects.open().filter(replaces=user).update(withdrawn_at=timezone.now())
