"""What must be true of every page in every state, looked at in the browser."""

from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
HEIGHT = 900
# 1280 px wide at 400 %.
ZOOMED = {"width": 320, "height": 256}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
# Another scheme changes colours and nothing else, and no colour of ours goes with the width: the rest was looked at in the
# first one. To look at colours is most of what axe does.
COLOUR_RULES = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = [(WIDTHS[0], SCHEMES[1], COLOUR_RULES), *((width, SCHEMES[0], RULES) for width in WIDTHS)]
RUN = """async (options) => (await axe.run(document, options)).violations.map(
    (found) => `${found.id}: ${found.nodes.slice(0, 3).map((n) => `${n.target} (${n.failureSummary.split("\\n")[1].trim()})`).join(", ")}`
)"""
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return "";
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
    return wide.map((e) => e.cloneNode().outerHTML).slice(0, 4).join(" ") || "something that is not visible";
}"""
# The spacing of WCAG 1.4.12, in a sheet that the policy lets through.
SPACE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
NO_SPACE = "() => { document.adoptedStyleSheets = []; }"
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((e) => {
    const hides = /hidden|clip/.test(getComputedStyle(e).overflow);
    const aside = e.closest("svg") || e.clientWidth <= 1 || e.clientHeight <= 1 || /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName);
    return hides && !aside && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" ")"""
HEADINGS = "() => [...document.querySelectorAll('h1')].filter((h) => h.checkVisibility()).length"


@dataclass
class Watch:
    """What the browser complains about, and what a page asks of others, since `forget`."""

    page: object
    url: str
    found: list = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.found.append(str(error)))
        self.page.on("request", self._look)
        self.page.on("response", self._weigh)

    def _hear(self, message):
        # An answer that failed is judged by `_weigh`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.found.append(message.text)

    def _look(self, request):
        if not request.url.startswith((f"{self.url}/", "data:")):
            self.found.append(f"asks another host: {request.url}")

    def _weigh(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.found.append(f"{response.url} answers {response.status}")

    def forget(self):
        self.found.clear()


def arrange(page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": HEIGHT})


def audit(page):
    """Everything that is wrong with the page as it stands; empty when all is well."""
    found = []
    _give_axe(page)
    for width, scheme, rules in LOOKS:
        arrange(page, width, scheme)
        found += [f"{width} px, {scheme}: {text}" for text in page.evaluate(RUN, rules)]
        if (width, scheme) == (min(WIDTHS), SCHEMES[0]) and (wide := page.evaluate(TOO_WIDE)):
            found.append(f"{width} px: scrolls sideways: {wide}")
    arrange(page, min(WIDTHS), SCHEMES[0])
    page.evaluate(SPACE)
    if cut := page.evaluate(CUT_OFF):
        found.append(f"cut off with wider spacing: {cut}")
    if wide := page.evaluate(TOO_WIDE):
        found.append(f"scrolls sideways with wider spacing: {wide}")
    page.evaluate(NO_SPACE)
    page.set_viewport_size(ZOOMED)
    if wide := page.evaluate(TOO_WIDE):
        found.append(f"{ZOOMED['width']} px: scrolls sideways: {wide}")
    if (headings := page.evaluate(HEADINGS)) != 1:
        found.append(f"{headings} headings of the first level")
    arrange(page, WIDTHS[0], SCHEMES[0])
    return list(dict.fromkeys(found))


def _give_axe(page):
    """By way of the debugger: the policy of the page lets no other script in."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE, "silent": True})
    session.detach()
