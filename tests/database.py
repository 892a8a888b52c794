"""The database of the tests, with its tables but without a row.

All migrations together take half a minute. What they make on SQLite is kept in `var/tests/`, under a name that changes
with them, so that only the first run after a change waits for it. `python -m tests.database` makes it beforehand.
"""

import hashlib
import os
import shutil
import sqlite3

import django
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

# What migrations import of our own; a test finds what is missing here.
USED_BY_MIGRATIONS = ["programme.fields", "programme.history", "programme.version", "search.storages"]


def make():
    """As `setup_databases`, and returns the same."""
    if connection.vendor != "sqlite":
        return _set_up()
    if copy_to(settings.DATABASES["default"]["TEST"]["NAME"]):
        return _set_up(keepdb=True)
    made = _set_up()
    _keep(_kept())
    return made


def copy_to(path):
    """Give the file `path` the tables that were kept; False where there are none yet."""
    if not (kept := _kept()).exists():
        return False
    shutil.copyfile(kept, path)
    return True


def _set_up(**options):
    return setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set(), **options)


def _kept():
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return settings.BASE_DIR / "var" / "tests" / f"{digest.hexdigest()[:20]}.sqlite3"


def _sources():
    """Every file that decides which tables there are, in a fixed order."""
    yield settings.BASE_DIR / "requirements-dev.txt"
    yield settings.BASE_DIR / "zorgpact" / "settings.py"
    for name in USED_BY_MIGRATIONS:
        path = settings.BASE_DIR / name.replace(".", "/")
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    yield from migrations()


def migrations():
    """The portal's own; those of packages change with the requirements."""
    return sorted(settings.BASE_DIR.glob("*/migrations/*.py"))


def _keep(kept):
    """Under its own name in one move: another run may do the same at this moment."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    ours = kept.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(ours) as copy:
        connection.connection.backup(copy)
    copy.close()
    ours.replace(kept)


if __name__ == "__main__":
    django.setup()
    teardown_databases(make(), verbosity=0)
