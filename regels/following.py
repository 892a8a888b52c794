"""Who hears when an obstacle moves. The links in their mails are signed: nobody can make one, and nothing is kept."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from .models import Follower, Question

SALT = "regels.following"


def link_of(follower):
    """One link to say yes, and later to stop; both by a button."""
    return f"{settings.PORTAL_URL}/ruimte-in-de-regels/belemmeringen/volgen/{token_of(follower)}/"


def token_of(follower):
    return signing.Signer(salt=SALT).sign_object([follower.pk, follower.email])


def follower_of(token):
    """Whose link it is; none where it is made up or the address was taken away."""
    try:
        pk, email = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Follower.objects.filter(pk=pk, email=email).select_related("obstacle").first()


def follow(obstacle, email):
    """Keep the address until its owner presses the button in the mail; asking twice is one mail."""
    from . import mails

    with transaction.atomic():
        follower, is_new = Follower.objects.get_or_create(obstacle=obstacle, email=email.strip().lower())
        if is_new:
            mails.ask_to_confirm_following(follower)
    return follower


def confirm(follower):
    Follower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def stop(follower):
    follower.delete()


def may_hear(record):
    """Whether a mail about a move still goes: to a follower of a public obstacle, or to an asker who is known."""
    if isinstance(record, Question):
        return bool(record.email)
    return record.confirmed_at is not None and record.obstacle.is_published
