"""How often something may be sent from one place, where nobody logs in.

One row counts for one place in one stretch of time, and one statement adds to it and reads it: two processes never let
more through than one. What is kept of a place is a keyed hash, for as long as the stretch lasts.
"""

import ipaddress
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Tries

ADD_ONE = """
INSERT INTO programme_tries (key_hash, times, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key_hash) DO UPDATE SET times = programme_tries.times + 1 RETURNING times
"""


@dataclass(frozen=True)
class Limit:
    """So often from one address, and so often from all addresses of one network, in so many seconds."""

    name: str
    from_address: int
    from_network: int
    seconds: int = 600

    def lets(self, request):
        """Count one more, and say whether it is still within the limit."""
        address, network = place_of(request)
        within = [
            self._add_one(f"address {address}") <= self.from_address * settings.PORTAL_LIMITS_TIMES,
            self._add_one(f"network {network}") <= self.from_network * settings.PORTAL_LIMITS_TIMES,
        ]
        return all(within)

    def _add_one(self, place):
        began = int(time.time()) // self.seconds * self.seconds
        key = hash_of_place(f"{self.name} {began} {place}")
        ends = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(began + self.seconds, UTC))
        with connection.cursor() as cursor:
            cursor.execute(ADD_ONE, [key, ends])
            return cursor.fetchone()[0]


def place_of(request):
    """The address that asks, and its network: what one house or office mostly shares."""
    from allauth.account.adapter import get_adapter

    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        # Nobody knows where it comes from: all of those together are one place.
        return "", ""
    size = 24 if address.version == 4 else 48
    return str(address), str(ipaddress.ip_network((address, size), strict=False))


def hash_of_place(text):
    return salted_hmac("programme.limits", text, algorithm="sha256").hexdigest()


def forget(now=None):
    """Throw away what no longer counts."""
    return Tries.objects.filter(ends_at__lt=now or timezone.now()).delete()[0]
