"""A date of which only the year, or the year and month, may be known."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import dateformat

PATTERN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
EXAMPLE = "Schrijf een jaar, een jaar met maand of een hele datum, bijvoorbeeld 2016, 2016-09 of 2016-09-15."


def validate_partial_date(value):
    match = PATTERN.fullmatch(value)
    try:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        datetime.date(year, month, day)
    except (AttributeError, ValueError):
        raise ValidationError(EXAMPLE, code="partial_date") from None


def partial_date_in_words(value):
    """2016 → 2016, 2016-09 → september 2016, 2016-09-15 → 15 september 2016."""
    match = PATTERN.fullmatch(value or "")
    if not match:
        return value or ""
    year, month, day = match.groups()
    if not month:
        return year
    words = f"{dateformat.MONTHS[int(month)]} {year}"
    return f"{int(day)} {words}" if day else words


class PartialDateField(models.CharField):
    """Text as 2016, 2016-09 or 2016-09-15: sorts as a date, and never claims a day that no source gives."""

    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", EXAMPLE)
        super().__init__(*args, **kwargs)
