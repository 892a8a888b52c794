"""A bottleneck that is a matter of rules goes to a ministry, as a question, with one button."""

from django.db import transaction

from regels.workflow import questions
from zorgpact.workflow import Refused, lock

from .people import is_leader


def send_on(bottleneck, *, by):
    """Make a question of it, once; the leader is the asker. The question."""
    with transaction.atomic():
        bottleneck = lock(bottleneck)
        pact = bottleneck.reflection.pact
        if not is_leader(by, pact):
            raise Refused("Alleen een projectleider van dit pact kan dit doen.")
        if bottleneck.question_id:
            return bottleneck.question
        words = [bottleneck.text, bottleneck.because]
        bottleneck.question = questions.receive_from_account(
            by=by, question="\n\n".join(filter(None, words)), pact=pact, is_sample=bottleneck.is_sample
        )
        bottleneck.save(update_fields=["question"])
    return bottleneck.question
