"""A picture of every page in every state, at two widths, light and dark, in `screens/`; to be looked at.

It shows the content as it is in the repository, not what was changed on this machine.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "screens"


def main(words):
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import MISSING, launch
    from tests.browser.desks import Desks
    from tests.browser.site import Site
    from tests.browser.states import all_states

    states = [state for state in all_states() if not words or any(word in state.name for word in words)]
    if not words:
        shutil.rmtree(TARGET, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="zorgpact-screens-") as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        if not browser:
            print(MISSING, file=sys.stderr)
            return 1
        with Site(folder) as site, Desks(browser, site) as desks:
            for number, state in enumerate(states, 1):
                print(f"\r{number} van {len(states)}", end="", flush=True)
                take(state, desks(state.role))
        browser.close()
    print(f"\rKlaar: {len(states)} pagina’s, elk vier keer, in {TARGET.name}/")
    return 0


def take(state, page):
    from tests.browser.audit import SCHEMES, WIDTHS, arrange
    from tests.browser.reach import go_to

    go_to(state, page)
    for width in WIDTHS:
        for scheme in SCHEMES:
            arrange(page, width, scheme)
            folder = TARGET / f"{width}-{scheme}"
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{state.name}.png", full_page=True)
    arrange(page, WIDTHS[0], SCHEMES[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
