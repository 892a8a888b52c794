"""What an officer and a second reader do with a case, and what stands beside its text."""

import datetime

from django.utils import timezone
from django.utils.text import slugify

from programme.history import steps_on
from regels import people
from regels.check_names import fits, left_in
from regels.models import Case, Question
from regels.workflow import cases as steps
from zorgpact.reading_history import lines
from zorgpact.workflow import Refused

from .acts import text_of

UNNAMED = "concept-"
SHOWN = ("question", "answer", "context", "room", "what_you_can_do", "conditions", "origin_note")
HISTORY = 20


def texts_of(case):
    """What becomes public, by the name of its field."""
    return {str(Case._meta.get_field(name).verbose_name): getattr(case, name) for name in SHOWN if getattr(case, name)}


def originals(case, user):
    """The questions that it came from. Only who may read questions sees them; the case itself knows none."""
    about = case.revises if case.is_revision else case
    found = Question.objects.read_by(user).filter(case=about, anonymised_at=None).prefetch_related("messages")
    return list(found.order_by("confirmed_at")[:5])


def private_words(questions):
    return [
        word for question in questions for word in (question.name, question.organisation_name, question.email) if word
    ]


def context_of(case, user, typed):
    texts, from_questions = texts_of(case), originals(case, user)
    return {
        "case": case,
        "may": steps.steps_for(case, user),
        "why_not_review": people.second_reader_of_case(case, user) if case.status == Case.Status.SECOND_READER else "",
        "originals": from_questions,
        "left": left_in(texts, private_words(from_questions)) if case.status in BEFORE_PUBLIC else (),
        "fits": fits(case, texts),
        "changed_rules": case.changed_rules(),
        "revision": Case.objects.filter(revises=case).first(),
        "typed": typed,
        "today": timezone.localdate(),
        "history_lines": lines(steps_on(case)[:HISTORY], case),
    }


BEFORE_PUBLIC = (Case.Status.DRAFT, Case.Status.SECOND_READER)


# --- The steps ------------------------------------------------------------------------------------


def take(case, user, sent):
    """The step that a button asks for; what to say of it."""
    name, reason = sent.get("act", ""), text_of(sent, "reason")
    match name:
        case "publish":
            done = steps.publish(case, by=user, at=_moment(sent.get("at", "")))
            return (
                "Gepubliceerd"
                if done.is_published
                else f"Verschijnt op {timezone.localtime(done.published_at):%d-%m-%Y}"
            )
        case "give_back" | "withdraw":
            steps.STEPS[name](case, by=user, reason=reason)
            return "Teruggegeven" if name == "give_back" else "Ingetrokken. Op de pagina staat waarom"
        case "check":
            steps.check(case, by=user)
            return "Nagekeken: de casus klopt nog"
        case "revise":
            steps.revise(case, by=user)
            return "De herziening is begonnen. De tekst op de site blijft staan tot u de herziening publiceert"
    raise Refused("Kies wat u met deze casus wilt doen.")


def _moment(text):
    """The beginning of a day that lies ahead, or now."""
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused("Vul een dag in, zoals 31-12-2026.") from None
    if day > timezone.localdate() + datetime.timedelta(days=366):
        raise Refused("Kies een dag binnen een jaar.")
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def propose(case, user):
    if case.slug.startswith(UNNAMED):
        raise Refused("Geef de casus eerst een adres.")
    steps.propose(case, by=user)


def free_slug(case):
    """An address from its question: the one of a draft would tell the number of the question it came from."""
    start = slugify(case.question)[:80].strip("-") or "casus"
    taken = set(Case.objects.exclude(pk=case.pk).filter(slug__startswith=start).values_list("slug", flat=True))
    names = (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken and name not in Case.reserved_slugs)
