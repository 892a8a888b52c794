"""The mails with what waits: on working days, never empty, never about what is done."""

import datetime

import pytest
from django.utils import timezone

from outbox.kinds import is_still_wanted
from outbox.models import Mail
from regels.desk_mails import send_when_due
from regels.models import Question
from regels.workflow import questions
from tests.factories import FreeDayFactory, QuestionFactory

from .conftest import with_answer

# A Wednesday and the Monday before it.
WEDNESDAY = datetime.datetime(2026, 6, 10, 7, 30, tzinfo=datetime.UTC)
MONDAY = WEDNESDAY - datetime.timedelta(days=2)


@pytest.fixture
def on(monkeypatch):
    """Make it another moment."""

    def go_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        send_when_due(moment)

    return go_to


def told(kind):
    return {mail.to.split("@")[0]: mail for mail in Mail.objects.filter(kind=f"regels.{kind}")}


def test_whoever_is_next_hears_it_in_the_morning(on, assigned, officer, colleague):
    on(WEDNESDAY)
    mail = told("daily")["officer"]
    assert f"Van mij: 1. {assigned.reference}" in mail.text
    assert set(told("daily")) == {"officer"}


def test_whom_nothing_waits_for_gets_no_mail(on, officer, colleague, member):
    on(WEDNESDAY)
    assert told("daily") == told("weekly") == {}


@pytest.mark.parametrize("moment", [WEDNESDAY.replace(hour=3), WEDNESDAY + datetime.timedelta(days=3)])
def test_not_at_night_and_not_in_the_weekend(on, assigned, moment):
    on(moment)
    assert told("daily") == {}


def test_not_on_a_free_day(on, assigned):
    FreeDayFactory(date=WEDNESDAY.date())
    on(WEDNESDAY)
    assert told("daily") == {}


def test_once_a_day_and_again_the_next_day(on, assigned):
    on(WEDNESDAY)
    QuestionFactory()
    on(WEDNESDAY + datetime.timedelta(hours=3))
    assert Mail.objects.filter(kind="regels.daily", to__startswith="officer").count() == 1
    on(WEDNESDAY + datetime.timedelta(days=1))
    assert Mail.objects.filter(kind="regels.daily", to__startswith="officer").count() == 2


def test_what_was_done_meanwhile_is_not_mailed_and_the_rest_is(on, assigned, officer, ocw):
    other = QuestionFactory(status=Question.Status.ASSIGNED, ministry=ocw, owner=officer)
    on(WEDNESDAY)
    mail = told("daily")["officer"]
    assert is_still_wanted(mail)
    questions.propose(with_answer(assigned, officer), by=officer)
    assert not is_still_wanted(mail)
    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.LAPSED)
    on(WEDNESDAY + datetime.timedelta(minutes=10))
    text = Mail.objects.filter(kind="regels.daily", to=officer.email).latest("pk").text
    assert other.reference in text
    assert assigned.reference not in text


def test_a_mail_that_could_not_go_is_not_sent_a_day_later(on, assigned, monkeypatch):
    on(WEDNESDAY)
    mail = told("daily")["officer"]
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY + datetime.timedelta(days=1))
    assert not is_still_wanted(mail)


def test_who_left_gets_nothing(on, assigned, officer):
    on(WEDNESDAY)
    mail = told("daily")["officer"]
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_still_wanted(mail)


def test_the_overview_goes_on_the_first_working_day_of_the_week(on, assigned, officer, colleague, stranger, member):
    Question.objects.filter(pk=assigned.pk).update(answer_due_on=MONDAY.date())
    on(WEDNESDAY)
    assert told("weekly") == {}
    on(MONDAY)
    assert set(told("weekly")) == {"officer", "colleague", "member"}
    assert f"OCW, deze week: 1. {assigned.reference}" in told("weekly")["colleague"].text


def test_after_a_free_monday_the_overview_goes_on_tuesday(on, assigned):
    FreeDayFactory(date=MONDAY.date())
    on(MONDAY)
    assert told("weekly") == {}
    on(MONDAY + datetime.timedelta(days=1))
    assert "officer" in told("weekly")


def test_the_mail_says_nothing_of_what_was_asked(on, assigned):
    on(MONDAY)
    for mail in Mail.objects.filter(kind__in=("regels.daily", "regels.weekly")):
        assert assigned.question not in mail.text
