"""Going through a page with the keyboard alone, the way somebody does who sees where the focus is."""

FURTHEST = 400
# What has the focus, whether that shows, and whether something lies over it.
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e);
    const shows = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    // Of a tall field that somebody comes to, the middle may lie below the window.
    const points = [...e.getClientRects()].flatMap((r) => [r.top + 2, r.top + r.height / 2].map((y) => [r.left + r.width / 2, y]));
    const seen = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (e.contains(hit) || hit.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(hit)));
    });
    return { name: e.outerHTML.slice(0, 120), shows, seen };
}"""
HAS_FOCUS = "(element) => element === document.activeElement"


def look_at_focus(page):
    focused = page.evaluate(FOCUSED)
    if focused:
        assert focused["shows"], f"the focus does not show on {focused['name']}"
        assert focused["seen"], f"something lies over {focused['name']}"
    return focused


def tab_to(page, wanted):
    """Press Tab until `wanted` has the focus, and look at every stop on the way."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        look_at_focus(page)
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page, key):
    """Press a key that opens another page, and wait until it is there."""
    with page.expect_navigation():
        page.keyboard.press(key)
