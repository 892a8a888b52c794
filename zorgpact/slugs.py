"""The last part of an address, as somebody types it."""

import re

from django.core.exceptions import ValidationError
from django.template.defaultfilters import slugify

PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_slug(slug):
    """Addresses are lower case. Words that pages of the site have are refused by the model."""
    if not PATTERN.fullmatch(slug):
        raise ValidationError("Schrijf kleine letters, cijfers en losse streepjes, bijvoorbeeld: zeeuwse-huiskamer.")


def free_slug(row, parent):
    """A short name for a row that no other row of the same record has."""
    name = slugify(getattr(row, "title", "") or getattr(row, "name", ""))[:90] or "rij"
    taken = set(type(row).objects.filter(**{parent: getattr(row, parent)}).values_list("slug", flat=True))
    return next(slug for slug in (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
