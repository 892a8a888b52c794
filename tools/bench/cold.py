"""What each page costs when nothing comes from memory: queries and milliseconds, as JSON."""

import json
import os
import statistics
import sys
import time

os.environ["PORTAL_PAGE_MEMORY"] = "off"

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

TIMES = 9


def measure(address):
    client, took = Client(headers={"host": "localhost"}), []
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # Now: the next request empties the list of queries.
    queries = len(captured)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - began) * 1000)
    return {"queries": queries, "ms": statistics.median(took)}


print(json.dumps({address: measure(address) for address in sys.argv[1:]}))
