"""Two people at one question at the same moment: never lost, never sent twice."""

import itertools
from functools import partial

import pytest

from outbox.models import Mail
from regels.models import Answer, Message, Outcome, Question, YearNumber
from regels.workflow import questions
from tests.at_once import at_once
from tests.factories import DraftFactory
from zorgpact.workflow import Refused

from .conftest import question_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_history_goes_too")]
ALLOWED = {
    "toegewezen": ["ask_back", "hand_over", "propose", "withdraw", "write"],
    "tweede-lezer": ["approve", "give_back", "withdraw"],
    "akkoord": ["send", "send_again", "withdraw"],
    "beantwoord": ["close", "reopen", "correct"],
}


def act(name, question, officer, colleague):
    """What somebody does with a question as it was on the screen before the other one did something."""
    steps = questions.STEPS
    return {
        "ask_back": lambda: steps["ask_back"](question, by=officer, text="Hoeveel uren?"),
        "hand_over": lambda: steps["hand_over"](question, by=colleague, officer=colleague, reason="Ik weet dit."),
        "propose": lambda: steps["propose"](question, by=officer),
        "write": lambda: (
            questions.write(question, by=colleague, text="Nee.", outcome=Outcome.NOT_POSSIBLE, version=1).question
        ),
        "withdraw": lambda: steps["withdraw"](question, by=None),
        "approve": lambda: steps["approve"](question, by=colleague),
        "give_back": lambda: steps["give_back"](question, by=colleague, reason="Noem de wet."),
        "send": lambda: steps["send"](question, by=officer),
        "send_again": lambda: steps["send"](question, by=colleague),
        "close": lambda: steps["close"](question, by=None),
        "reopen": lambda: steps["reopen"](question, by=None, text="Het helpt niet."),
        "correct": lambda: steps["correct"](question, by=officer, reason="Het klopte niet."),
    }[name]


@pytest.mark.parametrize("status", ALLOWED)
def test_two_steps_at_once_are_as_one_after_the_other(people, ocw, status):
    officer, colleague = people["officer"], people["colleague"]
    # All pairs in one test: emptying the database after each takes far longer than the steps.
    for names in itertools.product(ALLOWED[status], repeat=2):
        question = question_in(status, ministry=ocw, owner=officer, writer=officer, email="vrager@voorbeeld.example")

        given = at_once(*(act(name, question, officer, colleague) for name in names))

        done = [one for one in given if isinstance(one, Question)]
        refused = [one for one in given if isinstance(one, Refused)]
        assert len(done) + len(refused) == 2, (names, given)
        assert done, f"{names}: one of the two must succeed"
        now = Question.objects.get(pk=question.pk)
        assert now.status in {one.status for one in done}, names
        sent = question.messages.filter(kind=Message.Kind.ANSWER).count()
        assert sent == sum(one.status == "beantwoord" and status == "akkoord" for one in done), names
        assert Mail.objects.filter(kind="regels.answered", about=f"regels.question:{question.pk}").count() == sent <= 1
        assert Answer.objects.filter(question=question, sent_at=None).count() <= 1
        if names == ("write", "write"):
            assert len(refused) == 1


def test_many_who_confirm_at_once_get_numbers_without_gaps(db):
    asked = [questions.receive(DraftFactory(), question="Mag dit?", email=f"{n}@voorbeeld.example") for n in range(6)]

    confirmed = at_once(*(lambda one=one: questions.confirm(one, by=None) for one in asked))

    assert sorted(one.number for one in confirmed) == [1, 2, 3, 4, 5, 6]
    assert YearNumber.objects.get().last == 6


def test_pressing_send_twice_at_once_makes_one_question(db):
    draft = DraftFactory()
    send = lambda: questions.receive(draft, question="Mag dit?", email="vrager@voorbeeld.example")  # noqa: E731
    first, second = at_once(send, send)
    assert first == second == Question.objects.get()
    assert Mail.objects.count() == 1


def test_two_questions_that_are_merged_into_each_other_are_one(people, ocw):
    officer, colleague = people["officer"], people["colleague"]
    for _ in range(5):
        one, other = (question_in("toegewezen", ministry=ocw, owner=officer, writer=officer) for _ in range(2))

        given = at_once(
            partial(questions.merge, one, by=officer, into=other),
            partial(questions.merge, other, by=colleague, into=one),
        )

        assert sorted(type(result).__name__ for result in given) == ["Question", "Refused"], given
