"""The whole job of the Volgspot: invited, filled in, seen by partners, sent in, returned, mended, adopted, published, read."""

import re

import pytest

from .desks import LEADER, PHONE, TEAM, code_now
from .hands import Inspector, Keyboard, Mouse, button

ROUND = "ronde-3"
# Without a word that the rules forbid.
PASSWORD = "kersen plukken in de regen 7"
CARE_USERS = "zorggebruikers"


def name_of_pact(site, slug):
    code = (
        "import django; django.setup(); from regions.models import RegionalPact; "
        f"print(RegionalPact.objects.get(slug={slug!r}).name)"
    )
    return site.run("-c", code).strip()


def add(hand, rows):
    hand.press(hand.page.locator(f"button[name=add][value={rows}]"))


def put(hand, rows, **values):
    """Fill in fields of the newest row."""
    for name, value in values.items():
        hand.fill(hand.page.locator(f"[name^='{rows}-'][name$='-{name}']").last, value)


def save(hand):
    hand.press(button(hand.page, "Bewaar").last)


def fill_in(hand, base):
    """All nine sections, each saved by its button."""
    page = hand.page
    page.goto(f"{base}bijeenkomst/")
    add(hand, "meetings")
    put(hand, "meetings", held_on="12-11-2026", place="Deventer")
    for box in page.locator("[name$='-organisations']").all():
        hand.check(box)
    save(hand)
    page.goto(f"{base}activiteiten/")
    add(hand, "new")
    put(hand, "new", title="Een busje over de brug", status="loopt", news="Het rijdt.")
    save(hand)
    page.goto(f"{base}vraag-en-driehoek/")
    hand.fill(page.locator("[name=question]"), "Hoe komen studenten de rivier over?")
    add(hand, "ambitions")
    put(hand, "ambitions", text="Een op de drie studenten leert aan de overkant.")
    hand.check(page.locator("[name^='ambitions-'][name$='-activities']").last)
    add(hand, "results")
    put(hand, "results", title="Studenten over de brug", target="60", by_when="2028")
    hand.check(page.locator("[name^='results-'][name$='-activities']").last)
    save(hand)
    page.goto(f"{base}resultaten/")
    add(hand, "words")
    put(hand, "words", text="School en zorg praten elke maand.")
    save(hand)
    page.goto(f"{base}effecten/")
    for group in ("studenten", CARE_USERS, "zorgmedewerkers"):
        add(hand, "effects")
        put(hand, "effects", group=group, seen="Zij zijn er blij mee.", evidence="verhaal")
    save(hand)
    page.goto(f"{base}samenwerking/")
    for step in page.locator("[name$='-step'][value='2']").all():
        hand.check(step)
    save(hand)
    page.goto(f"{base}succesfactoren-en-knelpunten/")
    add(hand, "success")
    put(hand, "success", text="Iets doen.")
    save(hand)
    page.goto(f"{base}afspraken/")
    add(hand, "agreements")
    put(hand, "agreements", text="Drie wethouders gaan mee in de bus.", who="de werkgevers", by_when="2027-03")
    save(hand)
    page.goto(f"{base}voornemens/")
    hand.fill(page.locator("[name=text]"), "Eerst de gemeenten erbij.")
    save(hand)


def become_leader(hand, invitation, email):
    """From the link in the mail to being logged in with a password and a second factor."""
    page = hand.page
    page.goto(invitation)
    hand.look()
    hand.press(button(page, "Neem de uitnodiging aan"))
    for field in page.locator("input[type=password]").all():
        hand.fill(field, PASSWORD)
    hand.press(button(page, "Wachtwoord opslaan"))
    log_in(hand, email)
    page.goto("/mijn/account/tweede-stap/app/")
    hand.fill(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    hand.press(button(page, "Bevestigen"))
    hand.fill(page.locator("[name=code]"), code_now(page.locator("main code").inner_text()))
    hand.press(button(page, "App instellen"))
    # The code of this half minute has been used, so the login takes one of the recovery codes.
    code = page.locator("main code").first.inner_text()
    hand.press(button(page, "Uitloggen").last)
    log_in(hand, email)
    hand.fill(page.locator("[name=code]"), code)
    hand.press(button(page, "Inloggen"))


def log_in(hand, email):
    page = hand.page
    page.goto("/inloggen/")
    hand.fill(page.get_by_label("E-mailadres"), email)
    hand.fill(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    hand.press(button(page, "Inloggen").first)


@pytest.mark.parametrize(
    ("pact", "new_hand", "options"),
    [
        pytest.param("voorbeeldpact-beide-oevers", Inspector, {}, id="mouse"),
        pytest.param("achterhoek", Keyboard, {}, id="keyboard"),
        pytest.param("rotterdam", Mouse, {"java_script_enabled": False, "viewport": PHONE}, id="phone-without-script"),
    ],
)
def test_the_whole_job(desks, site, pact, new_hand, options):
    base, new = f"/mijn/volgspot/{pact}/{ROUND}/", f"leider-van-{pact}@voorbeeld.example"

    # The team invites; the link acts on a button.
    team = new_hand(desks.new(TEAM, **options))
    team.page.goto("/beheer/workplace/invitation/add/")
    team.fill(team.page.locator("#id_pact"), name_of_pact(site, pact))
    team.fill(team.page.locator("[name=email]"), new)
    team.press(button(team.page, "Bewaar"))
    leader = new_hand(desks.new(**options))
    become_leader(leader, site.link_in_last_mail("workplace.invited", new), new)

    # The leader begins, and fills in every section.
    leader.page.goto("/mijn/")
    leader.look()
    leader.press(leader.page.get_by_role("link", name=re.compile("Volgspot ronde 3")).first)
    leader.press(leader.page.get_by_role("main").get_by_role("button").first)
    fill_in(leader, base)

    # Partners answer without an account.
    for number in range(3):
        leader.page.goto(f"{base}partners/")
        organisations = leader.page.locator("#organisation option").all()
        leader.fill(
            leader.page.locator("#organisation"),
            organisations[1 + number % (len(organisations) - 1)].get_attribute("value"),
        )
        to = f"partner-{number}-{pact}@zorg.example"
        leader.fill(leader.page.locator("#email"), to)
        leader.press(button(leader.page, "Stuur de link"))
        partner = new_hand(desks.new(**options))
        partner.page.goto(site.link_in_last_mail("volgspot.partner", to))
        partner.look()
        partner.check(partner.page.locator("[name^='score-']").nth(number))
        partner.press(button(partner.page, "Verstuur uw antwoorden"))
        assert partner.page.get_by_text("Dank u wel").count()
        assert partner.page.context.cookies() == []
        partner.page.context.close()
    leader.page.reload()
    assert leader.page.get_by_text("3 van 3 partners antwoordden").count()

    # Sent in.
    leader.page.goto(base)
    leader.press(button(leader.page, "Dien het verslag in"))
    leader.page.get_by_text(re.compile(r"V-20\d\d-")).first.wait_for()

    # The team takes it up, remarks and gives it back.
    team.page.goto("/beheer/volgspot/reflection/?rij=ingediend")
    team.press(
        team.page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(name_of_pact(site, pact)))).first
    )
    team.press(button(team.page, "Ik lees dit verslag"))
    team.open(team.page.locator("details.write > summary").first)
    team.fill(team.page.locator("#opmerking-bijeenkomst"), "Was er iemand van een gemeente?")
    team.press(button(team.page, "Bewaar de opmerking").first)
    address = team.page.url.split("#")[0]
    team.fill(team.page.locator("#reden-terug"), "Nog één ding.")
    team.press(button(team.page, "Geef terug"))

    # Mended and sent in again; the second reading shows only what changed.
    leader.page.goto(f"{base}bijeenkomst/")
    assert leader.page.get_by_text("Was er iemand van een gemeente?").count()
    put(leader, "meetings", place="Deventer, aan de overkant")
    save(leader)
    leader.page.goto(base)
    leader.press(button(leader.page, "Dien opnieuw in"))
    team.page.goto(address)
    team.look()
    assert team.page.get_by_text("U ziet alleen de opmerkingen, en wat veranderde").count()
    assert team.page.locator("ins").count()
    team.press(button(team.page, "Stel vast"))
    team.page.goto(address)
    team.press(button(team.page, "Publiceer"))

    # Everybody reads it: the page, the rounds and the PDF.
    visitor = new_hand(desks.new(**options))
    visitor.page.goto(f"/regionale-pacten/{pact}/volgspot/{ROUND}/")
    visitor.look()
    assert visitor.page.get_by_text("Hoe komen studenten de rivier over?").count()
    visitor.page.goto(f"/regionale-pacten/{pact}/volgspot/")
    visitor.look()
    assert visitor.page.get_by_text("Studenten over de brug").count()
    answer = visitor.page.request.get(f"/regionale-pacten/{pact}/volgspot/{ROUND}/verslag.pdf")
    assert answer.body().startswith(b"%PDF")
    for page in (leader.page, team.page, visitor.page):
        assert page.watch.found == []
        page.context.close()


def test_the_script_saves_by_itself(desks):
    # In the section whose fields have names that a form of the browser has too, such as "elements".
    address = "/mijn/volgspot/voorbeeldpact-de-polder/ronde-3/samenwerking/"
    page = desks.new(LEADER)
    page.goto(address)
    words = page.locator("[name^='elements-'][name$='-words']").first
    for text in ("Vanzelf bewaard.", "En nog eens."):
        with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
            words.fill(text)
        assert saved.value.status == 200
    page.goto(address)
    assert words.input_value() == "En nog eens."
    page.context.close()
