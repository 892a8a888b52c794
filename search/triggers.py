"""Triggers that note every change of what can be found, whoever makes it: a form, an import, a bulk update, raw SQL.

They follow from the feeds of the registered kinds, so they are no part of a migration: they are taken away before
migrations run and made anew after. Migrations of SQLite that rebuild a table drop its triggers, and fail on
those of other tables that mention it.
"""

from collections import defaultdict

from django.db import connections
from django.db.models import F

from . import registry
from .models import IndexState, Synonym
from .synonyms import NOTED_AS

PREFIX = "search_note_"
CHANGES = "search_change"
# Stands for the number of the row in a query that is made once.
_ROW = -987654321


def install(using="default", **kwargs):
    """Make the triggers; does nothing where the table of changes is not there (yet, or any more)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if CHANGES not in connection.introspection.table_names(cursor):
            return
        remove(using)
        for statement in statements(connection.vendor):
            cursor.execute(statement)
    IndexState.objects.using(using).get_or_create(pk=IndexState.ROW)


def remove(using="default", **kwargs):
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE proname LIKE %s AND pronamespace = current_schema()::regnamespace",
                [f"{PREFIX}%"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def installed(using="default"):
    """The tables that have a trigger now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE %s", [f"{PREFIX}%"])  # fmt: skip
        else:
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])  # fmt: skip
        return {row[0] for row in cursor.fetchall()}


def statements(vendor):
    for table, selects in sorted(_selects().items()):
        yield from _for_postgresql(table, selects) if vendor == "postgresql" else _for_sqlite(table, selects)


def _selects():
    """For each table: the queries that name the records to read again, with `{row}` for the changed row."""
    found = defaultdict(list)
    for kind in registry.kinds():
        for feed in kind.feeds:
            select = f"SELECT '{kind.name}', {_owner(kind, feed)}"
            if select not in found[feed.model._meta.db_table]:
                found[feed.model._meta.db_table].append(select)
    found[Synonym._meta.db_table].append(f"SELECT '{NOTED_AS}', {{row}}.id")
    return found


def _owner(kind, feed):
    if feed.owner:
        return f"{{row}}.{feed.model._meta.get_field(feed.owner).column if feed.owner != 'pk' else 'id'}"
    query = kind.model.objects.order_by().filter(**{feed.path: _ROW}).values(owner_id=F("pk")).query
    sql, params = query.sql_with_params()
    if params != (_ROW,):
        raise ValueError(f"{kind.name}: a feed needs a plain path, not {feed.path}")
    return f"found.owner_id FROM ({sql.replace('%s', '{row}.id')}) AS found"


def _insert(select, row):
    return f"INSERT INTO {CHANGES} (kind, object_id) {select.replace('{row}', row)};"


def _for_sqlite(table, selects):
    for what, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        body = "\n".join(_insert(select, row) for select in selects for row in rows)
        yield f"CREATE TRIGGER {PREFIX}{table}_{what.lower()} AFTER {what} ON {table} BEGIN {body} END"


def _for_postgresql(table, selects):
    name = f"{PREFIX}{table}"[:63]
    old = " ".join(_insert(select, "OLD") for select in selects)
    new = " ".join(_insert(select, "NEW") for select in selects)
    yield f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF TG_OP <> 'INSERT' THEN {old} END IF;
                IF TG_OP <> 'DELETE' THEN {new} END IF;
                RETURN NULL;
              END $$"""
    yield f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
