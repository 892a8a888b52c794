"""What stands on the page of a section: fields in panels, and all that belongs beside them.

That is what was frozen, what was written last time, what the team remarked, and what somebody else saved meanwhile.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from django import forms as django_forms
from django.utils.text import capfirst

from organisations.models import Corner
from programme.fields import PATTERN
from zorgpact.templatetags.portal import partial_date

from .completeness import missing_in
from .content import section_of
from .forms import LinkedForm
from .models import SectionKind
from .partners import spread_of, views_of, words_for_leader
from .sections import SECTIONS, Forms

# With more boxes than this those of one row are shown at a time.
MOST_BOXES = 200
FEW_ROWS = 10
# What a row is called where it has no title.
SAYS = ("title", "text", "place")


@dataclass
class Item:
    """One field. `theirs` is what somebody else wrote in it, None where that is the same."""

    bound: django_forms.BoundField
    theirs: str | None = None
    remarks: list = field(default_factory=list)
    # The names of what is tied, where the boxes themselves are not shown.
    tied: list | None = None

    @property
    def is_several(self):
        return isinstance(self.bound.field, django_forms.MultipleChoiceField)

    @property
    def has_something(self):
        return bool(self.bound.value() or self.bound.errors or self.remarks or self.theirs is not None)


@dataclass
class Panel:
    """One row, or a field that is there once. `beside` holds (heading, [(label, text)])."""

    id: str
    items: list
    # Fields that are seldom needed, under one heading.
    folded: list = field(default_factory=list)
    title: str = ""
    tag: str = ""
    beside: list = field(default_factory=list)
    spread: dict | None = None
    said: list = field(default_factory=list)
    form: object = None
    can_be_removed: bool = False

    @property
    def name(self):
        """What was typed as the name of a row that has no record of its own."""
        return name_of({item.bound.name: item.bound.value() for item in self.items}) if not self.form.row else ""

    @property
    def is_unfolded(self):
        """Nothing that was typed, said or wrong stays out of sight."""
        return any(item.has_something for item in self.folded)


@dataclass
class Group:
    """The rows of one sort, and those of last time where these are no rows of now."""

    rows: object
    panels: list
    before: list

    @property
    def is_long(self):
        """So long that nobody finds a row in it by scrolling."""
        return len(self.panels) > FEW_ROWS


class Page:
    """The page of one section. `typed` is what is in the fields; `theirs` what somebody else saved meanwhile, if anybody did."""

    def __init__(self, context, kind, typed, *, theirs=None, tie=""):
        self.context, self.kind, self.type = context, kind, SECTIONS[kind]
        self.typed, self.theirs, self.tie = typed, theirs, tie
        self.before = section_of(context.previous, kind)
        self.forms = Forms.of(self.type, typed.data, context)
        self.all_remarks = list(self.context.reflection.comments.filter(section=kind, sent_at__isnull=False))
        self.remarks = self._remarks()
        single = self.forms.single
        self.fields = [self._single(single, name) for name in single.fields] if single else []
        self.groups = [self._group(rows) for rows in self.type.rows]
        self.stray_remarks = [remark for remarks in self.remarks.values() for remark in remarks]

    @property
    def is_long(self):
        return any(group.is_long for group in self.groups)

    # --- what stands beside a field

    def _remarks(self):
        """The remarks of the team by the field that they are about; each is taken out where it is shown."""
        found = {}
        for remark in self.all_remarks:
            found.setdefault(field_key(remark.field), []).append(remark)
        return found

    def _item(self, form, name, theirs):
        bound = form[name]
        mine = self._value(bound)
        item = Item(bound, remarks=self.remarks.pop(field_key(bound.auto_id), []))
        if theirs is not None and (theirs.get(name) or "") != (mine or ""):
            item.theirs = in_words(bound.field, theirs.get(name))
        if isinstance(form, LinkedForm) and name == "activities" and not self._shows_boxes(form):
            chosen = set(mine or ())
            item.tied = [label for value, label in bound.field.choices if value in chosen]
        return item

    @staticmethod
    def _value(bound):
        several = isinstance(bound.field, django_forms.MultipleChoiceField)
        return bound.form.data.getlist(bound.html_name) if several else bound.form.data.get(bound.html_name)

    @cached_property
    def _has_many_boxes(self):
        linked = [rows for rows in self.type.rows if issubclass(rows.form, LinkedForm)]
        count = sum(
            len(rows.known(self.context) if rows.known else self.typed.data.get(rows.name, [])) for rows in linked
        )
        return count * len(self.context.activities) > MOST_BOXES

    def _shows_boxes(self, form):
        return not self._has_many_boxes or form.prefix == self.tie

    # --- the panels

    def _single(self, form, name):
        beside = []
        if before := self.before["fields"].get(name):
            beside.append(("Vorige keer schreef u", [("", before)]))
        theirs = self.theirs.data if self.theirs else None
        return Panel(id=name, items=[self._item(form, name, theirs)], beside=beside)

    def _group(self, rows):
        of_then = {row["id"]: row for row in self.before["rows"].get(rows.name, [])}
        theirs = {row["id"]: row for row in self.theirs.data.get(rows.name, [])} if self.theirs else None
        panels = []
        for number, form in enumerate(self.forms.of_rows[rows.name], 1):
            panel = self._row(rows, form, number, None if theirs is None else theirs.get(form.row_id, {}))
            if then := of_then.pop(form.row_id, None):
                panel.beside.append(("Vorige keer schreef u", told(rows, then)))
            panels.append(panel)
        before = [] if rows.known else [(name_of(row), told(rows, row)) for row in of_then.values()]
        return Group(rows, panels, [pair for pair in before if pair[1]])

    def _row(self, rows, form, number, theirs):
        items = {name: self._item(form, name, theirs) for name in form.fields}
        panel = Panel(
            id=form.prefix,
            form=form,
            items=[item for name, item in items.items() if name not in form.folded],
            folded=[item for name, item in items.items() if name in form.folded],
            can_be_removed=rows.can_be_added,
            title=title_of(rows, form, number),
        )
        if rows.name in ("results", "planned") and form.row:
            opened = self.context.round.opens
            panel.tag = f"vastgelegd op {partial_date(opened.isoformat())}"
            panel.beside.append(("Beoogd, vastgelegd bij de start van deze ronde", intended(form.row)))
        elif rows.name == "items":
            panel.tag = form.row.get_status_display()
            if form.row.goal:
                panel.beside.append(("Op de actieagenda", [("", form.row.goal)]))
        elif rows.name == "elements":
            panel.beside.append(("Waar het om gaat", [("", form.row.text)]))
            panel.spread = next((s for s in self.spread if s["element"] == form.row.slug), None)
            panel.said = [said for said in self.said if said["about"] == form.row.slug]
        elif rows.name == "earlier":
            lines = [("Wie", form.row.who), ("Voor wanneer", partial_date(form.row.by_when))]
            panel.beside.append(("Afgesproken", [(label, text) for label, text in lines if text]))
        return panel

    # --- the partners, beside the section about the cooperation

    @cached_property
    def _views(self):
        return views_of(self.context.reflection) if self.kind == SectionKind.COOPERATION else []

    @cached_property
    def spread(self):
        return spread_of(self.context.reflection, elements=self.context.elements, views=self._views)

    @cached_property
    def said(self):
        return words_for_leader(self.context.reflection, self._views)

    @property
    def said_of_all(self):
        """Words of partners about the ambition and the cooperation as a whole."""
        names = {"ambition": "Over de ambitie", "note": "Verder"}
        return [said | {"about": names[said["about"]]} for said in self.said if said["about"] in names]

    # --- what is wrong, and what is still needed

    @cached_property
    def errors(self):
        """What was typed and cannot be right: (id of the field, label, message)."""
        return [
            (_target(form[name]), form.fields[name].label, message)
            for form in self.forms
            for name, messages in form.errors.items()
            for message in messages
        ]

    @cached_property
    def needed(self):
        """What this section lacks for submitting, beside what is wrong."""
        wrong = {target for target, _label, _message in self.errors}
        lacking = missing_in(self.kind, self.context, self.forms)
        return [problem for problem in lacking if problem.field not in wrong]

    @property
    def guiding_questions(self):
        return [question for question in self.context.guiding_questions if question.section == self.kind]

    @property
    def other_audience(self):
        """For whom the other who saved made the section, where that differs."""
        if self.theirs and self.theirs.audience != self.typed.audience:
            return self.theirs.get_audience_display()
        return ""

    @property
    def other_skip(self):
        return self.theirs is not None and self.theirs.skipped_because != self.typed.skipped_because


def title_of(rows, form, number):
    return str(form.row) if form.row else f"{capfirst(rows.one)} {number}"


def places_to_remark(kind, context):
    """At what a remark of the team can stand: (heading, [(field, label)]) for each row. Of a row only where something stands."""
    section = context.sections.get(kind)
    forms = Forms.of(SECTIONS[kind], section.data if section else {}, context)
    if forms.single:
        yield "", [(bound.name, bound.label) for bound in forms.single]
    for rows in SECTIONS[kind].rows:
        for number, form in enumerate(forms.of_rows[rows.name], 1):
            filled = {bound.name: bound for bound in form if bound.name != "audience" and bound.value()}
            name = "" if form.row else name_of({field: bound.value() for field, bound in filled.items()})
            if filled:
                heading = f"{title_of(rows, form, number)}: {name}" if name else title_of(rows, form, number)
                yield heading, [(field_key(bound.auto_id), bound.label) for bound in filled.values()]


def field_key(field_id):
    """A field by what a remark calls it: with or without `id_`, and a choice by its whole."""
    return re.sub(r"_\d+$", "", field_id.removeprefix("id_"))


def _target(bound):
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


def intended(version):
    """What was meant to be reached, as it was frozen."""
    lines = [
        ("Doel", f"{version.target} {version.unit}".strip()),
        ("Wanneer", partial_date(version.by_when)),
        ("Begin", version.baseline),
        ("Indicator", version.indicator),
    ]
    return [(label, text) for label, text in lines if text]


def in_words(form_field, value):
    """What was typed in a field as somebody reads it."""
    if isinstance(form_field, django_forms.BooleanField):
        return "ja" if value else "nee"
    if isinstance(form_field, django_forms.ChoiceField):
        labels = dict(form_field.choices)
        return ", ".join(
            str(labels.get(part, part)) for part in (value if isinstance(value, list) else [value]) if part
        )
    return value or ""


def name_of(row):
    """What a row of a content is called."""
    return next((row[name] for name in SAYS if row.get(name)), row.get("held_on", ""))


# In a content these say something else than the field did, or nothing to a reader.
NOT_TOLD = ("audience", "activities", "themes")


def told(rows, row):
    """A row of last time: (label, text) of what was written in it."""
    found = []
    for name, form_field in rows.form.base_fields.items():
        value = row.get(name)
        if not value or name in NOT_TOLD:
            continue
        if name == "organisations":
            value = ", ".join(f"{o['name']} ({Corner(o['corner']).label})" for o in value)
        elif name == "step":
            value = row.get("step_name", value)
        elif isinstance(value, str) and PATTERN.fullmatch(value) and "-" in value:
            value = partial_date(value)
        else:
            value = in_words(form_field, value)
        found.append((form_field.label, value))
    return found
