"""At 400 %, with wider spacing, on paper, with colours of one's own, without motion."""

import re

import pytest

from .audit import ZOOMED, arrange
from .desks import TEAM, VISITOR
from .keyboard import tab_to

# Links and headings that somebody can get at.
WITHIN_REACH = """() => [...document.querySelectorAll("main a, main h1, main h2, main h3")]
    .filter((e) => e.checkVisibility() && !e.closest("#verfijn") && !e.matches(".refine"))
    .map((e) => e.textContent.trim().replace(/\\s+/g, " "))"""
# What a browser has left of a sheet between its margins.
PAPER = {"width": 718, "height": 1040}
STUCK = """() => [...document.querySelectorAll("body *")]
    .filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility())
    .map((e) => e.outerHTML.slice(0, 100))"""
PAGES = ["home", "regions-list", "regions-detail-druk", "kopgroep-list", "kopgroep-detail-druk", "themes-detail"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_at_four_times_the_size(desks, site, name):
    page = desks(VISITOR)
    page.goto(site.addresses[name])
    wide = page.evaluate(WITHIN_REACH)

    page.set_viewport_size(ZOOMED)

    assert set(wide) - set(page.evaluate(WITHIN_REACH)) == set()
    # What stays in place takes the little room there is.
    assert page.evaluate(STUCK) == []
    arrange(page, 1280, "light")


def test_form_of_the_admin_leaves_room_at_four_times_the_size(desks, site):
    page = desks(TEAM)
    page.goto(site.addresses["admin-regions_regionalpact_change"])

    page.set_viewport_size(ZOOMED)

    assert page.evaluate(STUCK) == []
    arrange(page, 1280, "light")


# Sixty participants take their room; one of which little is known fits on a sheet.
@pytest.mark.parametrize(("name", "sheets"), [("kopgroep-detail-druk", 5), ("kopgroep-detail-leeg", 2)])
def test_koploper_prints_as_a_clean_sheet(desks, site, name, sheets):
    page = desks(VISITOR)
    page.goto(site.addresses[name])

    page.emulate_media(media="print")
    shown = [
        element
        for element in ("nav", "form", "button", ".button", ".skip", ".menu", ".crumbs")
        for found in page.locator(element).all()
        if found.is_visible()
    ]
    paper = page.pdf(format="A4")
    page.emulate_media(media="screen")

    assert shown == []
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= sheets


def test_compared_koplopers_stand_side_by_side_on_paper(desks, site):
    page = desks(VISITOR)
    page.goto(site.addresses["kopgroep-compare-vier-naast-elkaar"])

    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    places = [cell.bounding_box() for cell in page.locator(".compare tbody tr").first.locator("td").all()]
    page.emulate_media(media="screen")
    arrange(page, 1280, "light")

    assert len(places) == 4
    assert len({place["y"] for place in places}) == 1


def test_own_colours_keep_the_focus_and_the_choices_visible(desks):
    page = desks.new(forced_colors="active")
    page.goto("/kopgroep/")

    tab_to(page, page.get_by_role("button", name="Toon resultaten"))

    lines = page.locator(".row .mark .edge, .row .mark circle")
    assert lines.count() > 0
    assert all(line.evaluate("(e) => getComputedStyle(e).stroke + getComputedStyle(e).fill") for line in lines.all())
    page.context.close()


@pytest.mark.parametrize(("motion", "expected"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_for_who_wants_it(desks, motion, expected):
    page = desks.new(reduced_motion=motion)
    page.goto("/")

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == expected
    page.context.close()
