"""What the national team does in the admin: by keyboard, in two tabs, with a login that ends half-way, without script."""

import pytest

from .audit import audit
from .desks import TEAM, log_in
from .keyboard import press, tab_to

SAVED = ".messagelist .success"


@pytest.fixture
def page(desks):
    page = desks(TEAM)
    yield page
    assert page.watch.found == []


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def new_koploper(page, title):
    """Make one for a walk of its own, and give the address of its form."""
    page.goto("/beheer/kopgroep/koploper/add/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("Een koploper voor een proef in de browser.")
    page.locator("[name=slug]").fill(title.lower().replace(" ", "-"))
    button(page, "Bewaar en blijf hier").click()
    page.wait_for_url("**/change/")
    return page.url


def test_a_record_is_changed_by_keyboard_and_its_place_chosen_by_typing(page):
    page.goto(new_koploper(page, "Proef met toetsen"))
    place = page.locator("#id_place")

    tab_to(page, place)
    page.keyboard.type("Oosterhesselen")
    page.get_by_role("option", name="Oosterhesselen").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.locator("#id_place").input_value()
    tab_to(page, button(page, "Bewaar en blijf hier"))
    press(page, "Enter")

    assert page.locator(SAVED).count() == 1
    assert page.locator("#id_place").input_value() == chosen
    assert chosen.startswith("Oosterhesselen")


def test_the_whole_form_of_a_busy_pact_can_be_walked(page, site):
    page.goto(site.addresses["admin-regions_regionalpact_change"])

    tab_to(page, button(page, "Bewaar"))


def test_a_stale_save_shows_both_texts(page):
    address = new_koploper(page, "Proef met twee tabbladen")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address)
    page.locator("[name=summary]").fill("De tekst van de eerste.")
    button(page, "Bewaar en blijf hier").click()
    page.locator(SAVED).wait_for()

    other.locator("[name=summary]").fill("De tekst van de tweede.")
    button(other, "Bewaar en blijf hier").click()

    row = other.locator(".compare tbody tr").filter(has_text="In één zin")
    assert [row.locator("td").nth(i).inner_text().split("\n")[0] for i in (0, 1)] == [
        "De tekst van de tweede.",
        "De tekst van de eerste.",
    ]
    assert "\n".join(audit(other)) == ""
    button(other, "Bewaar en blijf hier").click()
    other.locator(SAVED).wait_for()
    assert other.locator("[name=summary]").input_value() == "De tekst van de tweede."
    other.close()


def test_text_survives_a_login_that_ended(desks):
    page = desks.new(TEAM)
    page.goto(new_koploper(page, "Proef met verlopen login"))
    page.locator("[name=summary]").fill("Dit typte ik net.")
    page.context.clear_cookies(name="sessionid")

    button(page, "Bewaar en blijf hier").click()
    page.wait_for_url("**/inloggen/**")
    assert "\n".join(audit(page)) == ""
    log_in(page, TEAM)

    assert page.get_by_role("heading", name="Uw tekst is er nog").is_visible()
    assert page.locator("[name=summary]").input_value() == "Dit typte ik net."
    assert "\n".join(audit(page)) == ""
    button(page, "Bewaar en blijf hier").click()
    page.locator(SAVED).wait_for()
    page.reload()
    assert page.locator("[name=summary]").input_value() == "Dit typte ik net."
    page.context.close()


def test_pressing_twice_makes_one_record(page):
    page.goto("/beheer/kopgroep/koploper/add/")
    page.locator("[name=title]").fill("Proef met twee keer drukken")
    page.locator("[name=summary]").fill("Een koploper voor een proef in de browser.")
    page.locator("[name=slug]").fill("proef-met-twee-keer-drukken")

    button(page, "Bewaar").dblclick()
    page.locator("#result_list, .summary").wait_for()
    answer = page.request.get("/beheer/kopgroep/koploper/?q=twee+keer+drukken")

    assert answer.text().count("action-select") == 1


def test_the_admin_works_without_script(desks, page):
    address = new_koploper(page, "Proef zonder script")
    plain = desks.new(TEAM, java_script_enabled=False)

    plain.goto(address)
    plain.locator("[name=summary]").fill("Bewaard zonder script.")
    plain.locator("[name=place]").fill("Oosterhesselen")
    button(plain, "Bewaar en blijf hier").click()

    assert plain.locator(SAVED).count() == 1
    assert plain.locator("[name=summary]").input_value() == "Bewaard zonder script."
    assert page.request.get(address).ok
    page.goto(address)
    assert page.locator("#id_place").input_value().startswith("Oosterhesselen")
    plain.context.close()
