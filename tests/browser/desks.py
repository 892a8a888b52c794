"""Who looks at the portal: for each role one context of the browser with one page, logged in once."""

from tests.totp import code_of

from .audit import Watch, arrange
from .site import PASSWORD

VISITOR = ""
TEAM = "team@voorbeeld.example"
OFFICER = "ambtenaar@voorbeeld.example"
LEADER = "leider@voorbeeld.example"
ADMINISTRATOR = "beheerder@voorbeeld.example"
# Has an app, a key and recovery codes; asked for a code at each login.
SECURED = "tweestaps@voorbeeld.example"
# Has no password: comes in at a ministry.
FROM_MINISTRY = "ministerie@voorbeeld.example"
MINISTRY_LOGIN = "/inloggen/ministerie/"
# The same person, who gave the password and not yet the code.
HALFWAY = "halverwege"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PHONE = {"width": 360, "height": 740}


class Desks:
    """Call it with a role for the page of that role."""

    def __init__(self, browser, site):
        self.browser, self.site, self.pages = browser, site, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for page in self.pages.values():
            page.context.close()

    def __call__(self, role):
        if role not in self.pages:
            self.pages[role] = self.new(role)
        page = self.pages[role]
        page.watch.forget()
        return page

    def new(self, role=VISITOR, **options):
        """A page in a context of its own."""
        # Without motion a colour is never caught half-way.
        options = {"base_url": self.site.url, "reduced_motion": "reduce", "locale": "nl-NL"} | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.site, page.watch = self.site, Watch(page, self.site.url)
        arrange(page, options.get("viewport", {}).get("width", 1280), "light")
        if role == FROM_MINISTRY:
            come_from_ministry(page, email=FROM_MINISTRY)
        elif role != VISITOR:
            page.goto("/inloggen/")
            log_in(page, role)
        return page


def log_in(page, role):
    """On the page of the login."""
    page.get_by_label("E-mailadres").fill(SECURED if role == HALFWAY else role)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    if role == SECURED:
        page.get_by_label("Code").fill(code_now())
        page.get_by_role("button", name="Inloggen").click()
    if role != HALFWAY:
        page.wait_for_url(lambda address: "/inloggen/" not in address)


def ask_ministry(page):
    """Where the portal sends whoever presses its button; the page does not follow, for it is another host."""
    return page.request.get(MINISTRY_LOGIN, max_redirects=0).headers["location"]


def come_from_ministry(page, **claims):
    """Back at the portal, with what the ministry says of somebody."""
    page.site.provider.claims = claims
    page.goto(page.site.provider.log_in(ask_ministry(page)))


def code_now(secret=SECRET):
    """What an app shows that was set up with `secret`; without it, that of SECURED."""
    return code_of(secret)
