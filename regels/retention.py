"""Forgetting who asked. What is left of a question is what is counted: its number, days, ministry, rule and outcome."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from programme.history import history_may_change
from zorgpact.workflow import note_step

from . import mails
from .models import AnswerVersion, Question

# What is kept how long, from when, and what happens then; for the privacy page too.
TERMS = (
    ("een vraag die u niet bevestigt", "7 dagen", "na het versturen", "wij verwijderen alles"),
    ("een concept van een vraag", "30 dagen", "na de laatste wijziging", "wij verwijderen alles"),
    ("een vraag, met berichten, notities en bijlagen", "een jaar", "na het sluiten", "wij halen alle tekst en gegevens weg"),
    ("de hash die dubbel tellen voorkomt", "30 dagen", "na het drukken op de knop", "wij gooien hem weg"),
    ("een adres bij een belemmering dat u niet bevestigt", "7 dagen", "na het invullen", "wij verwijderen het"),
)  # fmt: skip


def folder():
    """Where attachments stand, apart from everything that is served."""
    return Path(settings.VAR_DIR) / "vraagbijlagen"


def remove_files(attachments):
    """The files go once the transaction is certain."""
    for attachment in attachments:
        path = folder() / attachment.stored_as
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def report(now=None):
    """What `anonymise_due` would do: (number, outcome, closed on) of each."""
    due = Question.objects.to_anonymise(now).order_by("closed_at", "pk")
    return [(q.reference, q.get_outcome_display(), timezone.localdate(q.closed_at)) for q in due]


def anonymise_due(now=None):
    done = 0
    for pk in Question.objects.to_anonymise(now).values_list("pk", flat=True):
        with history_may_change(f"retention of question {pk}"):
            question = Question.objects.to_anonymise(now).select_for_update(of=("self",)).filter(pk=pk).first()
            if question:
                anonymise(question, now)
                done += 1
    return done


def anonymise(question, now=None):
    """Empty all that somebody wrote, and all that says who; inside `history_may_change`."""
    for name in Question.PERSONAL:
        setattr(question, name, "")
    question.pact = question.koploper = None
    question.anonymised_at = now or timezone.now()
    question.version += 1
    question.save()
    remove_files(question.attachments.all())
    question.attachments.all().delete()
    question.links.all().delete()
    question.messages.update(text="")
    question.notes.update(text="")
    question.handovers.update(reason="")
    question.answers.update(text="", returned_reason="")
    AnswerVersion.objects.filter(answer__question=question).update(text="")
    mails.forget(question)
    note_step(question, by=None, step="geanonimiseerd", job="bewaartermijn")
