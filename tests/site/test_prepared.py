"""Statements that the database keeps: they give what the query itself gives, and are made anew where they must."""

import datetime

import pytest
from django.core.signals import got_request_exception
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kopgroep.models import Koploper
from tests import factories as f
from zorgpact import prepared as kept
from zorgpact.prepared import prepared
from zorgpact.written import WrittenOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(db):
    if connection.vendor == "postgresql":
        kept.forget()
        kept._names_of(connection.connection)


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(*prepared(sql, params, "test"))
        return cursor.fetchall()


def statements():
    """The names of what this connection keeps; on SQLite nobody can tell."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize(
    "value",
    [0, -1, 2**31 - 1, 2**31, -(2**40), "", "a 'quote' and 100% \\", "é" * 5_000, None, 1.5],
    ids=lambda value: str(value)[:20],
)
def test_gives_each_value_as_it_is(value):
    f.KoploperFactory()
    for _time in range(7):
        assert rows("SELECT %s FROM kopgroep_koploper", value) == [(value,)]


def test_finds_by_days_moments_and_what_is_true():
    noon = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
    koploper = f.KoploperFactory(published_at=noon, confirmed_on=datetime.date(2026, 3, 1), is_sample=True)

    @WrittenOnce
    def known():
        return Koploper.objects.published().filter(confirmed_on__lte=datetime.date(2026, 3, 1), is_sample=True)

    for _time in range(7):
        assert known() == [koploper]


def test_a_value_that_is_larger_than_those_before():
    f.KoploperFactory()
    at_least = "SELECT COUNT(*) FROM kopgroep_koploper WHERE id >= %s"

    for number, found in [(1, 1), (2**40, 0), (-(2**40), 1)]:
        assert rows(at_least, number) == [(found,)]


def test_a_percent_sign_stays_one():
    f.KoploperFactory(title="Samen leren")

    assert rows("SELECT title FROM kopgroep_koploper WHERE title LIKE '%%ler%%' AND id > %s", 0) == [("Samen leren",)]


def test_is_kept_once_and_counts_as_no_query():
    with CaptureQueriesContext(connection) as captured:
        for number in (1, 2, 3):
            rows("SELECT COUNT(*) FROM kopgroep_koploper WHERE id = %s", number)

    assert len(captured) == 3
    assert len(statements()) == (connection.vendor == "postgresql")


def test_keeps_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(10):
        assert rows(f"SELECT COUNT(*) AS n{number} FROM kopgroep_koploper") == [(0,)]

    assert len(statements()) == (3 if connection.vendor == "postgresql" else 0)


def test_a_long_list_of_numbers_is_planned_each_time():
    sql = "SELECT COUNT(*) FROM kopgroep_koploper WHERE title <> %s"

    assert prepared(sql, ["1," * 600], "test") == (sql, ["1," * 600])


def test_behind_a_pooler_nothing_is_kept(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    assert rows("SELECT COUNT(*) FROM kopgroep_koploper WHERE id = %s", 1) == [(0,)]
    assert not statements()


def test_a_column_that_changed_is_asked_anew_after_the_fault():
    def make(kind):
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS changed")
            cursor.execute(f"CREATE TEMPORARY TABLE changed (it {kind})")
            cursor.execute("INSERT INTO changed VALUES (12)")

    make("integer")
    assert rows("SELECT it FROM changed") == [(12,)]
    make("text")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            rows("SELECT it FROM changed")
    got_request_exception.send(sender=None, request=None)

    assert rows("SELECT it FROM changed") == [("12",)]


def test_faults_leave_nothing_behind():
    for number in range(5):
        rows("SELECT COUNT(*) FROM kopgroep_koploper WHERE id = %s", number)
        got_request_exception.send(sender=None, request=None)

    assert len(statements()) == (connection.vendor == "postgresql")


def test_a_mistake_is_told_as_any_other():
    with pytest.raises(DatabaseError), transaction.atomic():
        rows("SELECT nothing FROM kopgroep_koploper")

    assert rows("SELECT COUNT(*) FROM kopgroep_koploper") == [(0,)]
