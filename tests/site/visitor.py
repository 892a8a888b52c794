"""A process of its own that visits pages: reads addresses from its input, writes what it saw as JSON."""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

settings.PORTAL_PAGE_MEMORY = True
settings.ALLOWED_HOSTS = ["testserver"]

for line in sys.stdin:
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(line.strip())
    seen = {"status": response.status_code, "text": response.content.decode(), "queries": len(captured)}
    print(json.dumps(seen), flush=True)
