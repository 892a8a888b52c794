"""Two servers and an editor: what the editor changes shows at the next visit to either server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.db import connection, transaction

from programme.history import history_may_change
from tests.factories import ThemeFactory
from themes.models import Theme

VISITOR = Path(__file__).with_name("visitor.py")


class Visitor:
    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, VISITOR],
            env=os.environ | {"DATABASE_URL": address_of_database(), "PYTHONPATH": str(settings.BASE_DIR)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def visit(self, address):
        self.process.stdin.write(f"{address}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leave(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def address_of_database():
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


@pytest.fixture
def visitors(transactional_db):
    pair = [Visitor(), Visitor()]
    yield pair
    for visitor in pair:
        visitor.leave()
    with history_may_change("tests"):
        LogEntry.objects.all().delete()


def by_save(theme, text):
    theme.summary = text
    theme.save()


def by_update(theme, text):
    Theme.objects.filter(pk=theme.pk).update(summary=text)


def by_raw_sql(theme, text):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE themes_theme SET summary = %s WHERE id = %s", [text, theme.pk])


def in_one_transaction(theme, text):
    with transaction.atomic():
        Theme.objects.filter(pk=theme.pk).update(summary="Halverwege")
        theme.summary = text
        Theme.objects.bulk_update([theme], ["summary"])


def test_no_server_shows_what_was(visitors):
    theme = ThemeFactory(summary="Zoals het was")
    for visitor in visitors:
        assert "Zoals het was" in visitor.visit("/")["text"]
        assert visitor.visit("/")["queries"] == 1

    for number, change in enumerate([by_save, by_update, by_raw_sql, in_one_transaction] * 3):
        change(theme, f"Wijziging {number}.")
        for visitor in visitors:
            first, again = visitor.visit("/"), visitor.visit("/")
            assert f"Wijziging {number}." in first["text"]
            assert again == first | {"queries": 1}
