"""The mails about questions, cases and obstacles.

Only the asker gets what was written; a colleague gets the number and a link. Every mail to an asker has a secret link
of its own, and loses its body once it is sent.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.kinds import Kind, register
from outbox.models import Mail
from outbox.sending import label_of, send

from . import desk_mails, following
from .deadlines import clock_of
from .models import Case, Question, StatusLink
from .models.question import LAPSES_AFTER_REMINDER, UNCONFIRMED_LIVES
from .people import team_members

Status = Question.Status
ASKER = "de vrager"
OFFICER = "de ambtenaar die de vraag heeft"


def link_of(question):
    """A new secret link to the page of the asker."""
    return f"{settings.PORTAL_URL}/ruimte-in-de-regels/mijn-vraag/{StatusLink.objects.make(question)}/"


def desk_link(record):
    """Where somebody with an account works on it."""
    meta = record._meta
    return f"{settings.PORTAL_URL}/beheer/{meta.app_label}/{meta.model_name}/{record.pk}/change/"


def example(**more):
    """The context of a mail that looks real."""
    return lambda: {
        "reader": "vrager",
        "reference": "R-2026-0042",
        "link": f"{settings.PORTAL_URL}/ruimte-in-de-regels/mijn-vraag/voorbeeld/",
        **more,
    }


def soon():
    return timezone.localdate() + timedelta(days=14)


def has_status(*statuses):
    return lambda mail: mail.record is not None and mail.record.status in statuses


def is_open(mail):
    return mail.record is not None and mail.record.is_open


def asker_is_known(mail):
    return mail.record is not None and bool(mail.record.email)


def case_is_public(mail):
    return asker_is_known(mail) and mail.record.case is not None and mail.record.case.is_published


def _kind(name, title, purpose, trigger, to_whom, not_sent_when, wanted, example, *, secret=False):
    return register(
        Kind(
            name=f"regels.{name}",
            title=title,
            purpose=purpose,
            trigger=trigger,
            to_whom=to_whom,
            not_sent_when=not_sent_when,
            template=f"regels/mail/{name}",
            example=example,
            still_wanted=wanted,
            is_secret=secret,
        )
    )


CONFIRM = _kind(
    "confirm", "Bevestig uw vraag", "Wij weten dat het adres van de vrager is.", "Iemand verstuurt een vraag.",
    ASKER, "De vraag is al bevestigd of verwijderd.", has_status(Status.UNCONFIRMED), lambda: example(until=soon())(),
    secret=True,
)  # fmt: skip
RECEIVED = _kind(
    "received", "Vraag ontvangen", "De vrager heeft een bewijs met een nummer, en de link naar de eigen pagina.",
    "De vrager bevestigt het adres.", ASKER, "De vraag is al beantwoord of gesloten.", is_open,
    lambda: example(due=soon())(), secret=True,
)  # fmt: skip
ASKED_BACK = _kind(
    "asked_back", "Wij willen iets van u weten", "De vrager weet wat wij nog nodig hebben.",
    "Een ambtenaar vraagt de vrager iets.", ASKER, "De vrager heeft al geantwoord.", has_status(Status.WAITING),
    example(text="Om hoeveel uren gaat het?"), secret=True,
)  # fmt: skip
REMINDER = _kind(
    "asked_back_reminder", "Herinnering: wij wachten op u", "De vrager vergeet niet te antwoorden.",
    "Veertien dagen na onze vraag, één keer.", ASKER, "De vrager heeft al geantwoord.", has_status(Status.WAITING),
    lambda: example(until=soon())(), secret=True,
)  # fmt: skip
ANSWERED = _kind(
    "answered", "Het antwoord", "De vrager krijgt het antwoord.", "Een ambtenaar verstuurt het antwoord.", ASKER,
    "De vrager is intussen vergeten.", asker_is_known, example(text="Ja, dat mag als de school het toestaat."),
    secret=True,
)  # fmt: skip
LAPSED = _kind(
    "lapsed", "Vraag gesloten zonder antwoord", "De vrager weet dat wij niet meer wachten.",
    "Dertig dagen na de herinnering.", ASKER, "De vraag is intussen heropend.", has_status(Status.CLOSED), example(),
    secret=True,
)  # fmt: skip
MERGED = _kind(
    "merged", "Vraag samengevoegd", "De vrager weet dat het antwoord samen met een ander komt.",
    "Een ambtenaar voegt twee vragen samen.", ASKER, "De vrager is intussen vergeten.", asker_is_known, example(),
    secret=True,
)  # fmt: skip
WITHDRAWN = _kind(
    "withdrawn", "Vraag ingetrokken", "De vrager heeft een bewijs.", "De vrager trekt de vraag in.", ASKER,
    "De vrager is intussen vergeten.", asker_is_known, example(),
)  # fmt: skip
FOLLOW_UP = _kind(
    "follow_up", "Bent u geholpen?", "Wij weten of het antwoord werkte.", "Zes weken na het antwoord, één keer.", ASKER,
    "De vraag is intussen heropend.", has_status(Status.ANSWERED, Status.CLOSED), example(), secret=True,
)  # fmt: skip
CASE_PUBLISHED = _kind(
    "case_published", "Van uw vraag is een casus gemaakt", "De vrager leest als een van de eersten wat er openbaar is.",
    "Een casus bij de vraag komt op de site.", ASKER, "De casus staat niet op de site.", case_is_public,
    lambda: example(case_link=f"{settings.PORTAL_URL}/ruimte-in-de-regels/voorbeeld/")(), secret=True,
)  # fmt: skip
MOVED = _kind(
    "obstacle_moved", "Nieuws over een belemmering", "Wie ermee zit, hoort dat er iets verandert.",
    "Een ambtenaar verplaatst een belemmering.", "wie erover vroeg, of een adres achterliet",
    "De belemmering staat niet meer op de site, of het adres is weggehaald.",
    lambda mail: mail.record is not None and following.may_hear(mail.record),
    example(obstacle="Lesgeven in de praktijk", status="in onderzoek", reason="Wij vragen het na.", stop_link=""),
    secret=True,
)  # fmt: skip
FOLLOW = _kind(
    "follow", "Bevestig dat u bericht wilt", "Wij mailen alleen wie dat zelf wil.",
    "Iemand laat een adres achter bij een belemmering.", "het adres dat is ingevuld", "Het adres is al bevestigd.",
    lambda mail: mail.record is not None and mail.record.confirmed_at is None,
    example(obstacle="Lesgeven in de praktijk"), secret=True,
)  # fmt: skip


def officer_example(**more):
    return lambda: {
        "reader": "Voorbeeld Ambtenaar",
        "reference": "R-2026-0042",
        "link": f"{settings.PORTAL_URL}/beheer/regels/question/42/change/",
        **more,
    }


ASSIGNED = _kind(
    "assigned", "Een vraag is voor u", "Een ambtenaar weet dat er een vraag wacht.",
    "Iemand anders wijst een vraag toe of draagt hem over.", "de nieuwe behandelaar",
    "De vraag is intussen van een ander, of klaar.", is_open,
    lambda: officer_example(by="Voorbeeld Collega", due=soon())(),
)  # fmt: skip
REPLIED = _kind(
    "replied", "De vrager reageerde", "De behandelaar kan verder.", "De vrager antwoordt of vult aan.", OFFICER,
    "De vraag is intussen klaar.", is_open, officer_example(),
)  # fmt: skip
TO_REVIEW = _kind(
    "to_review", "Lees een antwoord na", "Een antwoord wacht niet op een tweede lezer.",
    "Een ambtenaar legt een antwoord voor.", "de collega’s die niet meeschreven; zijn die er niet, het landelijke team",
    "Iemand anders las het al na.", has_status(Status.SECOND_READER), officer_example(),
)  # fmt: skip
GIVEN_BACK = _kind(
    "given_back", "Pas een antwoord aan", "De schrijver weet dat er iets moet veranderen.",
    "De tweede lezer geeft een antwoord terug.", OFFICER, "Het antwoord is intussen weer voorgelegd.",
    has_status(Status.ASSIGNED), officer_example(),
)  # fmt: skip
REOPENED = _kind(
    "reopened", "Een vraag is heropend", "De behandelaar weet dat het antwoord niet hielp.",
    "De vrager zegt dat het antwoord niet helpt.", OFFICER, "De vraag is intussen klaar.", is_open, officer_example(),
)  # fmt: skip
MENTIONED = _kind(
    "mentioned", "U bent genoemd", "Een collega vraagt om hulp.", "Iemand noemt u in een notitie.", "wie genoemd is",
    "De vraag is weg.", lambda mail: mail.record is not None, officer_example(by="Voorbeeld Collega"),
)  # fmt: skip
CASE_TO_REVIEW = _kind(
    "case_to_review", "Lees een casus na", "Een casus wacht niet op een tweede lezer.",
    "Een ambtenaar legt een casus voor.", "de collega’s die niet meeschreven; zijn die er niet, het landelijke team",
    "Iemand anders las de casus al na.", has_status(Case.Status.SECOND_READER), officer_example(),
)  # fmt: skip
CASE_GIVEN_BACK = _kind(
    "case_given_back", "Pas een casus aan", "De schrijver weet wat er moet veranderen.",
    "De tweede lezer geeft een casus terug.", "wie eraan schreef", "De casus is intussen weer voorgelegd.",
    has_status(Case.Status.DRAFT), officer_example(reason="Leg uit wat begeleide onderwijstijd is."),
)  # fmt: skip
RULE_CHANGED = _kind(
    "rule_changed", "Een regel is veranderd", "Het ministerie kijkt na of casussen nog kloppen.",
    "Iemand legt een nieuwe versie van een regel vast, of die is ingelezen.",
    "elke ambtenaar van het ministerie van de regel", "Geen casus is nagekeken tegen een oudere tekst.",
    lambda mail: mail.record is not None,
    lambda: officer_example(rule="onderwijstijd in het mbo", valid_from=soon(), cases=3)(),
)  # fmt: skip

EXAMPLE_LINES = ["Te laat: 1. R-2026-0042", "Van mij: 3. R-2026-0042, R-2026-0051, R-2026-0060"]
DAILY = _kind(
    "daily", "Wat er vandaag op u wacht", "Niets blijft liggen.", "Elke werkdag om zeven uur, als er iets wacht.",
    "ambtenaren en het landelijke team", "Er wacht niets meer, of iets anders; dan komt er een nieuwe.",
    lambda mail: desk_mails.is_still_so(mail), officer_example(lines=EXAMPLE_LINES),
)  # fmt: skip
WEEKLY = _kind(
    "weekly", "Wat er open staat bij uw ministerie", "Een ministerie ziet aankomen wat te laat wordt.",
    "De eerste werkdag van de week, als er iets open staat.", "ambtenaren en het landelijke team",
    "Er staat niets meer open, of iets anders; dan komt er een nieuwe.",
    lambda mail: desk_mails.is_still_so(mail), officer_example(lines=["OCW, open: 2. R-2026-0042, R-2026-0051"]),
)  # fmt: skip


# --- To the asker ---------------------------------------------------------------------------------


def _to_asker(kind, question, *, key, not_before=None, **context):
    if question.email:
        context |= {"reader": question.reader, "reference": question.reference}
        if kind.is_secret:
            context["link"] = link_of(question)
        send(kind, question.email, context, key=f"{question.pk} {key}", about=question, not_before=not_before)


def ask_to_confirm(question):
    until = timezone.localdate(question.submitted_at + UNCONFIRMED_LIVES)
    _to_asker(CONFIRM, question, key="", until=until)


def say_received(question):
    _to_asker(RECEIVED, question, key="", due=clock_of(question).due_on)


def ask_asker(message):
    _to_asker(ASKED_BACK, message.question, key=message.pk, text=message.text)


def remind_asker(question):
    until = timezone.localdate() + LAPSES_AFTER_REMINDER
    _to_asker(REMINDER, question, key=question.waiting_since.isoformat(), until=until)


def send_answer(message):
    _to_asker(ANSWERED, message.question, key=message.pk, text=message.text)


def say_lapsed(question):
    _to_asker(LAPSED, question, key=question.closed_at.isoformat())


def say_merged(question):
    _to_asker(MERGED, question, key="")


def say_withdrawn(question):
    _to_asker(WITHDRAWN, question, key="")


def ask_whether_it_helped(question):
    _to_asker(FOLLOW_UP, question, key=question.answered_at.isoformat())


def say_case_published(case):
    """To everybody whose question led to it; where it appears later, then."""
    link = settings.PORTAL_URL + case.get_absolute_url()
    for question in Question.objects.filter(case=case, anonymised_at=None, may_become_case=True):
        _to_asker(CASE_PUBLISHED, question, key=f"{case.pk}", not_before=case.published_at, case_link=link)


def text_of_case(case):
    """The answer to somebody who asked what a case answers already."""
    parts = [case.answer, case.what_you_can_do, case.conditions]
    return "\n\n".join([*filter(None, parts), f"Lees meer: {settings.PORTAL_URL}{case.get_absolute_url()}"])


# --- To who follows an obstacle -------------------------------------------------------------------


def ask_to_confirm_following(follower):
    context = {"obstacle": str(follower.obstacle), "link": following.link_of(follower)}
    send(FOLLOW, follower.email, context, key=f"{follower.pk}", about=follower)


def say_obstacle_moved(move):
    """Whoever asked and whoever left an address; one mail an address."""
    obstacle = move.obstacle
    if not obstacle.is_published:
        return
    told = {
        "obstacle": str(obstacle),
        "status": move.get_after_display(),
        "reason": move.reason,
        "link": settings.PORTAL_URL + obstacle.get_absolute_url(),
    }
    for follower in obstacle.followers.told():
        context = told | {"stop_link": following.link_of(follower)}
        send(MOVED, follower.email, context, key=f"{move.pk}", about=follower)
    for question in Question.objects.filter(obstacle=obstacle, anonymised_at=None).exclude(email=""):
        context = told | {"reader": question.reader, "stop_link": ""}
        send(MOVED, question.email, context, key=f"{move.pk}", about=question)


# --- To colleagues --------------------------------------------------------------------------------


def _to_colleagues(kind, people, record, *, key, **context):
    for person in people:
        if person is not None and person.is_active:
            context |= {"reader": str(person), "link": desk_link(record)}
            send(kind, person.email, context, key=f"{record.pk} {key}", about=record)


def say_assigned(handover):
    """Nobody is told of what they took themselves; a ministry without an officer hears it in its queue."""
    question = handover.question
    if handover.owner_id and handover.owner != handover.by:
        # Not as it stands on the question: the step that hands it over sets that only afterwards.
        clock = clock_of(question)
        context = {"reference": question.reference, "by": str(handover.by), "due": clock.due_on if clock else None}
        _to_colleagues(ASSIGNED, [handover.owner], question, key=handover.pk, **context)


def say_replied(message):
    question = message.question
    _to_colleagues(REPLIED, [question.owner], question, key=message.pk, reference=question.reference)


def say_reopened(question, message):
    _to_colleagues(REOPENED, [question.owner], question, key=question.reopened, reference=question.reference)


def say_mentioned(note):
    question = note.question
    context = {"reference": question.reference, "by": str(note.author)}
    _to_colleagues(MENTIONED, note.mentions.all(), question, key=note.pk, **context)


def _readers_of(record, writers):
    """Who may be the second reader: colleagues of the ministry, or else the team."""
    officers = record.ministry.officers if record.ministry else team_members().none()
    return officers.exclude(pk__in=writers) if officers.exclude(pk__in=writers).exists() else team_members()


def ask_second_reader(answer):
    question = answer.question
    readers = _readers_of(question, answer.writers.values("pk"))
    key = f"{answer.pk} {answer.proposed_at.isoformat()}"
    _to_colleagues(TO_REVIEW, readers, question, key=key, reference=question.reference)


def say_given_back(answer):
    question = answer.question
    key = f"{answer.pk} {answer.proposed_at.isoformat()}"
    _to_colleagues(GIVEN_BACK, [question.owner], question, key=key, reference=question.reference)


def ask_second_reader_of_case(case):
    readers = _readers_of(case, case.writers.values("pk"))
    _to_colleagues(CASE_TO_REVIEW, readers, case, key=timezone.now().isoformat())


def say_case_given_back(case, writers):
    _to_colleagues(CASE_GIVEN_BACK, writers, case, key=timezone.now().isoformat(), reason=case.returned_reason)


def say_rule_changed(version):
    rule = version.rule
    cases = Case.objects.to_look_at_for(version).count()
    if cases and rule.ministry:
        context = {"rule": str(rule), "valid_from": version.valid_from, "cases": cases}
        _to_colleagues(RULE_CHANGED, rule.ministry.officers, rule, key=version.pk, **context)


# --- Forgetting -----------------------------------------------------------------------------------


def forget(record):
    """The mails about it know an address: they go, what still waits too."""
    return Mail.objects.filter(about=label_of(record)).delete()[0]
