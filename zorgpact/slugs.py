"""The last part of an address, as somebody types it."""

import re

from django.core.exceptions import ValidationError

PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_slug(slug):
    """Addresses are lower case. Words that pages of the site have are refused by the model."""
    if not PATTERN.fullmatch(slug):
        raise ValidationError("Schrijf kleine letters, cijfers en losse streepjes, bijvoorbeeld: zeeuwse-huiskamer.")
