"""How a content is put in words."""

from django import template
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.formats import date_format

from kopgroep.models import Effect
from regions.models import AgendaItem
from volgspot.forms import EffectForm
from volgspot.models import ElementStep
from volgspot.triangle import draw

register = template.Library()

WORDS = {
    str(value): str(label) for value, label in [*AgendaItem.Status.choices, *Effect.Group.choices, *EffectForm.EVIDENCE]
}


@register.filter
def plainly(value):
    """What was chosen, as somebody reads it."""
    return WORDS.get(value, value or "")


@register.filter
def as_day(typed):
    """A date as it was typed ("12-5-2026"), in words; what is no date stays."""
    try:
        return date_format(DateField().to_python(typed), "j F Y")
    except ValidationError:
        return typed


@register.filter
def audience_in_words(audience):
    return {"partners": "alleen voor partners", "programma": "alleen voor het team"}.get(audience, "")


@register.filter
def template_of(section):
    return f"volgspot/content/{section['kind']}.html"


@register.filter
def says_nothing(section):
    rows = [row for name, found in section["rows"].items() if name != "activities" for row in found]
    return not rows and not section["fields"]


@register.filter
def rows_of(section, names):
    """The rows of several sorts in one list."""
    return [row for name in names.split() for row in section["rows"].get(name, [])]


@register.filter
def drawn(section):
    return draw(section)


@register.filter
def unlocalized(number):
    """With a point, as an SVG wants it."""
    return f"{number:g}"


@register.filter
def times(number):
    return range(number)


@register.filter
def steps_of(spread):
    """(step, how many chose it)."""
    return list(zip(ElementStep.Step.labels, spread["counts"], strict=True))


@register.filter
def get_field(form, name):
    """A field with a name that a template cannot write."""
    return form[name]
