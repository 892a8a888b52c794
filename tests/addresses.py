"""Every public page that a visitor can reach by its links."""

import re

from django.test import Client

from accounts.middleware import PRIVATE

LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')


def public_addresses(start="/"):
    """All addresses without a query that links lead to from `start`, in the order in which they are found."""
    client, found, waiting = Client(), [], [start]
    while waiting:
        address = waiting.pop(0)
        if address in found or address.startswith((*PRIVATE, "/static/")):
            continue
        found.append(address)
        response = client.get(address)
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += LINK.findall(response.content.decode())
    return found
