"""What happens beside a login."""

import logging
import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.management import call_command
from django.dispatch import receiver

from .devices import note_login
from .middleware import BEGAN, SEEN
from .sessions import open_sessions

logger = logging.getLogger(__name__)


def create_cache_table(using="default", **kwargs):
    """The limits on tries live in a table of the cache; without it every login fails."""
    if "db.DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", database=using, verbosity=0)


@receiver(user_logged_in)
def start_clock(request, user, **kwargs):
    request.session[BEGAN] = request.session[SEEN] = time.time()
    note_login(user, request.headers.get("User-Agent", ""))
    # Network addresses of sessions that ended do not stay.
    open_sessions(user)
    logger.info("Login of account %s", user.pk, extra={"request": request})


@receiver(user_login_failed)
def note_failure(request=None, **kwargs):
    """Without the address: who mistypes it may have typed a password there."""
    logger.warning("Login failed", extra={"request": request})


@receiver(user_logged_out)
def note_logout(request, user, **kwargs):
    logger.info("Logout of account %s", user and user.pk, extra={"request": request})


@receiver(authenticator_added)
def count_as_second_factor(request, user, authenticator, **kwargs):
    """Whoever sets up a second factor has just shown it: this session need not ask again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type)
    if authenticator.type == Authenticator.Type.TOTP:
        # Notes the code that set it up as used: it must not open the next login too.
        authenticator.wrap().validate_code(request.POST.get("code", ""))
