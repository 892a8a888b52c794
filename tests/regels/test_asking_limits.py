"""What is sent from one place is counted exactly, by several processes at once too."""

import datetime
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone

from programme import limits
from programme.limits import Limit, place_of
from programme.models import Tries
from tests.site.test_two_processes import address_of_database

COUNT = """
import django; django.setup()
from django.test import RequestFactory
from programme.limits import Limit
# A stretch that does not end while the test runs.
limit = Limit("two", from_address=50, from_network=60, seconds=10**9)
print(sum(limit.lets(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")) for _ in range(60)))
"""


@pytest.mark.norm("ASVS-2.4.1")
def test_two_processes_let_no_more_through_than_one(transactional_db):
    environment = os.environ | {
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    pair = [
        subprocess.Popen([sys.executable, "-c", COUNT], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sum(int(process.communicate(timeout=120)[0]) for process in pair) == 50
    assert sorted(Tries.objects.values_list("times", flat=True)) == [120, 120]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", ("192.0.2.7", "192.0.2.0/24")),
        ("2001:db8:1:2::3", ("2001:db8:1:2::3", "2001:db8:1::/48")),
        ("onzin", ("", "")),
    ],
)
def test_where_something_comes_from(address, place):
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


def test_a_next_stretch_begins_anew_and_the_last_is_forgotten(db, time_machine):
    limit = Limit("x", from_address=1, from_network=9, seconds=600)
    time_machine.move_to(datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC))
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    assert [limit.lets(request), limit.lets(request)] == [True, False]
    time_machine.shift(600)
    assert limit.lets(request)
    assert limits.forget(timezone.now() + datetime.timedelta(seconds=1)) == 2
    assert Tries.objects.count() == 2


@pytest.mark.norm("AVG-5.6")
def test_no_address_is_kept(db):
    Limit("x", from_address=1, from_network=1).lets(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
    assert "192.0.2" not in str(Tries.objects.values())
