"""How to get at a state of a page."""

from urllib.parse import urlsplit

from django.urls import resolve

from .site import PASSWORD

CONFIRM = "/mijn/account/bevestigen/"


def go_to(state, page):
    """Open a state and give the status of its address."""
    address = page.site.addresses[state.name]
    answer = page.goto(address)
    if urlsplit(page.url).path == CONFIRM and not address.startswith(CONFIRM):
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Bevestigen").click()
        answer = page.goto(address)
    if state.reach:
        state.reach(page)
    if answer.status == 200 and (view := resolve(urlsplit(page.url).path).view_name) != state.view:
        raise AssertionError(f"{address} leads to {view}")
    return answer.status
