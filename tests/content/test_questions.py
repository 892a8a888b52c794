"""Loading sample questions by themselves: their people, their files, and that both go."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from regels.models import Attachment, Question, YearNumber
from regels.retention import folder as files_folder
from tests.factories import MinistryFactory
from zorgpact.loading.questions import load_questions
from zorgpact.loading.samples import remove_samples

FOLDER = Path(settings.BASE_DIR) / "content" / "samples" / "vragen"


@pytest.fixture
def ministries(db):
    for slug in ("ocw", "vws", "szw"):
        MinistryFactory(slug=slug, abbreviation=slug.upper(), name=slug, role=f"ambtenaar {slug.upper()}")


@pytest.fixture
def demo(settings, ministries):
    settings.PORTAL_DEMO, settings.PORTAL_DEMO_PASSWORD = True, "demo-7f3k9"


def make_accounts():
    call_command("make_demo_accounts", stdout=StringIO())


def owners():
    return {q.number: q.owner and q.owner.email for q in Question.objects.exclude(number=None)}


def test_questions_come_once_and_come_back_when_asked(ministries):
    number = load_questions(FOLDER)["voorbeeldvragen"]

    assert number == Question.objects.count() > 25
    assert load_questions(FOLDER) == {}
    Question.objects.get(number=9003).delete()
    assert load_questions(FOLDER) == {}
    assert load_questions(FOLDER, restore=True) == {"voorbeeldvragen": 1}


def test_loading_uses_no_number_up(ministries):
    load_questions(FOLDER)

    assert not YearNumber.objects.exists()


def test_the_accounts_of_the_demo_get_the_questions_once(demo):
    load_questions(FOLDER)
    assert set(owners().values()) == {None}

    make_accounts()
    assert owners()[9005] == "ambtenaar@voorbeeld.example"
    assert owners()[9008] is None
    answer = Question.objects.get(number=9014).answers.get()
    assert [writer.email for writer in answer.writers.all()] == ["collega@voorbeeld.example"]
    assert Question.objects.get(number=9017).answers.get().approved_by.email == "collega@voorbeeld.example"
    assert {note.author.email for note in Question.objects.get(number=9005).notes.all()} == {
        "ambtenaar@voorbeeld.example",
        "collega@voorbeeld.example",
    }

    Question.objects.filter(number=9005).update(owner=None)
    make_accounts()
    assert owners()[9005] is None


def test_questions_that_come_after_the_accounts_have_their_people(demo):
    make_accounts()
    load_questions(FOLDER)

    assert owners()[9007] == "vws@voorbeeld.example"


def test_nobody_writes_and_reads_the_same_answer(demo):
    load_questions(FOLDER)
    make_accounts()

    for question in Question.objects.exclude(answers=None):
        for answer in question.answers.exclude(approved_by=None):
            assert answer.approved_by not in answer.writers.all(), question


def test_files_of_samples_are_stored_and_go_with_them(
    ministries, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR_DIR = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        load_questions(FOLDER)
    stored = {file.name: file.stat().st_size for file in files_folder().iterdir()}
    assert stored == dict(Attachment.objects.values_list("stored_as", "size"))
    assert len(stored) == 3

    with django_capture_on_commit_callbacks(execute=True):
        remove_samples()

    assert list(files_folder().iterdir()) == []
    assert not Question.objects.exists()
