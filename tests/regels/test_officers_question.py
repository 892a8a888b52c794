"""The desk of whoever answers: the queues, and the page on which a question is answered."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADMINISTRATOR, OCW, set_roles
from outbox.models import Mail
from regels import retention
from regels.admin import nearest
from regels.models import Attachment, Note, Outcome, Presence, Question
from regels.queues import QUEUES, Worker, counted, in_queue
from regels.workflow import questions
from search.finding import find
from tests.factories import (
    AttachmentFactory,
    CaseFactory,
    HandoverFactory,
    MessageFactory,
    NoteFactory,
    PresenceFactory,
    QuestionFactory,
    RegionalPactFactory,
    RuleFactory,
    TextBlockFactory,
    UserFactory,
)
from tests.queries import assert_same_queries

from .conftest import question_in, with_answer

Status = Question.Status
LIST = "/beheer/regels/question/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


def desk_of(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def desk(officer):
    return desk_of(officer)


def page_of(question, rij=""):
    address = reverse("admin:regels_question_change", args=[question.pk])
    return f"{address}?rij={rij}" if rij else address


def text(response):
    return response.content.decode()


def press(client, question, act, **sent):
    return client.post(page_of(question), {"act": act, **sent})


# --- Queues ---------------------------------------------------------------------------------------


@pytest.fixture
def full_queues(ocw, officer, colleague):
    """One question in every queue of the officer, and some in none."""
    long_ago = timezone.localdate() - datetime.timedelta(days=30)
    wrote = {"ministry": ocw, "owner": officer, "writer": colleague}
    outdated = CaseFactory(check_due_on=long_ago)
    return {
        "nieuw": question_in(Status.NEW, **wrote),
        "van-mij": question_in(Status.ASSIGNED, **wrote),
        "wacht-op-vrager": question_in(Status.WAITING, **wrote),
        "te-toetsen": question_in(Status.SECOND_READER, **wrote),
        "niet-verzonden": question_in(Status.AGREED, **(wrote | {"owner": colleague})),
        "te-laat": question_in(Status.ASSIGNED, **(wrote | {"owner": colleague}), answer_due_on=long_ago),
        "te-publiceren": question_in(Status.ANSWERED, **wrote, may_become_case=True),
        "verouderd": question_in(Status.ANSWERED, **wrote, case=outdated),
    }


def test_each_question_stands_in_its_queue(full_queues, officer):
    worker = Worker(officer)
    for slug, question in full_queues.items():
        assert list(in_queue(slug, worker)) == [question], slug


def test_the_number_of_a_queue_is_the_length_of_its_list(full_queues, officer, desk):
    for row in counted(Worker(officer)):
        shown = desk.get(f"{LIST}?rij={row['queue'].slug}").context["cl"].result_count
        assert shown == row["count"], row["label"]
    assert {row["queue"].slug: row["count"] for row in counted(Worker(officer))} == {
        **dict.fromkeys(full_queues, 1), "ministerie": 5,
    }  # fmt: skip


def test_a_queue_has_the_oldest_first(desk, officer, ocw):
    now = timezone.now()
    for days in (1, 9, 4):
        QuestionFactory(
            status=Status.ASSIGNED, ministry=ocw, owner=officer, confirmed_at=now - datetime.timedelta(days)
        )
    shown = [q.confirmed_at for q in desk.get(f"{LIST}?rij=van-mij").context["cl"].result_list]
    assert shown == sorted(shown)
    assert len(shown) == 3


def test_what_somebody_wrote_is_not_theirs_to_read_over(officer, ocw):
    question_in(Status.SECOND_READER, ministry=ocw, owner=officer, writer=officer)
    assert list(in_queue("te-toetsen", Worker(officer))) == []


def test_another_ministry_has_its_own_queues(full_queues, stranger):
    numbers = {row["queue"].slug: row["count"] for row in counted(Worker(stranger))}
    assert numbers == {**dict.fromkeys(numbers, 0), "nieuw": 1}


def test_the_front_page_of_the_admin_has_the_queues(full_queues, desk):
    page = text(desk.get("/beheer/"))
    for label in ("Nieuw", "Van mij", "Te toetsen", "Te laat", "Te publiceren"):
        assert label in page


def test_the_front_page_asks_nothing_of_whoever_may_only_read(full_queues, desk, member):
    RegionalPactFactory()
    assert "Lijst van deelnemers niet compleet" in text(desk_of(member).get("/beheer/"))
    assert "Lijst van deelnemers niet compleet" not in text(desk.get("/beheer/"))


def test_the_list_takes_as_many_queries_for_three_questions(desk, ocw, officer, full_queues):
    wrote = {"ministry": ocw, "owner": officer, "writer": officer}

    def more():
        for _ in range(2):
            for status in (Status.ASSIGNED, Status.WAITING, Status.ANSWERED):
                question_in(status, **wrote, rule=RuleFactory())

    assert_same_queries(desk, f"{LIST}?rij=ministerie", more, at_most=15)


def test_what_is_made_up_says_so_wherever_a_question_or_case_stands(desk, assigned, answered, ocw):
    tag = '<span class="tag tag-sample">voorbeeld</span>'
    about = {"question": assigned.question, "ministry": ocw, "rule": RuleFactory()}
    case = CaseFactory(ministry=ocw)
    case.rule_links.create(rule=about["rule"])
    other = QuestionFactory(**about)
    into = QuestionFactory(ministry=ocw, question="Vergoeding?")
    shown = QuestionFactory(**about, case=CaseFactory(status="concept", published_at=None), merged_into=into)
    pages = {
        LIST: [shown, other],
        "/beheer/regels/question/cijfers/?toon=open": [shown, other],
        page_of(shown): [other, into, case, shown.case],
        f"/beheer/regels/case/{shown.case.pk}/change/": [shown],
        "/beheer/regels/case/": [case],
    }
    for address, made_up in pages.items():
        for record in made_up:
            type(record).objects.filter(pk=record.pk).update(is_sample=False)
        before = desk.get(address).content.decode().count(tag)
        for number, record in enumerate(made_up, 1):
            type(record).objects.filter(pk=record.pk).update(is_sample=True)
            assert desk.get(address).content.decode().count(tag) == before + number, (address, record)
    assert desk.get(LIST, {"voorbeeld": "nee"}).context["cl"].queryset.filter(is_sample=True).count() == 0


def test_a_number_is_found(desk, full_queues):
    question = full_queues["van-mij"]
    assert [q.pk for q in desk.get(LIST, {"q": question.reference}).context["cl"].result_list] == [question.pk]


# --- Who sees the page ----------------------------------------------------------------------------


def test_an_officer_of_another_ministry_reads_and_does_nothing(assigned, stranger):
    client = desk_of(stranger)
    page = text(client.get(page_of(assigned)))
    assert "U leest mee" in page
    assert 'value="propose"' not in page
    response = press(client, assigned, "note", note_text="Mag ik dit?")
    assert response.status_code == 409
    assert not Note.objects.exists()


def test_an_unconfirmed_question_is_nowhere(desk, received):
    assert desk.get(page_of(received)).status_code == 404


def test_an_administrator_reads_no_questions(assigned):
    user = UserFactory()
    set_roles(user, [ADMINISTRATOR])
    assert desk_of(user).get(page_of(assigned)).status_code == 403
    assert desk_of(user).get(LIST).status_code == 403


def test_the_page_is_kept_nowhere(desk, assigned):
    assert "no-store" in desk.get(page_of(assigned))["Cache-Control"]


@pytest.mark.parametrize("name", ["new", "assigned", "proposed", "agreed", "answered"])
def test_the_page_takes_as_many_queries_for_three_of_everything(request, ocw, officer, colleague, name):
    question = request.getfixturevalue(name)
    desk = desk_of(colleague)

    def more(number=2):
        for _ in range(number):
            note = NoteFactory(question=question, author=officer)
            note.mentions.add(officer, colleague)
            MessageFactory(question=question, officer=UserFactory())
            AttachmentFactory(question=question)
            HandoverFactory(question=question, owner=UserFactory())
            PresenceFactory(question=question)
            TextBlockFactory(rule=RuleFactory())
            CaseFactory(question=question.question)
            QuestionFactory(question=question.question, ministry=ocw, status=Status.ASSIGNED)
            question.pauses.create(since=timezone.localdate(), until=timezone.localdate())
            set_roles(UserFactory(), [OCW])
        # Whoever searches first after a change brings the index up to date, and reads its words.
        find("lesgeven")

    more(1)
    assert_same_queries(desk, page_of(question, "ministerie"), more, at_most=34)


# --- Writing and answering ------------------------------------------------------------------------


def test_the_answer_is_saved_with_whatever_button_is_pressed(desk, assigned):
    press(
        desk, assigned, "note", note_text="Kijk dit na.", answer="Ja, dat mag.", outcome=Outcome.CLARIFIED, version="0"
    )
    answer = assigned.answer_in_writing
    assert (answer.text, answer.outcome) == ("Ja, dat mag.", Outcome.CLARIFIED)
    assert Note.objects.get().text == "Kijk dit na."


def test_what_was_typed_and_not_used_comes_back(desk, assigned):
    page = desk.get(page_of(assigned))
    mark = {page.context["form_mark_name"]: page.context["form_mark"]}
    response = desk.post(page_of(assigned), {"act": "write", "note_text": "Nog niet klaar.", **mark}, follow=True)
    assert "Nog niet klaar." in text(response)
    assert "nog niet bewaard" in text(response)
    assert not Note.objects.exists()


def test_a_stale_save_shows_both_texts_and_loses_neither(desk, assigned, colleague):
    questions.write(assigned, by=colleague, text="Nee.", outcome=Outcome.NOT_POSSIBLE, version=0)
    response = press(desk, assigned, "write", answer="Ja, dat mag.", outcome=Outcome.CLARIFIED, version="0")
    assert response.status_code == 409
    page = text(response)
    assert "<p>Nee.</p>" in page
    assert "Ja, dat mag.</textarea>" in page
    assert assigned.answer_in_writing.text == "Nee."
    again = press(desk, assigned, "write", answer="Ja, dat mag.", outcome=Outcome.CLARIFIED, version="1")
    assert again.status_code == 302
    assert assigned.answer_in_writing.text == "Ja, dat mag."
    assert [version.text for version in assigned.answer_in_writing.earlier.all()] == ["Nee."]
    shown = text(desk.get(page_of(assigned))).split("Eerdere versies (1)")[1]
    assert '<div class="prose"><p>Nee.</p></div>' in shown.split("</details>")[0]


@pytest.mark.parametrize("act", ["ask_back", "note", "hand_over", "merge"])
def test_what_was_refused_stands_open(desk, assigned, act):
    response = press(desk, assigned, act)
    assert response.status_code == 409
    box = text(response).split(f'name="act" value="{act}"')[0].rpartition("<details")[2]
    assert box.startswith(' class="write" open>')


def test_the_colleague_that_was_chosen_is_still_chosen_when_the_reason_is_missing(desk, assigned, colleague, ocw):
    response = press(desk, assigned, "hand_over", to=f"{ocw.pk}-{colleague.pk}")
    assert response.status_code == 409
    assert f'<option value="{ocw.pk}-{colleague.pk}" selected>colleague</option>' in text(response)


def test_a_question_of_nobody_is_taken_on_top_of_the_page(desk, ocw):
    question = QuestionFactory(status=Status.NEW, ministry=ocw, confirmed_at=timezone.now())
    page = text(desk.get(page_of(question)))
    assert page.count('value="take"') == 1
    assert page.index('value="take"') < page.index('id="de-vraag"')


def test_text_typed_before_a_login_ended_comes_back_and_is_stale_where_it_must_be(assigned, officer, colleague):
    client = desk_of(officer)
    page = client.get(page_of(assigned))
    sent = {
        page.context["form_mark_name"]: page.context["form_mark"],
        "act": "write",
        "version": "0",
        "answer": "Mijn tekst.",
        "rij": "van-mij",
    }
    client.logout()
    led = client.post(page_of(assigned), sent)
    assert "/inloggen/" in led["Location"]
    questions.write(assigned, by=colleague, text="Van een collega.", outcome="", version=0)
    kept = client.session["kept_forms"]
    client.force_login(officer, backend=BACKEND)
    session = client.session
    session["kept_forms"] = kept
    session.save()
    shown = client.get(f"{page_of(assigned)}?bewaard={next(iter(kept))}")
    assert 'name="rij" value="van-mij"' in text(shown)
    assert "Mijn tekst.</textarea>" in text(shown)
    assert 'name="version" value="0"' in text(shown)


def test_an_answer_that_cannot_be_proposed_is_saved_all_the_same(desk, assigned):
    response = press(desk, assigned, "propose", answer="Ja.", outcome="", version="0")
    assert response.status_code == 409
    assert "kies de uitkomst" in text(response)
    assert 'name="version" value="1"' in text(response)
    assert assigned.answer_in_writing.text == "Ja."


def test_propose_goes_on_with_the_next_in_the_queue(desk, assigned, officer, ocw):
    following = QuestionFactory(status=Status.ASSIGNED, ministry=ocw, owner=officer, confirmed_at=timezone.now())
    response = press(desk, assigned, "propose", answer="Ja.", outcome=Outcome.CLARIFIED, version="0", rij="van-mij")
    assert response["Location"] == page_of(following, "van-mij")
    last = press(desk, following, "propose", answer="Ja.", outcome=Outcome.CLARIFIED, version="0", rij="van-mij")
    assert last["Location"] == f"{LIST}?rij=van-mij"


def test_the_buttons_are_the_steps_that_are_allowed_now(desk, assigned, proposed, colleague):
    own = text(desk.get(page_of(proposed)))
    assert 'value="approve"' not in own
    assert "U schreef mee aan dit antwoord" in own
    theirs = text(desk_of(colleague).get(page_of(proposed)))
    assert 'value="approve"' in theirs
    assert 'value="give_back"' in theirs
    assert 'value="propose"' not in theirs


def test_a_question_goes_from_new_to_sent_at_the_desk(new, officer, colleague, ocw):
    client, reader = desk_of(officer), desk_of(colleague)
    press(client, new, "take")
    press(client, new, "ask_back", ask_text="Om hoeveel uren gaat het?")
    new.refresh_from_db()
    assert new.status == Status.WAITING
    questions.reply(new, by=None, text="Twintig.")
    press(client, new, "propose", answer="Ja, dat mag.", outcome=Outcome.CLARIFIED, version="0")
    assert press(reader, new, "give_back", reason_back="").status_code == 409
    press(reader, new, "give_back", reason_back="Noem de wet.")
    assert "Noem de wet." in text(client.get(page_of(new)))
    press(client, new, "propose", answer="Ja, dat mag volgens de WEB.", outcome=Outcome.CLARIFIED, version="1")
    press(reader, new, "approve")
    press(client, new, "send")
    new.refresh_from_db()
    assert (new.status, new.outcome) == (Status.ANSWERED, Outcome.CLARIFIED)
    assert Mail.objects.filter(kind="regels.answered").count() == 1


def test_the_preview_is_the_mail_without_a_secret_link(desk, assigned, officer):
    with_answer(assigned, officer)
    page = text(desk.get(page_of(assigned)))
    assert f"Dit is het antwoord op uw vraag {assigned.reference}" in page
    assert "/mijn-vraag/" not in page


def test_a_correction_begins_with_what_was_sent(desk, answered, officer, colleague):
    assert press(desk, answered, "again").status_code == 409
    press(desk, answered, "correct", reason_correct="Het artikel klopt niet.")
    assert 'value="again"' in text(desk.get(page_of(answered)))
    press(desk, answered, "again", answer="", outcome="", version="0")
    answer = Question.objects.get(pk=answered.pk).answer_in_writing
    assert (answer.text, answer.outcome) == ("Ja, dat mag.", Outcome.CLARIFIED)
    assert list(answer.writers.all()) == [officer]
    assert 'value="again"' not in text(desk.get(page_of(answered)))
    # It takes the place of nothing that was typed.
    refused = press(desk, answered, "again", answer="Nee.", outcome=Outcome.CLARIFIED, version="1")
    assert refused.status_code == 409
    assert Question.objects.get(pk=answered.pk).answer_in_writing.text == "Nee."


def test_a_text_block_is_filled_in_and_put_under_the_answer(desk, assigned):
    block = TextBlockFactory(text="Beste {naam}, zie {regel}.")
    questions.write(assigned, by=assigned.owner, text="Ja.", outcome="", version=0)
    Question.objects.filter(pk=assigned.pk).update(name="Ada")
    press(desk, assigned, f"block:{block.pk}", answer="Ja!", outcome="", version="1")
    assert assigned.answer_in_writing.text == "Ja!\n\nBeste Ada, zie {regel}."


def test_a_case_is_the_answer_by_one_press(desk, new):
    case = CaseFactory()
    press(desk, new, f"same_as:{case.pk}")
    new.refresh_from_db()
    assert (new.status, new.case) == (Status.SECOND_READER, case)


def test_the_likeliest_case_stands_beside_the_question(desk, new):
    likely = CaseFactory(question="Mag je lesgeven op de werkvloer zonder bevoegdheid?")
    CaseFactory(question="Wie betaalt de reiskosten van een stagiair?")
    assert desk.get(page_of(new)).context["cases"][0] == likely
    assert likely in desk.get(f"{page_of(new)}?zoek=bevoegdheid").context["cases"]


def test_what_looks_like_it_is_read_in_the_newest_and_found_by_its_rule_in_all(monkeypatch, officer, ocw):
    monkeypatch.setattr(nearest, "READ", 2)
    days = [timezone.now() - datetime.timedelta(days=n) for n in range(6)]
    words, rule = "Mag een verpleegkundige zonder lesbevoegdheid lesgeven?", RuleFactory()
    asked = QuestionFactory(question=words, rule=rule, ministry=ocw, confirmed_at=days[0])
    unlike, like = (
        QuestionFactory(question=text, confirmed_at=day)
        for text, day in (("Iets heel anders", days[1]), (words, days[2]))
    )
    _too_old = QuestionFactory(question=words, confirmed_at=days[4])
    old_of_rule = QuestionFactory(question="Iets heel anders", rule=rule, confirmed_at=days[5])

    found = nearest.questions_like(asked, officer)

    assert found == [like, old_of_rule]
    assert unlike not in found
    forgotten = QuestionFactory(
        question="",
        email="",
        rule=rule,
        status="gesloten",
        closed_at=days[0],
        confirmed_at=days[1],
        anonymised_at=days[0],
    )
    assert forgotten not in nearest.questions_like(asked, officer)


def test_a_case_that_is_not_public_is_no_answer(desk, new):
    hidden = CaseFactory(status="concept", published_at=None)
    assert press(desk, new, f"same_as:{hidden.pk}").status_code == 409


def test_a_double_is_merged_by_its_number(desk, assigned, officer, ocw):
    double = QuestionFactory(status=Status.ASSIGNED, ministry=ocw, owner=officer)
    # The key of a record is not the number of a question: nobody is merged with somebody else by a number half typed.
    for half in ("iets", str(assigned.pk), str(assigned.number)):
        assert press(desk, double, "merge", merge_into=half).status_code == 409
    press(desk, double, "merge", merge_into=assigned.reference.lower())
    double.refresh_from_db()
    assert (double.status, double.merged_into) == (Status.MERGED, assigned)


def test_an_answer_that_goes_to_others_too_names_nobody(desk, assigned, officer, colleague, ocw):
    Question.objects.filter(pk=assigned.pk).update(name="Vera Voorbeeld", organisation_name="Zorghuis De Hof")
    double = question_in(Status.ASSIGNED, ministry=ocw, owner=officer, writer=officer, name="Jan Jansen")
    block = TextBlockFactory(text="Beste {naam}, over {nummer}: dat mag.")
    question = Question.objects.get(pk=assigned.pk)
    assert block.filled_for(question) == f"Beste Vera Voorbeeld, over {question.reference}: dat mag."
    press(desk, double, f"merge:{question.pk}")
    assert block.filled_for(question) == block.text
    assert "Noem dus niemand" in text(desk.get(page_of(question)))

    for named in ("vera voorbeeld", question.email, "Zorghuis De Hof"):
        version = str(question.answer_in_writing.version if question.answer_in_writing else 0)
        refused = press(
            desk, question, "propose", answer=f"Beste {named}, ja.", outcome=Outcome.CLARIFIED, version=version
        )
        assert "gaat ook naar wie hetzelfde vroeg" in text(refused), named
    version = str(question.answer_in_writing.version)
    press(desk, question, "propose", answer="Ja, dat mag.", outcome=Outcome.CLARIFIED, version=version)
    question.refresh_from_db()
    assert question.status == Status.SECOND_READER


def test_a_double_does_not_go_with_an_answer_that_names_its_asker(desk, assigned, officer, colleague, ocw):
    Question.objects.filter(pk=assigned.pk).update(name="Vera Voorbeeld")
    double = question_in(Status.ASSIGNED, ministry=ocw, owner=officer, writer=officer)
    question = Question.objects.get(pk=assigned.pk)
    questions.write(question, by=officer, text="Beste Vera Voorbeeld, ja.", outcome=Outcome.CLARIFIED, version=0)
    questions.propose(question, by=officer)

    assert "noemt “Vera Voorbeeld”" in text(press(desk, double, f"merge:{question.pk}"))
    questions.give_back(Question.objects.get(pk=question.pk), by=colleague, reason="Noem niemand.")
    press(desk, double, f"merge:{question.pk}")
    double.refresh_from_db()
    assert double.status == Status.MERGED


def test_the_team_assigns_to_an_officer_of_any_ministry(new, member, stranger, vws):
    press(desk_of(member), new, "assign", to=f"{vws.pk}-{stranger.pk}")
    new.refresh_from_db()
    assert (new.owner, new.ministry) == (stranger, vws)


def test_an_officer_is_offered_colleagues_and_no_others(desk, new, colleague, stranger, vws):
    page = text(desk.get(page_of(new)))
    assert f'-{colleague.pk}"' in page
    assert f'-{stranger.pk}"' not in page
    assert press(desk, new, "assign", to=f"{vws.pk}-{stranger.pk}").status_code == 409


def test_handing_over_needs_a_reason(desk, assigned, colleague, ocw):
    refused = press(desk, assigned, "hand_over", to=f"{ocw.pk}-{colleague.pk}")
    assert refused.status_code == 409
    assert "Schrijf op waarom. Een collega leest dat terug." in text(refused)
    assert "vraag het landelijke team" in text(refused)
    press(desk, assigned, "hand_over", to=f"{ocw.pk}-{colleague.pk}", reason_over="Ik ben er niet.")
    assigned.refresh_from_db()
    assert assigned.owner == colleague
    assert "Ik ben er niet." in text(desk_of(colleague).get(page_of(assigned)))


def test_another_ministry_that_is_named_answers_too(desk, assigned, stranger, vws):
    press(desk, assigned, "ministries", also=[str(vws.pk)])
    assert 'value="propose"' in text(desk_of(stranger).get(page_of(assigned)))


def test_who_is_mentioned_gets_a_mail_without_the_note(desk, assigned, colleague, stranger):
    press(desk, assigned, "note", note_text="Geheim.", mentions=[str(colleague.pk), str(stranger.pk)])
    assert list(Note.objects.get().mentions.all()) == [colleague]
    assert [(m.to, "Geheim" in m.text) for m in Mail.objects.filter(kind="regels.mentioned")] == [
        (colleague.email, False)
    ]


def test_rule_and_obstacle_are_chosen(desk, assigned):
    rule = RuleFactory()
    press(desk, assigned, "classify", rule=str(rule.pk), obstacle="")
    assigned.refresh_from_db()
    assert assigned.rule == rule


@pytest.mark.parametrize(
    "act", ["", "onzin", "block:9999", "same_as:x", "merge:99999999999999999999", "reopen", "lapse"]
)
def test_what_cannot_be_is_refused_in_words(desk, assigned, act):
    assert press(desk, assigned, act).status_code == 409
    assigned.refresh_from_db()
    assert assigned.status == Status.ASSIGNED


# --- Attachments and presence ---------------------------------------------------------------------


@pytest.fixture
def attachment(assigned, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    made = AttachmentFactory(question=assigned, file_name='brief "1".pdf', scan=Attachment.Scan.CLEAN)
    retention.folder().mkdir(parents=True)
    (retention.folder() / made.stored_as).write_bytes(b"%PDF-1.7")
    return made


def test_a_clean_attachment_is_downloaded_and_never_shown(desk, attachment):
    response = desk.get(reverse("admin:regels_attachment", args=[attachment.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("scan", [s for s in Attachment.Scan if s != Attachment.Scan.CLEAN])
def test_an_attachment_is_not_there_before_the_word_of_the_scanner(desk, attachment, scan):
    Attachment.objects.filter(pk=attachment.pk).update(scan=scan)
    assert desk.get(reverse("admin:regels_attachment", args=[attachment.pk])).status_code == 404
    assert reverse("admin:regels_attachment", args=[attachment.pk]) not in text(desk.get(page_of(attachment.question)))


def test_an_attachment_is_for_who_may_read_the_question(attachment):
    user = UserFactory()
    set_roles(user, [ADMINISTRATOR])
    assert desk_of(user).get(reverse("admin:regels_attachment", args=[attachment.pk])).status_code == 403


def test_a_colleague_is_seen(desk, assigned, officer, colleague):
    address = reverse("admin:regels_presence", args=[assigned.pk])
    assert desk.get(address).status_code == 405
    assert desk_of(colleague).post(address).json() == {"names": []}
    assert desk.post(address).json() == {"names": [str(colleague)]}
    assert f"{colleague} heeft deze vraag ook open" in " ".join(text(desk.get(page_of(assigned))).split())
    Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=2))
    assert desk.post(address).json() == {"names": []}


def test_every_queue_has_a_question_in_the_tests(full_queues):
    assert set(full_queues) | {"ministerie"} == set(QUEUES)
