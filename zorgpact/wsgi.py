"""The entrance for the web server (gunicorn zorgpact.wsgi)."""

import gc
import os
import re

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")


def _keep():
    """Look for what can go less often, and never among what the portal itself is made of.

    That stays as long as it runs. To look through it stops every thread for a tenth of a second, and happened several times
    while somebody opened a long reflection.
    """
    # Reads all views and what they need.
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


portal = get_wsgi_application()
_keep()
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def application(environ, start_response):
    """Everything is read as UTF-8, whatever it says it is: one that is no encoding of text would stop Django before it has a page for it."""
    if "charset" in environ.get("CONTENT_TYPE", "").lower():
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
    return portal(environ, start_response)
