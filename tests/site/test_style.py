"""The page with every component: for whoever works on the site, and drawn from the real templates."""

import re

import pytest

from accounts.roles import ADMINISTRATOR, LEADER, OCW, TEAM, set_roles
from tests.factories import UserFactory
from zorgpact.style import colours

URL = "/stijl/"


@pytest.fixture
def page_for(client, db, settings):
    """The page as somebody with a role gets it."""
    settings.PORTAL_DEMO = True

    def get(role):
        user = UserFactory()
        set_roles(user, [role])
        client.force_login(user)
        return client.get(URL)

    return get


def test_a_visitor_is_led_to_the_login(client, db):
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, f"/inloggen/?next={URL}")


def test_a_leader_may_not_see_it(page_for):
    assert page_for(LEADER).status_code == 403


@pytest.mark.parametrize("role", [TEAM, OCW, ADMINISTRATOR])
def test_staff_sees_every_component(page_for, role):
    response = page_for(role)
    text = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'<h2 id="([^"]+)"', text.split("<main")[1]) == [
        "kleuren", "letters", "knoppen", "velden", "fout-errors", "verfijnen", "lijst", "labels", "driehoek", "kaarten", "hoeken", "rijen", "deuren",
        "fasen", "vlakken", "regels", "klok", "leeslijst", "tabel", "leeg",
    ]  # fmt: skip


def test_shows_every_colour_of_the_house_style(page_for):
    text = page_for(TEAM).content.decode()
    assert re.findall(r'fill="var\((--[\w-]+)\)"', text) == colours()
    assert len(colours()) > 15


def test_shows_every_state_of_the_triangle(page_for):
    text = page_for(TEAM).content.decode()
    states = text.split('<h2 id="driehoek">')[1].split("</section>")[0]
    assert [len(re.findall(f'class="{css}" cx', states)) for css in ("care", "open", "unknown")] == [4, 6, 4]


def test_has_no_id_twice(page_for):
    ids = re.findall(r' id="([^"]+)"', page_for(TEAM).content.decode())
    assert sorted(ids) == sorted(set(ids))
