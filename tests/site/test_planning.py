"""What the database knows of its tables."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import factories as f

COUNTED = {
    "sqlite": "SELECT stat LIKE '3 3 1%' FROM sqlite_stat1 WHERE idx = 'koploper_by_title'",
    # It counts by itself, at a moment of its own choice.
    "postgresql": "SELECT true",
}


@pytest.mark.django_db
def test_the_worker_lets_the_database_see_how_much_there_is():
    for _ in range(3):
        f.KoploperFactory()
    call_command("work", once=True)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor])
        assert [bool(counted) for (counted,) in cursor.fetchall()] == [True]
