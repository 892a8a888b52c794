"""The steps of a case and of an obstacle: each from every status and by everybody, and what each does."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from outbox.models import Mail
from regels import following
from regels.models import Case, Obstacle, ObstacleMove, Question
from regels.workflow import cases, obstacles
from tests.factories import CaseFactory, FollowerFactory, ObstacleFactory, RuleFactory, ThemeFactory
from zorgpact.workflow import Refused

from .conftest import question_in

OFFICERS, READERS = {"officer", "colleague"}, {"colleague", "team"}
TABLE = {
    "propose": {"concept": OFFICERS},
    "give_back": {"tweede-lezer": READERS},
    "publish": {"tweede-lezer": READERS},
    "revise": {"gepubliceerd": OFFICERS},
    "check": {"gepubliceerd": OFFICERS},
    "withdraw": {"gepubliceerd": OFFICERS | {"team"}},
}
AFTER = {"propose": "tweede-lezer", "give_back": "concept", "publish": "gepubliceerd", "withdraw": "ingetrokken"}


def case_in(status, ministry, writer=None, **fields):
    needs = {"published_at": timezone.now()} if status == "gepubliceerd" else {"published_at": None}
    if status == "ingetrokken":
        needs |= {"withdrawn_reason": "Klopte niet."}
    case = CaseFactory(**{"status": status, "ministry": ministry} | needs | fields)
    if writer:
        case.writers.add(writer)
    return case


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("status", list(Case.Status))
def test_each_step_from_each_status_by_each_person(people, ocw, name, status):
    assert set(TABLE) == set(cases.STEPS)
    for who, person in people.items():
        case = case_in(status, ocw, writer=people["officer"])
        may = who in TABLE[name].get(status, set())
        assert (name in cases.steps_for(case, person)) is may, who
        if may:
            assert cases.STEPS[name](case, by=person, reason="Daarom.").status == AFTER.get(name, status)
        else:
            with pytest.raises(Refused):
                cases.STEPS[name](case, by=person, reason="Daarom.")
        assert Case.objects.get(pk=case.pk).status == (AFTER.get(name, status) if may else status)


@pytest.mark.parametrize("status", ["tweede-lezer", "gepubliceerd", "ingetrokken"])
def test_from_the_second_reader_on_the_text_is_read_only(officer, ocw, status):
    with pytest.raises(Refused):
        cases.note_writer(case_in(status, ocw), by=officer)


def test_the_writer_publishes_only_after_somebody_returned_and_another_wrote(officer, colleague, member, ocw):
    case = case_in("concept", ocw)
    cases.note_writer(case, by=officer)
    proposed = cases.propose(case, by=officer)
    with pytest.raises(Refused):
        cases.publish(proposed, by=officer)
    assert list(Case.objects.to_review(officer)) == []

    returned = cases.give_back(proposed, by=member, reason="Leg uit wat BBL is.")
    assert Mail.objects.get(kind="regels.case_given_back").to == officer.email

    assert cases.publish(cases.propose(returned, by=colleague), by=officer).is_published


def test_an_empty_case_is_not_proposed(officer, ocw):
    with pytest.raises(Refused):
        cases.propose(case_in("concept", ocw, answer=" "), by=officer)


def test_a_case_appears_on_its_day_and_the_asker_is_told_then(officer, colleague, ocw):
    question = question_in("beantwoord", ministry=ocw, owner=officer, writer=officer, may_become_case=True)
    case = case_in("tweede-lezer", ocw, writer=officer)
    Question.objects.filter(pk=question.pk).update(case=case)
    later = timezone.now() + datetime.timedelta(days=7)

    published = cases.publish(case, by=colleague, at=later)

    assert not Case.objects.published().exists()
    assert Case.objects.announced().get() == published
    assert Case.objects.published(later).get() == published
    assert Mail.objects.get(kind="regels.case_published").not_before == later


def test_a_revision_that_went_with_its_case_cannot_be_published(officer, member, ocw):
    case = CaseFactory(ministry=ocw)
    cases.revise(case, by=officer)
    revision = cases.propose(Case.objects.get(revises=case), by=officer)
    cases.withdraw(case, by=officer, reason="De regel is anders.")

    with pytest.raises(Refused, match="er niet meer"):
        cases.publish(revision, by=member)


def test_a_revision_takes_the_place_of_the_text_when_it_is_published(officer, colleague, ocw):
    theme, rule = ThemeFactory(), RuleFactory()
    case = case_in("gepubliceerd", ocw, answer="Ja, dat mag.", slug="lesgeven")
    case.rule_links.create(rule=rule)
    cases.revise(case, by=officer)
    revision = Case.objects.get(revises=case)
    assert Case.objects.published().get() == case
    with pytest.raises(Refused):
        cases.revise(case, by=officer)

    revision.answer = "Ja, als de school het vindt."
    revision.save()
    revision.themes.add(theme)
    assert Case.objects.published().get().answer == "Ja, dat mag."
    published = cases.publish(cases.propose(revision, by=officer), by=colleague)

    assert published == case == Case.objects.get()
    assert (published.answer, published.slug) == ("Ja, als de school het vindt.", "lesgeven")
    assert list(published.themes.all()) == [theme]
    assert [link.rule for link in published.rule_links.all()] == [rule]
    assert published.checked_on == timezone.localdate()


def test_a_withdrawn_case_is_not_public_and_keeps_its_reason(officer, ocw):
    withdrawn = cases.withdraw(case_in("gepubliceerd", ocw), by=officer, reason="De wet is gewijzigd.")
    assert not Case.objects.published().exists()
    assert (withdrawn.withdrawn_reason, withdrawn.withdrawn_on) == ("De wet is gewijzigd.", timezone.localdate())


def test_a_case_is_not_public_without_the_step(ocw):
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(status="concept")


def test_a_new_version_of_a_rule_flags_its_cases_until_somebody_checks(officer, ocw):
    today = timezone.localdate()
    rule = RuleFactory(ministry=ocw)
    case = case_in("gepubliceerd", ocw)
    case.rule_links.create(rule=rule, checked_version_on=today - datetime.timedelta(days=99))
    question = question_in("beantwoord", ministry=ocw, owner=officer, writer=officer, case=case)
    assert list(Case.objects.perhaps_outdated()) == []

    cases.add_rule_version(rule, valid_from=today + datetime.timedelta(days=1), by=officer)
    assert list(Case.objects.perhaps_outdated()) == []
    cases.add_rule_version(rule, valid_from=today, by=officer)

    assert list(Case.objects.perhaps_outdated()) == [case]
    assert list(Question.objects.perhaps_outdated()) == [question]
    assert [link.rule for link in case.changed_rules()] == [rule]
    assert Mail.objects.filter(kind="regels.rule_changed", to=officer.email).count() == 2

    checked = cases.check(case, by=officer)
    assert list(Case.objects.perhaps_outdated()) == []
    assert checked.check_due_on > today


def test_a_version_that_is_entered_late_flags_what_was_checked_against_an_older_text(officer, ocw):
    today = timezone.localdate()
    rule, (before, between, newest) = (
        RuleFactory(ministry=ocw),
        (today - datetime.timedelta(days=n) for n in (90, 60, 30)),
    )
    older, newer = case_in("gepubliceerd", ocw), case_in("gepubliceerd", ocw)
    older.rule_links.create(rule=rule, checked_version_on=before)
    newer.rule_links.create(rule=rule, checked_version_on=newest)

    version = cases.add_rule_version(rule, valid_from=between, by=officer)

    assert list(Case.objects.perhaps_outdated()) == list(Case.objects.to_look_at_for(version)) == [older]
    assert (
        "Eén casus is nagekeken met een oudere tekst"
        in Mail.objects.get(kind="regels.rule_changed", to=officer.email).text
    )
    cases.add_rule_version(rule, valid_from=newest, by=officer)
    assert list(Case.objects.perhaps_outdated()) == [older]


def test_a_version_from_before_the_text_that_was_looked_at_flags_nothing_and_mails_nobody(officer, ocw):
    today = timezone.localdate()
    rule, case = RuleFactory(ministry=ocw), case_in("gepubliceerd", ocw)
    case.rule_links.create(rule=rule)
    # No version was known: whoever looked read the text as it was that day.
    case = cases.check(case, by=officer)

    version = cases.add_rule_version(rule, valid_from=today - datetime.timedelta(days=60), by=officer)

    assert not Case.objects.perhaps_outdated().exists()
    assert not Case.objects.to_look_at_for(version).exists()
    assert not Mail.objects.filter(kind="regels.rule_changed").exists()


def test_a_check_that_is_due_flags_it_too(ocw):
    case = case_in("gepubliceerd", ocw, check_due_on=timezone.localdate() - datetime.timedelta(days=1))
    assert Case.objects.perhaps_outdated().get() == case


# --- Obstacles ------------------------------------------------------------------------------------

ENDS = {"opgelost-binnen-de-regels", "opgelost-andere-weg", "gewijzigd", "blijft"}
MOVES = {"bekend": {"in-onderzoek"}, "in-onderzoek": ENDS} | dict.fromkeys(ENDS, {"in-onderzoek"})


@pytest.mark.parametrize("before", list(Obstacle.Status))
@pytest.mark.parametrize("after", list(Obstacle.Status))
def test_each_move_by_each_person(people, ocw, before, after):
    for who, person in people.items():
        obstacle = ObstacleFactory(ministry=ocw, status=before)
        may = who in OFFICERS and after in MOVES[before]
        assert (after in obstacles.moves_for(obstacle, person)) is may, who
        if may:
            assert obstacles.move(obstacle, by=person, reason="Uitgezocht.", to=after).status == after
            made = ObstacleMove.objects.get(obstacle=obstacle)
            assert (made.before, made.after, made.reason) == (before, after, "Uitgezocht.")
        else:
            with pytest.raises(Refused):
                obstacles.move(obstacle, by=person, reason="Uitgezocht.", to=after)


def test_a_move_needs_a_reason_and_is_never_changed(officer, ocw):
    obstacle = ObstacleFactory(ministry=ocw)
    with pytest.raises(Refused):
        obstacles.move(obstacle, by=officer, to="in-onderzoek")
    obstacles.move(obstacle, by=officer, to="in-onderzoek", reason="Wij zoeken het uit.")
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        ObstacleMove.objects.update(reason="Iets anders.")


def test_whoever_asked_or_left_an_address_is_told(officer, ocw):
    obstacle = ObstacleFactory(ministry=ocw)
    question_in(
        "beantwoord", ministry=ocw, owner=officer, writer=officer, obstacle=obstacle, email="a@voorbeeld.example"
    )
    FollowerFactory(obstacle=obstacle, confirmed_at=timezone.now(), email="b@voorbeeld.example")
    FollowerFactory(obstacle=obstacle, email="niet-bevestigd@voorbeeld.example")

    obstacles.move(obstacle, by=officer, to="in-onderzoek", reason="Wij zoeken het uit.")

    told = Mail.objects.filter(kind="regels.obstacle_moved")
    assert sorted(told.values_list("to", flat=True)) == ["a@voorbeeld.example", "b@voorbeeld.example"]


def test_following_begins_with_a_button_and_ends_with_one(db):
    obstacle = ObstacleFactory()
    follower = following.follow(obstacle, "Lezer@Voorbeeld.example")
    following.follow(obstacle, "lezer@voorbeeld.example")
    assert Mail.objects.count() == 1
    token = following.token_of(follower)

    assert following.follower_of(token + "x") is None
    following.confirm(following.follower_of(token))
    assert obstacle.followers.told().get() == follower
    following.stop(following.follower_of(token))
    assert following.follower_of(token) is None
