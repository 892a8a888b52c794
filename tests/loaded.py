"""The content of the site: read from its files once in a run of the tests, and after that put back row by row."""

import io
from functools import cache

from django.core.management import call_command
from django.db import connection, transaction

from programme.models import ContentVersion
from search.models import Change

# Triggers write these by themselves.
COUNTED = {ContentVersion._meta.db_table, Change._meta.db_table}


def put_content(samples=True):
    """What `load_content` makes of a database without content; inside a transaction."""
    put = _put_postgresql if connection.vendor == "postgresql" else _put_sqlite
    with connection.cursor() as cursor:
        for table, rows in _rows_of_content(samples).items():
            cursor.execute(f'DELETE FROM "{table}"')
            put(cursor, table, rows)
    # The words of it came along.
    Change.objects.all().delete()


@cache
def _rows_of_content(samples):
    """For each table that the loading changes: all its rows afterwards."""
    with transaction.atomic():
        before = _all_rows()
        call_command("load_content", samples=samples, verbosity=0)
        after = _all_rows()
        transaction.set_rollback(True)
    return {table: rows for table, rows in after.items() if rows != before[table]}


def _all_rows():
    get = _get_postgresql if connection.vendor == "postgresql" else _get_sqlite
    with connection.cursor() as cursor:
        return {table: get(cursor, table) for table in _tables(cursor)}


def _tables(cursor):
    """All, but those that follow from others."""
    found = set(connection.introspection.table_names(cursor))
    if connection.vendor == "sqlite":
        # What an index of words consists of.
        cursor.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
        found -= {name for (name,) in cursor.fetchall()}
    return sorted(found - COUNTED)


def _get_postgresql(cursor, table):
    text = io.StringIO()
    cursor.copy_expert(f'COPY "{table}" TO STDOUT', text)
    return text.getvalue()


def _put_postgresql(cursor, table, rows):
    cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(rows))


def _get_sqlite(cursor, table):
    return connection.connection.execute(f'SELECT {_columns(table)} FROM "{table}"').fetchall()


def _put_sqlite(cursor, table, rows):
    """Past Django, which would write the query of each row down."""
    cursor.execute("PRAGMA defer_foreign_keys = ON")
    places = ", ".join("?" * len(rows[0])) if rows else ""
    connection.connection.executemany(f'INSERT INTO "{table}" ({_columns(table)}) VALUES ({places})', rows)


def _columns(table):
    """Those that can be written; the number of a row is what an index of words is joined by."""
    described = connection.connection.execute("SELECT name FROM pragma_table_info(?)", [table])
    return ", ".join(["rowid", *(f'"{name}"' for (name,) in described)])
