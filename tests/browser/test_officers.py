"""The whole job of an officer: from a new question to a case on the site; by keyboard alone, and without script."""

import pytest

from .desks import OFFICER
from .hands import Keyboard, Mouse
from .states_officers import COLLEAGUE

ASK = """
import django; django.setup()
from regels.workflow import questions
from tests import factories
draft = factories.DraftFactory(token_hash="{name}".ljust(64, "0"))
asked = questions.receive(draft, question="Mag {name} dit ook?", email="vrager@voorbeeld.example", may_become_case=True)
print(questions.confirm(asked, by=None).pk)
"""
OUTCOME = "regel-verhelderd"


@pytest.fixture(params=[(Keyboard, True), (Mouse, False)], ids=["keyboard", "without-script"])
def way(request):
    return request.param


def test_from_a_new_question_to_a_case_on_the_site(desks, site, way):
    hands, has_script = way
    name = f"{hands.__name__.lower()}proef"
    address = f"/beheer/regels/question/{site.run('-c', ASK.format(name=name)).strip()}/change/?rij=nieuw"
    officer, colleague = (hands(desks.new(role, java_script_enabled=has_script)) for role in (OFFICER, COLLEAGUE))
    try:
        answer(officer, address)
        colleague.page.goto(address)
        press(colleague, "Akkoord")
        officer.page.goto(address)
        press(officer, "Verstuur naar de vrager")
        officer.page.goto(address)
        assert "beantwoord" in officer.page.locator(".kicker").first.inner_text()
        press(officer, "Maak er een casus van")
        case = write_case(officer, name)
        colleague.page.goto(case)
        press(colleague, "Publiceer")
        officer.page.goto(case)
        assert "Op de site sinds" in officer.page.locator("#content").inner_text()
        assert officer.page.watch.found == colleague.page.watch.found == []
    finally:
        officer.page.context.close()
        colleague.page.context.close()


def answer(officer, address):
    officer.page.goto(address)
    press(officer, "Ik neem deze vraag")
    officer.fill(officer.page.locator("#outcome"), OUTCOME)
    officer.fill(officer.page.locator("#answer"), "Ja, dat mag.")
    press(officer, "Leg voor aan een tweede lezer")


def write_case(officer, name):
    officer.fill(officer.page.locator("[name=question]"), f"Mag {name} dit?")
    officer.fill(officer.page.locator("[name=answer]"), "Ja, dat mag.")
    press(officer, "Bewaar en leg voor")
    assert "ligt bij een tweede lezer" in officer.page.locator(".messagelist").inner_text()
    return officer.page.url


def press(hands, name):
    hands.press(hands.page.get_by_role("button", name=name, exact=True).first)
