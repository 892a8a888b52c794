"""A passkey, from setting it up to logging in with it alone. The browser holds a key that says yes by itself."""

import re

import pytest
from playwright.sync_api import expect

from .desks import VISITOR, log_in
from .site import PASSWORD

LEADER = "leider@voorbeeld.example"
KEYS = "/mijn/account/tweede-stap/sleutels/"
# How the last login went, as the server keeps it.
METHODS = """
import django; django.setup()
from django.contrib.sessions.models import Session
found = [s.get_decoded() for s in Session.objects.all()]
print(max((s.get("began", 0), [(m["method"], m.get("passwordless")) for m in s["account_authentication_methods"]])
    for s in found if "account_authentication_methods" in s)[1])
"""


@pytest.fixture
def page(desks):
    page = desks.new(VISITOR)
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    page.context.close()


def press(page, button):
    page.get_by_role("main").get_by_role("button", name=button, exact=True).last.click()


def confirm(page):
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Bevestigen")


@pytest.mark.norm("ASVS-6.3.3")
def test_passkey_is_set_up_logs_in_alone_and_can_be_taken_away(page):
    page.goto("/inloggen/")
    log_in(page, LEADER)
    page.goto(f"{KEYS}nieuw/")
    confirm(page)
    page.get_by_label("Naam van de sleutel").fill("Telefoon van werk")
    page.get_by_label("Ook inloggen zonder wachtwoord").check()
    press(page, "Sleutel toevoegen")
    expect(page).not_to_have_url(re.compile("/nieuw/$"))
    page.goto(KEYS)
    expect(page.get_by_role("heading", name="Telefoon van werk")).to_be_visible()
    expect(page.get_by_text("Hiermee logt u ook in zonder wachtwoord.")).to_be_visible()

    press(page, "Uitloggen")
    page.goto("/inloggen/?next=/mijn/account/")
    press(page, "Inloggen met een sleutel")
    expect(page.get_by_role("heading", name="Mijn account", level=1)).to_be_visible()
    assert page.watch.found == []
    assert page.site.run("-c", METHODS).strip() == "[('mfa', True)]"

    page.goto(KEYS)
    page.get_by_role("link", name="Verwijderen (Telefoon van werk)").click()
    confirm(page)
    press(page, "Verwijderen")
    expect(page.get_by_text("U hebt nog geen sleutel ingesteld.")).to_be_visible()


def test_browser_without_the_key_says_so(page):
    page.goto("/inloggen/")
    press(page, "Inloggen met een sleutel")
    expect(page.locator("[data-key-error]")).to_be_visible()
