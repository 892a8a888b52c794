"""Reminders of a round: who gets one, when, and who does not."""

import datetime

import pytest

from outbox.models import Mail
from outbox.sender import send_due
from tests.factories import PactLeaderFactory, PartnerLinkFactory, RegionalPactFactory, RoundFactory
from volgspot import workflow
from volgspot.models import PartnerLink, Reflection
from volgspot.reminding import remind

DAY = datetime.timedelta(days=1)


def mails(kind):
    return Mail.objects.filter(kind=f"volgspot.{kind}")


@pytest.mark.parametrize(("days", "number"), [(15, 0), (14, 1), (13, 1), (3, 1), (2, 1), (0, 1)])
def test_a_leader_hears_before_the_round_closes(pact, leader, open_round, days, number):
    remind(open_round.closes - days * DAY)
    remind(open_round.closes - days * DAY)
    assert mails("reminder").count() == number


def test_a_leader_hears_twice_in_all(pact, leader, open_round):
    for days in range(20, -1, -1):
        remind(open_round.closes - days * DAY)
    assert mails("reminder").count() == 2


def test_who_has_filed_hears_nothing(filled, leader, open_round):
    workflow.submit(filled, by=leader)
    remind(open_round.closes - 2 * DAY)
    assert not mails("reminder").exists()


def test_who_files_after_the_reminder_was_written_does_not_get_it(filled, leader, open_round, settings):
    settings.PORTAL_DEMO = True
    remind(open_round.closes - 2 * DAY)
    workflow.submit(filled, by=leader)
    send_due()
    assert mails("reminder").get().status == "vervallen"


def test_a_former_leader_hears_nothing(pact, open_round):
    PactLeaderFactory(pact=pact, since=datetime.date(2020, 1, 1), until=datetime.date(2021, 1, 1))
    remind(open_round.closes - 2 * DAY)
    assert not mails("reminder").exists()


def test_a_pact_that_the_round_does_not_ask_hears_nothing(pact, leader, open_round, effects):
    other = RoundFactory(name="andere", slug="andere", opens=open_round.opens, closes=open_round.closes)
    open_round.delete()

    other.pacts.add(RegionalPactFactory())
    remind(other.closes - 2 * DAY)
    assert not mails("reminder").exists()


def test_the_team_hears_once_after_closing_who_is_missing(pact, member, open_round):
    for days in range(1, 5):
        remind(open_round.closes + days * DAY)
    mail = mails("round_closed").get()
    assert mail.to == member.email
    assert "Zorgpact Merenland" in mail.text


def test_the_team_hears_nothing_when_all_have_filed(filled, leader, member, open_round):
    workflow.submit(filled, by=leader)
    remind(open_round.closes + DAY)
    assert not mails("round_closed").exists()


def test_a_partner_hears_once_in_the_last_week(draft, open_round):
    link = PartnerLinkFactory(reflection=draft)
    remind(open_round.closes - 8 * DAY)
    assert not mails("partner_reminder").exists()
    for days in range(7, 0, -1):
        remind(open_round.closes - days * DAY)
    assert mails("partner_reminder").get().to == link.email
    assert PartnerLink.objects.get().reminded_at
    assert Reflection.objects.get().status == "concept"
