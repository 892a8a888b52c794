"""A bottleneck becomes a question at a ministry."""

import pytest
from django.test import Client

from outbox.models import Mail
from regels.models import Question
from tests.factories import BottleneckFactory, PactLeaderFactory, QuestionFactory, ReflectionFactory, UserFactory
from tests.queries import assert_same_queries
from volgspot.bottlenecks import send_on
from zorgpact.workflow import Refused


def test_one_button_makes_one_question_with_a_number(draft, pact, leader):
    bottleneck = BottleneckFactory(reflection=draft, text="De uren passen niet.", because="De regel telt anders.")

    first = send_on(bottleneck, by=leader)
    second = send_on(bottleneck, by=leader)

    assert first == second == Question.objects.get()
    assert first.question == "De uren passen niet.\n\nDe regel telt anders."
    assert (first.status, first.pact, first.email, first.number) == ("nieuw", pact, leader.email, 1)
    assert [mail.to for mail in Mail.objects.filter(kind="regels.received")] == [leader.email]


def test_nobody_else_sends_it_on(draft, member):
    bottleneck = BottleneckFactory(reflection=draft)
    for somebody in (member, UserFactory()):
        with pytest.raises(Refused):
            send_on(bottleneck, by=somebody)
    assert not Question.objects.exists()


# --- The page of the leader -----------------------------------------------------------------------


@pytest.fixture
def desk(leader, settings):
    settings.PORTAL_DEMO = True
    return logged_in(leader)


def logged_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def page(draft):
    return f"{draft.get_edit_url()}knelpunten/"


def test_a_leader_sends_one_on_and_opens_it(desk, page, draft):
    bottleneck = BottleneckFactory(reflection=draft, text="De uren passen niet.")
    for _ in range(2):
        assert desk.post(page, {"doorsturen": bottleneck.pk}).status_code == 302
    question = Question.objects.get()
    shown = desk.get(page).content.decode()
    assert question.reference in shown
    assert "De uren passen niet." in shown

    own = desk.post(page, {"open": bottleneck.pk})["Location"]
    asked = Client().get(own).content.decode()
    assert question.reference in asked
    assert f'href="{page}"' in asked


def test_another_leader_sees_the_number_and_not_the_page(desk, page, draft, pact):
    other = PactLeaderFactory(pact=pact).user
    bottleneck = BottleneckFactory(reflection=draft)
    send_on(bottleneck, by=other)
    assert Question.objects.get().reference in desk.get(page).content.decode()
    response = desk.post(page, {"open": bottleneck.pk})
    assert "mijn-vraag" not in response["Location"]
    assert Question.objects.count() == 1


def test_somebody_else_does_not_find_the_page(page, draft, settings, member):
    settings.PORTAL_DEMO = True
    bottleneck = BottleneckFactory(reflection=draft)
    for somebody in (member, UserFactory(), PactLeaderFactory().user):
        assert logged_in(somebody).get(page).status_code == 404
        assert logged_in(somebody).post(page, {"doorsturen": bottleneck.pk}).status_code == 404
    assert Client().get(page).status_code == 302
    assert not Question.objects.exists()


@pytest.mark.parametrize("sent", ["x", "", "999999"])
def test_a_bottleneck_of_another_pact_is_not_sent_on(desk, page, sent):
    other = BottleneckFactory()
    assert desk.post(page, {"doorsturen": sent or other.pk}).status_code == 404
    assert not Question.objects.exists()


def test_the_page_takes_the_same_queries_for_one_and_three(desk, page, draft):
    def more(number=2):
        for _ in range(number):
            BottleneckFactory(reflection=draft, question=QuestionFactory())

    more(1)
    assert_same_queries(desk, page, more, at_most=12)


def test_what_is_mine_takes_the_same_queries_for_one_and_three_pacts(desk, draft, leader):
    def more():
        for _ in range(2):
            reflection = ReflectionFactory(round=draft.round)
            PactLeaderFactory(pact=reflection.pact, user=leader, since=draft.round.opens)
            ReflectionFactory(pact=draft.pact)

    assert_same_queries(desk, "/mijn/volgspot/", more, at_most=12)
