"""The portal's settings with the reader of migrations added."""

from zorgpact.settings import *  # noqa: F403
from zorgpact.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    # A longer key or a looser column makes SQLite make the whole table anew, which the reader takes for columns that must
    # be filled. And one takes away a column in which nothing was ever written.
    "ignore_name": ["0003_say_what_a_mail_is_for", "0007_attached_evaluations", "0006_a_draft_keeps_no_network"],
    "exclude_apps": ["account", "mfa", "usersessions", "auditlog", "auth", "contenttypes", "sessions"],
}
