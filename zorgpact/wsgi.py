"""The entrance for the web server (gunicorn zorgpact.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")

application = get_wsgi_application()
