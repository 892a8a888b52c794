"""The last part of an address, as somebody types it."""

import re

from django.core.exceptions import ValidationError

PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_slug(slug, reserved=()):
    """Addresses are lower case, and pages of the site keep their words."""
    if not PATTERN.fullmatch(slug):
        raise ValidationError("Schrijf kleine letters, cijfers en losse streepjes, bijvoorbeeld: zeeuwse-huiskamer.")
    if slug in reserved:
        raise ValidationError("Dit woord hoort bij een pagina van de site. Kies een ander.")
