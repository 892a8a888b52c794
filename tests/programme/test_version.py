"""Whatever changes what a page shows raises the version of the content."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from programme.history import history_may_change
from programme.models import Published, Tip
from programme.version import content_version, public_tables, restore, trigger_names, triggers_in
from tests.factories import RegionalPactFactory, ThemeFactory, TipFactory


@pytest.fixture
def committed(transactional_db):
    """Each change is committed at once, so that the triggers of PostgreSQL act; afterwards the history lets its rows go."""
    from auditlog.models import LogEntry

    yield
    with history_may_change("tests"):
        LogEntry.objects.all().delete()


def test_every_table_behind_a_page_has_its_triggers(db):
    wanted = {name for table in public_tables() for name in trigger_names(connection.vendor, table)}

    assert wanted - triggers_in(connection) == set()


def test_every_published_model_and_what_hangs_on_it_counts():
    published = [model for model in apps.get_models() if issubclass(model, Published)]
    tables = {model._meta.db_table for model in published}
    tables |= {field.remote_field.through._meta.db_table for m in published for field in m._meta.many_to_many}

    assert tables - set(public_tables()) == set()


def _by_raw_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_tip SET title = 'Anders'")


CHANGES = {
    "save": lambda: Tip.objects.get().save(),
    "update": lambda: Tip.objects.update(title="Anders"),
    "bulk create": lambda: Tip.objects.bulk_create([Tip(slug="nieuw", title="Nieuw", text="Nieuw")]),
    "raw SQL": _by_raw_sql,
    "delete": lambda: Tip.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_raises_the_version(committed, change):
    TipFactory()
    before = content_version()

    CHANGES[change]()

    assert content_version() > before


def test_a_link_between_two_records_raises_the_version(committed):
    pact, theme = RegionalPactFactory(), ThemeFactory()
    before = content_version()

    pact.theme_rows.create(theme=theme)

    assert content_version() > before


def test_a_change_that_is_undone_leaves_the_version(committed):
    before = content_version()

    with transaction.atomic():
        TipFactory()
        transaction.set_rollback(True)

    assert content_version() == before


def test_lost_triggers_come_back_after_a_migration(db):
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER programme_tip_version_update")

    restore()

    assert "programme_tip_version_update" in triggers_in(connection)
