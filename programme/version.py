"""The version of the content: one number that every change of a public table raises, whoever makes it and however.

Triggers in the database raise it, so that bulk changes, raw SQL and other processes count too. On PostgreSQL it
rises once a transaction, at its end: two editors never wait for each other, and nobody sees a number before the
change it stands for. A page that was made under a number is right for as long as the number is the same.
"""

import time

from django.apps import apps
from django.db import connections
from django.db.migrations.operations.base import Operation

# The parts whose tables feed public pages.
APPS = ("programme", "geography", "themes", "organisations", "regions", "kopgroep", "regels", "volgspot")
# Tables of those parts that no page shows. An old address is looked up on each visit to it.
WITHOUT = {
    "programme_contentversion",
    "programme_historyswitch",
    "programme_loadedrecord",
    "programme_oldaddress",
    "programme_tries",
    "organisations_employment",
    "regions_pactleader",
    "kopgroep_koploperleader",
    "regels_answer",
    "regels_answer_writers",
    "regels_answerversion",
    "regels_attachment",
    "regels_draft",
    "regels_follower",
    "regels_freeday",
    "regels_handover",
    "regels_lookuphelped",
    "regels_message",
    "regels_note",
    "regels_note_mentions",
    "regels_pause",
    "regels_presence",
    "regels_question",
    "regels_question_also_ministries",
    "regels_question_themes",
    "regels_statuslink",
    "regels_textblock",
    "regels_verdict",
    "regels_yearnumber",
    "volgspot_reflection",
    "volgspot_section",
    "volgspot_intendedresult",
    "volgspot_intendedresultversion",
    "volgspot_agreement",
    "volgspot_lesson",
    "volgspot_lesson_themes",
    "volgspot_comment",
    "volgspot_partnerlink",
    "volgspot_partnerview",
    "volgspot_printedreport",
    "volgspot_evaluation",
}


def public_tables():
    """Every table that a public page may read, the tables between two models too."""
    return sorted(
        {
            model._meta.db_table
            for label in APPS
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
        }
        - WITHOUT
    )


def content_version(using="default"):
    """The number of now; one query."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT number FROM programme_contentversion WHERE id = 1")
        return cursor.fetchone()[0]


class RaiseVersion(Operation):
    """A step of a migration that lets each of `tables` raise the version."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *tables):
        self.tables = tables

    def deconstruct(self):
        return (type(self).__name__, list(self.tables), {})

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for table in self.tables:
            for statement in _statements(schema_editor.connection.vendor, table):
                schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table in self.tables:
            for name in trigger_names(schema_editor.connection.vendor, table):
                on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
                schema_editor.execute(f"DROP TRIGGER {name}{on_table}")

    def describe(self):
        return f"Let {', '.join(self.tables)} raise the version of the content"


class MakeFunction(Operation):
    """The step of a migration that makes what the triggers of PostgreSQL call."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute("INSERT INTO programme_contentversion (id, number, xid) VALUES (1, 1, 0)")
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(FUNCTION)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP FUNCTION raise_content_version()")

    def describe(self):
        return "Begin the version of the content"


FUNCTION = """
CREATE FUNCTION raise_content_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE programme_contentversion SET number = number + 1, xid = txid_current()
  WHERE id = 1 AND xid IS DISTINCT FROM txid_current();
  RETURN NULL;
END $$"""
EVENTS = ("INSERT", "UPDATE", "DELETE")
RAISE = "UPDATE programme_contentversion SET number = number + 1 WHERE id = 1"


def trigger_names(vendor, table):
    if vendor == "postgresql":
        return [f"{table}_version"]
    return [f"{table}_version_{event.lower()}" for event in EVENTS]


def _statements(vendor, table):
    if vendor == "postgresql":
        return [
            f"CREATE CONSTRAINT TRIGGER {table}_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_content_version()"
        ]
    return [
        f"CREATE TRIGGER {table}_version_{event.lower()} AFTER {event} ON {table} BEGIN {RAISE}; END"
        for event in EVENTS
    ]


def triggers_in(connection):
    """The names of the triggers of the version that the database has."""
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%\\_version'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%version%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def restore(using="default", **kwargs):
    """After each migration: SQLite drops the triggers of a table that it had to make anew; emptying all tables took the number.

    The number goes up, so that what was made before the migration counts no more.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "programme_contentversion" not in tables:
        return
    there = triggers_in(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in tables.intersection(public_tables()):
                if not there.issuperset(trigger_names("sqlite", table)):
                    for name in trigger_names("sqlite", table):
                        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    for statement in _statements("sqlite", table):
                        cursor.execute(statement)
        cursor.execute(RAISE)
        if not cursor.rowcount:
            # Not 1 again: what was made under the old numbers may still be remembered.
            cursor.execute(
                "INSERT INTO programme_contentversion (id, number, xid) VALUES (1, %s, 0)", [int(time.time())]
            )
