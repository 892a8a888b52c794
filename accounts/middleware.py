"""Rules for everybody who is logged in. A request without a session cookie passes untouched: a visitor's answer depends on no cookie."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse

from zorgpact import kept

BEGAN, SEEN, ENDED = "began", "seen", "ended"
# The type of a second factor that was not shown here but where somebody came from.
AT_PROVIDER = "provider"
LONGEST_SESSION = 60 * 60 * 12
PRIVATE = ("/inloggen/", "/uitloggen/", "/mijn/", "/beheer/", "/stijl/")


def is_logged_in(request):
    # What is refused at the door never gets a user.
    user = getattr(request, "user", None)
    return settings.SESSION_COOKIE_NAME in request.COOKIES and user is not None and user.is_authenticated


class PrivatePages:
    """Pages behind the login, and all that a logged-in user sees, stay out of caches and search engines."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response["X-Robots-Tag"] = "noindex"
            response["Cache-Control"] = "no-store"
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            response["Cache-Control"] = "no-store"
        if request.method == "POST" and request.path == reverse("account_logout") and response.status_code == 302:
            response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class Actor(AuditlogMiddleware):
    """The history's own middleware looks at the user of every request, and so makes every answer depend on the cookie."""

    @staticmethod
    def _get_actor(request):
        return request.user if is_logged_in(request) else None


class SessionLimits:
    """A session ends after a while without a request, and at the latest after half a day. What was being sent is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # After the check of the CSRF token: what another site sends in somebody's name is not kept.
        if not is_logged_in(request):
            return None
        now = time.time()
        began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
        if now - began > LONGEST_SESSION or now - seen > settings.SESSION_IDLE_MINUTES * 60:
            return end(request)
        if now - seen > 60:
            # Once a minute is enough for the page of sessions, and spares three queries a request.
            request.session[SEEN] = now
            UserSession.objects.create_from_request(request)
        return None


def end(request):
    """Log out and lead on to where the user was, with the text that was being sent."""
    logout(request)
    request.session[ENDED] = True
    if request.path.startswith(("/mijn/account/", "/uitloggen/", "/inloggen/")):
        return redirect("account_login")
    if request.method == "POST":
        return redirect_to_login(kept.keep(request) or reverse("accounts:after_login"))
    return redirect_to_login(request.get_full_path())


class SecondFactor:
    """Who is logged in without a second factor reaches the pages to set one up, and no other."""

    REACHABLE = {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_email_verification_sent",
        "account_confirm_email",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "accessibility",
        "contact",
        "cookies",
        "privacy",
        "vulnerability",
        "healthz",
    }

    # What changes how somebody comes in.
    GUARDED = {
        "account_email",
        "account_change_password",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.PORTAL_DEMO or not is_logged_in(request):
            return None
        name, records = request.resolver_match.view_name, get_authentication_records(request, request.user)
        if name in self.GUARDED and must_come_again(request.user, records):
            return redirect_to_login(request.get_full_path(), login_url=reverse("single_sign_on"))
        if name in self.REACHABLE or any(record.get("type") == AT_PROVIDER for record in records):
            return None
        if not has_second_factor(request.user):
            return redirect("mfa_index")
        if not any(record["method"] == "mfa" for record in records):
            return redirect_to_login(request.get_full_path(), login_url=reverse(page_to_show_it(request.user)))
        return None


def must_come_again(user, records):
    """Of who came from a ministry and has no password or factor here, the library asks nothing before a change."""
    came = [record["at"] for record in records if record["method"] == "socialaccount"]
    is_recent = came and time.time() - came[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(came) and not is_recent and not get_reauthentication_flows(user)


def has_second_factor(user):
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def page_to_show_it(user):
    has_app = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
