"""How somebody works a page: with the mouse, or with the keyboard alone. Neither needs a script on the page."""

from .audit import audit
from .keyboard import HAS_FOCUS, press, tab_to

# Steps through a list of choices after which it has come round.
LONGEST_LIST = 100


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def is_list(field):
    return field.evaluate("field => field.tagName") == "SELECT"


class Mouse:
    def __init__(self, page):
        self.page = page

    def go_to(self, address):
        self.page.goto(address)

    def fill(self, field, value):
        """Write in a field, or choose in a list."""
        if is_list(field):
            field.select_option(value)
        else:
            # A field that makes suggestions becomes another one as soon as somebody comes to it.
            field.focus()
            field.fill(value)

    def check(self, box):
        box.check()

    def open(self, summary):
        summary.click()

    def press(self, wanted):
        """A button or link that leads to a page; wait for that page."""
        with self.page.expect_navigation():
            wanted.click()

    def look(self):
        """At a page that was not come to by pressing something."""


class Inspector(Mouse):
    """Has every page looked at that it comes to."""

    def go_to(self, address):
        super().go_to(address)
        self.look()

    def press(self, wanted):
        super().press(wanted)
        self.look()

    def look(self):
        found = audit(self.page)
        assert not found, f"{self.page.url}: {found}"


class Keyboard(Mouse):
    def fill(self, field, value):
        self._go_to(field)
        if is_list(field):
            self._step("ArrowDown", until=lambda: field.input_value() == value)
        elif field.get_attribute("type") == "date":
            # Day and month, in the order of the country of the browser, and then the year.
            self.page.keyboard.type("".join(reversed(value.split("-"))))
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value)

    def check(self, box):
        """A box, or one of several to choose from: there Tab leads to the first or the chosen one, and arrows go on."""
        if box.get_attribute("type") == "checkbox":
            if not box.is_checked():
                tab_to(self.page, box)
                self.page.keyboard.press("Space")
            return
        group = self.page.locator(f"[name='{box.get_attribute('name')}']")
        chosen = [radio for radio in group.all() if radio.is_checked()]
        tab_to(self.page, chosen[0] if chosen else group.first)
        if not box.is_checked():
            self._step("ArrowDown", until=box.is_checked)

    def open(self, summary):
        tab_to(self.page, summary)
        self.page.keyboard.press("Enter")

    def press(self, wanted):
        tab_to(self.page, wanted)
        press(self.page, "Enter")

    def _go_to(self, wanted):
        """A page that opens at a field has the focus there already."""
        if not wanted.evaluate(HAS_FOCUS):
            tab_to(self.page, wanted)

    def _step(self, key, *, until):
        for _ in range(LONGEST_LIST):
            if until():
                return
            self.page.keyboard.press(key)
        raise AssertionError("the arrows do not reach the choice")
