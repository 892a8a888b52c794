"""The triangle of a report: ambitions, activities and results each along a side, and lines for what belongs together."""

from dataclasses import dataclass, field

# The corners: left, below and right run between them.
TOP, LEFT, RIGHT = (320, 44), (56, 500), (584, 500)
CENTRE = tuple(sum(corner[i] for corner in (TOP, LEFT, RIGHT)) / 3 for i in (0, 1))
SIDES = {"ambition": (TOP, LEFT), "activity": (LEFT, RIGHT), "result": (TOP, RIGHT)}
LETTERS = {"ambition": "A", "activity": "B", "result": "C"}
# With more dots on a side their numbers would lie over each other.
MOST_LABELS = 14
# How far a line bends to the middle.
BEND = 0.35


@dataclass
class Dot:
    sort: str
    code: str
    title: str
    x: float
    y: float
    label_x: float
    label_y: float
    tied: list = field(default_factory=list)
    # Has nothing where it should lead to something.
    is_loose: bool = False


@dataclass
class Triangle:
    ambitions: list
    activities: list
    results: list
    lines: list

    @property
    def dots(self):
        return [*self.ambitions, *self.activities, *self.results]

    @property
    def has_labels(self):
        return max(map(len, (self.ambitions, self.activities, self.results))) <= MOST_LABELS

    @property
    def is_empty(self):
        return not (self.ambitions or self.results)

    @property
    def loose(self):
        """What leads to nothing, in words."""
        words = {"ambition": "Ambitie zonder activiteit", "activity": "Activiteit zonder resultaat"}
        return [(words[dot.sort], dot) for dot in self.dots if dot.is_loose]

    @property
    def rows(self):
        """The same in a table: each ambition with its activities, and what these lead to."""
        led_to = {}
        for result in self.results:
            for activity in result.tied:
                led_to.setdefault(activity.code, []).append(result)
        for ambition in self.ambitions:
            results = {r.code: r for activity in ambition.tied for r in led_to.get(activity.code, [])}
            yield ambition, ambition.tied, list(results.values())

    @property
    def apart(self):
        """Results that no ambition leads to."""
        reached = {result.code for _ambition, _activities, results in self.rows for result in results}
        return [result for result in self.results if result.code not in reached]


def draw(section):
    """The triangle of the section "vraag en driehoek" of a content; see `content.py`."""
    rows = section["rows"]
    activities = _along("activity", [row["title"] for row in rows.get("activities", [])])
    by_ref = dict(zip((row["id"] for row in rows.get("activities", [])), activities, strict=True))
    planned, new = rows.get("planned", []), rows.get("results", [])
    results = _along("result", [row.get("title", "") for row in [*planned, *new]])
    ambitions = _along("ambition", [row.get("text", "") for row in rows.get("ambitions", [])])
    pairs = [*zip(ambitions, rows.get("ambitions", []), strict=True), *zip(results, [*planned, *new], strict=True)]
    for dot, row in pairs:
        dot.tied = [by_ref[ref] for ref in row.get("activities", []) if ref in by_ref]
    wanted = {activity.code for ambition in ambitions for activity in ambition.tied}
    leads = {activity.code for result in results for activity in result.tied}
    for dot in ambitions:
        dot.is_loose = not dot.tied
    for dot in activities:
        dot.is_loose = dot.code in wanted - leads
    # Only what somebody tied: the agenda of a pact may hold much that is not of this report.
    activities = [dot for dot in activities if dot.code in wanted | leads]
    _place(activities)
    lines = [_line(dot, activity) for dot, _row in pairs for activity in dot.tied]
    return Triangle(ambitions, activities, results, lines)


def _along(sort, titles):
    dots = [Dot(sort, f"{LETTERS[sort]}{i}", title, 0, 0, 0, 0) for i, title in enumerate(titles, 1)]
    _place(dots)
    return dots


def _place(dots):
    """Spread dots along their side, away from the corners, and their labels just outside it."""
    for i, dot in enumerate(dots):
        dot.code = f"{LETTERS[dot.sort]}{i + 1}"
        start, end = SIDES[dot.sort]
        part = 0.1 + 0.8 * (i + 0.5) / len(dots)
        dot.x, dot.y = (round(start[axis] + (end[axis] - start[axis]) * part, 1) for axis in (0, 1))
        out = {"ambition": (-22, -4), "activity": (0, 26), "result": (22, -4)}[dot.sort]
        dot.label_x, dot.label_y = dot.x + out[0], dot.y + out[1] + (0 if dot.sort == "activity" else 4)


def _line(one, other):
    middle = [(a + b) / 2 for a, b in ((one.x, other.x), (one.y, other.y))]
    bend = [m + (c - m) * BEND for m, c in zip(middle, CENTRE, strict=True)]
    return f"M{one.x} {one.y}Q{bend[0]:.1f} {bend[1]:.1f} {other.x} {other.y}"
