"""Logging in at a ministry, against a provider that answers over HTTP."""

import datetime
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from auditlog.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.invitations import clear_second_factor
from accounts.models import User
from accounts.roles import OCW
from outbox.models import Mail
from tests.accounts.oidc_provider import Provider
from tests.accounts.test_settings import start

pytestmark = pytest.mark.django_db

BEGIN = "/inloggen/ministerie/"
WITH_TWO_FACTORS = {"amr": ["pwd", "mfa"]}


@pytest.fixture
def provider(settings):
    provider = Provider()
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON | {"issuer": provider.issuer}
    yield provider
    provider.close()


def come_in(provider, client=None, begin=BEGIN, **claims):
    """From the button to what the portal answers at the end, as a browser goes."""
    client = client or Client()
    provider.claims = claims
    there = client.get(begin)["Location"]
    response = client.get(provider.log_in(there))
    return client, response


def is_in(client):
    return "_auth_user_id" in client.session


def says(response, text):
    return text in " ".join(response.content.decode().split())


def test_known_address_comes_in_and_the_provider_shows_the_second_factor(provider, account):
    user = account(OCW)
    client, response = come_in(provider, **WITH_TWO_FACTORS)
    assert response["Location"] == "/mijn/account/na-inloggen/"
    assert client.get(response["Location"])["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(user.devices.values_list("kind", flat=True)) == ["een onbekende browser op een onbekend systeem"]


def test_what_is_asked_of_the_provider(provider, settings):
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON | {"acr": ["hoog", "midden"]}
    asked = dict(parse_qsl(urlsplit(Client().get(BEGIN)["Location"]).query))
    assert len(asked.pop("nonce")) > 40
    assert len(asked.pop("state")) >= 16
    assert len(asked.pop("code_challenge")) == 43
    assert set(asked.pop("scope").split()) == {"openid", "email"}
    assert asked == {
        "client_id": "zorgpact",
        "redirect_uri": "http://testserver/inloggen/ministerie/terug/",
        "response_type": "code",
        "code_challenge_method": "S256",
        "acr_values": "hoog midden",
    }


@pytest.mark.norm("ASVS-10.5.1")
def test_each_login_has_a_nonce_a_state_and_a_challenge_of_its_own(provider):
    first, second = (dict(parse_qsl(urlsplit(Client().get(BEGIN)["Location"]).query)) for _ in range(2))
    assert {name for name in first if first[name] != second[name]} >= {"nonce", "state", "code_challenge"}


@pytest.mark.parametrize("address", [f"{BEGIN}?scope=alles", f"{BEGIN}?auth_params=nonce%3Dx%26prompt%3Dnone"])
def test_address_cannot_change_what_is_asked(provider, address):
    asked = dict(parse_qsl(urlsplit(Client().get(address)["Location"]).query))
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert "prompt" not in asked
    assert asked["nonce"] != "x"


@pytest.mark.norm("ASVS-3.7.2")
def test_where_somebody_was_going_is_kept_and_another_site_is_not(provider, account):
    account(OCW)
    _, response = come_in(provider, begin=f"{BEGIN}?next=/beheer/kopgroep/koploper/", **WITH_TWO_FACTORS)
    assert response["Location"] == "/beheer/kopgroep/koploper/"
    _, response = come_in(provider, begin=f"{BEGIN}?next=https://elders.example/", **WITH_TWO_FACTORS)
    assert response["Location"] == "/mijn/account/na-inloggen/"


@pytest.mark.norm("ASVS-6.8.4")
@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "mfa"}])
def test_own_second_factor_is_asked_when_the_provider_says_nothing_of_it(provider, account, app, claims):
    code = app(account(OCW))
    client, response = come_in(provider, **claims)
    assert response["Location"] == "/inloggen/tweede-stap/"
    assert not is_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code()})
    assert client.get("/beheer/").status_code == 200


def test_without_any_second_factor_the_way_leads_to_setting_one_up(provider, account):
    account(OCW)
    client, _ = come_in(provider)
    assert client.get("/beheer/")["Location"] == "/mijn/account/tweede-stap/"


@pytest.mark.norm("ASVS-6.8.4")
def test_class_of_the_login_counts_where_the_settings_name_it(provider, account, settings):
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON | {"acr": ["hoog"], "amr": []}
    account(OCW)
    client, _ = come_in(provider, acr="hoog")
    assert client.get("/beheer/").status_code == 200
    client, _ = come_in(provider, acr="laag", amr=["mfa"])
    assert client.get("/beheer/").status_code == 302


# --- Who stays out ------------------------------------------------------------------------------

STRANGER = "Een account op dit portaal krijgt u op uitnodiging."


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@zorg.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "an.jansen@zorg.example.elders.example"},
        {"email": "an.jansen@zorg.exampıe"},
        {"email": ["an.jansen@zorg.example"]},
    ],
)
def test_stranger_gets_a_page_that_says_what_to_do(provider, account, claims):
    account(OCW)
    client, response = come_in(provider, **WITH_TWO_FACTORS, **claims)
    assert response.status_code == 403
    assert says(response, STRANGER)
    assert not is_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_address_that_we_have_not_confirmed_lets_nobody_in(provider, account):
    account(OCW).emailaddress_set.update(verified=False)
    client, response = come_in(provider, **WITH_TWO_FACTORS)
    assert says(response, STRANGER)
    assert not is_in(client)


@pytest.mark.norm("ASVS-6.8.1")
def test_provider_is_believed_for_its_own_addresses(provider, account, settings):
    account(OCW)
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON | {"domains": ["minvws.example"]}
    assert says(come_in(provider, **WITH_TWO_FACTORS)[1], STRANGER)
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON | {"domains": ["minvws.example", "zorg.example"]}
    assert is_in(come_in(provider, **WITH_TWO_FACTORS)[0])


def test_account_that_was_switched_off_stays_out(provider, account):
    user = account(OCW)
    user.is_active = False
    user.save()
    client, response = come_in(provider, **WITH_TWO_FACTORS)
    assert says(client.get(response["Location"]), "Dit account is uitgezet")
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.norm("ASVS-10.5.2", "ASVS-6.8.1")
def test_address_that_went_to_a_next_person_does_not_open_the_account(provider, account):
    user = account(OCW)
    assert is_in(come_in(provider, **WITH_TWO_FACTORS)[0])
    client, response = come_in(provider, sub="008", **WITH_TWO_FACTORS)
    assert response.status_code == 403
    assert says(response, "hoort bij een andere gebruiker van Rijksoverheid")
    assert not is_in(client)
    clear_second_factor(user, user, "een nieuwe gebruiker bij het ministerie")
    assert is_in(come_in(provider, sub="008", **WITH_TWO_FACTORS)[0])


@pytest.mark.norm("ASVS-10.5.2")
def test_person_with_a_new_address_does_not_open_the_account_of_another(provider, account):
    account(OCW)
    account(OCW, email="piet@zorg.example")
    come_in(provider, **WITH_TWO_FACTORS)
    client, response = come_in(provider, email="piet@zorg.example", **WITH_TWO_FACTORS)
    assert response.status_code == 403
    assert not is_in(client)


# --- A provider that errs, or somebody between --------------------------------------------------

FAILED = "Het antwoord van Rijksoverheid klopt niet"


@pytest.mark.norm("ASVS-10.5.1", "ASVS-10.5.4")
@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "een-andere"},
        {"nonce": None},
        {"iss": "https://elders.example"},
        {"aud": "een-ander"},
        {"aud": ["zorgpact", "een-ander"], "azp": "een-ander"},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"sub": None},
    ],
)
def test_token_that_is_not_for_this_login_lets_nobody_in(provider, account, claims):
    account(OCW)
    client, response = come_in(provider, **WITH_TWO_FACTORS, **claims)
    assert (response.status_code, says(response, FAILED)) == (400, True)
    assert not is_in(client)


@pytest.mark.norm("ASVS-6.8.2")
@pytest.mark.parametrize(("signs_with", "algorithm"), [("theirs", "RS256"), ("ours", "none"), ("ours", "HS256")])
def test_token_that_the_provider_did_not_sign_lets_nobody_in(provider, account, signs_with, algorithm):
    account(OCW)
    provider.signs_with, provider.algorithm = signs_with, algorithm
    client, response = come_in(provider, **WITH_TWO_FACTORS)
    assert (response.status_code, says(response, FAILED)) == (400, True)
    assert not is_in(client)


@pytest.mark.norm("ASVS-10.2.1")
def test_answer_to_a_login_that_this_browser_did_not_begin(provider, account):
    account(OCW)
    address = provider.log_in(Client().get(BEGIN)["Location"])
    for other in (address, address.replace("state=", "state=x"), "/inloggen/ministerie/terug/"):
        client = Client()
        client.get(BEGIN)
        response = client.get(other)
        assert (response.status_code, says(response, FAILED)) == (400, True)
        assert not is_in(client)
    assert provider.taken == []


def test_answer_works_once(provider, account):
    account(OCW)
    client = Client()
    provider.claims = WITH_TWO_FACTORS
    address = provider.log_in(client.get(BEGIN)["Location"])
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 400


@pytest.mark.norm("ASVS-10.2.1")
def test_code_without_the_other_half_of_the_challenge_is_worth_nothing(provider, account):
    account(OCW)
    client = Client()
    address = provider.log_in(client.get(BEGIN)["Location"])
    provider.asked[-1]["code_challenge"] = "van-een-ander"
    assert says(client.get(address), FAILED)
    assert not is_in(client)


def test_more_about_somebody_else_is_refused(provider, account):
    account(OCW)
    provider.userinfo = {"sub": "008", "email": "an.jansen@zorg.example", "email_verified": True}
    assert says(come_in(provider, email=None, **WITH_TWO_FACTORS)[1], FAILED)
    provider.userinfo["sub"] = "007"
    assert is_in(come_in(provider, email=None, email_verified=None, **WITH_TWO_FACTORS)[0])


@pytest.mark.norm("ASVS-10.5.3")
@pytest.mark.parametrize(
    "config",
    [
        {"issuer": "https://elders.example"},
        {"token_endpoint": "ftp://127.0.0.1/"},
        {"jwks_uri": None},
        {"authorization_endpoint": ["x"]},
    ],
)
def test_provider_that_describes_itself_as_another(provider, config):
    provider.config = config
    assert says(Client().get(BEGIN), FAILED)


@pytest.mark.norm("ASVS-16.5.2")
def test_provider_that_is_down(account, client):
    account(OCW)
    response = client.get(BEGIN)
    assert response.status_code == 503
    assert says(response, "Rijksoverheid geeft nu geen antwoord")


def test_provider_that_goes_down_halfway(provider, account, client):
    account(OCW)
    address = provider.log_in(client.get(BEGIN)["Location"])
    provider.close()
    response = client.get(address)
    assert response.status_code == 503
    assert says(response, "Rijksoverheid geeft nu geen antwoord")
    assert not is_in(client)


def test_somebody_who_stops_there_is_led_back(provider, client):
    state = provider.asked.append(dict(parse_qsl(urlsplit(client.get(BEGIN)["Location"]).query))) or provider.asked[0]
    response = client.get(f"/inloggen/ministerie/terug/?error=access_denied&state={state['state']}")
    assert (response.status_code, says(response, "U bent daar gestopt")) == (200, True)
    client.get(BEGIN)
    response = client.get("/inloggen/ministerie/terug/?error=<script>&state=x")
    assert says(response, FAILED)
    assert "&lt;script" not in response.content.decode()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_start_a_login(provider, site):
    response = Client(headers={"Sec-Fetch-Site": site}).get(BEGIN)
    assert response["Location"] == "/inloggen/"


@pytest.mark.norm("ASVS-2.4.1")
def test_beginning_is_limited(provider):
    client = Client()
    for _ in range(40):
        response = client.get(BEGIN)
    assert response.status_code == 429


# --- What stays behind --------------------------------------------------------------------------


@pytest.mark.norm("ASVS-13.3.1")
def test_no_secret_and_no_token_comes_into_the_database(provider, account, app):
    account(OCW)
    app(User.objects.get())
    client, _ = come_in(provider, given_name="Annemarie")
    assert not is_in(client)  # halfway: the session holds the login
    kept = [session.get_decoded() for session in Session.objects.all()]
    tie = SocialAccount.objects.get()
    for word in ("only-for-tests", "een-toegang", "Annemarie", "eyJ"):
        assert word not in str([kept, tie.extra_data])
    assert (tie.uid, tie.extra_data) == ("007", {})
    assert not SocialApp.objects.exists()
    assert not SocialToken.objects.exists()
    assert not Mail.objects.filter(kind__contains="social").exists()


def test_own_data_names_the_tie(provider, account):
    account(OCW)
    client, _ = come_in(provider, **WITH_TWO_FACTORS)
    text = client.post("/mijn/account/mijn-gegevens/").content.decode()
    assert "INLOGGEN BIJ UW MINISTERIE" in text
    assert "nummer bij het ministerie: 007" in text


def test_clearing_is_written_down(provider, account):
    user = account(OCW)
    come_in(provider, **WITH_TWO_FACTORS)
    clear_second_factor(user, user, "kwijt")
    assert not SocialAccount.objects.exists()
    assert LogEntry.objects.filter(additional_data__step="clear_second_factor").count() == 1


def test_leaving_tells_that_the_other_login_goes_on(provider, account):
    account(OCW)
    client, _ = come_in(provider, **WITH_TWO_FACTORS)
    response = client.post("/uitloggen/")
    assert response["Location"] == "/inloggen/ministerie/uitgelogd/"
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not is_in(client)
    html = client.get(response["Location"]).content.decode()
    assert f'href="{provider.issuer}/end_session?client_id=zorgpact&amp;post_logout_redirect_uri=' in html


def test_leaving_works_without_the_provider_and_stays_as_it_was_for_others(account, login, client):
    assert login(account()).post("/uitloggen/")["Location"] == "/"
    response = client.get("/inloggen/ministerie/uitgelogd/")
    assert says(response, "U bent uitgelogd bij het Zorgpact")
    assert not says(response, "Uitloggen bij Rijksoverheid")


@pytest.mark.norm("ASVS-7.5.1")
def test_before_a_change_of_the_account_the_ministry_is_asked_again(provider, account):
    user = account(OCW)
    user.set_unusable_password()
    user.save()
    client, _ = come_in(provider, **WITH_TWO_FACTORS)
    assert client.get("/mijn/account/e-mail/").status_code == 200
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=6)):
        again = client.get("/mijn/account/e-mail/")["Location"]
        assert again == f"{BEGIN}?next=/mijn/account/e-mail/"
        old = int(time.time()) - 3600
        _, response = come_in(provider, client, again, auth_time=old, **WITH_TWO_FACTORS)
        assert says(response, FAILED)
        assert provider.asked[-1]["prompt"] == "login"
        _, response = come_in(provider, client, again, auth_time=int(time.time()), **WITH_TWO_FACTORS)
        assert response["Location"] == "/mijn/account/e-mail/"
        assert client.get("/mijn/account/e-mail/").status_code == 200


# --- On and off ---------------------------------------------------------------------------------

ON = {
    "OIDC_ISSUER": "https://login.example/rijk",
    "OIDC_CLIENT_ID": "zorgpact",
    "OIDC_CLIENT_SECRET": "geheim",
    "OIDC_LABEL": "Rijksoverheid",
}
LOOK = """
import sys, django; django.setup()
from django.test import Client
from django.urls import Resolver404, resolve
try:
    found = resolve('/inloggen/ministerie/').view_name
except Resolver404:
    found = None
html = Client().get('/inloggen/', HTTP_HOST='localhost', secure=True).content.decode()
print(found, 'Inloggen met Rijksoverheid' in html, [name for name in ('jwt', 'requests', 'allauth.socialaccount.models') if name in sys.modules])
"""


def test_off_there_is_no_address_no_button_and_nothing_loaded():
    assert start(LOOK, DEBUG="on").stdout == "None False []\n"


def test_on_there_are():
    out = start(LOOK, DEBUG="on", **ON).stdout
    assert out.startswith("single_sign_on True")


@pytest.mark.parametrize("missing", ON)
def test_half_a_setup_is_refused(missing):
    result = start(**{name: value for name, value in ON.items() if name != missing})
    assert f"Single sign-on needs {missing} too" in result.stderr


def test_provider_without_https_is_refused():
    assert "OIDC_ISSUER must be" in start(**ON | {"OIDC_ISSUER": "http://login.example"}).stderr


def test_button_keeps_where_somebody_was_going(client):
    html = client.get("/inloggen/?next=/beheer/%3Fq%3Da%26b").content.decode()
    assert 'href="/inloggen/ministerie/?next=/beheer/%3Fq%3Da%26b"' in html
