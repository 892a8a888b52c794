"""One browser, one portal in a process of its own, and a page for each role, all used again and again."""

import pytest
from playwright.sync_api import sync_playwright

from .chromium import MISSING, launch
from .desks import Desks
from .site import Site

CHECKED = pytest.StashKey[set]()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop(session):
    """Last of all: while the browser runs, this thread has a loop of its own, and Django then keeps off the database."""
    session.items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    return (yield)


def pytest_terminal_summary(terminalreporter, config):
    if checked := config.stash.get(CHECKED, None):
        terminalreporter.write_line(f"{len(checked)} toestanden nagekeken, elk op 2 breedtes, en in het donker.")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        if not chromium:
            pytest.skip(MISSING)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser, tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def desks(browser, site):
    with Desks(browser, site) as desks:
        yield desks


@pytest.fixture(scope="session")
def checked(pytestconfig):
    return pytestconfig.stash.setdefault(CHECKED, set())
