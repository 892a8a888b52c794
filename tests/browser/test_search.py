"""The field of the search by keyboard: suggestions come, can be walked, chosen and left; Enter always searches."""

import pytest

from .desks import VISITOR

OPEN = "() => document.querySelector('#zoek').getAttribute('aria-expanded')"


@pytest.fixture
def page(desks, site):
    page = desks(VISITOR)
    page.goto(f"{site.url}/zoeken/")
    return page


def type_wijk(page):
    page.locator("#zoek").press_sequentially("wijkleer")
    page.get_by_role("option").first.wait_for()


def active(page):
    """The option that the field points at, as a screen reader hears it."""
    chosen = page.locator("#zoek").get_attribute("aria-activedescendant")
    return page.locator(f"#{chosen}").inner_text() if chosen else ""


def test_arrows_walk_through_and_around(page):
    type_wijk(page)
    options = page.get_by_role("option").all_inner_texts()

    assert (page.evaluate(OPEN), active(page)) == ("true", "")
    page.keyboard.press("ArrowDown")
    assert active(page) == options[0]
    page.keyboard.press("ArrowUp")
    assert active(page) == options[-1]
    page.keyboard.press("ArrowDown")
    assert active(page) == options[0]
    assert page.locator("[role=option][aria-selected=true]").count() == 1


def test_escape_closes_and_keeps_what_was_typed(page):
    type_wijk(page)
    page.keyboard.press("Escape")

    assert page.evaluate(OPEN) == "false"
    assert page.locator("#zoek").input_value() == "wijkleer"


def test_enter_on_a_title_opens_it(page):
    type_wijk(page)
    page.keyboard.press("ArrowDown")
    title = active(page).split("\n")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/kopgroep/**")

    assert page.locator("h1").inner_text().strip() in title


def test_enter_without_a_choice_searches(page):
    type_wijk(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=wijkleer")

    assert page.locator(".hits .row").count() > 0


def test_a_click_on_a_word_searches_for_it(page):
    page.locator("#zoek").press_sequentially("verplee")
    word = page.get_by_role("option").last
    word.wait_for()
    text = word.inner_text().strip()
    word.click()
    page.wait_for_url("**/zoeken/?q=*")

    assert page.locator("#zoek").input_value() == text


def test_leaving_the_field_closes_the_list(page):
    type_wijk(page)
    page.keyboard.press("Tab")

    assert page.evaluate(OPEN) == "false"
