"""The history: what is kept in it, and the one way around the rule that it is added to and never changed."""

import contextlib
import logging

from django.db import connection, models, transaction
from django.db.migrations.operations.base import Operation

log = logging.getLogger(__name__)

# Of these fields the history keeps the values too, although no page shows them as they are.
KEPT_TOO = {"published_at", "confirmed_on"}
# What the portal itself keeps; the history says by itself who did something, and when.
OWN_FIELDS = {"id", "version", "confirmed_by", "recorded_by", "recorded_at", "created_at", "updated_at"}
NOT_KEPT = "•••"


def track(model):
    """Keep in the history what somebody does with records of `model`.

    The values of public fields and of `history_fields` are kept, from what to what. Of every other field only that it changed.
    """
    from auditlog.registry import auditlog

    public = {*model.public_fields, *KEPT_TOO, *getattr(model, "history_fields", ())}
    owner = owner_field(model)
    plain = [field.name for field in model._meta.fields if field.name not in OWN_FIELDS]
    auditlog.register(
        model,
        include_fields=plain,
        mask_fields=[name for name in plain if name not in public and name != owner],
        mask_callable="programme.history.not_kept",
        m2m_fields=[
            field.name
            for field in model._meta.many_to_many
            if field.remote_field.through._meta.auto_created and field.name in model.public_fields
        ],
    )
    if owner:
        kind = model._meta.get_field(owner).related_model._meta.label_lower
        # The library asks this of each row, and keeps it with the step: so a record finds the steps on its rows.
        model.add_to_class("get_additional_data", lambda row: {"on": f"{kind}:{getattr(row, f'{owner}_id')}"})


def owner_field(model):
    """For rows on a record: the name of the relation to that record. Rows go with their record, and have no page."""
    if any(field.name == "published_at" for field in model._meta.fields):
        return ""
    owners = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.on_delete is models.CASCADE]
    return owners[0] if owners else ""


def not_kept(text):
    """In the place of a value that is not public; empty stays empty."""
    return "" if text in ("", "None") else NOT_KEPT


def steps_on(record):
    """The steps on a record and on the rows that hang on it, the newest first."""
    from auditlog.models import LogEntry

    on_rows = models.Q(additional_data__on=f"{record._meta.label_lower}:{record.pk}")
    of_record = LogEntry.objects.get_for_object(record)
    found = LogEntry.objects.filter(models.Q(pk__in=of_record.values("pk")) | on_rows)
    return found.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def note_job(records, *, job, step, removed=False):
    """One line in the history for each of `records`, by a job of the computer; `job` and `step` are Dutch words."""
    from auditlog.models import LogEntry
    from django.contrib.contenttypes.models import ContentType

    action = LogEntry.Action.DELETE if removed else LogEntry.Action.UPDATE
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                content_type=ContentType.objects.get_for_model(record),
                object_pk=str(record.pk),
                object_id=record.pk,
                object_repr=str(record),
                action=action,
                changes={},
                additional_data={"job": job, "step": step},
            )
            for record in records
        ],
        batch_size=100,
    )


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
