"""What each page costs when nothing comes from memory: queries and milliseconds, as JSON."""

import json
import os
import sys

os.environ["PORTAL_PAGE_MEMORY"] = "off"

from django.test import Client

# Sets the portal up as the server does.
import zorgpact.wsgi  # noqa: F401

from .asking import costs


def main(addresses):
    pages, pace = costs(Client(headers={"host": "localhost"}), dict(zip(addresses, addresses, strict=True)))
    print(json.dumps({"pages": pages, "pace": pace}))


main(sys.argv[1:])
