"""The entrance for the web server (gunicorn zorgpact.wsgi)."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")

portal = get_wsgi_application()
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def application(environ, start_response):
    """Everything is read as UTF-8, whatever it says it is: one that is no encoding of text would stop Django before it has a page for it."""
    if "charset" in environ.get("CONTENT_TYPE", "").lower():
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
    return portal(environ, start_response)
