import gc
import os

import pytest
from auditlog.models import LogEntry
from django.core.cache import cache
from django.db import transaction
from django.test.utils import teardown_databases

from programme.history import history_may_change
from regels.models import Message, ObstacleMove
from tests import database
from tests.loaded import put_content
from zorgpact import written
from zorgpact.pages import pages


@pytest.fixture(autouse=True)
def _empty_cache():
    """Limits on tries of one test do not reach the next, nor do pages."""
    cache.clear()
    pages.clear()


@pytest.fixture
def written_anew():
    """For a test that changes a constant that a query was written with."""
    written.forget()
    yield
    written.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Always make the database: pytest-django's own fixture does so only where a test asks for `db` by name."""
    with django_db_blocker.unblock():
        made = database.make()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """The whole site with its samples, there for a module of tests that only read.

    Such tests do not use `db`: its clean-up would close the connection that holds the content.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        put_content()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def real_content(django_db_setup, django_db_blocker):
    """As `content`, without the samples."""
    with django_db_blocker.unblock(), transaction.atomic():
        put_content(samples=False)
        yield
        transaction.set_rollback(True)


def pytest_itemcollected(item):
    """`pytest -k ASVS-6.3.3` finds what proves it."""
    item.extra_keyword_matches.update(id for mark in item.iter_markers("norm") for id in mark.args)


def pytest_collection_finish():
    """What is there now stays: looking through it for garbage again and again takes up to a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish(session, exitstatus):
    """In CI nothing may be skipped: what is not there must be installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") and not exitstatus:
        reporter.write_line(f"{len(skipped)} skipped; in CI that is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def _history_goes_too(transactional_db):
    """For tests that commit: what is append-only stops the emptying of the database afterwards."""
    yield
    with history_may_change("tests"):
        for model in (LogEntry, Message, ObstacleMove):
            model.objects.all().delete()
