"""Cases and what they stand on, in the admin: writing, reading over, publishing, and the lists around it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from outbox.models import Mail
from regels.models import Case, FreeDay, Obstacle, Question, RuleVersion
from regels.workflow import cases
from tests.admin.conftest import form_values
from tests.factories import (
    CaseFactory,
    CaseRuleFactory,
    ObstacleFactory,
    QuestionFactory,
    RuleFactory,
    TextBlockFactory,
    VerdictFactory,
)
from tests.queries import assert_same_queries

from .test_officers_question import desk_of, press, text

Status = Case.Status
SECRET = "Zorghuis Zonneschijn"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def desk(officer):
    return desk_of(officer)


def page_of(record):
    return reverse(f"admin:regels_{record._meta.model_name}_change", args=[record.pk])


@pytest.fixture
def draft(ocw, officer):
    case = CaseFactory(status=Status.DRAFT, published_at=None, ministry=ocw, slug="concept-r-2020-0001", question="")
    case.writers.add(officer)
    return case


@pytest.fixture
def waiting(draft, officer):
    Case.objects.filter(pk=draft.pk).update(question="Mag dit?", slug="mag-dit")
    draft.refresh_from_db()
    return cases.propose(draft, by=officer)


def test_the_queues_of_an_officer_hold_the_cases_of_the_own_ministry(waiting, colleague, stranger, member):
    for person, number in ((colleague, 1), (stranger, 0), (member, 1)):
        client = desk_of(person)
        listed = client.get("/beheer/regels/case/?rij=te-toetsen").context["cl"].result_count
        front = client.get("/beheer/").context["queues"]
        shown = next(group["queues"] for group in front if group["name"] == "casussen")[0]
        assert (shown["count"], listed) == (number, number), person


def save(client, record, button="_continue", **changed):
    values = form_values(client.get(page_of(record)))
    return client.post(page_of(record), values | {name: [value] for name, value in changed.items()} | {button: "1"})


# --- From a question to a case --------------------------------------------------------------------


def test_a_case_begins_beside_the_question_and_with_none_of_its_words(desk, answered, colleague):
    Question.objects.filter(pk=answered.pk).update(
        question=f"Mag {SECRET} dit?", organisation_name=SECRET, may_become_case=True
    )
    response = press(desk, answered, "begin_case")
    case = Case.objects.get()
    assert response["Location"] == page_of(case)
    assert (case.question, case.answer) == ("", "")
    page = text(desk.get(page_of(case)))
    assert f"Mag {SECRET} dit?" in page
    assert "Ja, dat mag." in page


def test_the_words_of_the_asker_that_are_left_in_are_named(desk, answered):
    Question.objects.filter(pk=answered.pk).update(organisation_name=SECRET, name="Ada Vermeer")
    press(desk, answered, "begin_case")
    case = Case.objects.get()
    save(desk, case, question="Mag dit?", answer=f"Ja, zoals {SECRET} doet. Bel 06-12345678.")
    page = desk.get(page_of(case))
    assert {(left.kind, left.words) for left in page.context["left"]} == {
        ("uit de vraag", SECRET), ("telefoonnummer", "06-12345678"),
    }  # fmt: skip


def test_the_address_of_a_draft_does_not_tell_the_number_of_the_question(desk, draft):
    CaseFactory(slug="mag-een-arts-dit")
    save(desk, draft, question="Mag een arts dit?")
    draft.refresh_from_db()
    assert draft.slug == "mag-een-arts-dit-2"


def test_no_case_is_said_with_a_reason(desk, answered):
    Question.objects.filter(pk=answered.pk).update(may_become_case=True)
    assert press(desk, answered, "decline_case").status_code == 409
    press(desk, answered, "decline_case", reason_case="Komt nooit meer voor.")
    assert not Question.objects.to_publish().exists()


# --- Writing and reading over ---------------------------------------------------------------------


def test_saving_makes_somebody_a_writer(draft, colleague):
    save(desk_of(colleague), draft, question="Mag dit?")
    assert colleague in draft.writers.all()


def test_save_and_propose_is_one_press(desk, draft):
    save(desk, draft, "_propose", question="Mag dit?", answer="Ja.")
    draft.refresh_from_db()
    assert (draft.status, draft.answer) == (Status.SECOND_READER, "Ja.")


def test_from_the_second_reader_on_the_text_is_read_only(desk, waiting):
    page = text(desk.get(page_of(waiting)))
    assert "<textarea" not in page.split('id="case_form"')[1]
    response = desk.post(page_of(waiting), {"question": "Iets anders?", "answer": "Dit typte ik net."})
    assert response.status_code == 409
    assert "Dit typte ik net." in text(response)
    waiting.refresh_from_db()
    assert waiting.question == "Mag dit?"


def test_the_writer_does_not_publish(desk, waiting):
    page = text(desk.get(page_of(waiting)))
    assert 'value="publish"' not in page
    assert "U schreef mee" in page
    assert desk.post(page_of(waiting), {"act": "publish"}).status_code == 409
    waiting.refresh_from_db()
    assert waiting.status == Status.SECOND_READER


def test_a_colleague_gives_back_with_a_reason(waiting, colleague):
    client = desk_of(colleague)
    assert client.post(page_of(waiting), {"act": "give_back", "reason": " "}).status_code == 409
    client.post(page_of(waiting), {"act": "give_back", "reason": "Te lang."})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.returned_reason) == (Status.DRAFT, "Te lang.")


def test_publishing_tells_the_asker(waiting, colleague):
    QuestionFactory(case=waiting, may_become_case=True, email="vrager@voorbeeld.example")
    desk_of(colleague).post(page_of(waiting), {"act": "publish"})
    waiting.refresh_from_db()
    assert waiting.is_published
    assert [mail.to for mail in Mail.objects.filter(kind="regels.case_published")] == ["vrager@voorbeeld.example"]


def test_publishing_on_a_day_that_lies_ahead(waiting, member):
    day = timezone.localdate() + datetime.timedelta(days=7)
    assert desk_of(member).post(page_of(waiting), {"act": "publish", "at": "morgen"}).status_code == 409
    desk_of(member).post(page_of(waiting), {"act": "publish", "at": day.isoformat()})
    waiting.refresh_from_db()
    assert timezone.localdate(waiting.published_at) == day
    assert not waiting.is_published


def test_an_officer_of_another_ministry_reads_a_case(draft, stranger):
    client = desk_of(stranger)
    assert 'name="_save"' not in text(client.get(page_of(draft)))
    assert client.post(page_of(draft), {"act": "publish"}).status_code == 409


def test_who_may_read_no_questions_sees_no_original(desk, draft, member):
    from accounts.roles import ADMINISTRATOR

    from .conftest import person

    QuestionFactory(case=draft, question=f"Mag {SECRET} dit?")
    assert SECRET in text(desk_of(member).get(page_of(draft)))
    page = desk_of(person("beheerder", ADMINISTRATOR)).get(page_of(draft))
    assert page.status_code == 200
    assert SECRET not in text(page)


def test_check_revise_and_withdraw(desk, ocw):
    case = CaseFactory(ministry=ocw, checked_on=datetime.date(2020, 1, 1))
    desk.post(page_of(case), {"act": "check"})
    case.refresh_from_db()
    assert case.checked_on == timezone.localdate()
    response = desk.post(page_of(case), {"act": "revise"})
    assert response["Location"] == page_of(case.revision)
    refused = desk.post(page_of(case), {"act": "withdraw", "reason": ""})
    assert refused.status_code == 409
    assert "Schrijf op waarom. Iedereen leest dat terug." in text(refused)
    desk.post(page_of(case), {"act": "withdraw", "reason": "De wet veranderde."})
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN


def test_a_revision_that_is_published_leads_on(desk, ocw, colleague, officer):
    case = CaseFactory(ministry=ocw)
    cases.revise(case, by=officer)
    revision = Case.objects.get(revises=case)
    save(desk, revision, "_propose", answer="Nee.")
    response = desk_of(colleague).post(page_of(revision), {"act": "publish"})
    assert response.status_code == 302
    case.refresh_from_db()
    assert case.answer == "Nee."


def test_the_page_of_a_case_takes_as_many_queries_for_three(desk, draft):
    def more():
        for _ in range(2):
            QuestionFactory(case=draft)
            CaseRuleFactory(case=draft)

    more()
    assert_same_queries(desk, page_of(draft), more, at_most=70)


# --- Rules, obstacles, terms ----------------------------------------------------------------------


def test_a_new_version_of_a_rule_flags_its_cases_and_tells_the_ministry(desk, ocw, officer, colleague):
    case = CaseRuleFactory(rule=RuleFactory(ministry=ocw)).case
    rule = case.rules.get()
    today = timezone.localdate().isoformat()
    response = save(
        desk, rule, **{"versions-TOTAL_FORMS": "1", "versions-0-valid_from": today, "versions-0-what_changed": "Lid 3."}
    )
    assert response.status_code == 302
    assert RuleVersion.objects.get().noted_by == officer
    assert list(Case.objects.perhaps_outdated()) == [case]
    assert {mail.to for mail in Mail.objects.filter(kind="regels.rule_changed")} == {officer.email, colleague.email}


def test_an_obstacle_moves_with_a_reason(desk, ocw):
    obstacle = ObstacleFactory(ministry=ocw)
    assert "Schrijf op waarom" in text(save(desk, obstacle, move_to="in-onderzoek"))
    save(desk, obstacle, move_to="in-onderzoek", move_reason="Wij vragen het na.")
    obstacle.refresh_from_db()
    assert obstacle.status == Obstacle.Status.EXAMINED
    assert obstacle.moves.get().reason == "Wij vragen het na."


def test_the_team_writes_of_an_obstacle_and_does_not_move_it(member, ocw):
    obstacle = ObstacleFactory(ministry=ocw)
    client = desk_of(member)
    assert 'value="in-onderzoek"' not in text(client.get(page_of(obstacle)))
    save(client, obstacle, summary="Uitleg.", move_to="in-onderzoek", move_reason="Zomaar.")
    obstacle.refresh_from_db()
    assert obstacle.status == Obstacle.Status.KNOWN


def test_another_term_moves_the_open_questions(member, assigned, ocw):
    before = assigned.answer_due_on
    client = desk_of(member)
    response = save(client, ocw, answer_days="20")
    assigned.refresh_from_db()
    assert assigned.answer_due_on > before
    assert "De termijn van 1 open vraag is verschoven" in text(client.get(response["Location"]))


def test_a_free_day_moves_the_open_questions_and_taking_it_away_moves_them_back(member, assigned):
    client, before = desk_of(member), assigned.answer_due_on
    client.post("/beheer/regels/freeday/add/", {"date": before.isoformat(), "name": "dicht"})
    assigned.refresh_from_db()
    assert assigned.answer_due_on > before
    client.post(reverse("admin:regels_freeday_delete", args=[FreeDay.objects.get().pk]), {"post": "yes"})
    assigned.refresh_from_db()
    assert assigned.answer_due_on == before


def test_a_remark_of_a_reader_is_handled(desk, officer):
    verdict = VerdictFactory(remark="Ik mis een voorbeeld.")
    VerdictFactory(remark="")
    row = "Opmerkingen van lezers"
    assert row in text(desk.get("/beheer/"))
    desk.post("/beheer/regels/verdict/", {"action": "handle", "_selected_action": [verdict.pk]})
    verdict.refresh_from_db()
    assert verdict.handled_by == officer


def test_a_text_block_with_an_unknown_word_between_braces_is_refused(desk):
    block = TextBlockFactory()
    assert "Dit kunnen wij niet invullen: adres" in text(save(desk, block, text="Beste {adres}"))
