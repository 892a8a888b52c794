"""What addresses cost: queries and milliseconds, and how fast the machine was meanwhile."""

import statistics
import time

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

# So often all addresses one after another, and so often each at a time: where the machine is slow for a while, it is so
# for all of them.
ROUNDS, TIMES = 4, 5


def costs(client, addresses):
    """Name → queries and milliseconds of each of `addresses`, by name; and the pace."""
    queries = {name: _asked(client, address) for name, address in addresses.items()}
    took, paces = {name: [] for name in addresses}, []
    for _round in range(ROUNDS):
        for name, address in addresses.items():
            paces.append(_pace())
            took[name] += [_timed(client, address) for _time in range(TIMES)]
    pages = {name: {"queries": queries[name], "ms": statistics.median(took[name])} for name in addresses}
    return pages, statistics.median(paces)


def _asked(client, address):
    """How many queries it takes; by then Python and the database have seen it once."""
    # The first request after a login does more.
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # Now: the next request empties the list of queries.
    queries = len(captured)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return queries


def _timed(client, address):
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000


def _pace():
    """Milliseconds for a million additions: how fast this machine is at this moment."""
    began, total = time.perf_counter(), 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - began) * 1000
