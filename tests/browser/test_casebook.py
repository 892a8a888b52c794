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


A4 = {"width": 680, "height": 960}
PRINTED = {
    "regels-list": "/ruimte-in-de-regels/.",
    "regels-list-gezocht": "/ruimte-in-de-regels/?q=mogen+wij+onderwijstijd+verplaatsen",
    "regels-detail-vol": "/ruimte-in-de-regels/staat-vol/",
    "regels-rule-vol": "https://wetten.overheid.nl/jci1.3:c:BWBR0007625",
    "regels-obstacles-detail-vol": "/ruimte-in-de-regels/belemmeringen/staat-blijft/",
    "regels-schemes-detail-open": "https://www.voorbeeld.example/regeling",
    "regels-status-in-behandeling": "Mogen studenten van het mbo bij ons ook in de avond leren?",
}


@pytest.mark.parametrize("name", PRINTED)
def test_on_paper_stands_what_was_read_when_and_where_and_nothing_to_press(desks, site, name):
    page = desks.new(VISITOR, viewport=A4)
    page.goto(site.addresses[name])
    page.emulate_media(media="print")

    text = page.locator("body").inner_text()
    assert PRINTED[name] in text
    assert "Afgedrukt op " in text
    to_press = page.locator("a.button, button, input, textarea, select, nav, .skip")
    assert [one.inner_text() for one in to_press.all() if one.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if name == "regels-status-in-behandeling":
        # Whoever finds the paper does not get at the page.
        assert site.addresses[name].split("/")[-2] not in text
    page.context.close()
