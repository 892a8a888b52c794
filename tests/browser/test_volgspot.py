"""The whole job of the Volgspot: invited, filled in, seen by partners, sent in, returned, mended, adopted, published, read."""

import re

import pytest

from .audit import audit
from .desks import LEADER, TEAM
from .keyboard import press, tab_to

PACT, ROUND = "voorbeeldpact-beide-oevers", "ronde-3"
BASE = f"/mijn/volgspot/{PACT}/{ROUND}/"
NEW = "nieuwe-leider@voorbeeld.example"
# Without a word that the rules forbid.
PASSWORD = "kersen plukken in de regen 7"
CARE_USERS = "zorggebruikers"


def link_in_last_mail(site, kind, to):
    """The link that the newest mail of this kind holds; in the demo mails stay to be read."""
    code = (
        "import django; django.setup(); from outbox.models import Mail; "
        f"print(Mail.objects.filter(kind={kind!r}, to={to!r}).order_by('-pk').first().text)"
    )
    return re.search(r"http://localhost:\d+(/\S+)", site.run("-c", code))[1]


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def click(page, wanted):
    """Press a button that leads to a page, and wait for that page."""
    with page.expect_navigation():
        wanted.click()


def add(page, rows):
    click(page, page.locator(f"button[name=add][value={rows}]"))


def put(page, rows, **values):
    """Fill in fields of the newest row."""
    for name, value in values.items():
        field = page.locator(f"[name^='{rows}-'][name$='-{name}']").last
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def save(page):
    click(page, button(page, "Bewaar").last)


def fill_in(page):
    """All nine sections, each saved by its button."""
    page.goto(f"{BASE}bijeenkomst/")
    add(page, "meetings")
    put(page, "meetings", held_on="12-11-2026", place="Deventer")
    for box in page.locator("[name$='-organisations']").all():
        box.check()
    save(page)
    page.goto(f"{BASE}activiteiten/")
    add(page, "new")
    put(page, "new", title="Een busje over de brug", status="loopt", news="Het rijdt.")
    save(page)
    page.goto(f"{BASE}vraag-en-driehoek/")
    page.locator("[name=question]").fill("Hoe komen studenten de rivier over?")
    add(page, "ambitions")
    put(page, "ambitions", text="Een op de drie studenten leert aan de overkant.")
    page.locator("[name^='ambitions-'][name$='-activities']").last.check()
    add(page, "results")
    put(page, "results", title="Studenten over de brug", target="60", by_when="2028")
    page.locator("[name^='results-'][name$='-activities']").last.check()
    save(page)
    page.goto(f"{BASE}resultaten/")
    add(page, "words")
    put(page, "words", text="School en zorg praten elke maand.")
    save(page)
    page.goto(f"{BASE}effecten/")
    for group in ("studenten", CARE_USERS, "zorgmedewerkers"):
        add(page, "effects")
        put(page, "effects", group=group, seen="Zij zijn er blij mee.", evidence="verhaal")
    save(page)
    page.goto(f"{BASE}samenwerking/")
    for step in page.locator("[name$='-step'][value='2']").all():
        step.check()
    save(page)
    page.goto(f"{BASE}succesfactoren-en-knelpunten/")
    add(page, "success")
    put(page, "success", text="Iets doen.")
    save(page)
    page.goto(f"{BASE}afspraken/")
    add(page, "agreements")
    put(page, "agreements", text="Drie wethouders gaan mee in de bus.", who="de werkgevers", by_when="2027-03")
    save(page)
    page.goto(f"{BASE}voornemens/")
    page.locator("[name=text]").fill("Eerst de gemeenten erbij.")
    save(page)


@pytest.fixture(scope="module")
def desk(desks):
    """The team, in a context of its own: what is done here stays."""
    return desks.new(TEAM)


def test_the_whole_job(desks, site, desk):
    # The team invites; the link acts on a button.
    desk.goto("/beheer/workplace/invitation/add/")
    desk.locator("[name=email]").fill(NEW)
    pact = site.run(
        "-c",
        "import django; django.setup(); from regions.models import RegionalPact; "
        f"print(RegionalPact.objects.get(slug={PACT!r}).pk)",
    ).strip()
    desk.evaluate(
        "pk => { const field = document.querySelector('[name=pact]'); field.value = pk; "
        "if (field.value !== pk) { field.add(new Option('pact', pk, true, true)); } }",
        pact,
    )
    click(desk, button(desk, "Bewaar"))
    leader = desks.new()
    leader.goto(link_in_last_mail(site, "workplace.invited", NEW))
    click(leader, button(leader, "Neem de uitnodiging aan"))
    for field in leader.locator("input[type=password]").all():
        field.fill(PASSWORD)
    click(leader, leader.get_by_role("main").get_by_role("button").first)
    if "/mijn/" not in leader.url or "wachtwoord" in leader.url:
        leader.goto("/inloggen/")
        leader.get_by_label("E-mailadres").fill(NEW)
        leader.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        click(leader, leader.get_by_role("button", name="Inloggen", exact=True))

    # The leader begins, and fills in every section.
    leader.goto("/mijn/")
    click(leader, leader.get_by_role("link", name=re.compile("Volgspot ronde 3")).first)
    click(leader, leader.get_by_role("main").get_by_role("button").first)
    fill_in(leader)

    # Partners answer without an account.
    leader.goto(f"{BASE}partners/")
    for number in range(3):
        leader.locator("#organisation").select_option(index=number + 1)
        leader.locator("#email").fill(f"partner-{number}@zorg.example")
        click(leader, button(leader, "Stuur de link"))
        partner = desks.new()
        partner.goto(link_in_last_mail(site, "volgspot.partner", f"partner-{number}@zorg.example"))
        partner.locator("[name^='score-']").nth(number).check()
        click(partner, button(partner, "Verstuur"))
        assert partner.get_by_text("Dank u wel").count()
        assert partner.context.cookies() == []
        partner.context.close()
    leader.reload()
    assert leader.get_by_text("3 van 3 partners antwoordden").count()

    # Sent in, by keyboard.
    leader.goto(BASE)
    tab_to(leader, button(leader, "Dien het verslag in"))
    press(leader, "Enter")
    leader.get_by_text(re.compile(r"V-20\d\d-")).first.wait_for()

    # The team takes it up, remarks and gives it back.
    desk.goto("/beheer/volgspot/reflection/?rij=ingediend")
    click(desk, desk.get_by_role("link", name=re.compile("Beide Oevers")).first)
    click(desk, button(desk, "Ik lees dit verslag"))
    desk.locator("details.write > summary").first.click()
    desk.locator("#opmerking-bijeenkomst").fill("Was er iemand van een gemeente?")
    click(desk, button(desk, "Bewaar de opmerking").first)
    assert audit(desk) == []
    address = desk.url.split("#")[0]
    desk.locator("#reden-terug").fill("Nog één ding.")
    click(desk, button(desk, "Geef terug"))

    # Mended and sent in again; the second reading shows only what changed.
    leader.goto(f"{BASE}bijeenkomst/")
    assert leader.get_by_text("Was er iemand van een gemeente?").count()
    put(leader, "meetings", place="Deventer, aan de overkant")
    save(leader)
    leader.goto(BASE)
    click(leader, button(leader, "Dien opnieuw in"))
    desk.goto(address)
    assert desk.get_by_text("U ziet alleen wat veranderde").count()
    assert desk.locator("ins").count()
    click(desk, button(desk, "Stel vast"))
    desk.goto(address)
    click(desk, button(desk, "Publiceer"))

    # Everybody reads it: the page, the rounds and the PDF.
    visitor = desks.new()
    visitor.goto(f"/regionale-pacten/{PACT}/volgspot/{ROUND}/")
    assert visitor.get_by_text("Hoe komen studenten de rivier over?").count()
    assert audit(visitor) == []
    visitor.goto(f"/regionale-pacten/{PACT}/volgspot/")
    assert visitor.get_by_text("Studenten over de brug").count()
    answer = visitor.request.get(f"/regionale-pacten/{PACT}/volgspot/{ROUND}/verslag.pdf")
    assert answer.body().startswith(b"%PDF")
    for page in (leader, visitor):
        assert page.watch.found == []
        page.context.close()


def test_a_section_is_filled_in_without_script_on_a_phone(desks):
    page = desks.new(LEADER, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto("/mijn/volgspot/voorbeeldpact-de-polder/ronde-3/voornemens/")
    page.locator("[name=text]").fill("Zonder script geschreven.")
    save(page)
    page.goto("/mijn/volgspot/voorbeeldpact-de-polder/ronde-3/voornemens/")
    assert page.locator("[name=text]").input_value() == "Zonder script geschreven."
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
