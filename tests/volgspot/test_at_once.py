"""Many at the same moment, on both databases: a step happens once, and of what is saved nothing is lost in silence."""

from collections import Counter
from functools import partial

import pytest

from outbox.models import Mail
from tests.at_once import at_once
from tests.factories import PartnerLinkFactory
from volgspot import partners, workflow
from volgspot.drafts import Stale, save_section
from volgspot.models import PartnerView, Reflection, Section, SectionKind, Version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_history_goes_too")]
TIMES = 8


def together(job, times=TIMES):
    """Do `job(number)` so many times at once."""
    return at_once(*(partial(job, number) for number in range(times)))


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def mails(kind):
    return Mail.objects.filter(kind=f"volgspot.{kind}").count()


def test_eight_submits_give_one_submission_and_one_mail(filled, leader):
    outcomes = together(lambda number: workflow.submit(filled, by=leader))
    assert kinds(outcomes) == {"Reflection": 1, "Refused": TIMES - 1}
    assert Reflection.objects.get().submissions == 1
    assert mails("received") == 1


def test_eight_adoptions_give_one_version_and_one_mail(filled, leader, member):
    submitted = workflow.submit(filled, by=leader)
    outcomes = together(lambda number: workflow.adopt(submitted, by=member))
    assert kinds(outcomes) == {"Reflection": 1, "Refused": TIMES - 1}
    assert Version.objects.count() == 1
    assert mails("adopted") == 1


def test_eight_publications_give_one_mail(filled, leader, member):
    adopted = workflow.adopt(workflow.submit(filled, by=leader), by=member)
    outcomes = together(lambda number: workflow.publish(adopted, by=member))
    assert kinds(outcomes) == {"Reflection": 1, "Refused": TIMES - 1}
    assert mails("published") == 1


def test_of_eight_saves_one_is_kept_and_seven_hear_so(draft, leader):
    section = draft.sections.get(kind=SectionKind.INTENTIONS)

    def save(number):
        return save_section(section, by=leader, version=0, data={"text": f"Tekst {number}."})

    outcomes = together(save)
    assert kinds(outcomes) == {"Section": 1, "Stale": TIMES - 1}
    kept = Section.objects.get(pk=section.pk)
    assert kept.version == 1
    assert {o.section.data["text"] for o in outcomes if isinstance(o, Stale)} == {kept.data["text"]}


def test_a_save_beside_a_submission_is_in_it_or_refused(filled, leader):
    section = filled.sections.get(kind=SectionKind.INTENTIONS)

    def act(number):
        if number:
            return workflow.submit(filled, by=leader)
        return save_section(section, by=leader, version=0, data={"text": "Op het laatste moment."})

    saved, submitted = together(act, times=2)
    assert isinstance(submitted, Reflection)
    text = Section.objects.get(pk=section.pk).data["text"]
    assert (text == "Op het laatste moment.") is isinstance(saved, Section)


def test_two_answers_from_one_link_are_one_view(draft):
    link = PartnerLinkFactory(reflection=draft)
    shares = {f"share-{about}": "zonder-naam" for about in ("scores", "ambition", "note")}

    def answer(number):
        return partners.answer(link, elements=[], cleaned=shares | {"words-note": f"Tekst {number}."})

    outcomes = together(answer)
    assert kinds(outcomes) == {"PartnerView": 1, "Stale": TIMES - 1}
    assert PartnerView.objects.get().version == 1


def test_one_reminder_goes_to_a_partner(draft, leader):
    link = PartnerLinkFactory(reflection=draft)
    assert Counter(together(lambda number: partners.remind(link, by=leader))) == {True: 1, False: TIMES - 1}
    assert mails("partner_reminder") == 1
