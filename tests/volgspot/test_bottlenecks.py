"""A bottleneck becomes a question at a ministry."""

import pytest

from outbox.models import Mail
from regels.models import Question
from tests.factories import BottleneckFactory, UserFactory
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
