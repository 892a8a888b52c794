"""The steps of a question: each from every status and by everybody, and what each does."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from outbox.models import Mail
from regels.models import Answer, Message, Outcome, Question, StatusLink
from regels.workflow import questions
from tests.factories import CaseFactory, DraftFactory, MinistryFactory, RuleFactory, UserFactory
from zorgpact.workflow import Refused

from .conftest import ASKER_MAIL, question_in, with_answer

OPEN = {"nieuw", "toegewezen", "wacht-op-vrager", "tweede-lezer", "akkoord"}
OF_MINISTRY, ANY_OFFICER = {"officer", "colleague"}, {"officer", "colleague", "stranger"}
# Step → from which status → by whom. What is nobody's yet (nieuw) is for the officers of every ministry.
TABLE = {
    "confirm": {"onbevestigd": {"asker"}},
    "assign": {"nieuw": ANY_OFFICER | {"team"}, "toegewezen": {"officer"}},
    "hand_over": dict.fromkeys(["toegewezen", "wacht-op-vrager"], OF_MINISTRY | {"team"}),
    "ask_back": {"toegewezen": OF_MINISTRY},
    "reply": {"wacht-op-vrager": {"asker"}},
    "propose": {"toegewezen": OF_MINISTRY},
    "same_as": {"nieuw": ANY_OFFICER, "toegewezen": OF_MINISTRY},
    "approve": {"tweede-lezer": {"colleague", "team"}},
    "give_back": {"tweede-lezer": {"colleague", "team"}},
    "send": {"akkoord": OF_MINISTRY},
    "lapse": {"wacht-op-vrager": {"asker"}},
    "merge": dict.fromkeys(OPEN, OF_MINISTRY) | {"nieuw": ANY_OFFICER},
    "withdraw": dict.fromkeys(OPEN, {"asker"}),
    "close": {"beantwoord": {"asker"}},
    "reopen": dict.fromkeys(["beantwoord", "gesloten"], {"asker"}),
    "correct": dict.fromkeys(["beantwoord", "gesloten"], OF_MINISTRY),
}
AFTER = {
    "confirm": "nieuw", "assign": "toegewezen", "hand_over": "toegewezen", "ask_back": "wacht-op-vrager",
    "reply": "toegewezen", "propose": "tweede-lezer", "same_as": "tweede-lezer", "approve": "akkoord",
    "give_back": "toegewezen", "send": "beantwoord", "lapse": "gesloten", "merge": "samengevoegd",
    "withdraw": "ingetrokken", "close": "gesloten", "reopen": "toegewezen", "correct": "toegewezen",
}  # fmt: skip


def test_the_table_names_every_step():
    assert set(TABLE) == set(AFTER) == set(questions.STEPS)


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("status", list(Question.Status))
def test_each_step_from_each_status_by_each_person(people, ocw, name, status):
    details = {
        "ask_back": {"text": "Om hoeveel uren gaat het?"},
        "reply": {"text": "Twintig."},
        "same_as": {"case": CaseFactory()},
        "merge": {"into": question_in(Question.Status.NEW, ministry=None, owner=None, writer=None)},
    }.get(name, {})
    for who, person in people.items():
        if name == "hand_over":
            details = {"officer": people["colleague"]}
        question = question_in(status, ministry=ocw, owner=people["officer"], writer=people["officer"])
        if name == "same_as":
            question.answers.all().delete()
        if name == "assign" and who == "team":
            details = {"ministry": ocw}
        may = who in TABLE[name].get(status, set())
        assert (name in questions.steps_for(question, person)) is may, who
        if may:
            after = questions.STEPS[name](question, by=person, reason="Daarom.", **details)
            assert after.status == AFTER[name], who
            assert Question.objects.get(pk=question.pk).status == AFTER[name]
        else:
            with pytest.raises(Refused):
                questions.STEPS[name](question, by=person, reason="Daarom.", **details)
            assert Question.objects.get(pk=question.pk).status == status, who


@pytest.mark.parametrize("name", ["hand_over", "give_back", "correct"])
def test_some_steps_need_a_reason(people, ocw, name):
    status = next(iter(TABLE[name]))
    question = question_in(status, ministry=ocw, owner=people["officer"], writer=people["officer"])

    with pytest.raises(Refused, match="waarom"):
        questions.STEPS[name](question, by=people["colleague"], reason=" ")


# --- Coming in ------------------------------------------------------------------------------------


def test_sending_a_draft_twice_gives_one_question(db):
    draft = DraftFactory(steps={"vraag": {"question": "Mag dit?"}})

    first = questions.receive(draft, question="Mag dit?", email=ASKER_MAIL)
    second = questions.receive(draft, question="Mag dit?", email=ASKER_MAIL)

    assert first == second == Question.objects.get()
    assert Mail.objects.count() == 1
    draft.refresh_from_db()
    assert (draft.steps, draft.is_sent) == ({}, True)


def test_what_is_not_confirmed_stands_in_no_queue(received, officer, member):
    everything = Question.objects
    queues = [
        everything.new(), everything.open(), everything.of_officer(officer), everything.read_by(officer),
        everything.read_by(member), everything.answered_by(officer), everything.overdue(), everything.to_review(),
    ]  # fmt: skip
    assert [list(queue) for queue in queues] == [[]] * len(queues)
    assert received.reference == ""


def test_numbers_have_no_gaps_and_what_is_not_confirmed_uses_none(db):
    asked = [questions.receive(DraftFactory(), question="Mag dit?", email=ASKER_MAIL) for _ in range(4)]
    confirmed = [questions.confirm(asked[n], by=None) for n in (3, 0, 2)]

    year = timezone.localdate().year
    assert [one.reference for one in confirmed] == [f"R-{year}-0001", f"R-{year}-0002", f"R-{year}-0003"]


def test_a_step_that_fails_uses_no_number(received, monkeypatch):
    def broken(question):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(questions.mails, "say_received", broken)
        with pytest.raises(RuntimeError):
            questions.confirm(received, by=None)

    assert questions.confirm(received, by=None).number == 1


def test_every_mail_to_the_asker_has_a_link_that_works_and_is_kept_as_a_hash(new):
    tokens = [mail.text.partition("/mijn-vraag/")[2].partition("/")[0] for mail in Mail.objects.all()]

    assert len(tokens) == StatusLink.objects.count() == 2
    assert all(Question.objects.by_token(token).get() == new for token in tokens)
    assert not StatusLink.objects.filter(token_hash__in=tokens).exists()
    assert list(Mail.objects.values_list("is_secret", flat=True)) == [True, True]


def test_the_rule_says_which_ministry(received, ocw):
    Question.objects.filter(pk=received.pk).update(rule=RuleFactory(ministry=ocw))
    assert questions.confirm(received, by=None).ministry == ocw


# --- Who answers ----------------------------------------------------------------------------------


def test_an_officer_takes_a_question_and_gives_it_to_a_colleague_with_a_reason(new, officer, colleague):
    mine = questions.assign(new, by=officer)
    assert (mine.owner, mine.ministry.abbreviation, mine.assign_due_on) == (officer, "OCW", None)

    theirs = questions.hand_over(mine, by=officer, officer=colleague, reason="Zij kent de cao.")

    assert theirs.owner == colleague
    assert [h.reason for h in theirs.handovers.all()] == ["", "Zij kent de cao."]
    assert [mail.to for mail in Mail.objects.filter(kind="regels.assigned")] == [colleague.email]


@pytest.mark.parametrize("waits", [False, True])
def test_whoever_gets_a_question_reads_until_when_as_it_is_from_then_on(new, officer, stranger, vws, member, waits):
    vws.answer_days = 3
    vws.save()
    if waits:
        assigned = questions.assign(new, by=officer)
        new = questions.ask_back(assigned, by=officer, text="Om hoeveel uren gaat het?")
    give = questions.hand_over if waits else questions.assign

    given = give(new, by=member, ministry=vws, officer=stranger, reason="Dit is van VWS.")

    mail = Mail.objects.get(kind="regels.assigned", to=stranger.email)
    assert f"uiterlijk {date_format(given.answer_due_on, 'j F Y')} zijn" in " ".join(mail.text.split())


def test_an_officer_gives_nothing_to_another_ministry_but_the_team_does(assigned, officer, stranger, vws, member):
    with pytest.raises(Refused):
        questions.hand_over(assigned, by=officer, officer=stranger, reason="Dit is van VWS.")
    with pytest.raises(Refused):
        questions.hand_over(assigned, by=officer, ministry=vws, reason="Dit is van VWS.")

    moved = questions.hand_over(assigned, by=member, ministry=vws, reason="Dit is van VWS.")

    assert (moved.ministry, moved.owner) == (vws, None)


def test_the_team_gives_a_question_to_somebody_who_works_there_only(new, ocw, stranger, member):
    with pytest.raises(Refused):
        questions.assign(new, by=member, ministry=ocw, officer=stranger)
    with pytest.raises(Refused):
        questions.assign(new, by=member)


def test_a_ministry_that_is_named_may_answer_and_others_read_along(assigned, vws, stranger, officer):
    assert not Question.objects.answered_by(stranger).exists()
    assert Question.objects.read_by(stranger).get() == assigned

    questions.name_ministries(assigned, by=officer, ministries=[vws])

    assert Question.objects.answered_by(stranger).get() == assigned
    assert Question.objects.of_ministry(vws).get() == assigned
    assert with_answer(assigned, stranger).answer_in_writing.text == "Ja, dat mag."


def test_who_is_no_officer_sees_no_question(new, ocw):
    assert list(Question.objects.read_by(UserFactory())) == []
    assert list(Question.objects.answered_by(UserFactory())) == []


# --- The clock and the conversation ---------------------------------------------------------------


def test_the_clock_stands_still_while_we_wait(assigned, officer):
    assert assigned.answer_due_on is not None

    waiting = questions.ask_back(assigned, by=officer, text="Om hoeveel uren gaat het?")
    assert waiting.answer_due_on is None
    assert "Om hoeveel uren gaat het?" in Mail.objects.get(kind="regels.asked_back").text

    back = questions.reply(waiting, by=None, text="Twintig uur.")
    assert back.answer_due_on is not None
    assert back.pauses.get().until == timezone.localdate()
    mail = Mail.objects.get(kind="regels.replied")
    assert mail.to == officer.email
    assert "Twintig" not in mail.text


def test_what_an_asker_adds_while_we_wait_is_the_reply(assigned, officer):
    added = questions.add(assigned, text="Het gaat om de BBL.")
    assert added.status == "toegewezen"
    waiting = questions.ask_back(added, by=officer, text="Hoeveel uren?")
    assert questions.add(waiting, text="Twintig.").status == "toegewezen"
    assert [m.kind for m in added.messages.all()] == ["aanvulling", "vraag-terug", "reactie"]


def test_an_empty_message_is_refused(assigned, officer):
    with pytest.raises(Refused):
        questions.ask_back(assigned, by=officer, text="  ")
    assert Question.objects.get().status == "toegewezen"


# --- The answer -----------------------------------------------------------------------------------


def test_an_answer_needs_words_and_an_outcome_before_somebody_reads_it(assigned, officer):
    with pytest.raises(Refused):
        questions.propose(assigned, by=officer)
    questions.write(assigned, by=officer, text="Ja.", outcome="", version=0)
    with pytest.raises(Refused):
        questions.propose(assigned, by=officer)


def test_a_stale_save_shows_both_texts_and_loses_neither(assigned, officer, colleague):
    questions.write(assigned, by=officer, text="De tekst van de een.", outcome="", version=0)

    with pytest.raises(questions.Stale) as stale:
        questions.write(assigned, by=colleague, text="De tekst van de ander.", outcome="", version=0)
    assert stale.value.answer.text == "De tekst van de een."

    questions.write(assigned, by=colleague, text="Samen.", outcome="", version=1)
    answer = Answer.objects.get()
    assert (answer.text, answer.version) == ("Samen.", 2)
    assert [earlier.text for earlier in answer.earlier.all()] == ["De tekst van de een."]


@pytest.mark.parametrize("status", ["nieuw", "wacht-op-vrager", "tweede-lezer", "akkoord", "beantwoord", "gesloten"])
def test_an_answer_is_written_while_assigned_only(officer, ocw, status):
    question = question_in(status, ministry=ocw, owner=officer, writer=officer)
    with pytest.raises(Refused):
        questions.write(question, by=officer, text="Toch anders.", outcome="", version=0)


def test_everyone_who_wrote_is_a_writer_until_it_is_returned(assigned, officer, colleague, member):
    questions.write(assigned, by=colleague, text="Ja.", outcome=Outcome.CLARIFIED, version=0)
    proposed = questions.propose(assigned, by=officer)
    for writer in (officer, colleague):
        with pytest.raises(Refused):
            questions.approve(proposed, by=writer)
        assert not Question.objects.to_review(writer).exists()
    assert Question.objects.to_review(member).get() == proposed

    returned = questions.give_back(proposed, by=member, reason="Noem de wet.")
    questions.write(returned, by=officer, text="Ja, volgens de wet.", outcome=Outcome.CLARIFIED, version=1)

    assert questions.approve(questions.propose(returned, by=officer), by=colleague).status == "akkoord"


def test_the_second_reader_is_asked_who_did_not_write(colleague, proposed):
    assert [mail.to for mail in Mail.objects.filter(kind="regels.to_review")] == [colleague.email]


def test_the_asker_gets_the_answer_and_it_never_changes(answered):
    message = Message.objects.get()
    assert (message.text, answered.outcome) == ("Ja, dat mag.", Outcome.CLARIFIED)
    assert "Ja, dat mag." in Mail.objects.get(kind="regels.answered").text

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Message.objects.update(text="Nee, toch niet.")
    assert Message.objects.get().text == "Ja, dat mag."


def test_sending_twice_sends_once(agreed, officer, colleague):
    questions.send(agreed, by=officer)
    with pytest.raises(Refused):
        questions.send(agreed, by=colleague)
    assert Mail.objects.filter(kind="regels.answered").count() == 1


def test_a_ministry_may_send_at_once_on_approval(proposed, ocw, member):
    ocw.sends_at_once = True
    ocw.save()

    assert questions.approve(proposed, by=member).status == "beantwoord"
    assert Mail.objects.filter(kind="regels.answered").count() == 1


def test_a_case_answers_in_one_act_and_somebody_reads_it(new, officer, colleague):
    case = CaseFactory(answer="Ja, dat mag als de school het vindt.")

    same = questions.same_as(new, by=officer, case=case)

    assert (same.owner, same.case, same.ministry.abbreviation) == (officer, case, "OCW")
    sent = questions.send(questions.approve(same, by=colleague), by=officer)
    assert "Ja, dat mag als de school het vindt." in sent.messages.get().text
    assert case.get_absolute_url() in sent.messages.get().text


def test_a_case_that_is_not_public_answers_nothing(new, officer):
    with pytest.raises(Refused):
        questions.same_as(new, by=officer, case=CaseFactory(status="concept", published_at=None))


def test_who_asked_the_same_gets_the_same_answer_once(assigned, officer, colleague):
    doubles = [questions.receive(DraftFactory(), question="Mag het?", email=f"{n}@voorbeeld.example") for n in "ab"]
    first, second = (questions.confirm(one, by=None) for one in doubles)
    questions.merge(second, by=officer, into=first)
    questions.merge(first, by=officer, into=assigned)

    proposed = questions.propose(with_answer(assigned, officer), by=officer)
    questions.send(questions.approve(proposed, by=colleague), by=officer)

    told = Mail.objects.filter(kind="regels.answered").values_list("to", flat=True)
    assert sorted(told) == ["a@voorbeeld.example", "b@voorbeeld.example", ASKER_MAIL]
    with pytest.raises(Refused):
        questions.merge(assigned, by=officer, into=first)


# --- The end, and what is not the end -------------------------------------------------------------


def test_a_no_reopens_it_and_the_term_begins_again(answered, officer):
    with_time = Question.objects.filter(pk=answered.pk)
    with_time.update(clock_from=datetime.date(2020, 1, 1))

    again = questions.reopen(answered, by=None, text="De school zegt nog steeds nee.")

    assert (again.owner, again.reopened, again.can_continue) == (officer, 1, False)
    assert again.clock_from == timezone.localdate()
    assert again.answer_due_on > timezone.localdate()
    assert Mail.objects.filter(kind="regels.reopened", to=officer.email).count() == 1


def test_a_correction_goes_the_whole_way_again(answered, officer, colleague):
    again = questions.correct(answered, by=officer, reason="Het artikel klopte niet.")
    questions.write(again, by=officer, text="Nee, dat mag niet.", outcome=Outcome.NOT_POSSIBLE, version=0)
    sent = questions.send(questions.approve(questions.propose(again, by=officer), by=colleague), by=officer)

    assert [message.text for message in sent.messages.all()] == ["Ja, dat mag.", "Nee, dat mag niet."]
    assert sent.outcome == Outcome.NOT_POSSIBLE
    assert sent.first_answered_at < sent.answered_at


def test_a_yes_closes_it(answered):
    closed = questions.close(answered, by=None)
    assert (closed.can_continue, closed.answer_due_on) == (True, None)


def test_history_has_the_steps_and_never_the_words(answered, officer):
    questions.note(answered, by=officer, text="Geheime notitie.", mentions=[])
    questions.reopen(answered, by=None, text="Geheim: het helpt niet.")
    entries = LogEntry.objects.get_for_object(answered)
    steps = [entry.additional_data["step"] for entry in entries.order_by("pk")]

    assert steps == [
        "verstuurd", "bevestigd", "toegewezen", "voorgelegd", "akkoord", "verzonden", "notitie geschreven", "heropend",
    ]  # fmt: skip
    kept = str([(e.object_repr, e.changes, e.additional_data) for e in LogEntry.objects.all()])
    for word in ("werkvloer", "Geheim", "dat mag", ASKER_MAIL):
        assert word not in kept


def test_a_case_begins_without_the_words_of_the_question(answered, officer):
    Question.objects.filter(pk=answered.pk).update(may_become_case=True)
    assert Question.objects.to_publish().get() == answered

    case = questions.begin_case(answered, by=officer)

    assert "werkvloer" not in str(vars(case))
    assert not Question.objects.to_publish().exists()
    with pytest.raises(Refused):
        questions.begin_case(answered, by=officer)


def test_no_case_leaves_the_queue(answered, officer):
    Question.objects.filter(pk=answered.pk).update(may_become_case=True)
    questions.decline_case(answered, by=officer, reason="Te bijzonder.")
    assert not Question.objects.to_publish().exists()


def test_a_mention_reaches_who_may_read_it_only(assigned, officer, colleague):
    questions.note(assigned, by=officer, text="Kijk jij even?", mentions=[colleague, UserFactory()])
    assert [mail.to for mail in Mail.objects.filter(kind="regels.mentioned")] == [colleague.email]


def test_new_questions_go_late_by_the_term_of_assigning(new):
    assert not Question.objects.overdue().exists()
    assert Question.objects.overdue(new.assign_due_on + datetime.timedelta(days=1)).get() == new


def test_the_ministry_sets_the_term(new, officer, ocw):
    MinistryFactory._meta.model.objects.filter(pk=ocw.pk).update(answer_days=1)
    longer = questions.assign(new, by=officer).answer_due_on
    assert (longer - timezone.localdate()).days <= 5
