"""The one browser of the tests and of the pictures."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "Er is geen Chromium. Zo komt die er: tools/install_browser"


def launch(playwright):
    """Start it; None where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found and not Path(playwright.chromium.executable_path).exists():
        return None
    return playwright.chromium.launch(executable_path=found, args=SWITCHES)
