"""The asker's own page, behind the link of a mail."""

import json

import pytest
from django.utils import timezone

from outbox.models import Mail
from regels import nightly, retention
from regels.models import Case, Message, Outcome, Question
from regels.workflow import questions
from tests.factories import AttachmentFactory, CaseFactory, MessageFactory, QuestionFactory
from tests.queries import assert_same_queries
from tests.regels.asking import ASK, Asker, last_link

pytestmark = pytest.mark.django_db
Status = Question.Status


@pytest.fixture
def asker():
    return Asker()


@pytest.fixture
def link(received):
    return last_link()


def text_of(response):
    return response.content.decode()


def page(asker, link):
    response = asker.client.get(link)
    assert response.status_code == 200
    return text_of(response)


def status_of(question):
    return Question.objects.get(pk=question.pk).status


def test_looking_confirms_nothing_and_the_button_does(asker, link, received):
    shown = page(asker, link)
    assert "Mogen wij lesgeven op de werkvloer?" in shown
    assert "Ja, dit is mijn vraag" in shown
    asker.client.head(link)
    assert status_of(received) == Status.UNCONFIRMED

    response = asker.post(link, {"bevestig": "ja"})
    shown = page(asker, response["Location"])
    number = Question.objects.get().reference
    assert f"<h1>{number}</h1>" in shown
    assert "Uw vraag is bevestigd." in shown
    assert "Wij zoeken uit welk ministerie antwoordt" in shown
    assert number in Mail.objects.get(kind="regels.received").text
    # Pressing again, or with the link of the first mail, changes nothing.
    assert asker.post(link, {"bevestig": "ja"}).status_code == 302
    assert Mail.objects.filter(kind="regels.received").count() == 1


def test_the_clock_explains_itself(asker, link, assigned):
    shown = page(asker, link)
    assert "Antwoord uiterlijk" in shown
    assert "De termijn is 10 werkdagen." in shown
    assert shown.count("<i") >= 10


def test_the_clock_stands_still_while_we_wait(asker, link, assigned, officer):
    questions.ask_back(assigned, by=officer, text="Om hoeveel uren gaat het?")
    shown = page(asker, link)
    assert "De klok staat stil" in shown
    assert "Om hoeveel uren gaat het?" in shown
    assert "Antwoord op wat wij u vroegen" in shown

    response = asker.post(link, {"bericht": "ja", "text": "Om tien uren."})
    shown = page(asker, response["Location"])
    assert "Om tien uren." in shown
    assert "De klok staat stil" not in shown
    assert status_of(assigned) == Status.ASSIGNED


def test_something_is_added_once(asker, link, assigned):
    for _ in range(2):
        response = asker.post(link, {"bericht": "ja", "text": "Het gaat om de avonddienst."})
        assert response.status_code == 302
    assert [message.kind for message in Message.objects.all()] == ["aanvulling"]
    assert "Het gaat om de avonddienst." in page(asker, link)


@pytest.mark.parametrize("typed", ["", "  ", "a" * 5001])
def test_a_message_that_cannot_be_sent_says_why(asker, link, assigned, typed):
    response = asker.post(link, {"bericht": "ja", "text": typed})
    assert response.status_code == 400
    assert "Dit klopt nog niet" in text_of(response)
    assert "<title>Fout: " in text_of(response)
    assert not Message.objects.exists()


def test_a_citizen_service_number_in_a_message_warns_once(asker, link, assigned):
    typed = {"bericht": "ja", "text": "Zij heet 111222333"}
    response = asker.post(link, typed)
    assert "burgerservicenummer" in text_of(response)
    assert "Zij heet 111222333" in text_of(response)
    assert not Message.objects.exists()
    assert asker.post(link, typed | {"toch": "ja"}).status_code == 302
    assert Message.objects.count() == 1


def test_withdrawing_ends_it_once(asker, link, assigned):
    for _ in range(2):
        response = asker.post(link, {"intrekken": "ja", "reason": "Al opgelost"})
        assert "Uw vraag is ingetrokken." in page(asker, response["Location"])
    assert status_of(assigned) == Status.WITHDRAWN
    assert Mail.objects.filter(kind="regels.withdrawn").count() == 1
    response = asker.post(link, {"bericht": "ja", "text": "Toch nog een lang bericht."})
    assert response.status_code == 409
    assert "Toch nog een lang bericht." in text_of(response)


def test_yes_closes(asker, link, answered):
    shown = page(asker, link)
    assert shown.count("Ja, dat mag.") == 1
    assert (
        shown.index('<h2 id="het-antwoord">Het antwoord</h2>')
        < shown.index("Ja, dat mag.")
        < shown.index("Kunt u verder?")
    )
    for _ in range(2):
        response = asker.post(link, {"ja": "ja"})
        assert "Fijn dat u verder kunt" in page(asker, response["Location"])
    answered.refresh_from_db()
    assert (answered.status, answered.can_continue) == (Status.CLOSED, True)
    assert "Kunt u verder?" not in page(asker, link)


def test_no_opens_it_again_with_what_is_missing(asker, link, answered):
    for _ in range(2):
        response = asker.post(link, {"nee": "ja", "text": "De inspectie zegt nog steeds nee."})
        assert "Uw vraag is weer open." in page(asker, response["Location"])
    answered.refresh_from_db()
    assert (answered.status, answered.reopened) == (Status.ASSIGNED, 1)
    assert "De inspectie zegt nog steeds nee." in page(asker, link)


@pytest.mark.parametrize(("button", "after"), [("ja", Status.CLOSED), ("nee", Status.ASSIGNED)])
def test_six_weeks_later_it_is_asked_once_more(asker, answered, button, after):
    later = timezone.now() + timezone.timedelta(weeks=6, days=1)
    nightly.tend(later)
    link = last_link("regels.follow_up")
    assert "Kunt u verder?" in page(asker, link)
    assert asker.post(link, {button: "ja"}).status_code == 302
    answered.refresh_from_db()
    assert (answered.status, answered.can_continue) == (after, button == "ja")
    assert "Kunt u verder?" not in page(asker, link)


def test_a_question_closed_without_an_answer_asks_nothing(asker):
    question = QuestionFactory(status=Status.CLOSED, closed_at=timezone.now(), email="x@voorbeeld.example")
    link = f"/ruimte-in-de-regels/mijn-vraag/{question.links.model.objects.make(question)}/"
    assert "Kunt u verder?" not in page(asker, link)
    assert asker.post(link, {"ja": "ja"}).status_code == 409


def test_the_case_is_shown_when_it_is_public(asker, link, answered):
    case = CaseFactory(status=Case.Status.DRAFT, published_at=None, question="Nog geheim?")
    Question.objects.filter(pk=answered.pk).update(case=case)
    assert "Nog geheim?" not in page(asker, link)
    Case.objects.filter(pk=case.pk).update(status=Case.Status.PUBLISHED, published_at=timezone.now())
    assert "Nog geheim?" in page(asker, link)


def test_notes_and_who_answers_stay_inside(asker, link, assigned, officer):
    questions.note(assigned, by=officer, text="Lastige vrager")
    for path in (link, f"{link}gegevens/"):
        shown = text_of(asker.client.get(path))
        assert "Lastige vrager" not in shown
        assert officer.name not in shown
        assert officer.email not in shown


@pytest.mark.norm("AVG-5.4")
def test_own_data_is_everything_of_the_asker(asker, link, answered):
    response = asker.client.get(f"{link}gegevens/")
    assert response["Content-Disposition"] == f'attachment; filename="{answered.reference}.json"'
    data = json.loads(response.content)
    assert data["vraag"] == "Mogen wij lesgeven op de werkvloer?"
    assert (data["e-mailadres"], data["nummer"]) == (answered.email, answered.reference)
    assert [one["tekst"] for one in data["berichten"]] == ["Ja, dat mag."]
    # Nothing of the asker that is forgotten later is missing here.
    names = {str(Question._meta.get_field(name).verbose_name) for name in Question.PERSONAL}
    assert names - {"waarom geen casus"} <= set(data)


def test_a_link_that_opens_nothing_explains_itself(asker, link, answered):
    for path in (link[:-5] + "/", f"{ASK.replace('vraag-stellen', 'mijn-vraag')}x/gegevens/"):
        response = asker.client.get(path)
        assert response.status_code == 404
        assert "Deze link werkt niet" in text_of(response)
        assert f'href="{ASK}"' in text_of(response)
    typed = {"bericht": "ja", "text": "Dit typte ik in een oud venster."}
    assert "Dit typte ik in een oud venster." in text_of(asker.post(link[:-5] + "/", typed))


@pytest.mark.norm("AVG-5.3")
def test_a_link_of_a_forgotten_question_shows_nothing_of_it(asker, link, answered):
    asker.post(link, {"ja": "ja"})
    retention.anonymise_due(timezone.now() + timezone.timedelta(days=366))
    response = asker.client.get(link)
    assert response.status_code == 404
    assert "langer dan een jaar gesloten" in text_of(response)
    assert answered.reference not in text_of(response)


def test_the_link_of_one_question_opens_no_other(asker, link, assigned):
    other = QuestionFactory(question="Van een ander", email="ander@voorbeeld.example")
    assert "Van een ander" not in page(asker, link)
    attachment = other.attachments.create(file_name="a.pdf", stored_as="0" * 32, kind="pdf", size=1, scan="schoon")
    assert asker.client.get(f"{link}bijlage/{attachment.pk}/").status_code == 404


@pytest.mark.parametrize("data", [{}, {"onzin": "ja"}, {"text": "x"}])
def test_a_button_that_is_not_there(asker, link, assigned, data):
    assert asker.post(link, data).status_code == 400


@pytest.mark.parametrize("status", [*Question.Status])
def test_every_status_says_who_is_next_and_every_button_is_safe(asker, status, ocw, officer, colleague):
    from tests.regels.conftest import question_in

    question = question_in(status, ministry=ocw, owner=officer, writer=colleague, email="x@voorbeeld.example")
    link = f"/ruimte-in-de-regels/mijn-vraag/{question.links.model.objects.make(question)}/"
    assert question.explanation in page(asker, link).replace("&#x27;", "'")
    for button in ("bevestig", "bericht", "intrekken", "ja", "nee"):
        assert asker.post(link, {button: "ja", "text": "tekst"}).status_code in (302, 409)


@pytest.mark.norm("ASVS-1.2.1")
def test_markup_is_text(asker, db):
    typed = "<script>alert(1)</script>{{ question }}"
    question = QuestionFactory(question=typed, outcome=Outcome.CLARIFIED, name=typed, goal=typed)
    Message.objects.create(question=question, kind="aanvulling", text=typed)
    link = f"/ruimte-in-de-regels/mijn-vraag/{question.links.model.objects.make(question)}/"
    shown = page(asker, link)
    assert "<script>alert" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ question }}") >= 4


def test_too_many_messages_from_one_place(asker, link, assigned):
    codes = [asker.post(link, {"bericht": "ja", "text": f"Bericht {n}"}).status_code for n in range(21)]
    assert codes == [302] * 20 + [429]
    assert Message.objects.count() == 20


@pytest.mark.parametrize("name", ["assigned", "answered"])
def test_takes_the_same_queries_for_one_and_three_of_everything(request, asker, link, name):
    question = request.getfixturevalue(name)

    def more(number=2):
        for _ in range(number):
            MessageFactory(question=question)
            AttachmentFactory(question=question)
            question.pauses.create(since=timezone.localdate(), until=timezone.localdate())

    more(1)
    assert_same_queries(asker.client, link, more, at_most=10)
    assert_same_queries(asker.client, f"{link}gegevens/", more, at_most=10)
