"""Small words of the pages on which the team reads."""

from django import template

register = template.Library()


@register.filter
def of_name(query, name):
    """What the address chose for a filter."""
    return query.get(name, "")


@register.filter
def audience_in_words(audience):
    return {"partners": "alleen voor partners", "programma": "alleen voor het team"}.get(audience, "")


@register.filter
def at(things, place):
    return things[place]
