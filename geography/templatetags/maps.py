"""The links on a map: a template takes long over so many, so they are written here."""

from django import template

from zorgpact.filling import filled
from zorgpact.templatetags.portal import count_of

register = template.Library()

POINT = '<a class="spot" href="{}"><title>{}</title><circle cx="{}" cy="{}" r="13"/></a>\n'
CROWD = (
    '<a class="spot spot-group" href="#{}"><title>{}: {}</title><circle cx="{}" cy="{}" r="25"/>'
    '<text x="{}" y="{}">{}</text></a>\n'
)
AREA = '<a class="area{}" href="{}"><title>{}</title><path d="{}"/></a>\n'
NUMBER = '<a href="{}" tabindex="-1"><text x="{}" y="{}">{}</text></a>'


@register.simple_tag
def spots(spot_map, one, many):
    """A single point is a link to its page, a group to the names below the map; in the order of the list."""
    return filled(_spot(group, one, many) for group in spot_map.groups)


def _spot(group, one, many):
    x, y = group["at"]
    if group["total"] > 1:
        noun = count_of(group["total"], one, many)
        return CROWD, group["id"], noun, group["where"], x, y, x, y, group["total"]
    [(name, url)] = group["things"]
    return POINT, url, ", ".join(filter(None, [name, group["where"]])), x, y


@register.simple_tag
def areas(area_map):
    """Each area is a link with the number and name of the list."""
    return filled((AREA, _kind(s["area"]), s["area"].url, s["area"].title, s["path"]) for s in area_map.shapes)


@register.simple_tag
def area_numbers(area_map):
    """The numbers on the areas, for who points."""
    shown = (shape for shape in area_map.shapes if shape["at"])
    return filled((NUMBER, shape["area"].url, *shape["at"], shape["area"].number) for shape in shown)


def _kind(area):
    return " area-ended" if area.ended else " area-sample" if area.is_sample else ""
