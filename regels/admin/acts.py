"""What an officer can do on the page of a question. Each act is one button; the workflow says whether it may."""

import re
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from regels import people
from regels.models import Case, Ministry, Obstacle, Outcome, Question, Rule, TextBlock
from regels.workflow import questions as steps
from zorgpact.numbers import number_of
from zorgpact.workflow import Refused

REFERENCE = re.compile(r"\s*R?-?(\d{4})-(\d{1,6})\s*", re.IGNORECASE)
ACTS = {}
LONGEST = 20_000


@dataclass(frozen=True)
class Act:
    """`uses` are the fields that it takes from the page; what else was typed comes back, unsaved.

    After an act that `goes_on` the next question of the queue opens.
    """

    take: object
    uses: tuple
    goes_on: bool


def act(*uses, goes_on=False):
    def register(take):
        ACTS[take.__name__] = Act(take, uses, goes_on)
        return take

    return register


def text_of(sent, name):
    text = sent.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(f"Deze tekst is te lang: hoogstens {LONGEST:,} tekens.".replace(",", "."))
    return text


# --- The answer -----------------------------------------------------------------------------------


def save_answer(question, user, sent):
    """The text as it is on the page, with whatever button was pressed; whether there was something to save."""
    if "answer" not in sent:
        return False
    text, outcome = text_of(sent, "answer"), sent.get("outcome", "")
    stored = question.answer_in_writing
    if (text, outcome) == ((stored.text, stored.outcome) if stored else ("", "")):
        return False
    if outcome and outcome not in Outcome:
        raise Refused("Kies een uitkomst uit de lijst.")
    steps.write(question, by=user, text=text, outcome=outcome, version=number_of(sent.get("version", "")))
    return True


@act()
def write(question, user, sent, value):
    return "Het antwoord is bewaard"


@act()
def block(question, user, sent, value):
    """Put a text block under what was written."""
    chosen = TextBlock.objects.filter(is_in_use=True).for_question(question).filter(pk=number_of(value)).first()
    if chosen is None:
        raise Refused("Dit tekstblok is er niet meer.")
    answer = question.answer_in_writing
    text = "\n\n".join(filter(None, [answer.text if answer else "", chosen.filled_for(question)]))
    outcome = (answer.outcome if answer else "") or chosen.outcome
    steps.write(question, by=user, text=text, outcome=outcome, version=answer.version if answer else 0)
    return f"Tekstblok “{chosen}” staat onder het antwoord"


@act()
def again(question, user, sent, value):
    """Begin with what was sent: a correction, or an answer that did not help, is seldom a new text."""
    last = question.answers.exclude(sent_at=None).first()
    if last is None or question.answer_in_writing is not None:
        raise Refused("Hier staat al een antwoord, of er is nog niets verzonden.")
    steps.write(question, by=user, text=last.text, outcome=last.outcome, version=0)
    return "Het verzonden antwoord staat klaar om aan te passen"


@act(goes_on=True)
def propose(question, user, sent, value):
    steps.propose(question, by=user)
    return "Voorgelegd aan een tweede lezer"


@act(goes_on=True)
def approve(question, user, sent, value):
    done = steps.approve(question, by=user)
    return (
        "Akkoord, en verzonden"
        if done.status == Question.Status.ANSWERED
        else "Akkoord. Het antwoord is nog niet verzonden"
    )


@act("reason_back", goes_on=True)
def give_back(question, user, sent, value):
    steps.give_back(question, by=user, reason=text_of(sent, "reason_back"))
    return "Teruggegeven aan de schrijver"


@act(goes_on=True)
def send(question, user, sent, value):
    steps.send(question, by=user)
    return "Het antwoord is verzonden"


@act("reason_correct")
def correct(question, user, sent, value):
    steps.correct(question, by=user, reason=text_of(sent, "reason_correct"))
    return "De correctie is begonnen. Schrijf een nieuw antwoord"


@act(goes_on=True)
def same_as(question, user, sent, value):
    case = Case.objects.published().filter(pk=number_of(value)).first()
    if case is None:
        raise Refused("Kies een casus die op de site staat.")
    steps.same_as(question, by=user, case=case)
    return f"“{case}” is nu het antwoord, en ligt bij een tweede lezer"


# --- Who and with whom ----------------------------------------------------------------------------


@act("to", goes_on=False)
def assign(question, user, sent, value):
    ministry, officer = _chosen(sent.get("to", ""))
    steps.assign(question, by=user, ministry=ministry, officer=officer)
    return "Toegewezen"


@act()
def take(question, user, sent, value):
    """For oneself."""
    steps.assign(question, by=user)
    return "Deze vraag is nu van u"


@act("to", "reason_over", goes_on=True)
def hand_over(question, user, sent, value):
    ministry, officer = _chosen(sent.get("to", ""))
    steps.hand_over(question, by=user, ministry=ministry, officer=officer, reason=text_of(sent, "reason_over"))
    return "Overgedragen"


def _chosen(text):
    """“3” is a ministry, “3-12” an officer of it."""
    ministry, _, officer = text.partition("-")
    found = Ministry.objects.filter(pk=number_of(ministry)).first()
    if found is None:
        raise Refused("Kies aan wie u deze vraag geeft.")
    person = get_user_model().objects.filter(pk=number_of(officer)).first() if officer else None
    if officer and person is None:
        raise Refused("Deze collega is er niet meer.")
    return found, person


@act("also")
def ministries(question, user, sent, value):
    chosen = Ministry.objects.filter(pk__in=[number_of(text) for text in sent.getlist("also")])
    steps.name_ministries(question, by=user, ministries=chosen)
    return "De ministeries zijn bewaard"


@act("ask_text", goes_on=True)
def ask_back(question, user, sent, value):
    steps.ask_back(question, by=user, text=text_of(sent, "ask_text"))
    return "Uw vraag is gemaild aan de vrager. De klok staat stil"


@act("note_text", "mentions")
def note(question, user, sent, value):
    mentioned = [number_of(text) for text in sent.getlist("mentions")]
    people_named = [person for person in mentionable(question, user) if person.pk in mentioned]
    steps.note(question, by=user, text=text_of(sent, "note_text"), mentions=people_named)
    return "De notitie is bewaard"


def mentionable(question, user):
    """Colleagues who may read it: of its ministries, the owner and the team."""
    roles = [ministry.role for ministry in (question.ministry, *question.also_ministries.all()) if ministry]
    users = get_user_model().objects.filter(is_active=True)
    found = users.filter(groups__name__in=roles) | users.filter(pk__in=people.team_members().values("pk"))
    return found.exclude(pk=user.pk).distinct().order_by("name", "pk")


@act("merge_into", goes_on=True)
def merge(question, user, sent, value):
    steps.merge(question, by=user, into=_double(user, value, sent.get("merge_into", "")))
    return "Samengevoegd. De vrager krijgt hetzelfde antwoord"


def _double(user, key, text):
    """The other question: by its key from a button, or by its number as it was typed."""
    found = Question.objects.answered_by(user)
    if key:
        found = found.filter(pk=number_of(key))
    elif match := REFERENCE.fullmatch(text):
        found = found.filter(year=match[1], number=match[2])
    else:
        raise Refused("Vul het nummer in van de andere vraag, zoals R-2026-0042.")
    if question := found.first():
        return question
    raise Refused("Deze vraag is er niet, of is niet van uw ministerie.")


# --- What it is about, and what comes of it -------------------------------------------------------


@act("rule", "obstacle")
def classify(question, user, sent, value):
    rule = Rule.objects.filter(pk=number_of(sent.get("rule", ""))).first()
    obstacle = Obstacle.objects.filter(pk=number_of(sent.get("obstacle", ""))).first()
    steps.classify(question, by=user, rule=rule, obstacle=obstacle)
    return "Regel en belemmering zijn bewaard"


@act("reason_case", goes_on=True)
def decline_case(question, user, sent, value):
    steps.decline_case(question, by=user, reason=text_of(sent, "reason_case"))
    return "Er komt geen casus van"
