"""The whole job of Ruimte in de regels: from a question that somebody types to a case that everybody finds.

By mouse, where axe looks at every page on the way; by keyboard alone; and without script, for the asker on a phone.
"""

import pytest
from playwright.sync_api import expect

from tests.site.test_uploads import GOOD

from .desks import OFFICER, PHONE, VISITOR
from .hands import Inspector, Keyboard, Mouse, button
from .states_officers import COLLEAGUE

ASK = "/ruimte-in-de-regels/vraag-stellen/"
OUTCOME = "regel-verhelderd"
FIRST_ANSWER = "Ja, dat mag als een docent de studenten begeleidt."
BETTER_ANSWER = "Ja, dat mag. Leg in de onderwijsovereenkomst vast welke docent begeleidt."


@pytest.mark.parametrize(
    ("who", "hand", "asking", "answering"),
    [
        pytest.param("muis", Inspector, {}, {}, id="mouse"),
        pytest.param("toetsen", Keyboard, {}, {}, id="keyboard"),
        pytest.param(
            "telefoon",
            Mouse,
            {"java_script_enabled": False, "viewport": PHONE},
            {"java_script_enabled": False},
            id="phone-without-script",
        ),
    ],
)
def test_the_whole_job(desks, site, who, hand, asking, answering):
    asker = hand(desks.new(VISITOR, **asking))
    officer, colleague = (hand(desks.new(role, **answering)) for role in (OFFICER, COLLEAGUE))
    asked = f"Mag de verpleegkundige van de {who}proef in de avond lesgeven aan studenten?"

    look_first(asker, asked, has_script=not asking)
    fill_in(asker, who)
    own = confirm(asker, site, f"{who}@voorbeeld.example")
    desk = take(officer, asker.page.locator("h1").inner_text())
    ask_back(officer, asker, desk, own)
    answer(officer, colleague, desk, FIRST_ANSWER)
    not_helped(asker, own, "Mijn leidinggevende wil weten hoe.")
    answer(officer, colleague, desk, BETTER_ANSWER)
    asker.go_to(own)
    assert BETTER_ANSWER in text_of(asker)

    question = f"Mag een verpleegkundige van een {who}proef lesgeven?"
    publish_case(officer, colleague, desk, question)
    find(asker, question, has_script=not asking)
    change_the_rule(officer, desk)
    read_banner(asker, question)
    not_helped(asker, own, "")
    withdraw(asker, own)
    read_banner(asker, question)

    assert asker.page.context.cookies() == []
    for someone in (asker, officer, colleague):
        assert someone.page.watch.found == []
        someone.page.context.close()


def text_of(hand):
    return hand.page.get_by_role("main").inner_text()


def press(hand, name):
    hand.press(button(hand.page, name).first)


# --- Asking ---------------------------------------------------------------------------------------


def look_first(asker, asked, *, has_script):
    """The script looks while somebody types; without it a button does, and it is a step of its own."""
    asker.go_to(ASK)
    asker.fill(asker.page.locator("[name=question]"), asked)
    if not has_script:
        press(asker, "Kijk of er al een antwoord is")
    asker.page.locator("button[name=verder]").wait_for()


def fill_in(asker, who):
    """Every step, with an attachment, and the way to the receipt."""
    page = asker.page
    asker.press(page.locator("button[name=verder]"))
    asker.fill(page.locator("[name=goal]"), "Dan leren zij in de dienst die er is.")
    press(asker, "Bewaar en ga verder")
    asker.check(page.locator("[name=said_by][value=inspectie]"))
    asker.fill(page.locator("[name=written_where]"), "In het examenreglement")
    asker.fill(page.locator("[name=rule]"), f"proef-{who}")
    press(asker, "Bewaar en ga verder")
    asker.fill(page.locator("[name=organisation_name]"), "Zorghuis De Voorbeeldhof")
    press(asker, "Bewaar en ga verder")
    page.locator("[name=file]").set_input_files(
        {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": GOOD["pdf"]}
    )
    press(asker, "Voeg dit bestand toe")
    assert page.locator(".result").inner_text() == "brief.pdf"
    press(asker, "Bewaar en ga verder")
    asker.fill(page.locator("[name=email]"), f"{who}@voorbeeld.example")
    asker.check(page.locator("[name=may_become_case]"))
    press(asker, "Bewaar en ga verder")
    assert "Zorghuis De Voorbeeldhof" in text_of(asker)
    press(asker, "Verstuur mijn vraag")
    assert page.locator("h1").inner_text() == "Bevestig uw e-mailadres"


def confirm(asker, site, address):
    """The own page, behind the link in the mail."""
    own = site.link_in_last_mail("regels.confirm", address)
    asker.go_to(own)
    press(asker, "Ja, dit is mijn vraag")
    assert asker.page.locator("h1").inner_text().startswith("R-20")
    return own


def not_helped(asker, own, why):
    asker.go_to(own)
    asker.open(asker.page.get_by_text("Nee, ik kan nog niet verder", exact=True))
    asker.fill(asker.page.locator("#nee_text"), why)
    press(asker, "Open mijn vraag weer")
    assert "Uw vraag is weer open." in text_of(asker)


def withdraw(asker, own):
    asker.go_to(own)
    asker.open(asker.page.get_by_text("Trek de vraag in", exact=True).first)
    press(asker, "Trek de vraag in")
    assert "Uw vraag is ingetrokken." in text_of(asker)


# --- Answering ------------------------------------------------------------------------------------


def take(officer, reference):
    """From the queue of what is new; gives the address of the desk."""
    officer.go_to("/beheer/regels/question/?rij=nieuw")
    officer.press(officer.page.get_by_role("link", name=reference))
    press(officer, "Ik neem deze vraag")
    assert "brief.pdf" in text_of(officer)
    return officer.page.url.partition("?")[0]


def ask_back(officer, asker, desk, own):
    officer.open(officer.page.get_by_text("Vraag de vrager iets", exact=True))
    officer.fill(officer.page.locator("#ask_text"), "Om hoeveel avonden gaat het?")
    press(officer, "Stuur naar de vrager")
    asker.go_to(own)
    assert "De klok staat stil" in text_of(asker)
    asker.fill(asker.page.locator("main [name=text]").first, "Om twee avonden per week.")
    press(asker, "Verstuur")
    officer.go_to(desk)
    assert "Om twee avonden per week." in text_of(officer)


def answer(officer, colleague, desk, text):
    """Written, read over by somebody else, and sent."""
    officer.go_to(desk)
    officer.fill(officer.page.locator("#outcome"), OUTCOME)
    officer.fill(officer.page.locator("#answer"), text)
    press(officer, "Leg voor aan een tweede lezer")
    colleague.go_to(desk)
    press(colleague, "Akkoord")
    officer.go_to(desk)
    press(officer, "Verstuur naar de vrager")
    assert "beantwoord" in officer.page.locator(".kicker").first.inner_text()


def publish_case(officer, colleague, desk, question):
    officer.go_to(desk)
    press(officer, "Maak er een casus van")
    officer.fill(officer.page.locator("[name=question]"), question)
    officer.fill(officer.page.locator("[name=answer]"), FIRST_ANSWER)
    press(officer, "Bewaar en leg voor")
    assert "ligt bij een tweede lezer" in officer.page.locator(".messagelist").inner_text()
    colleague.go_to(officer.page.url)
    press(colleague, "Publiceer")
    officer.go_to(officer.page.url)
    assert "Op de site sinds" in text_of(officer)


def change_the_rule(officer, desk):
    """There is a new text of it, newer than the one that the case was checked against."""
    officer.go_to(desk)
    officer.press(officer.page.get_by_role("link", name="Regel voor de proef met").first)
    # Below the one that is there; a day that is the same in every country.
    officer.fill(officer.page.locator("[name='versions-1-valid_from']"), "2026-08-08")
    officer.fill(officer.page.locator("[name='versions-1-what_changed']"), "De avond telt nu ook mee.")
    press(officer, "Bewaar en blijf hier")
    assert "Nieuwe versie vastgelegd." in officer.page.locator(".messagelist").inner_text()


# --- Reading --------------------------------------------------------------------------------------


def find(reader, question, *, has_script):
    """By the search of the site, in the casebook, and while somebody asks the same."""
    reader.go_to(f"/zoeken/?q={question}")
    assert question in text_of(reader)
    reader.go_to("/ruimte-in-de-regels/")
    reader.fill(reader.page.locator("#q"), question)
    reader.press(button(reader.page, "Zoeken"))
    expect(reader.page.locator(".list .rows")).to_contain_text(question)
    look_first(reader, question, has_script=has_script)
    reader.press(reader.page.locator("#antwoorden").get_by_role("link", name=question))
    assert FIRST_ANSWER in text_of(reader)
    assert "mogelijk verouderd" not in text_of(reader)


def read_banner(reader, question):
    reader.go_to("/ruimte-in-de-regels/")
    reader.fill(reader.page.locator("#q"), question)
    reader.press(button(reader.page, "Zoeken"))
    reader.press(reader.page.locator(".list .rows").get_by_role("link", name=question))
    assert "Dit antwoord is mogelijk verouderd." in text_of(reader)
