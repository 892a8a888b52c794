"""Days in samples that are counted from the day of loading, so that what is open today is so on any day."""

import re
from datetime import timedelta

from django.utils import timezone

AGO = re.compile(r"(\d+) (dag|dagen|weken) geleden")
AHEAD = re.compile(r"over (\d+) (dag|dagen|weken)")


def dated(value, today=None):
    """`value` with each “3 dagen geleden”, “over 20 dagen” and “vandaag” in it as a day."""
    if isinstance(value, dict):
        return {name: dated(part, today) for name, part in value.items()}
    if isinstance(value, list):
        return [dated(part, today) for part in value]
    return _day(value, today or timezone.localdate()) if isinstance(value, str) else value


def _day(text, today):
    if text == "vandaag":
        return today
    if found := AGO.fullmatch(text):
        return today - _length(found)
    if found := AHEAD.fullmatch(text):
        return today + _length(found)
    return text


def _length(found):
    number = int(found[1])
    return timedelta(weeks=number) if found[2] == "weken" else timedelta(days=number)
