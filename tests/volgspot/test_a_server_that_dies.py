"""The web process can be killed at any moment: what the site said was saved is there."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.site.test_two_processes import address_of_database
from volgspot.models import Section, SectionKind

SAVER = Path(__file__).with_name("saver.py")
KILLED = 4


def confirmed_before_death(section, leader):
    """The last version that a server confirmed before it was killed in the middle of its work."""
    server = subprocess.Popen(
        [sys.executable, SAVER, section.reflection.get_edit_url(section.kind), str(leader.pk), str(section.version)],
        env=os.environ | {"DATABASE_URL": address_of_database(), "PYTHONPATH": str(settings.BASE_DIR)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        first = server.stdout.readline()
        time.sleep(random.uniform(0.05, 0.4))
        server.kill()
        return int((first + server.stdout.read()).split()[-1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_history_goes_too")
def test_what_was_confirmed_is_there_after_a_kill(draft, leader):
    section = draft.sections.get(kind=SectionKind.INTENTIONS)
    for _ in range(KILLED):
        confirmed = confirmed_before_death(section, leader)
        section = Section.objects.get(pk=section.pk)
        # The last save may have been written and not yet confirmed.
        assert section.version in (confirmed, confirmed + 1)
        assert section.data["text"] == f"Tekst {section.version}."
