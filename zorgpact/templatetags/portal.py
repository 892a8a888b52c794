"""What templates of more than one part ask for."""

from functools import cache
from urllib.parse import urlsplit

from django import template
from django.template.loader import render_to_string
from django.utils import dateformat, formats
from django.utils.html import format_html, format_html_join

from accounts.middleware import PRIVATE, is_logged_in
from organisations.models import Participation
from organisations.triangle import Triangle
from programme.fields import partial_date_in_words
from zorgpact.addresses import address
from zorgpact.filling import filled
from zorgpact.numbers import MoreThan

register = template.Library()
# For what stands on every page, in place of `url`.
register.simple_tag(address)

# Address name and label of each way in. A part joins this list on the day its pages are there.
MAIN_MENU = [
    ("regions:list", "Regionale pacten"),
    ("kopgroep:list", "Kopgroep"),
    ("regels:list", "Ruimte in de regels"),
    ("themes:list", "Thema’s"),
    ("themes:works", "Wat werkt"),
    ("programme:about", "Over het Zorgpact"),
]


@register.simple_tag(takes_context=True)
def main_menu(context):
    """The ways in, with `is_here` "page" on the page itself and "true" on pages below it."""
    request = context.get("request")
    path = request.path if request else ""
    return [
        {"url": address(name), "label": label, "is_here": _is_here(path, address(name))} for name, label in MAIN_MENU
    ]


@register.simple_tag(takes_context=True)
def ways_of_login(context):
    """To log in, or behind the login to the own pages and out again. A page for everybody is the same for everybody."""
    request = context.get("request")
    if request and request.path.startswith(PRIVATE) and is_logged_in(request):
        names = [("workplace:mine", "Mijn Zorgpact"), ("account_logout", "Uitloggen")]
    else:
        names = [("account_login", "Inloggen")]
    return [{"url": address(name), "label": label} for name, label in names]


def _is_here(path, url):
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


@register.filter
def partial_date(value):
    return partial_date_in_words(value)


@register.filter
def day_in_words(value):
    """A date as 15 september 2016; what `date` makes of it, for in a row of a list."""
    return f"{value.day} {dateformat.MONTHS[value.month]} {value.year}" if value else ""


@register.filter
def partial_time(value):
    """The same, in a `<time>` that machines read too."""
    return format_html('<time datetime="{}">{}</time>', value, partial_date(value)) if value else ""


@register.filter
def thousands(value):
    """A number with points between the thousands, for amounts and counts; never for years."""
    if value is None or value == "":
        return ""
    if isinstance(value, MoreThan):
        return f"meer dan {thousands(int(value))}"
    if isinstance(value, int):
        # What Django makes of it, in a tenth of the time: a page has a hundred of them.
        return f"{value:,}".replace(",", ".")
    whole = value == int(value)
    return formats.number_format(value, 0 if whole else None, use_l10n=True, force_grouping=True)


@register.filter
def all_of(number):
    """Before the name of all of them, at the beginning of a link: “Alle 72”."""
    return "Alle" if isinstance(number, MoreThan) else f"Alle {thousands(number)}"


@register.filter
def lines(text):
    """The non-empty lines of a text in which each line is a thing of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def opening(text, length):
    """The first line of a text, up to a whole word where it is longer than `length` characters."""
    line = next(iter(lines(text)), "")
    return line if len(line) <= length else f"{line[: length - 1].rpartition(' ')[0] or line[: length - 1]}…"


@register.filter
def paragraphs(text):
    """A text of which each line is a paragraph."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines(text)))


@register.filter
def as_input(field):
    """A field of a form with the class that our fields have, beside its own."""
    return field.as_widget(attrs={"class": f"{field.field.widget.attrs.get('class', '')} input".strip()})


@register.simple_tag
def count_of(number, one, many):
    """A number with its noun: 1 koploper, 3 koplopers."""
    return f"{thousands(number)} {one if number == 1 else many}"


@register.simple_tag
def triangle(record):
    """The golden triangle: one that is there already, or that of a pact or koploper that was read with its corners."""
    return _drawn(record if isinstance(record, Triangle) else Triangle.of(record))


@cache
def _drawn(triangle):
    # There are sixteen of them, and a list shows many.
    return render_to_string("organisations/_triangle.html", {"triangle": triangle})


CHOICE = '<li><label><input type="checkbox" name="{}" value="{}"> <span>{}</span> <span class="count">{}</span></label></li>\n'
CHOICE_ON = CHOICE.replace('value="{}"', 'value="{}" checked')
CHOICE_OF_NONE = CHOICE.replace("<label>", '<label class="none">').replace('value="{}"', 'value="{}" disabled')


@register.simple_tag
def choices(name, options):
    """The choices of the facet `name`, each with how many it would give.

    Written here and not in a template, as are `tags` and `linked`: a list holds so many of them that this was a quarter
    of what the page took.
    """
    return filled((_pattern(option), name, option.slug, option.label, option.count) for option in options)


def _pattern(option):
    return CHOICE_ON if option.is_on else CHOICE if option.count else CHOICE_OF_NONE


@register.simple_tag
def tags(thing, names):
    """The names that hang on a record, from (name, is a sample): what is made up about a real one stands in one tag."""
    shown = [(TAG, name) for name, is_sample in names if thing.is_sample or not is_sample]
    made_up = [] if thing.is_sample else [name for name, is_sample in names if is_sample]
    return filled([*shown, (TAG_SAMPLE, ", ".join(made_up))] if made_up else shown)


TAG = '<span class="tag">{}</span>'
TAG_SAMPLE = '<span class="tag tag-sample">voorbeeld: {}</span>'


@register.filter
def linked(things):
    """The items of a list of links, from (name, address)."""
    return filled(('<li><a href="{}">{}</a></li>', url, name) for name, url in things)


@register.filter
def role_in_words(role):
    """A role as the beginning of “… ViaZorg”."""
    return {Participation.Role.LEAD: "getrokken door"}.get(role, Participation.Role(role).label)


@register.filter
def site_name(url):
    """What one calls a website: its host, without www."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def lower_first(text):
    """A title in the middle of a sentence; a name such as VWS stays as it is."""
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


@register.filter
def number_word(number):
    """A small number in words, as running text has it."""
    words = ["geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
    return words[number] if number < len(words) else thousands(number)
