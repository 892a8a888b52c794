"""The fields of forms as HTML.

Django makes each field, each option and each set of attributes by a template of its own. On a page with hundreds of
fields that was half of the time; the plain ones are the same HTML, written here.
"""

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

FOLDER = "django/forms/widgets/"
# Text that goes away while one types helps nobody.
UNWANTED = ("placeholder",)


class Renderer(TemplatesSetting):
    """Uses a template for whatever is not plain."""

    def render(self, template_name, context, request=None):
        write = WRITERS.get(template_name.removeprefix(FOLDER))
        return write(context["widget"]) if write else super().render(template_name, context, request)


def attributes(widget):
    attrs = {name: value for name, value in widget["attrs"].items() if name not in UNWANTED}
    return flatatt(attrs) if attrs else ""


def an_input(widget):
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes(widget))


def a_textarea(widget):
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget), str(widget["value"] or "")
    )


def a_select(widget):
    options = format_html_join("", "{}", ((_options(*group),) for group in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes(widget), options)


def _options(group, options, _index):
    found = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((str(option["value"]), attributes(option), option["label"]) for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', group, found) if group else found


WRITERS = {
    **{f"{kind}.html": an_input for kind in ("text", "hidden", "email", "number", "url", "tel", "search", "date")},
    "textarea.html": a_textarea,
    "select.html": a_select,
}
