"""Keeping what is typed, step by step, and sending it."""

import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from regels import retention
from regels.models import Draft
from regels.workflow import questions
from zorgpact.workflow import Refused

from . import steps

# No answer is this long; what is longer is shown again and not kept.
LONGEST_KEPT = 20_000
ALREADY_SENT = "Deze vraag is al verstuurd. Wat u nu schreef, is niet meegestuurd."


class Stale(Exception):
    """In another window something else was kept meanwhile; `kept` is what."""

    def __init__(self, kept):
        super().__init__("U wijzigde dit ook in een ander venster")
        self.kept = kept


def mark_of(typed):
    """Stands in the form: what it was made from."""
    return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:20]


def keep(draft, step, typed, *, mark):
    """Keep what was typed in a step, right or not. `Stale` where the form was made from something else."""
    with transaction.atomic():
        draft = _lock(draft)
        kept = draft.steps.get(step.slug, {})
        if mark != mark_of(kept) and kept != typed:
            raise Stale(kept)
        if all(len(str(value)) <= LONGEST_KEPT for value in typed.values()):
            draft.steps[step.slug] = typed
            draft.saved_at = timezone.now()
            draft.version += 1
            draft.save()
    return draft


def _lock(draft):
    draft = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if draft is None or draft.is_sent:
        raise Refused(ALREADY_SENT)
    return draft


def is_too_fast(draft):
    """A person needs a while to type; whoever needs none is asked to wait and try again."""
    return (timezone.now() - draft.started_at).total_seconds() < settings.PORTAL_ASKING_TAKES_SECONDS


def send(draft):
    """Make a question of a draft in which every step is right. Twice is one question."""
    fields = {}
    for step in steps.WITH_FORM:
        form = steps.form_of(draft, step)
        if not form.is_valid():
            raise Refused(f"Kijk de stap “{step.title}” nog eens na.")
        fields |= form.cleaned_data
    return questions.receive(draft, themes=fields.pop("themes"), **fields)


def throw_away(draft):
    with transaction.atomic():
        draft = _lock(draft)
        retention.remove_files(draft.attachments.all())
        draft.delete()
