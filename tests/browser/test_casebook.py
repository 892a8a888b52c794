"""Somebody stuck on a rule reads what may be done, and says so: on a phone without script, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from .desks import PHONE, VISITOR
from .keyboard import press, tab_to

LIST = "/ruimte-in-de-regels/"
QUESTION = "Mogen wij onderwijstijd verplaatsen naar de praktijk?"


@pytest.fixture
def phone(desks):
    """A phone that runs no script."""
    page = desks.new(viewport=PHONE, java_script_enabled=False)
    yield page
    assert page.context.cookies() == []
    page.context.close()


@pytest.fixture
def page(desks):
    page = desks(VISITOR)
    yield page
    assert page.watch.found == []


def test_find_read_and_say_so_on_a_phone_without_script(phone, site):
    phone.goto(site.url)
    phone.get_by_role("main").get_by_role("link", name="Vraag of het mag").click()
    phone.get_by_role("searchbox").fill("mag ik lessen verplaatsen naar de praktijk, hoe zit het met onderwijstijd")
    phone.get_by_role("button", name="Zoeken").click()
    phone.get_by_role("link", name=QUESTION).click()
    expect(phone.locator(".answer")).to_contain_text("Ja, dat mag, als een docent de studenten begeleidt.")

    phone.get_by_label("Uw provincie").select_option(index=2)
    phone.get_by_role("button", name="Dit speelt bij mij ook").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dank u wel, wij tellen u mee")
    phone.go_back()
    phone.get_by_role("button", name="Dit speelt bij mij ook").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("U was al meegeteld")

    phone.get_by_role("link", name="Bekijk hoe het met deze belemmering gaat").click()
    expect(phone.get_by_role("main")).to_contain_text("11 keer gemeld")
    phone.get_by_role("link", name=QUESTION).click()
    phone.get_by_role("button", name="Verstuur").click()
    phone.get_by_role("link", name="Was dit nuttig?: Maak een keuze.").click()
    phone.get_by_label("Ja", exact=True).check()
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dank u wel")


def test_by_keyboard_alone(page, site):
    page.goto(f"{site.url}{LIST}staat-verouderd/")
    tab_to(page, page.get_by_label("Uw provincie"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_text("Ik wil bericht als hier iets verandert"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Uw e-mailadres"))
    page.keyboard.type("geen adres")
    tab_to(page, page.get_by_role("button", name="Dit speelt bij mij ook"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vul een e-mailadres in")
    expect(page.get_by_label("Uw e-mailadres")).to_have_value("geen adres")
    tab_to(page, page.get_by_role("button", name="Dit speelt bij mij ook"))


def test_list_narrows_in_place_and_the_way_back_works(page, site):
    page.goto(site.url + LIST)
    page.get_by_label("De belemmering zat in eigen regels").evaluate("(e) => e.closest('details').open = true")
    page.get_by_label("De belemmering zat in eigen regels").check()
    page.get_by_role("button", name="Toon resultaten").click()
    page.wait_for_url(re.compile("uitkomst=eigen-regels"))
    expect(page.locator("#lijst")).to_contain_text("casus")
    page.go_back()
    page.wait_for_url(site.url + LIST)
    tab_to(page, page.get_by_role("link", name="Regelingen").first)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Regelingen")
