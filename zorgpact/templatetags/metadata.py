"""What a page says about itself to machines: search engines, and whoever shows a link to it."""

import json

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# So that no text on a page can end the element that the data stands in.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
MINISTRIES = ["VWS", "OCW", "SZW"]
PROGRAMME = {"@type": "GovernmentOrganization", "name": "Zorgpact"}


@register.simple_tag(takes_context=True)
def again(context, name):
    """What stands in the block `name` of this page, to use it a second time; on one line."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks and blocks.get_block(name)
    if not block:
        return ""
    # Every word in it was escaped when the block was rendered, quotes too; what stands in the template itself has none.
    return mark_safe(" ".join(BlockNode(name, block.nodelist).render(context).split()))  # noqa: S308 - escaped above


@register.simple_tag
def site_data():
    """The site and who is behind it, for the front page."""
    return data(
        {
            "@type": "WebSite",
            "name": "Zorgpact",
            "url": address("home"),
            "inLanguage": "nl",
            "publisher": PROGRAMME
            | {"parentOrganization": [_organisation(f"Ministerie van {name}", "Government") for name in MINISTRIES]},
        }
    )


@register.simple_tag(takes_context=True)
def crumbs_data(context, here, via="", via_name=""):
    """The way to this page, as its crumbs say it."""
    steps = [("Home", address("home"))]
    if via:
        steps.append((via_name, address(via)))
    steps.append((here, settings.PORTAL_URL + context["request"].path))
    return data(
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": str(name), "item": url}
                for position, (name, url) in enumerate(steps, 1)
            ],
        }
    )


@register.simple_tag(takes_context=True)
def pact_data(context):
    """A pact as an organisation for its area. Of what is made up nothing is said."""
    pact = context["pact"]
    if pact.is_sample:
        return ""
    areas = context["provinces"] or [pact.area_name]
    return data(
        _record(pact, "Organization", pact.name, pact.summary or pact.area_name, context["seats"])
        | {"areaServed": [{"@type": "AdministrativeArea", "name": name} for name in areas]}
    )


@register.simple_tag(takes_context=True)
def koploper_data(context):
    koploper = context["koploper"]
    if koploper.is_sample:
        return ""
    where = [{"@type": "Place", "name": str(koploper.where)}] if koploper.where else []
    return data(
        _record(koploper, "Project", koploper.title, koploper.summary, context["seats"])
        | ({"location": where} if where else {})
    )


def _record(record, kind, name, description, sides):
    names = [seat.organisation.name for side in sides for seat in side.seats if not seat.is_sample]
    return {
        "@type": kind,
        "name": name,
        "description": description,
        "url": settings.PORTAL_URL + record.get_absolute_url(),
        **({"foundingDate": record.started} if record.started else {}),
        **({"dissolutionDate": record.ended} if record.ended else {}),
        "memberOf": PROGRAMME | {"url": address("home")},
        **({"member": [_organisation(name) for name in names]} if names else {}),
    }


def _organisation(name, kind=""):
    return {"@type": f"{kind}Organization", "name": name}


def address(name):
    return settings.PORTAL_URL + reverse(name)


def data(thing):
    text = json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False).translate(ESCAPES)
    # Escaping it as HTML would break it: a script is read as it stands. Only `<` could end it, and there is none left.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - no < in it
