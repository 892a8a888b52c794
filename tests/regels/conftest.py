"""Two ministries with officers, somebody of the team, and a question in any status."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import OCW, TEAM, VWS, set_roles
from regels.models import Answer, Outcome, Question
from regels.workflow import questions
from tests.factories import DraftFactory, MinistryFactory, QuestionFactory, UserFactory

Status = Question.Status
ASKER_MAIL = "vrager@voorbeeld.example"


def person(name, *roles):
    user = UserFactory(name=name, email=f"{name}@voorbeeld.example")
    set_roles(user, roles)
    return user


@pytest.fixture
def ocw(db):
    return MinistryFactory(name="Onderwijs", abbreviation="OCW", slug="ocw", role=OCW)


@pytest.fixture
def vws(db):
    return MinistryFactory(name="Volksgezondheid", abbreviation="VWS", slug="vws", role=VWS)


@pytest.fixture
def officer(ocw):
    return person("officer", OCW)


@pytest.fixture
def colleague(ocw):
    return person("colleague", OCW)


@pytest.fixture
def stranger(vws):
    """An officer of another ministry."""
    return person("stranger", VWS)


@pytest.fixture
def member(db):
    return person("member", TEAM)


@pytest.fixture
def people(officer, colleague, stranger, member):
    return {
        "asker": None,
        "officer": officer,
        "colleague": colleague,
        "stranger": stranger,
        "team": member,
        "nobody": UserFactory(),
    }


@pytest.fixture
def received(db):
    """Just sent; the mail with the button is on its way."""
    return questions.receive(DraftFactory(), question="Mogen wij lesgeven op de werkvloer?", email=ASKER_MAIL)


@pytest.fixture
def new(received):
    return questions.confirm(received, by=None)


@pytest.fixture
def assigned(new, officer):
    return questions.assign(new, by=officer)


def with_answer(question, by):
    questions.write(question, by=by, text="Ja, dat mag.", outcome=Outcome.CLARIFIED, version=0)
    return question


@pytest.fixture
def proposed(assigned, officer):
    return questions.propose(with_answer(assigned, officer), by=officer)


@pytest.fixture
def agreed(proposed, colleague):
    return questions.approve(proposed, by=colleague)


@pytest.fixture
def answered(agreed, officer):
    return questions.send(agreed, by=officer)


def question_in(status, *, ministry, owner, writer, **fields):
    """A question that is in a status, with all that the status needs."""
    now = timezone.now()
    needs = {
        Status.UNCONFIRMED: {"number": None, "year": None, "confirmed_at": None, "clock_from": None},
        Status.NEW: {"ministry": None, "owner": None},
        Status.WAITING: {"waiting_since": now, "reminded_at": now - datetime.timedelta(days=31)},
        Status.ANSWERED: {"outcome": Outcome.CLARIFIED, "answered_at": now},
        **dict.fromkeys(Question.DONE, {"closed_at": now}),
    }
    question = QuestionFactory(
        **{"status": status, "ministry": ministry, "owner": owner} | needs.get(status, {}) | fields
    )
    if status == Status.WAITING:
        question.pauses.create(since=timezone.localdate())
    if status in (Status.ASSIGNED, Status.SECOND_READER, Status.AGREED):
        approved = {"approved_at": now} if status == Status.AGREED else {}
        answer = Answer.objects.create(
            question=question, text="Ja.", outcome=Outcome.CLARIFIED, proposed_at=now, **approved
        )
        answer.writers.add(writer)
    return question
