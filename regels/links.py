"""Whether the official text of a rule and the official page of a scheme are still where we say they are.

Only what a site itself says counts. No connection, a site that is busy or one that refuses robots says nothing about
the link: then what was known stays as it was.
"""

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from .models import Rule, Scheme

GONE = (404, 410)
AGENT = "Zorgpact-portaal (kijkt na of links nog werken)"


class Answer(Enum):
    WORKS = "werkt"
    BROKEN = "werkt niet"
    UNCLEAR = "niet te zeggen"


@dataclass(frozen=True)
class Looked:
    record: object
    url: str
    answer: Answer
    why: str = ""


def check_all(*, timeout=15, keep=True):
    """Look at every link, one after the other; `keep` writes down when, and what came of it."""
    for record in [*Rule.objects.with_link_to_check(), *Scheme.objects.with_link_to_check()]:
        url = record.official_url() if callable(record.official_url) else record.official_url
        answer, why = look(url, timeout=timeout)
        if keep and answer != Answer.UNCLEAR:
            # Not by `save`: nobody changed the record, and whoever has it open now loses nothing.
            type(record).objects.filter(pk=record.pk).update(
                link_checked_on=timezone.localdate(), link_works=answer == Answer.WORKS
            )
        yield Looked(record, url, answer, why)


def look(url, *, timeout=15):
    """What the site says: (answer, why)."""
    if not url.startswith(("http://", "https://")):
        return Answer.BROKEN, "geen adres van een website"
    try:
        request = urllib.request.Request(url, headers={"User-Agent": AGENT})  # noqa: S310
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
            return Answer.WORKS, "" if response.url == url else f"leidt door naar {response.url}"
    except urllib.error.HTTPError as error:
        return Answer.BROKEN if error.code in GONE else Answer.UNCLEAR, f"antwoordt {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer.UNCLEAR, str(getattr(error, "reason", error)) or type(error).__name__
