"""Where somebody is logged in. The library asks this once for each session; here it is a fixed number of queries."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from .middleware import BEGAN, LONGEST_SESSION, SEEN


def open_sessions(user):
    """The sessions of `user` that can still be used. What is kept of sessions that are gone, is removed."""
    noted = list(UserSession.objects.filter(user=user))
    keys = [session.session_key for session in noted]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    inside = {session.session_key: session.get_decoded() for session in stored}
    theirs = {key for key, data in inside.items() if _is_of(user, data)}
    if gone := [session.pk for session in noted if session.session_key not in theirs]:
        UserSession.objects.filter(pk__in=gone).delete()
    return [session for session in noted if session.session_key in theirs and _is_open(inside[session.session_key])]


def _is_of(user, data):
    """Another password ends every session, which shows by what the session keeps of it."""
    valid = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    return data.get(SESSION_KEY) == str(user.pk) and data.get(HASH_SESSION_KEY) in valid


def _is_open(data):
    """Not left alone for too long, nor too old; the next request in it would end it."""
    now = time.time()
    return now - data.get(BEGAN, 0) <= LONGEST_SESSION and now - data.get(SEEN, 0) <= settings.SESSION_IDLE_MINUTES * 60
