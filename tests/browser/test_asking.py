"""The whole job of somebody who asks: looked, asked with an attachment, confirmed, answered back, withdrawn."""

import pytest

from tests.site.test_uploads import GOOD

from .audit import audit
from .hands import Keyboard, Mouse
from .test_volgspot import PHONE, button, link_in_last_mail

ASK = "/ruimte-in-de-regels/vraag-stellen/"


def press(hand, name):
    hand.press(button(hand.page, name).first)


@pytest.mark.parametrize(
    ("who", "new_hand", "options"),
    [
        pytest.param("muis", Mouse, {}, id="mouse"),
        pytest.param("toetsen", Keyboard, {}, id="keyboard"),
        pytest.param("telefoon", Mouse, {"java_script_enabled": False, "viewport": PHONE}, id="phone-without-script"),
    ],
)
def test_a_question_is_asked_and_followed(desks, site, who, new_hand, options):
    page = desks.new(**options)
    hand, address = new_hand(page), f"{who}@voorbeeld.example"
    page.goto(ASK)
    hand.fill(page.locator("[name=question]"), "Mag een verpleegkundige in de avond lesgeven aan studenten?")
    # The script looks by itself; without it a button does, and it is a step of its own.
    if new_hand is Mouse and options:
        press(hand, "Kijk of er al een antwoord is")
    else:
        page.locator("button[name=verder]").wait_for()
    hand.press(page.locator("button[name=verder]"))

    hand.fill(page.locator("[name=goal]"), "Dan leren zij in de dienst die er is.")
    press(hand, "Bewaar en ga verder")
    hand.check(page.locator("[name=said_by][value=inspectie]"))
    hand.fill(page.locator("[name=written_where]"), "In het examenreglement")
    press(hand, "Bewaar en ga verder")
    hand.fill(page.locator("[name=organisation_name]"), "Zorghuis De Voorbeeldhof")
    press(hand, "Bewaar en ga verder")
    page.locator("[name=file]").set_input_files(
        {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": GOOD["pdf"]}
    )
    press(hand, "Voeg dit bestand toe")
    assert page.locator(".result").inner_text() == "brief.pdf"
    press(hand, "Bewaar en ga verder")
    hand.fill(page.locator("[name=email]"), address)
    press(hand, "Bewaar en ga verder")
    assert "Zorghuis De Voorbeeldhof" in page.locator("main").inner_text()
    press(hand, "Verstuur mijn vraag")
    assert page.locator("h1").inner_text() == "Bevestig uw e-mailadres"

    page.goto(link_in_last_mail(site, "regels.confirm", address))
    press(hand, "Ja, dit is mijn vraag")
    assert page.locator("h1").inner_text().startswith("R-20")
    hand.fill(page.locator("main [name=text]"), "Het gaat om twee avonden per week.")
    press(hand, "Verstuur")
    assert "Het gaat om twee avonden per week." in page.locator("main").inner_text()
    if not options:
        assert audit(page) == []
    hand.open(page.get_by_text("Trek de vraag in", exact=True).first)
    press(hand, "Trek de vraag in")
    assert "Uw vraag is ingetrokken." in page.locator("main").inner_text()
    assert page.context.cookies() == []
    assert page.watch.found == []
    page.context.close()
