"""Keep what was searched for and not found: the words, and how often. Nothing about the person who asked."""

import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from .dutch.words import fold
from .models import Miss

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 3, 80
MOST_KEPT = 2000
# An e-mail address, an address on the web, or a number of a person or a telephone: never kept.
_PRIVATE = re.compile(r"@|https?:|www\.|(?:\d[ .-]?){7,}")


def keep(text):
    """Count a question without an answer. What cannot be kept is left; a visitor never notices."""
    text = " ".join(fold(text).split())
    if not SHORTEST <= len(text) <= LONGEST or _PRIVATE.search(text) or not any(c.isalpha() for c in text):
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            if Miss.objects.filter(text=text).update(count=F("count") + 1, last_on=today):
                return
            _make_room()
            Miss.objects.bulk_create([Miss(text=text, first_on=today, last_on=today)], ignore_conflicts=True)
    except DatabaseError:
        log.exception("A question without an answer could not be kept.")


def _make_room():
    """Forget what was asked least and longest ago, so that nobody can fill the table."""
    too_many = Miss.objects.count() - MOST_KEPT + 1
    if too_many > 0:
        oldest = Miss.objects.order_by("count", "last_on", "pk").values("pk")[:too_many]
        Miss.objects.filter(pk__in=list(oldest.values_list("pk", flat=True))).delete()
