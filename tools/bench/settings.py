"""The portal's settings with one address more: an empty page to compare with."""

from zorgpact.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bench.urls"
