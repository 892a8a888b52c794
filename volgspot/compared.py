"""Two reports of a pact side by side, and how its intended results went over the rounds. Reads published texts alone."""

from dataclasses import dataclass, field

from django.utils.text import capfirst

from zorgpact.reading_history import marked_by_sentence

from .content import section_of
from .forms import as_number
from .models import SectionKind
from .reading import texts_of
from .sections import SECTIONS


@dataclass
class Pair:
    """One text in both reports; `marked` is the right one with what came and what went."""

    label: str
    left: str
    right: str
    marked: str = ""

    @property
    def is_changed(self):
        return self.left != self.right


# Sentences, which can be held beside each other; figures and choices stand in tables of their own.
PROSE = {
    "question", "government_role", "text", "questions", "long_term_effect", "news", "story", "because",
    "not_reached_because", "seen", "intended", "words", "phase", "phase_evidence", "step_name",
}  # fmt: skip


def _sentences(section):
    return {key: told for key, told in texts_of(section).items() if key[2] in PROSE}


def side_by_side(left, right, *, only_changed=False):
    """`[(section title, pairs)]` of two contents."""
    found = []
    for section in right["sections"]:
        old, new = _sentences(section_of(left, section["kind"])), _sentences(section)
        pairs = []
        for key in dict.fromkeys([*old, *new]):
            (name, before), (new_name, after) = old.get(key, ("", "")), new.get(key, ("", ""))
            if only_changed and before == after:
                continue
            label = _label(section["kind"], key, new_name or name)
            pairs.append(Pair(label, before, after, marked_by_sentence(before, after)))
        if pairs:
            found.append((section["title"], pairs))
    return found


# What a content calls otherwise than the form does.
FIELDS = {"step_name": "step"}


def _label(kind, key, name):
    """Of what a text is: the name of its row, and the question that it answers."""
    rows = SECTIONS[kind].rows_named(key[0])
    asked = (rows or SECTIONS[kind]).form.base_fields.get(FIELDS.get(key[2], key[2]))
    # An earlier agreement is told, not asked.
    question = asked.label if asked else rows.title
    return f"{capfirst(name)} · {question}" if name else question


@dataclass
class ResultLine:
    """One intended result: what was planned at first, and in each round what was reported and to where it moved."""

    title: str
    planned: str = ""
    by_when: str = ""
    unit: str = ""
    # By the slug of a round.
    told: dict = field(default_factory=dict)
    moved: list = field(default_factory=list)
    dropped_because: str = ""
    last: str = ""
    failed: str = ""

    @classmethod
    def of(cls, row):
        return cls(*(row.get(name, "") for name in ("title", "target", "by_when", "unit")))

    @property
    def target(self):
        """What is aimed at now."""
        return self.moved[-1]["target"] if self.moved else self.planned

    @property
    def state(self):
        """In words, never a mark: (kind for the sign, text)."""
        if self.dropped_because:
            return "stopped", f"vervallen: {self.dropped_because}"
        reached, target = as_number(self.last or "-"), as_number(self.target or "-")
        if self.last and reached is not None and target is not None:
            return ("done", "gehaald") if reached >= target else ("running", "op weg, nog niet gehaald")
        if self.last:
            return "running", "gemeld"
        if self.failed:
            return "stopped", "niet gelukt"
        return "", "nog niet gemeld"


def result_lines(versions):
    """The intended results over `versions`, the oldest first; each has a `reflection` with its round."""
    lines = {}
    for version in versions:
        content, slug = version.public_content, version.reflection.round.slug
        for row in section_of(content, SectionKind.TRIANGLE)["rows"].get("results", []):
            if "result" in row:
                lines[row["result"]] = ResultLine.of(row)
        for row in section_of(content, SectionKind.RESULTS)["rows"].get("results", []):
            if "result" not in row:
                continue
            line = lines.setdefault(row["result"], ResultLine.of(row))
            line.told[slug] = row.get("reached") or row.get("not_reached_because", "")
            line.last = row.get("reached") or line.last
            line.failed = row.get("not_reached_because", "")
            if row.get("is_dropped"):
                line.dropped_because = row.get("change_reason", "")
            elif row.get("new_target") or row.get("new_by_when"):
                line.moved.append(
                    {
                        "target": row.get("new_target") or line.target,
                        "by_when": row.get("new_by_when", ""),
                        "because": row.get("change_reason", ""),
                    }
                )
    rounds = [version.reflection.round for version in versions]
    for line in lines.values():
        line.cells = [(round.name, line.told.get(round.slug, "")) for round in rounds]
    return list(lines.values())
