"""The fields that are written in Python are the same HTML as Django's own templates give."""

import datetime

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from zorgpact.widgets import FOLDER, WRITERS, Renderer

NASTY = "\"><script>alert('x')</script> & één"
CHOICES = [("", "Maak een keuze"), ("a", NASTY), ("Groep & meer", [(1, "één"), (2, "twee")])]
WIDGETS = [
    forms.TextInput(),
    forms.TextInput({"class": "input", "required": True, "disabled": False, "title": NASTY}),
    forms.TextInput({"placeholder": "gaat weg"}),
    forms.HiddenInput(),
    forms.EmailInput(),
    forms.NumberInput({"step": 1}),
    forms.URLInput(),
    forms.TelInput(),
    forms.SearchInput(),
    forms.DateInput(),
    forms.Textarea({"rows": 3, "class": "input"}),
    forms.Select({"class": "input"}, choices=CHOICES),
]


def is_written(widget):
    return widget.template_name.removeprefix(FOLDER) in WRITERS


@pytest.mark.parametrize("value", [None, "", 0, 1, "a", NASTY, " \n<b>", 12.5, datetime.date(2026, 9, 15)])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_the_same_as_the_templates(widget, value):
    assert is_written(widget)
    ours, theirs = (widget.render("naam", value, {"id": "id_naam"}, by) for by in (Renderer(), TemplatesSetting()))
    assert parse_html(ours) == parse_html(theirs)


def test_all_that_is_written_is_compared():
    assert {widget.template_name.removeprefix(FOLDER) for widget in WIDGETS} == set(WRITERS)


def test_the_rest_is_left_to_templates():
    widget = forms.CheckboxSelectMultiple(choices=[("a", NASTY)])
    assert not is_written(widget)
    assert "&lt;script&gt;" in widget.render("naam", ["a"], None, Renderer())
