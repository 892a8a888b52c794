"""Every public page that a visitor can reach by its links."""

import re

from accounts.middleware import PRIVATE

LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')


def public_pages(client, start="/", leave=()):
    """(address, answer) of all addresses without a query that links lead to from `start`, but for endings in `leave`."""
    found, waiting = set(), [start]
    while waiting:
        address = waiting.pop(0)
        if address in found or address.startswith((*PRIVATE, "/static/")) or address.endswith(leave):
            continue
        found.add(address)
        response = client.get(address)
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += LINK.findall(response.content.decode())
        yield address, response
