"""A process of its own that saves a section over and over, and says of each time that the site confirmed it."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402

settings.PORTAL_DEMO = True
settings.ALLOWED_HOSTS = ["testserver"]

address, leader, version = sys.argv[1], User.objects.get(pk=sys.argv[2]), int(sys.argv[3])
client = Client()
client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
while True:
    answer = client.post(
        address,
        {"version": version, "audience": "iedereen", "text": f"Tekst {version + 1}."},
        headers={"Accept": "application/json"},
    )
    version = answer.json()["version"]
    print(version, flush=True)
