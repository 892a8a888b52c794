"""A list that is narrowed in place: the same answer, the same address, the focus where it was."""

import pytest

from .desks import VISITOR

STATUS = "#inhoud > [role=status]"


@pytest.fixture
def page(desks):
    return desks(VISITOR)


def count(page):
    return page.locator("#lijst").inner_text()


def stay(page):
    """A mark that is gone as soon as the page is loaded anew."""
    page.evaluate("window.here = true")


def is_here(page):
    return page.evaluate("window.here === true")


def narrow(page):
    box = page.locator("#verfijn input[name=thema]").first
    box.check()
    page.locator("#verfijn-knop").press("Enter")
    page.wait_for_url("**thema=**")
    page.locator(".chips").first.wait_for()
    return box.get_attribute("value")


def test_choice_is_put_in_place_and_told(page):
    page.goto("/kopgroep/")
    before = count(page)
    stay(page)

    theme = narrow(page)

    assert is_here(page)
    assert page.url.endswith(f"/kopgroep/?thema={theme}")
    assert count(page) != before
    assert page.locator(STATUS).inner_text() == count(page)
    assert page.evaluate("document.activeElement.id") == "verfijn-knop"
    assert page.watch.found == []


def test_it_is_what_the_server_gives_without_the_script(page):
    page.goto("/kopgroep/")
    narrow(page)
    in_place = page.locator(".list .rows h3").all_inner_texts()

    page.reload()

    assert page.locator(".list .rows h3").all_inner_texts() == in_place


def test_back_and_forward_are_exact(page):
    page.goto("/kopgroep/")
    stay(page)
    everything = count(page)
    page.locator(".pager a[rel=next]").click()
    page.locator(".pager a[rel=prev]").wait_for()
    second = page.locator(".list .rows h3").all_inner_texts()
    narrow(page)
    narrowed = count(page)

    page.go_back()
    page.locator(".chips").wait_for(state="detached")
    assert page.locator(".list .rows h3").all_inner_texts() == second
    assert page.locator("#verfijn input:checked").count() == 0
    page.go_back()
    page.locator(".pager a[rel=prev]").wait_for(state="detached")
    assert count(page) == everything
    page.go_forward()
    page.locator(".pager a[rel=prev]").wait_for()
    page.go_forward()
    page.locator(".chips").wait_for()
    assert count(page) == narrowed
    assert is_here(page)


def test_chip_taken_away_leaves_the_focus_on_the_list(page):
    page.goto("/kopgroep/")
    narrow(page)
    stay(page)

    page.locator(".chips a.chip").first.press("Enter")
    page.locator(".chips").first.wait_for(state="detached")

    assert is_here(page)
    assert page.evaluate("document.activeElement.id") == "lijst"


def test_word_that_was_typed_follows_the_way_back(page):
    page.goto("/kopgroep/")
    page.locator("#q").fill("zorg")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=zorg**")
    page.locator(".chips").first.wait_for()

    page.go_back()
    page.locator(".chips").first.wait_for(state="detached")

    assert page.locator("#q").input_value() == ""


@pytest.mark.parametrize(("goes_to", "ends_at"), [("#thuis", "thuis"), ("#verfijn-knop", "zoek-knop")])
def test_who_goes_on_while_the_list_is_fetched_is_not_lost(page, goes_to, ends_at):
    page.goto("/kopgroep/")
    page.evaluate("document.querySelector('header a').id = 'thuis'")
    held = []
    page.route("**/kopgroep/?q=zorg", lambda route: held.append(route))
    page.locator("#q").fill("zorg")
    page.locator("#zoek-knop").press("Enter")
    page.wait_for_function("() => location.search === '?q=zorg'")
    page.locator(goes_to).focus()

    held[0].continue_()
    page.locator(".chips").first.wait_for()

    assert page.evaluate("document.activeElement.id") == ends_at
    box = page.locator(f"#{ends_at}").bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]


def test_koplopers_are_compared_from_the_list(page):
    page.goto("/kopgroep/")
    boxes = page.get_by_label("Vergelijk", exact=False)
    titles = [page.locator(".list .rows h3").nth(number).inner_text() for number in (0, 1)]
    for number in (0, 1):
        boxes.nth(number).check()

    page.get_by_role("button", name="Vergelijk wat u aanvinkte").press("Enter")
    page.wait_for_url("**/vergelijken/**")

    assert page.locator(".compare thead th a").all_inner_texts() == titles
