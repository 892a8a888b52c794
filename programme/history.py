"""History is added to, never changed. This is the one way around, and it says so in the log."""

import contextlib
import logging

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation

log = logging.getLogger(__name__)


@contextlib.contextmanager
def history_may_change(reason):
    """Within this block rows of the history may be changed or removed, in one transaction.

    For retention, for the removal of samples, for restoring content and for tests; `reason` goes to the log.
    """
    log.warning("The history may change: %s", reason)
    with transaction.atomic():
        _say(True)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _say(False)


def _say(may_change):
    """Tell the triggers of this database; on PostgreSQL for this transaction, on SQLite by a row that it removes again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('zorgpact.history_may_change', %s, true)", ["yes" if may_change else ""])
        elif may_change:
            cursor.execute(
                "INSERT INTO programme_historyswitch (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM programme_historyswitch)"
            )
        else:
            cursor.execute("DELETE FROM programme_historyswitch")


class Protect(Operation):
    """A step of a migration that makes `table` append-only, on both databases."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table):
        self.table = table

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, _PROTECT)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(schema_editor, _UNPROTECT)

    def describe(self):
        return f"Make {self.table} append-only"

    def _run(self, schema_editor, statements):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=self.table, name=f"{self.table}_append_only"))


_PROTECT = {
    "postgresql": [
        """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF coalesce(current_setting('zorgpact.history_may_change', true), '') <> 'yes' THEN
               RAISE EXCEPTION 'De geschiedenis kan niet worden gewijzigd.' USING ERRCODE = 'integrity_constraint_violation';
             END IF;
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
             RETURN NEW;
           END $$""",
        "CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ],
    "sqlite": [
        f"""CREATE TRIGGER {{name}}_{what.lower()} BEFORE {what} ON {{table}}
            WHEN NOT EXISTS (SELECT 1 FROM programme_historyswitch)
            BEGIN SELECT RAISE(ABORT, 'De geschiedenis kan niet worden gewijzigd.'); END"""  # noqa: S608
        for what in ("UPDATE", "DELETE")
    ],
}
_UNPROTECT = {
    "postgresql": ["DROP TRIGGER {name} ON {table}", "DROP FUNCTION {name}()"],
    "sqlite": ["DROP TRIGGER {name}_update", "DROP TRIGGER {name}_delete"],
}
