"""What happens by the clock alone, and what is forgotten."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from outbox.models import Mail
from regels import counting, deadlines, nightly, retention
from regels.models import AlsoMine, Attachment, FreeDay, LookupHelped, Message, Question, Scheme, Verdict
from regels.workflow import questions
from tests.factories import (
    AttachmentFactory,
    CaseFactory,
    DraftFactory,
    FollowerFactory,
    ObstacleFactory,
    SchemeFactory,
    TextBlockFactory,
)
from zorgpact.loading.samples import remove_samples

DAYS = datetime.timedelta(days=1)


def later(days):
    return timezone.now() + days * DAYS


def test_what_nobody_confirms_goes_after_seven_days_with_all_that_hangs_on_it(
    received, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR_DIR = tmp_path
    file = AttachmentFactory(question=received)
    retention.folder().mkdir()
    (retention.folder() / file.stored_as).write_bytes(b"%PDF")
    assert nightly.delete_unconfirmed(later(6)) == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert nightly.delete_unconfirmed(later(7)) == 1

    assert not Question.objects.exists()
    assert not Mail.objects.exists()
    assert list(retention.folder().iterdir()) == []


def test_who_is_silent_is_reminded_once_and_then_the_question_lapses(assigned, officer):
    waiting = questions.ask_back(assigned, by=officer, text="Hoeveel uren?")
    assert nightly.remind(later(13)) == 0
    assert [nightly.remind(later(14)), nightly.remind(later(15))] == [1, 0]
    assert Mail.objects.filter(kind="regels.asked_back_reminder").count() == 1

    assert nightly.lapse(later(43)) == 0
    Question.objects.filter(pk=waiting.pk).update(reminded_at=timezone.now() - 30 * DAYS)
    assert nightly.lapse(timezone.now()) == 1

    assert Question.objects.get().status == "gesloten"
    assert LogEntry.objects.get_for_object(waiting).order_by("-pk")[0].additional_data["job"] == questions.NIGHTLY
    assert questions.reopen(waiting, by=None).status == "toegewezen"


def test_after_six_weeks_it_closes_and_asks_one_thing_once(answered):
    assert (nightly.close(later(41)), nightly.follow_up(later(41))) == (0, 0)
    assert (nightly.close(later(42)), nightly.follow_up(later(42)), nightly.follow_up(later(43))) == (1, 1, 0)

    question = Question.objects.get()
    assert (question.status, question.can_continue) == ("gesloten", None)
    assert Mail.objects.filter(kind="regels.follow_up").count() == 1


def test_all_of_it_may_run_twice(answered, received):
    nightly.tend(later(60))
    before = Mail.objects.count()
    nightly.tend(later(60))
    assert Mail.objects.count() == before


def test_what_goes_wrong_does_not_keep_the_rest_from_being_done(db, monkeypatch, caplog):
    def wrong(now):
        raise ValueError("stuk")

    monkeypatch.setitem(nightly.TASKS, "herinnerd", wrong)
    DraftFactory(saved_at=timezone.now() - 31 * DAYS)

    done = nightly.tend()

    assert ("herinnerd" in done, done["concepten verwijderd"]) == (False, 1)
    assert "herinnerd failed" in caplog.text


def test_drafts_and_addresses_that_nobody_confirms_go(db):
    DraftFactory(saved_at=timezone.now() - 31 * DAYS)
    kept = DraftFactory(saved_at=timezone.now() - 29 * DAYS)
    FollowerFactory(added_at=timezone.now() - 8 * DAYS)

    done = nightly.tend()

    assert (done["concepten verwijderd"], done["volgers verwijderd"]) == (1, 1)
    assert type(kept).objects.get() == kept


def test_a_free_day_that_is_added_moves_the_due_dates(assigned):
    FreeDay.objects.create(date=assigned.answer_due_on, name="brugdag")
    assert deadlines.recompute() == 1
    assert Question.objects.get().answer_due_on > assigned.answer_due_on
    assert deadlines.recompute() == 0


def test_a_person_counts_once_and_the_hash_is_thrown_away(db):
    obstacle, other = ObstacleFactory(), ObstacleFactory()
    mine = counting.hash_of_person(obstacle, "192.0.2.1", "Firefox")
    assert counting.also_mine(obstacle, person_hash=mine)
    assert not counting.also_mine(obstacle, person_hash=mine)
    assert mine != counting.hash_of_person(other, "192.0.2.1", "Firefox")
    case = CaseFactory()
    assert counting.judge(case, person_hash="a" * 64, is_useful=True, remark="Fijn.")
    assert not counting.judge(case, person_hash="a" * 64, is_useful=False)

    assert counting.throw_hashes_away(later(31)) == 2

    assert AlsoMine.objects.get().person_hash is None
    assert Verdict.objects.to_read().get().is_useful


def test_what_helped_is_counted_by_day(db):
    case = CaseFactory()
    for _ in range(3):
        LookupHelped.objects.count_one(case)
    assert LookupHelped.objects.get().times == 3


# --- Forgetting -----------------------------------------------------------------------------------


@pytest.fixture
def closed(answered, officer):
    """A question in which everything that can be written holds a secret."""
    Question.objects.filter(pk=answered.pk).update(
        **dict.fromkeys(Question.PERSONAL, "geheim") | {"email": "geheim@voorbeeld.example"}
    )
    questions.note(answered, by=officer, text="geheim", mentions=[])
    again = questions.reopen(Question.objects.get(), by=None, text="geheim")
    questions.write(again, by=officer, text="geheim", outcome="", version=0)
    questions.write(again, by=officer, text="ook geheim", outcome="", version=1)
    questions.hand_over(again, by=officer, officer=officer, reason="geheim")
    AttachmentFactory(question=again, file_name="geheim.pdf")
    return questions.withdraw(again, by=None, reason="geheim")


def everything_kept():
    """Every word in every table of ours."""
    models = [*apps.get_app_config("regels").get_models(), Mail, LogEntry]
    return str([list(model._base_manager.values()) for model in models])


def test_after_the_term_no_word_of_the_asker_is_left_and_the_figures_are(closed, settings):
    settings.PORTAL_QUESTIONS_KEPT_DAYS = 100
    assert retention.anonymise_due(later(99)) == 0
    assert "geheim" in everything_kept()

    assert retention.anonymise_due(later(100)) == 1
    assert retention.anonymise_due(later(100)) == 0

    assert "geheim" not in everything_kept()
    question = Question.objects.get()
    assert question.reference == closed.reference
    assert (question.outcome, question.ministry.abbreviation) == ("regel-verhelderd", "OCW")
    assert not Attachment.objects.exists()
    assert question.messages.count() == 2


def test_what_is_open_is_never_forgotten(assigned):
    assert retention.anonymise_due(later(5000)) == 0


def test_the_command_says_what_it_would_do_and_does_it(closed, settings, capsys):
    settings.PORTAL_QUESTIONS_KEPT_DAYS = 0
    call_command("forget_askers", dry_run=True)
    assert f"{closed.reference}  gesloten op" in capsys.readouterr().out
    assert Question.objects.get().name == "geheim"

    call_command("forget_askers")
    assert "1 vragen geanonimiseerd" in capsys.readouterr().out
    assert Question.objects.get().name == ""


# --- Small things ---------------------------------------------------------------------------------


def test_a_made_up_question_goes_with_all_that_hangs_on_it(answered):
    Question.objects.update(is_sample=True)
    remove_samples()
    assert not Question.objects.exists()
    assert not Message.objects.exists()


def test_a_text_block_fills_in_what_is_known(assigned):
    block = TextBlockFactory(text="{nummer} van {ministerie}: {regel}.")
    assert block.filled_for(assigned) == f"{assigned.reference} van Onderwijs: {{regel}}."


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (-10, 31, "open"), (-10, 30, "sluit-binnenkort"), (-10, 0, "sluit-binnenkort"), (-10, -1, "gesloten"),
        (1, 90, "gepland"), (-1, None, "open"), (None, None, "onbekend"), (None, 90, "open"), (1, None, "gepland"),
    ],
)  # fmt: skip
def test_what_a_scheme_is_today_follows_from_its_dates(db, opens, closes, state):
    today = timezone.localdate()
    day = lambda n: None if n is None else today + n * DAYS  # noqa: E731
    scheme = SchemeFactory(opens_on=day(opens), closes_on=day(closes))
    assert scheme.state == state == Scheme.objects.with_state().get().state_now
