"""The two parts of a mail, made from one text in which each paragraph, and each “- ” of a list, is one line."""

import re
import textwrap

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string

WIDTH = 78


def write(kind, context):
    """Subject and text of a mail of this kind. It is no HTML, so nothing is escaped."""
    ours = {"reader": "lezer", "portal_url": settings.PORTAL_URL, "contact_email": settings.PORTAL_CONTACT_EMAIL}
    subject, text = (
        get_template(f"{kind.template}_{part}.txt").template.render(Context(ours | context, autoescape=False))
        for part in ("subject", "message")
    )
    return " ".join(subject.split()), text.strip()


def plain(text):
    return "\n".join(wrap(line) for line in text.splitlines())


def wrap(line):
    """An address stays whole, however long."""
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def formatted(subject, text):
    return render_to_string("outbox/mail.html", {"subject": subject, "blocks": blocks(text)})


def blocks(text):
    """The blocks of a text, each a list or a paragraph."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        is_list = all(line.startswith("- ") for line in lines)
        yield {"list": [line.removeprefix("- ") for line in lines]} if is_list else {"text": "\n".join(lines)}
