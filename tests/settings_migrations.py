"""The portal's settings with the reader of migrations added."""

from zorgpact.settings import *  # noqa: F403
from zorgpact.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "exclude_apps": ["account", "mfa", "usersessions", "auditlog", "auth", "contenttypes", "sessions"]
}
