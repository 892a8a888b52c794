"""The portal's settings with the reader of migrations added."""

from zorgpact.settings import *  # noqa: F403
from zorgpact.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    # A longer key or a looser column makes SQLite make the whole table anew, which the reader takes for columns that must
    # be filled.
    "ignore_name": ["0003_say_what_a_mail_is_for", "0007_attached_evaluations"],
    "exclude_apps": ["account", "mfa", "usersessions", "auditlog", "auth", "contenttypes", "sessions"],
}
