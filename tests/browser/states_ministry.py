"""Logging in at a ministry: every page on which that can end here. The ministry is a small server of the tests."""

from urllib.parse import parse_qs, urlsplit

from .desks import FROM_MINISTRY, MINISTRY_LOGIN, ask_ministry, come_from_ministry
from .states import State, choose_short_password


def as_somebody_without_account(page):
    come_from_ministry(page, email="onbekend@voorbeeld.example")


def as_the_next_person_with_this_address(page):
    come_from_ministry(page, email=FROM_MINISTRY, sub="een ander")


def stop_there(page):
    asked = parse_qs(urlsplit(ask_ministry(page)).query)
    page.goto(f"{MINISTRY_LOGIN}terug/?error=access_denied&state={asked['state'][0]}")


def get_no_answer(page):
    page.site.provider.is_down = True
    page.goto(MINISTRY_LOGIN)
    page.site.provider.is_down = False


def begin(name, reach, view="single_sign_on_answer"):
    return State(view, name, path="/inloggen/", reach=reach)


MINISTRY = [
    begin("geen antwoord", get_no_answer, view="single_sign_on"),
    begin("zonder account", as_somebody_without_account),
    begin("van een ander", as_the_next_person_with_this_address),
    begin("daar gestopt", stop_there),
    State("single_sign_on_answer", "klopt niet", status=400),
    State("single_sign_on_logged_out"),
    State("account_set_password", role=FROM_MINISTRY),
    State(
        "account_set_password",
        "te kort",
        role=FROM_MINISTRY,
        reach=choose_short_password,
    ),
]
