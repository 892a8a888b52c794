"""What each page costs when nothing comes from memory: queries and milliseconds, as JSON."""

import json
import os
import statistics
import sys
import time

os.environ["PORTAL_PAGE_MEMORY"] = "off"

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Sets the portal up as the server does.
import zorgpact.wsgi  # noqa: F401

# So often all addresses one after another, and so often each at a time: where the machine is slow for a while, it is so
# for all of them.
ROUNDS, TIMES = 3, 5


def asked(client, address):
    """How many queries it takes; by then Python and the database have seen it once."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # Now: the next request empties the list of queries.
    queries = len(captured)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return queries


def timed(client, address):
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000


def pace():
    """Milliseconds for a million additions: how fast this machine is at this moment."""
    began, total = time.perf_counter(), 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - began) * 1000


def main(addresses):
    client = Client(headers={"host": "localhost"})
    queries = {address: asked(client, address) for address in addresses}
    took, paces = {address: [] for address in addresses}, []
    for _round in range(ROUNDS):
        for address in addresses:
            paces.append(pace())
            took[address] += [timed(client, address) for _time in range(TIMES)]
    pages = {a: {"queries": queries[a], "ms": statistics.median(took[a])} for a in addresses}
    print(json.dumps({"pages": pages, "pace": statistics.median(paces)}))


main(sys.argv[1:])
