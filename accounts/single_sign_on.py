"""Logging in at a ministry, with OpenID Connect. Only who has an account comes in.

django-allauth does the talking. It has no nonce, believes a token that came over TLS without a look at its signature,
and takes in whoever is known to the provider: those three are added here.

    begin → the provider → finish → Adapter.pre_social_login (whose account?) → SecondFactorStage → in
"""

import functools
import logging
import secrets
import time

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.views.decorators.http import require_GET
from jwt import PyJWTError
from requests import RequestException

from .middleware import AT_PROVIDER

logger = logging.getLogger(__name__)

PROVIDER = "ministerie"
SIGNED_WITH = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# What a provider that answers with something else than it should may lead to.
NONSENSE = (OAuth2Error, PyJWTError, ImproperlyConfigured, AttributeError, KeyError, TypeError, ValueError)
STATUS = {"cancelled": 200, "down": 503, "failed": 400, "stranger": 403, "other": 403}
RECENT = 300  # seconds
WAY_OUT = "single-sign-on-way-out"


class Exchange(OpenIDConnectOAuth2Adapter):
    """What is said between the portal and the provider."""

    @property
    def openid_config(self):
        config, issuer = super().openid_config, settings.SINGLE_SIGN_ON["issuer"]
        scheme = issuer.partition("://")[0] + "://"
        if config.get("issuer") != issuer or not all(config[name].startswith(scheme) for name in ENDPOINTS):
            raise OAuth2Error("The provider describes itself as another.")
        return config

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("single_sign_on_answer"))

    def complete_login(self, request, app, token, response, **kwargs):
        claims = self.read(response["id_token"], app)
        if "email" not in claims:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("The provider tells of somebody else.")
            claims = told | claims
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def read(self, id_token, app):
        """What the token says; always with a look at who signed it."""
        if jwtkit.jwt.get_unverified_header(id_token).get("alg") not in SIGNED_WITH:
            raise OAuth2Error("The token is not signed as it should be.")
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=settings.SINGLE_SIGN_ON["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not {"exp", "iat", "sub"} <= claims.keys() or claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The token does not say all, or is for another.")
        return claims


class Provider(OpenIDConnectProvider):
    pkce_enabled_default = True
    oauth2_adapter_class = Exchange

    def get_scope(self):
        return ["openid", "email"]

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce}
        if settings.SINGLE_SIGN_ON["acr"]:
            asked["acr_values"] = " ".join(settings.SINGLE_SIGN_ON["acr"])
        if request.user.is_authenticated:
            # To be sure that it is still the same person.
            asked |= {"prompt": "login", "max_age": "0"}
        return super().redirect(request, process, next_url, data, auth_params=asked, nonce=nonce)

    def sociallogin_from_response(self, request, response):
        login = super().sociallogin_from_response(request, response)
        # Of what the provider tells only its own number of the person is kept.
        login.claims, login.account.extra_data = response["id_token"], {}
        return login


class Adapter(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None):
        """From the environment alone: a secret in the database would stand in every copy of it."""
        setup = settings.SINGLE_SIGN_ON
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER,
                name=setup["label"],
                client_id=setup["client_id"],
                secret=setup["secret"],
                settings={"server_url": setup["issuer"].rstrip("/")},
            )
        ]

    def get_provider(self, request, provider, client_id=None):
        return Provider(request, app=self.list_apps(request)[0])

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Let in whose account this is, and nobody else."""
        state, claims = sociallogin.state, sociallogin.claims
        if not constant_time_compare(str(claims.get("nonce", "")), state["nonce"]):
            self.stop(request, "failed", "nonce")
        if request.user.is_authenticated and claims.get("auth_time", time.time()) < time.time() - RECENT:
            self.stop(request, "failed", "auth_time")
        person = owner(claims)
        if not person:
            self.stop(request, "stranger")
        uid = sociallogin.account.uid
        if not is_tied(person, uid):
            self.stop(request, "other")
        if person.is_active:
            sociallogin.account, _ = SocialAccount.objects.get_or_create(
                provider=PROVIDER, uid=uid, defaults={"user": person}
            )
        # Their token has done its work, and the session would keep it.
        sociallogin.user, sociallogin.token = person, None
        state["second_factor"] = has_second_factor(claims)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            self.stop(request, "cancelled")
        self.stop(request, "down" if isinstance(exception, RequestException) else "failed", type(exception).__name__)

    def stop(self, request, problem, reason=""):
        raise ImmediateHttpResponse(stopped(request, problem, reason))


class SecondFactorStage(AuthenticateStage):
    """Asks no code of whom the provider has asked one."""

    def handle(self):
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login and login.state.get("second_factor"):
            record_authentication(self.request, self.login.user, method="mfa", type=AT_PROVIDER)
            return None, True
        return super().handle()


def owner(claims):
    """Whose account it is: by an address that both the provider and we have confirmed. Exactly that one: İ is no i."""
    email, domains = claims.get("email"), settings.SINGLE_SIGN_ON["domains"]
    if not isinstance(email, str) or claims.get("email_verified") is not True:
        return None
    if domains and email.rpartition("@")[2].lower() not in domains:
        return None
    found = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
    return found and found.user


def is_tied(person, uid):
    """Addresses are given to a next person; the provider's own number of somebody never is. The first one counts."""
    ties = SocialAccount.objects.filter(Q(user=person) | Q(uid=uid), provider=PROVIDER)
    return all((tie.user_id, tie.uid) == (person.pk, uid) for tie in ties)


def has_second_factor(claims):
    setup, ways = settings.SINGLE_SIGN_ON, claims.get("amr")
    return claims.get("acr") in setup["acr"] or bool(set(ways if isinstance(ways, list) else []) & set(setup["amr"]))


def stopped(request, problem, reason=""):
    """A page that says what went wrong and what to do. Without what the provider wrote: that may hold anything."""
    if problem != "cancelled":
        logger.warning("Single sign-on: %s %s", problem, reason)
    return render(request, "account/single_sign_on.html", {"problem": problem}, status=STATUS[problem])


def answers_in_words(view):
    """A provider that is down or talks nonsense gives a page, never a 500."""

    @functools.wraps(view)
    def inner(request):
        try:
            return view(request)
        except RequestException as error:
            return stopped(request, "down", type(error).__name__)
        except NONSENSE as error:
            return stopped(request, "failed", type(error).__name__)

    return inner


@require_GET
@answers_in_words
def begin(request):
    # A link, for a form would need the provider's host in the policy. Another site may not start it.
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return redirect("account_login")
    if not ratelimit.consume(request, app="allauth.account", action="login", limit_get=True):
        return ratelimit.respond_429(request)
    provider = Adapter(request).get_provider(request, PROVIDER)
    return provider.redirect(request, "login", get_next_redirect_url(request))


@require_GET
@answers_in_words
def finish(request):
    return OAuth2CallbackView.adapter_view(Exchange(request, PROVIDER))(request)


@require_GET
def logged_out(request):
    """After the portal's own logout: the provider may still know this browser."""
    return render(request, "account/single_sign_on_logged_out.html", {"way_out": way_out(request)})


def way_out(request):
    """Where to log out at the provider; empty where it has no such page or does not answer."""
    address = cache.get(WAY_OUT)
    if address is None:
        try:
            address = Exchange(request, PROVIDER).openid_config.get("end_session_endpoint", "")
        except (RequestException, *NONSENSE):
            address = ""
        cache.set(WAY_OUT, address, 3600 if address else 60)
    back = {"client_id": settings.SINGLE_SIGN_ON["client_id"], "post_logout_redirect_uri": settings.PORTAL_URL + "/"}
    return address.startswith(("https://", "http://")) and f"{address}?{urlencode(back)}"
