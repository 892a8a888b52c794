"""The forms of the admin and the workplace: relations by typing, errors at the field, and no save over somebody else's."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet, UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.utils import formats, timezone
from django.utils.text import capfirst

from .choose import ChooseField, ChooseManyField
from .slugs import check_slug

STATE, THEIRS, KEPT = "_state", "_theirs", "_kept"
CHOOSE = "Maak een keuze"
# Of a text that is typed outside the admin.
LONGEST = 10_000
TWICE = "Deze combinatie staat er al."


class LongText(forms.CharField):
    """Browsers send other ends of lines than there were; that is no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


def plain_field(db_field, **kwargs):
    """The form field of a page outside the admin: as Django makes it, with ends of lines and addresses as people mean them."""
    if isinstance(db_field, models.TextField):
        kwargs |= {"form_class": LongText, "max_length": LONGEST, "widget": forms.Textarea({"rows": 6})}
    if isinstance(db_field, models.URLField):
        kwargs |= {"assume_scheme": "https"}
    if isinstance(db_field, models.ForeignKey):
        kwargs |= {"empty_label": CHOOSE}
    field = db_field.formfield(**kwargs)
    if db_field.choices and not db_field.has_default():
        field.choices = [("", CHOOSE), *db_field.flatchoices]
    return field


class RecordForm(forms.ModelForm):
    """A record, or a row on one. `constraint_fields` says at which field a rule of the database complains."""

    constraint_fields = {}
    # Rules about several rows at once, which the set of rows checks.
    left_to_the_rows = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ChooseManyField):
                field.remember(record for record in self.initial.get(name) or () if isinstance(record, Model))
            elif isinstance(field, ChooseField):
                record = self.instance.pk and getattr(self.instance, name)
                field.remember([record] if record else ())

    def _post_clean(self):
        """The model would check its own rules too, and say at no field what is wrong."""
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints
        self.validate_constraints()

    def validate_constraints(self):
        exclude = self._get_validation_exclusions()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if constraint.name not in self.left_to_the_rows:
                    self._validate_constraint(model, constraint, exclude)

    def _validate_constraint(self, model, constraint, exclude):
        try:
            constraint.validate(model, self.instance, exclude=exclude)
        except ValidationError as error:
            own_words = constraint.violation_error_message != constraint.default_violation_error_message
            fields = constraint.fields if isinstance(constraint, UniqueConstraint) else ()
            field = self.constraint_fields.get(constraint.name) or next(
                (f for f in fields[::-1] if f in self.fields), None
            )
            if field not in self.fields:
                field = None
            self.add_error(field, error.messages if own_words or not fields else TWICE)


class MainForm(RecordForm):
    """The form of a record: refuses a save when the record is no longer what the form was made from."""

    # Whether any change of the record counts, or only one of what stands in the form.
    watches_record = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state = self._state_now() if self.instance.pk else ""
        if self.is_bound and hasattr(self.data, "getlist") and self.data.getlist(THEIRS):
            self.data = self.data.copy()
            for name in self.data.getlist(THEIRS):
                if name in self.fields:
                    self._take_theirs(name)

    def _state_now(self):
        values = [(name, comparable(self.initial.get(name))) for name in sorted(self.fields)]
        text = repr([getattr(self.instance, "version", 0) if self.watches_record else 0, values])
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def _take_theirs(self, name):
        bound = self[name]
        value = bound.field.widget.format_value(bound.field.prepare_value(bound.initial))
        if isinstance(bound.field.widget, forms.CheckboxInput):
            value = ["on"] if bound.initial else []
        self.data.setlist(bound.html_name, value if isinstance(value, list) else ["" if value is None else value])

    def clean_slug(self):
        """Nothing is said of an address that was already there: links to it must keep working."""
        slug = self.cleaned_data["slug"]
        if slug != self.instance.slug:
            check_slug(slug)
        return slug

    def clean(self):
        cleaned = super().clean()
        if self.data.get(KEPT):
            self.add_error(None, ValidationError("Deze tekst is nog niet bewaard.", code="kept"))
        elif self.instance.pk and self.data.get(STATE) != self.state:
            self.add_error(None, ValidationError("Iemand anders bewaarde dit intussen.", code="stale"))
        return cleaned

    def has_code(self, code):
        return self.is_bound and self.has_error("__all__", code)


class RowSet(BaseInlineFormSet):
    """The rows on a record."""


def comparable(value):
    """A value so that the same value is always the same text."""
    if isinstance(value, (list, tuple, QuerySet)):
        return sorted(comparable(part) for part in value)
    return str(value.pk) if isinstance(value, Model) else str(value)


def without_lost_rows(data, prefix, existing):
    """Rows that somebody else removed meanwhile become new ones, so that what was typed in them stays."""
    try:
        total, initial = int(data[f"{prefix}-TOTAL_FORMS"]), int(data[f"{prefix}-INITIAL_FORMS"])
    except (KeyError, ValueError):
        return
    rows = [
        {name[len(start) :]: data.getlist(name) for name in list(data) if name.startswith(start)}
        for start in (f"{prefix}-{i}-" for i in range(min(total, 1000)))
    ]
    lost = [row for row in rows[:initial] if row.get("id", [""])[0] not in existing]
    if not lost:
        return
    for row in lost:
        row["id"] = [""]
    kept = [row for row in rows[:initial] if row not in lost]
    for name in [name for name in data if name.startswith(f"{prefix}-") and name.split("-")[1].isdecimal()]:
        del data[name]
    for i, row in enumerate(kept + lost + rows[initial:]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{i}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def in_words(field, value):
    """A value of a form field as somebody reads it."""
    if isinstance(field, ChooseManyField):
        return ", ".join(field.widget.label(str(field.prepare_value(part))) for part in value or [])
    if value in field.empty_values:
        return ""
    if isinstance(field, ChooseField):
        return field.widget.label(str(field.prepare_value(value)))
    if isinstance(field, forms.BooleanField):
        return "ja" if value else "nee"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(field, forms.DateTimeField) and not isinstance(value, str):
        return formats.localize(timezone.localtime(value))
    return str(formats.localize(value))


def differences(form):
    """Where what was typed is not what is stored now: field, label, mine, theirs."""
    found = []
    for name in form.changed_data:
        bound = form[name]
        mine = form.cleaned_data[name] if name in getattr(form, "cleaned_data", {}) else bound.data
        found.append(
            {
                "name": name,
                "id": bound.id_for_label,
                "label": capfirst(bound.label),
                "mine": in_words(bound.field, mine),
                "theirs": in_words(bound.field, bound.initial),
            }
        )
    return found


def error_summary(form, formsets):
    """Every message with the field it is about, for the list on top of the page."""
    for error in form.non_field_errors().as_data():
        if error.code not in ("kept", "stale"):
            yield from ({"id": "", "label": "", "message": message} for message in error.messages)
    yield from _field_errors(form)
    for formset in formsets:
        for message in formset.non_form_errors():
            yield {"id": f"{formset.prefix}-heading", "label": "", "message": message}
        for row in formset.forms:
            for message in row.non_field_errors():
                yield {"id": f"{formset.prefix}-heading", "label": _row_name(formset, row), "message": message}
            yield from _field_errors(row, f"{_row_name(formset, row)}, ")


def _row_name(formset, row):
    name = capfirst(formset.model._meta.verbose_name)
    return f"{name} “{row.instance}”" if row.instance.pk else f"{name} (nieuw)"


def _field_errors(form, before=""):
    for name, messages in form.errors.items():
        if name in form.fields:
            for message in messages:
                label = form[name].label if before else capfirst(form[name].label)
                yield {"id": form[name].id_for_label, "label": before + label, "message": message}
