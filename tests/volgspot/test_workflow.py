"""The steps of a reflection: what each does, from which status, and by whom."""

import pytest

from organisations.models import Employment
from outbox.models import Mail
from regions.models import AgendaItem, PhaseChange
from tests.factories import UserFactory
from volgspot import workflow
from volgspot.completeness import missing
from volgspot.context import Context
from volgspot.models import Agreement, IntendedResultVersion, Lesson, Reflection, SectionKind, Version
from zorgpact.workflow import Refused

from .conftest import fill

STATUSES = list(Reflection.Status)
# Step → from which statuses it goes, and by whom.
TABLE = {
    "submit": ({"concept", "teruggegeven"}, {"leader"}),
    "take_back": ({"ingediend"}, {"leader"}),
    "take_up": ({"ingediend"}, {"member"}),
    "give_back": ({"ingediend"}, {"member"}),
    "adopt": ({"ingediend"}, {"member"}),
    "publish": ({"vastgesteld"}, {"member", "tied"}),
    "correct": ({"vastgesteld"}, {"leader", "member", "tied"}),
}


@pytest.fixture
def people(leader, member, pact):
    tied = UserFactory()
    tied.groups.set(member.groups.all())
    Employment.objects.create(user=tied, organisation=pact.participations.first().organisation)
    return {"leader": leader, "member": member, "tied": tied, "other": UserFactory()}


@pytest.mark.norm("ASVS-2.3.1")
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", workflow.STEPS)
def test_each_step_from_each_status_by_each_person(filled, people, status, name):
    before, who = TABLE[name]
    Reflection.objects.filter(pk=filled.pk).update(status=status)
    if name == "publish":
        Version.objects.create(reflection=filled, content={}, public_content={})
    for person in ("other", *people):
        Reflection.objects.filter(pk=filled.pk).update(status=status, reviewer=None)
        Version.objects.update(published_at=None)
        reflection = Reflection.objects.get(pk=filled.pk)
        may = status in before and person in who
        assert (name in workflow.steps_for(reflection, people[person])) is may, person
        if may:
            workflow.STEPS[name](reflection, by=people[person], reason="Daarom.")
            Lesson.objects.all().delete()
            Version.objects.exclude(content={}).delete()
        else:
            with pytest.raises(Refused):
                workflow.STEPS[name](reflection, by=people[person], reason="Daarom.")
            assert Reflection.objects.get(pk=filled.pk).status == status


@pytest.fixture
def submitted(filled, leader):
    return workflow.submit(filled, by=leader)


@pytest.fixture
def adopted(submitted, member):
    return workflow.adopt(submitted, by=member)


def test_a_receipt_goes_to_who_submits(submitted, leader):
    mail = Mail.objects.get()
    assert mail.to == leader.email
    assert submitted.receipt in mail.subject
    assert submitted.status == "ingediend"
    assert not submitted.is_late


def test_submitting_twice_gives_one_submission(filled, leader):
    workflow.submit(filled, by=leader)
    with pytest.raises(Refused):
        workflow.submit(filled, by=leader)
    assert Mail.objects.count() == 1
    assert Reflection.objects.get().submissions == 1


@pytest.mark.norm("ASVS-2.3.1")
def test_a_draft_in_which_something_is_missing_is_not_submitted(draft, leader):
    with pytest.raises(Refused):
        workflow.submit(draft, by=leader)
    assert Reflection.objects.get().status == "concept"
    assert not Mail.objects.exists()


def test_an_empty_draft_lacks_every_section(draft):
    assert {problem.section for problem in missing(Context(draft))} == set(SectionKind)


def test_a_skipped_section_needs_a_reason_alone(filled):
    filled.sections.filter(kind=SectionKind.EFFECTS).update(data={}, skipped_because="Staat in onze eigen evaluatie.")
    assert missing(Context(filled)) == []


def test_a_frozen_result_needs_a_value_or_a_reason(filled, earlier_result):
    problems = missing(Context(filled))
    assert [p.field for p in problems] == [f"id_results-result-{earlier_result.pk}-reached"]
    fill(filled)
    assert missing(Context(filled)) == []


def test_a_number_that_is_no_number_is_named(filled, earlier_result):
    fill(filled)
    section = filled.sections.get(kind=SectionKind.RESULTS)
    section.data["results"][0]["reached"] = "bijna honderd"
    section.save()
    assert "U schreef “bijna honderd”" in missing(Context(filled))[0].text


def test_adopting_keeps_every_word(adopted):
    version = Version.objects.get()
    text = str(version.content)
    assert "Hoe leiden wij genoeg mensen op?" in text
    assert "Zorg dicht bij huis." in text
    assert "Annie de Geheime" not in text
    assert version.published_at is None


def test_adopting_writes_what_outlives_the_round(adopted, pact):
    assert AgendaItem.objects.get().status == "klaar"
    assert IntendedResultVersion.objects.get().title == "Plaatsen in een wijkleerbedrijf"
    assert Agreement.objects.get().who == "Alle instellingen"
    assert sorted(Lesson.objects.values_list("kind", flat=True)) == ["knelpunt", "succesfactor", "werkte-niet"]
    assert not PhaseChange.objects.exists()


def test_the_phase_is_taken_over_only_when_the_team_says_so(submitted, member, phase):
    section = submitted.sections.get(kind=SectionKind.COOPERATION)
    section.data["phase"] = phase.slug
    section.save()
    workflow.adopt(submitted, by=member, take_over_phase=True)
    assert PhaseChange.objects.get().phase == phase


@pytest.mark.norm("ASVS-8.2.3")
def test_what_is_for_partners_does_not_become_public(filled, leader, member):
    section = filled.sections.get(kind=SectionKind.AGREEMENTS)
    section.audience = "partners"
    section.save()
    workflow.adopt(workflow.submit(filled, by=leader), by=member)
    version = Version.objects.get()
    assert "Een dag per maand vrij." in str(version.content)
    assert "Een dag per maand vrij." not in str(version.public_content)


def test_a_correction_leaves_the_published_version(adopted, member, leader):
    workflow.publish(adopted, by=member)
    workflow.correct(adopted, by=leader, reason="Een cijfer was fout.")
    first = Version.objects.get()
    adopted.sections.filter(kind=SectionKind.INTENTIONS).update(data={"text": "Wij stoppen."})
    workflow.adopt(workflow.submit(adopted, by=leader), by=member)
    assert Version.objects.published().get() == first
    second = Version.objects.get(number=2)
    assert second.reason == "Een cijfer was fout."
    assert Agreement.objects.count() == 1
    assert IntendedResultVersion.objects.count() == 1
    assert Reflection.objects.to_publish().get() == adopted
