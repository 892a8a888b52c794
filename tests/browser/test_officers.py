"""The desk of an officer by keyboard: from the list of a queue to the next question with few keys."""

import pytest

from .desks import OFFICER

MOST_KEYS = 24
LANDMARKS = [
    "De vraag",
    "Gesprek met de vrager",
    "Uw antwoord",
    "Interne notities",
    "Wat u verder kunt doen",
    "Eerder beantwoord",
]


class Counted:
    """Presses keys, and counts them; what is typed is not counted."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def go_to(self, locator, most=8):
        """With Tab, as somebody does who sees where it is."""
        for _ in range(most):
            self.press("Tab")
            if locator.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"{locator} is more than {most} keys away")

    def follow(self, locator):
        self.go_to(locator)
        with self.page.expect_navigation():
            self.press("Enter")

    def skip(self, name):
        self.go_to(self.page.get_by_role("link", name=name, exact=True))
        self.press("Enter")


@pytest.fixture
def page(desks):
    page = desks(OFFICER)
    yield page
    assert page.watch.found == []


MINE = f"""
import django; django.setup()
from accounts.models import User
from regels.workflow import questions
from tests.factories import DraftFactory
asked = questions.receive(DraftFactory(token_hash="k" * 64), question="Proef met toetsen?", email="t@voorbeeld.example")
print(questions.assign(questions.confirm(asked, by=None), by=User.objects.get(email={OFFICER!r})).pk)
"""


def test_from_a_queue_to_the_next_question_with_few_keys(page, site):
    mine = site.run("-c", MINE).strip()
    hand = Counted(page)

    page.goto("/beheer/regels/question/?rij=van-mij")
    hand.skip("Naar hoofdinhoud")
    hand.follow(page.locator("#result_list a").first)
    page.goto(f"/beheer/regels/question/{mine}/change/?rij=van-mij")
    opened = page.url
    hand.skip("Naar hoofdinhoud")
    hand.skip("Schrijf het antwoord")
    hand.go_to(page.locator("#outcome"))
    hand.press("ArrowDown")
    hand.go_to(page.locator("#answer"))
    page.keyboard.insert_text("Ja, dat mag als een docent de studenten begeleidt.")
    hand.go_to(page.get_by_role("button", name="Leg voor aan een tweede lezer"))
    with page.expect_navigation():
        hand.press("Enter")

    assert "Voorgelegd aan een tweede lezer" in page.locator(".messagelist").inner_text()
    assert page.url != opened
    assert "rij=van-mij" in page.url
    assert hand.keys <= MOST_KEYS


def test_each_part_of_a_question_is_a_landmark_and_a_jump_away(page, site):
    page.goto(site.addresses["admin-regels_question_change-toegewezen"])

    for name in LANDMARKS:
        assert page.get_by_role("region", name=name, exact=True).count() == 1, name
    for jump in page.get_by_role("navigation", name="Op deze pagina").get_by_role("link").all():
        assert page.locator(jump.get_attribute("href")).count() == 1
    # One key alone does nothing here: whoever speaks to the computer would press many (WCAG 2.1.4).
    assert page.locator("[accesskey]").count() == 0
    before = page.url
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/.":
        page.locator("body").press(key)
    assert page.url == before
