"""What happens to questions by the clock alone. May run often, and twice at once: each step locks and checks again."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from programme import limits
from zorgpact.workflow import Refused, note_step

from . import desk_mails, mails, retention
from .counting import throw_hashes_away
from .deadlines import recompute
from .models import Draft, Follower, Presence, Question
from .workflow import questions

logger = logging.getLogger(__name__)

FOLLOWER_LIVES = timedelta(days=7)


def tend(now=None):
    """The job of the worker: all of it; what was done, by name. What goes wrong may not keep the rest from being done."""
    now, done = now or timezone.now(), {}
    for name, task in TASKS.items():
        try:
            done[name] = task(now)
        except Exception:
            logger.exception("%s failed; it is tried again.", name)
    return done


def _each(waiting, do):
    """Do it with each question of `waiting`, in a transaction of its own: somebody may press a button right now."""
    done = 0
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            question = waiting.select_for_update().filter(pk=pk).first()
            if question:
                do(question)
                done += 1
    return done


def delete_unconfirmed(now):
    return _each(Question.objects.unconfirmed_too_long(now), _delete)


def _delete(question):
    """The address was never proven: all of it goes, files and mail too."""
    retention.remove_files(question.attachments.all())
    mails.forget(question)
    question.delete()


def remind(now):
    def do(question):
        mails.remind_asker(question)
        Question.objects.filter(pk=question.pk).update(reminded_at=now)
        note_step(question, by=None, step="herinnerd", job=questions.NIGHTLY)

    return _each(Question.objects.to_remind(now), do)


def follow_up(now):
    """One question, six weeks after the answer: did it help?"""

    def do(question):
        mails.ask_whether_it_helped(question)
        Question.objects.filter(pk=question.pk).update(followed_up_at=now)

    return _each(Question.objects.to_follow_up(now), do)


def lapse(now):
    return _take(questions.lapse, Question.objects.to_lapse(now))


def close(now):
    return _take(questions.close, Question.objects.to_close(now), can_continue=None)


def _take(step, waiting, **details):
    done = 0
    for question in waiting:
        try:
            step(question, by=None, job=questions.NIGHTLY, **details)
            done += 1
        except Refused:
            # Somebody was faster; there is nothing to do any more.
            continue
    return done


def delete_drafts(now):
    drafts = Draft.objects.lapsed(now)
    for draft in drafts.prefetch_related("attachments"):
        retention.remove_files(draft.attachments.all())
    return drafts.delete()[0]


def delete_followers(now):
    return Follower.objects.unconfirmed_since(now - FOLLOWER_LIVES).delete()[0]


def forget_presence(now):
    return Presence.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()[0]


TASKS = {
    "niet bevestigd en verwijderd": delete_unconfirmed,
    "herinnerd": remind,
    "vervallen": lapse,
    "gesloten na zes weken": close,
    "gevraagd of het hielp": follow_up,
    "concepten verwijderd": delete_drafts,
    "volgers verwijderd": delete_followers,
    "hashes weggegooid": throw_hashes_away,
    "pogingen vergeten": limits.forget,
    "termijnen bijgewerkt": lambda now: recompute(),
    "wie er keek, vergeten": forget_presence,
    "overzichten klaargezet": desk_mails.send_when_due,
    "geanonimiseerd": retention.anonymise_due,
}
