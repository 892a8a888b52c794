"""What an asker wrote and what colleagues write among each other reach nobody else: not by mail and not in a file."""

import datetime
import itertools
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADMINISTRATOR, LEADER
from outbox.kinds import KINDS
from outbox.models import Mail
from regels import desk_mails, following
from regels.admin.figures import BREAKDOWNS, FIGURES
from regels.models import Case, Draft, Obstacle, Outcome, Question
from regels.workflow import cases, obstacles, questions
from tests import factories as f
from tests.site.test_leaks import text_of

from .conftest import person

WORD = re.compile(r"geheimwoord\d+")
A, B, C = (f"{letter}@voorbeeld.example" for letter in "abc")
FOLLOWER = "volger@voorbeeld.example"
TYPED = ("question", "goal", "said_by_note", "written_where", "rule_text", "tried", "organisation_name", "name")


class Story:
    """All that can happen to questions, with a word of its own in every text; `own` says who may read which."""

    def __init__(self, ocw, vws, officer, colleague, stranger, member):
        self.ocw, self.vws = ocw, vws
        self.officer, self.colleague, self.stranger, self.member = officer, colleague, stranger, member
        self.numbers, self.meaning, self.own = itertools.count(1000), {}, {}
        self.obstacle = f.ObstacleFactory(ministry=ocw)
        self.tell()

    def word(self, what, *readers):
        made = f"geheimwoord{next(self.numbers)}"
        self.meaning[made] = what
        for reader in readers:
            self.own.setdefault(reader, set()).add(made)
        return made

    def asked(self, email):
        typed = {name: self.word(f"{email} {name}", email) for name in TYPED}
        question = questions.receive(
            f.DraftFactory(token_hash=f"{email:0>64}"), email=email, may_become_case=True, **typed
        )
        f.AttachmentFactory(question=question, file_name=f"{self.word('file name', email)}.pdf")
        return questions.confirm(question, by=None)

    def tell(self):
        by, second = self.officer, self.colleague
        question = questions.assign(self.asked(A), by=self.member, ministry=self.ocw, officer=by)
        questions.name_ministries(question, by=by, ministries=[self.vws])
        questions.ask_back(question, by=by, text=self.word("asked back", A))
        questions.reply(question, by=None, text=self.word("reply", A))
        questions.add(question, text=self.word("addition", A))
        questions.note(question, by=by, text=self.word("note"), mentions=[self.stranger, second, self.member])
        double = questions.assign(self.asked(B), by=by)
        questions.note(double, by=by, text=self.word("note at the double"), mentions=[second])
        questions.merge(double, by=by, into=question)
        questions.classify(question, by=by, rule=None, obstacle=self.obstacle)
        self.write(question, by, self.word("what was thrown away"))
        questions.propose(question, by=by)
        questions.give_back(question, by=second, reason=self.word("reason to give back"))
        self.answer(question, by, second)
        questions.reopen(question, by=None, text=self.word("why it did not help", A))
        questions.hand_over(question, by=by, ministry=self.ocw, officer=second, reason=self.word("reason to hand over"))
        self.answer(question, second, by)
        self.publish(questions.begin_case(question, by=second))
        follower = following.follow(self.obstacle, FOLLOWER)
        following.confirm(follower)
        obstacles.move(self.obstacle, by=by, reason="Wij vragen het na.", to=Obstacle.Status.EXAMINED)
        gone = questions.assign(self.asked(C), by=by)
        questions.withdraw(gone, by=None, reason=self.word("why withdrawn", C))
        # Of the own ministry alone, and late.
        self.of_ocw = questions.assign(self.asked(C.replace("c@", "d@")), by=by)
        Question.objects.filter(pk=self.of_ocw.pk).update(answer_due_on=timezone.localdate())
        Draft.objects.start(steps={"vraag": {"question": self.word("draft")}})
        for reader, kind in itertools.product(desk_mails.readers(), ("regels.daily", "regels.weekly")):
            desk_mails.tell(reader, KINDS[kind], timezone.localdate() + datetime.timedelta(days=1))

    def write(self, question, by, text):
        stored = question.answer_in_writing
        version = stored.version if stored else 0
        questions.write(question, by=by, text=text, outcome=Outcome.CLARIFIED, version=version)

    def answer(self, question, by, second):
        self.write(question, by, self.word("answer", A, B))
        questions.propose(question, by=by)
        questions.approve(question, by=second)
        questions.send(question, by=by)

    def publish(self, case):
        Case.objects.filter(pk=case.pk).update(
            question="Mag dit?", answer="Ja.", slug="mag-dit", outcome=Outcome.CLARIFIED
        )
        case = cases.propose(Case.objects.get(pk=case.pk), by=self.colleague)
        cases.publish(case, by=self.officer)


@pytest.fixture
def story(ocw, vws, officer, colleague, stranger, member, settings):
    settings.PORTAL_DEMO = True
    return Story(ocw, vws, officer, colleague, stranger, member)


def words_in(text):
    return set(WORD.findall(text.lower()))


def test_a_mail_holds_of_what_was_written_only_what_its_reader_wrote_or_is_told(story):
    found = {}
    for mail in Mail.objects.all():
        parts = [mail.subject, mail.text, mail.html, mail.key, mail.about, str(mail.headers)]
        for word in words_in(" ".join(parts)) - story.own.get(mail.to, set()):
            found[mail.kind, mail.to] = story.meaning[word]

    assert found == {}
    # Something could have leaked: the mails are there, to everybody.
    kinds = {
        "mentioned", "daily", "weekly", "to_review", "given_back", "replied", "reopened", "assigned", "case_to_review",
        "answered", "merged", "case_published", "asked_back", "obstacle_moved", "withdrawn", "follow",
    }  # fmt: skip
    assert kinds <= {mail.kind.removeprefix("regels.") for mail in Mail.objects.all()}
    for kind, readers in {"merged": {B}, "answered": {A, B}, "obstacle_moved": {A, FOLLOWER}, "withdrawn": {C}}.items():
        assert {mail.to for mail in Mail.objects.filter(kind=f"regels.{kind}")} == readers, kind
    assert words_in("".join(Mail.objects.filter(to=B).values_list("text", flat=True)))


def test_a_mail_names_no_question_of_somebody_else(story):
    numbers = {question.email: question.reference for question in Question.objects.all()}
    for mail in Mail.objects.filter(to__in=[*numbers, FOLLOWER]):
        for asker, number in numbers.items():
            assert number not in f"{mail.subject} {mail.text}" or asker == mail.to, (mail.kind, mail.to)
    to_stranger = Mail.objects.filter(to=story.stranger.email)
    assert to_stranger.filter(kind="regels.mentioned").exists()
    assert not [mail.kind for mail in to_stranger if story.of_ocw.reference in f"{mail.subject} {mail.text}"]


def downloads():
    """Every file about questions that the admin gives."""
    for kind in ("csv", "xlsx"):
        address = reverse("admin:regels_question_file", args=[kind])
        yield address
        for name in FIGURES:
            yield f"{address}?toon={name}"
            for by, (_label, field) in BREAKDOWNS.items():
                key = field if field == "outcome" else f"{field}__slug"
                for value in Question.objects.order_by().values_list(key, flat=True).distinct():
                    yield f"{address}?toon={name}&per={by}&welke={value or 'geen'}"


@pytest.mark.parametrize("who", ["stranger", "officer", "member"])
def test_no_file_about_questions_holds_what_was_written(story, who):
    client = Client()
    client.force_login(getattr(story, who), backend="allauth.account.auth_backends.AuthenticationBackend")
    looked_at = ""
    for address in downloads():
        response = client.get(address)
        assert response.status_code == 200, address
        looked_at += (text := text_of(response) + str(response.headers))
        assert {story.meaning[word] for word in words_in(text)} == set(), address
        assert "voorbeeld.example" not in text, address
    assert Question.objects.get(email=A).reference in looked_at


@pytest.mark.parametrize("role", [LEADER, ADMINISTRATOR, None])
def test_whoever_reads_no_questions_gets_no_page_file_or_list_of_them(story, role):
    client = Client()
    user = person("ander", *([role] if role else []))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = [page for question in Question.objects.all() for page in pages_of(question)]
    for address in [*downloads(), *pages, "/beheer/regels/question/", "/beheer/regels/question/cijfers/?toon=open"]:
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
        assert words_in(text_of(response)) == set(), address
    for address in ("/beheer/", "/mijn/", reverse("accounts:own_data")):
        assert words_in(text_of(client.get(address))) == set(), address
    mine = client.post(reverse("accounts:own_data"))
    assert words_in(text_of(mine)) == set()


def pages_of(question):
    for name in ("change", "history"):
        yield reverse(f"admin:regels_question_{name}", args=[question.pk])
    for attachment in question.attachments.all():
        yield reverse("admin:regels_attachment", args=[attachment.pk])
