"""Choosing a record from a long list by typing.

A field holds only what was chosen, so that sixty rows stay light. The script `admin-choose.js` offers
suggestions; without it the field takes the number or the exact name of the record.
"""

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.urls import reverse

from .numbers import number_of

NOT_CHOSEN = "Kies uit de lijst: “%(value)s” is niet gevonden."


def by_name(queryset, text):
    """The one record whose name is exactly `text`; None where there is none, or more than one."""
    for name in ("name", "title"):
        try:
            queryset.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        found = list(queryset.filter(**{f"{name}__iexact": text})[:2])
        return found[0] if len(found) == 1 else None
    return None


class ChooseInput(forms.TextInput):
    """One record: a text field that knows where its suggestions come from and what its value is called."""

    template_name = "admin/widgets/choose.html"

    def __init__(self, source="", label_of=str, attrs=None):
        super().__init__(attrs)
        self.source, self.label_of, self.known = source, label_of, {}

    class Media:
        css = {"all": ["vendor/accessible-autocomplete/accessible-autocomplete.min.css"]}
        js = ["vendor/accessible-autocomplete/accessible-autocomplete.min.js", "js/admin-choose.js"]

    def label(self, value):
        """What a value is called; what was typed and is no record stays as it was typed."""
        if value not in self.known and (key := number_of(value)):
            self.known.update({str(record.pk): record for record in self.choices.queryset.filter(pk=key)})
        return self.label_of(self.known[value]) if value in self.known else value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        value = context["widget"]["value"]
        context["widget"] |= {"source": self.source, "label": self.label(value) if value else ""}
        return context


class ChooseManyInput(ChooseInput):
    """Several records: a box for each that was chosen, and one field to add another."""

    template_name = "admin/widgets/choose_many.html"
    # Each chosen record is a checkbox of its own, so a browser may not demand them all.
    use_fieldset = True

    def format_value(self, value):
        return [str(part) for part in value or []]

    def get_context(self, name, value, attrs):
        context = super(ChooseInput, self).get_context(name, value, attrs)
        values = context["widget"]["value"]
        unknown = [number_of(part) for part in values if part not in self.known]
        if any(unknown):
            self.known.update({str(record.pk): record for record in self.choices.queryset.filter(pk__in=unknown)})
        context["widget"] |= {
            "source": self.source,
            "chosen": [(part, self.label(part)) for part in values if part in self.known],
            "typed": " ".join(part for part in values if part not in self.known),
        }
        return context

    def value_from_datadict(self, data, files, name):
        return [value.strip() for value in data.getlist(name) if value.strip()]

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_):
        return id_


class RemembersChosen:
    """Knows the records that were chosen before, so that a form asks the database for new ones only."""

    def remember(self, records):
        self.widget.known = {str(record.pk): record for record in records}


class ChooseField(RemembersChosen, forms.ModelChoiceField):
    widget = ChooseInput

    def to_python(self, value):
        value = value.strip() if isinstance(value, str) else value
        if value in self.empty_values:
            return None
        if str(value) in self.widget.known:
            return self.widget.known[str(value)]
        key = number_of(str(value))
        found = self.queryset.filter(pk=key).first() if key else by_name(self.queryset, value)
        if found is None:
            raise ValidationError(NOT_CHOSEN, code="invalid_choice", params={"value": value})
        return found


class ChooseManyField(RemembersChosen, forms.ModelMultipleChoiceField):
    widget = ChooseManyInput

    def clean(self, value):
        keys, unknown = [], []
        for part in value or []:
            found = part if part.isdecimal() else getattr(by_name(self.queryset, part), "pk", None)
            (keys if found else unknown).append(str(found or part))
        if unknown:
            raise ValidationError(NOT_CHOSEN, code="invalid_choice", params={"value": "”, “".join(unknown)})
        return super().clean(keys)


def choose_field(db_field, admin_site, **kwargs):
    """The form field for a relation of an admin form."""
    remote = db_field.remote_field.model
    options = db_field.model._meta
    source = (
        f"{reverse('admin:autocomplete')}?app_label={options.app_label}"
        f"&model_name={options.model_name}&field_name={db_field.name}"
    )
    label_of = admin_site.get_model_admin(remote).choice_label if admin_site.is_registered(remote) else str
    many = db_field.many_to_many
    return db_field.formfield(
        form_class=ChooseManyField if many else ChooseField,
        widget=(ChooseManyInput if many else ChooseInput)(source, label_of),
        queryset=remote._default_manager.all(),
        **kwargs,
    )
