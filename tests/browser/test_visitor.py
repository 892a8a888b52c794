"""What a visitor does: by keyboard, on a phone, without script, back and forth."""

import re

import pytest
from playwright.sync_api import expect

from .desks import PHONE, VISITOR
from .keyboard import press, tab_to

PACT = "Zorgpact Zeeland"
ANSWER = f"Bij Middelburg (Z.) hoort {PACT}"


@pytest.fixture
def page(desks):
    page = desks(VISITOR)
    yield page
    assert page.watch.found == []


@pytest.fixture
def plain_page(desks):
    """A browser that runs no script."""
    page = desks.new(java_script_enabled=False)
    yield page
    page.context.close()


@pytest.fixture
def phone(desks):
    page = desks.new(viewport=PHONE)
    yield page
    page.context.close()


# A list, or all of another page.
WORDS = "(document.querySelector('#verfijn')?.parentElement ?? document.querySelector('main')).innerText"


def words(page):
    return page.evaluate(WORDS)


def total(page):
    return int(page.locator("#lijst").inner_text().split()[0])


def wait_for_total(page, number):
    expect(page.locator("#lijst")).to_have_text(re.compile(rf"^\s*{number} "))


def wait_for_words(page, text):
    page.wait_for_function(f"(text) => {WORDS} === text", arg=text)


def count_at(choice):
    return int(choice.locator("xpath=ancestor::label").locator(".count").inner_text())


def test_skip_link_comes_first_and_leads_to_the_content(page):
    page.goto("/kopgroep/")

    tab_to(page, page.get_by_role("link", name="Naar de inhoud"))
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_list_filter_page_and_back_by_keyboard(page):
    page.goto("/kopgroep/")
    choice = page.get_by_role("checkbox", name="Leren in de praktijk")
    promised = count_at(choice)

    tab_to(page, choice)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Toon resultaten"))
    press(page, "Enter")

    wait_for_total(page, promised)
    filtered, shown = page.url, words(page)
    first = page.locator(".rows h3 a").first
    title = first.inner_text()

    # The list is the target of the address: the next stop is in it.
    tab_to(page, first)
    press(page, "Enter")
    assert page.locator("h1").inner_text() == title

    page.go_back()
    wait_for_words(page, shown)
    assert page.url == filtered
    assert page.get_by_role("checkbox", name="Leren in de praktijk").is_checked()


def test_enter_in_a_field_sends_its_form(page):
    page.goto("/")

    tab_to(page, page.get_by_label("Uw gemeente of plaats"))
    page.keyboard.type("Middelburg")
    press(page, "Enter")

    assert page.locator("#antwoord-kop").inner_text() == ANSWER


def test_misspelt_municipality_leads_on(page):
    page.goto("/regionale-pacten/?gemeente=Midelburg#antwoord")

    page.locator("#antwoord").get_by_role("link", name="Middelburg (Z.)").click()

    assert page.locator("#antwoord-kop").inner_text() == ANSWER


def test_back_and_forward_are_exact(page):
    page.goto("/kopgroep/?sorteer=nieuwste")
    visited = [(page.url, words(page))]
    for link in (page.get_by_role("link", name="Volgende"), page.locator(".rows h3 a").first):
        before = words(page)
        link.click()
        # Of another page a part may be there already.
        page.wait_for_function(f"(text) => document.readyState === 'complete' && {WORDS} !== text", arg=before)
        visited.append((page.url, words(page)))

    back_and_forth = [visited[1], visited[0], visited[1], visited[2]]
    for move, (url, text) in zip(
        (page.go_back, page.go_back, page.go_forward, page.go_forward), back_and_forth, strict=True
    ):
        move()
        wait_for_words(page, text)
        assert page.url == url


def test_on_a_phone_the_list_comes_first_and_the_choices_by_a_link(phone):
    phone.goto("/kopgroep/")
    assert (phone.locator(".rows").is_visible(), phone.locator("#verfijn").is_visible()) == (True, False)

    tab_to(phone, phone.get_by_role("link", name="Verfijn"))
    phone.keyboard.press("Enter")
    assert (phone.locator(".rows").is_visible(), phone.locator("#verfijn").is_visible()) == (False, True)

    choice = phone.get_by_role("checkbox", name="Leren in de praktijk")
    promised = count_at(choice)
    tab_to(phone, choice)
    phone.keyboard.press("Space")
    tab_to(phone, phone.get_by_role("button", name="Toon resultaten"))
    press(phone, "Enter")
    assert (phone.locator(".rows").is_visible(), phone.locator("#verfijn").is_visible()) == (True, False)
    wait_for_total(phone, promised)

    tab_to(phone, phone.locator(".chips .chip").first)
    press(phone, "Enter")
    expect(phone.locator(".chips")).to_have_count(0)


def test_menu_on_a_phone_opens_by_keyboard(phone):
    phone.goto("/")

    tab_to(phone, phone.locator(".menu summary"))
    phone.keyboard.press("Enter")
    tab_to(phone, phone.get_by_role("navigation", name="Menu").get_by_role("link", name="Kopgroep"))
    press(phone, "Enter")

    assert phone.locator("h1").inner_text() == "Kopgroep"


def test_everything_works_without_script(plain_page):
    page = plain_page
    page.goto("/kopgroep/")
    everything = total(page)
    page.get_by_role("checkbox", name="Leren in de praktijk").check()
    page.get_by_role("button", name="Toon resultaten").click()
    assert total(page) < everything

    page.get_by_role("link", name="Alles wissen").click()
    assert total(page) == everything
    page.get_by_role("link", name="Volgende").click()
    assert page.locator(".pager [aria-current]").inner_text().split()[-1] == "2"

    page.goto("/regionale-pacten/")
    page.get_by_label("Uw gemeente of plaats").fill("Middelburg")
    page.get_by_role("button", name="Vind mijn pact").click()
    page.locator("#antwoord").get_by_role("link").first.click()
    assert page.locator("h1").inner_text() == PACT


def test_a_visitor_gets_no_cookie(desks):
    page = desks.new()

    for address in ("/", "/kopgroep/", "/regionale-pacten/?gemeente=Middelburg", "/contact/", "/bestaat-niet/"):
        page.goto(address)

    assert page.context.cookies() == []
    page.context.close()
