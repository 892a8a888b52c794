"""Statements that PostgreSQL keeps for each connection.

To read and to plan a query takes PostgreSQL longer than to answer it, on a page that shows one record: it joins many
small tables. What it keeps it does not read again, and after five times it need not plan it either. psycopg 2 leaves
this to who uses it.
"""

import itertools
import threading
from datetime import date, datetime

from django.core.signals import got_request_exception
from django.db import connection

# So many a connection, some 25 MB of PostgreSQL; the oldest goes. All pages together ask fewer, but for the filters that
# visitors combine.
MOST = 150
# Of more text than this, such as the numbers of a long list, a plan had better know how much it is.
LONGEST = 1_000

_numbers = itertools.count(1)


class _OfThread(threading.local):
    """What the connection of this thread keeps: SQL and types → name. A thread has one connection at a time."""

    def __init__(self):
        self.connection, self.names, self.is_stale = None, {}, False


_of_thread = _OfThread()


def prepared(sql, params, label):
    """`sql` with its `params` as a statement that is kept, made where it is not; `label` shows in the database's logs.

    As it is on SQLite, which keeps statements by itself; behind a pooler, where the next statement can go to another
    connection; with a long parameter; and with one that PostgreSQL could take for another type than psycopg writes it.
    """
    if connection.vendor != "postgresql" or connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return sql, params
    types = tuple(map(_type_of, params))
    if None in types:
        return sql, params
    connection.ensure_connection()
    names = _names_of(connection.connection)
    name = names.get((sql, types)) or _prepare(names, sql, types, label)
    return f"EXECUTE {name} ({', '.join(['%s'] * len(params))})" if params else f"EXECUTE {name}", params


def forget(**_kwargs):
    """Keep everything anew: after a fault, as a statement no longer fits a column that has changed meanwhile."""
    _of_thread.is_stale = True


got_request_exception.connect(forget)


def _names_of(raw):
    if _of_thread.connection is not raw:
        _of_thread.connection, _of_thread.names, _of_thread.is_stale = raw, {}, False
    if _of_thread.is_stale:
        with connection.wrap_database_errors, raw.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        _of_thread.names, _of_thread.is_stale = {}, False
    return _of_thread.names


def _prepare(names, sql, types, label):
    name = connection.ops.quote_name(f"{label} {next(_numbers)}")
    places = tuple(f"${place}" for place in range(1, len(types) + 1))
    taken = f"({', '.join(types)}) " if types else ""
    # Below Django, that counts queries: this is none.
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        if len(names) >= MOST:
            cursor.execute(f"DEALLOCATE {names.pop(next(iter(names)))}")
        cursor.execute(f"PREPARE {name} {taken}AS {sql % places}")
    names[sql, types] = name
    return name


def _type_of(value):
    """The type that PostgreSQL gives to what psycopg writes for it; None for what is not known here."""
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if -(2**31) <= value < 2**31 else "bigint"
        case datetime():
            return "timestamptz" if value.tzinfo else "timestamp"
        case date():
            return "date"
        case str() if len(value) <= LONGEST:
            return "unknown"
