"""The queues of whoever answers: what waits, for whom, and how many. A number is that of the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, Count, Value

from regels.models import Question
from regels.people import is_team, ministries_of


class Worker:
    """Somebody with queues: what they may work on, and for which ministries."""

    def __init__(self, user):
        self.user = user
        self.is_team = is_team(user)
        self.ministries = ministries_of(user)

    @property
    def questions(self):
        """The team sees all; an officer what the own ministry can do something about."""
        if self.is_team:
            return Question.objects.read_by(self.user)
        return Question.objects.answered_by(self.user, self.ministries)


@dataclass(frozen=True)
class Queue:
    slug: str
    label: str
    explanation: str
    narrow: Callable


QUEUES = {
    queue.slug: queue
    for queue in (
        Queue("nieuw", "Nieuw", "Nog van niemand. Wijs de vraag toe.", lambda q, w: q.new()),
        Queue("van-mij", "Van mij", "U behandelt deze vragen en bent nu aan zet.", lambda q, w: q.of_officer(w.user)),
        Queue(
            "ministerie",
            "Mijn ministerie",
            "Alles wat open staat bij uw ministerie.",
            lambda q, w: q.open() if w.is_team else Question.objects.of_ministry(*w.ministries),
        ),
        Queue(
            "wacht-op-vrager",
            "Wacht op vrager",
            "Wij vroegen de vrager iets. De klok staat stil.",
            lambda q, w: q.waiting_for_asker(),
        ),
        Queue(
            "te-toetsen",
            "Te toetsen",
            "Een collega schreef een antwoord. U leest het na.",
            lambda q, w: q.to_review(w.user),
        ),
        Queue(
            "niet-verzonden",
            "Besloten, niet verzonden",
            "Het antwoord is akkoord. Iemand moet het nog versturen.",
            lambda q, w: q.decided_not_sent(),
        ),
        Queue("te-laat", "Te laat", "De termijn is voorbij.", lambda q, w: q.overdue()),
        Queue(
            "te-publiceren",
            "Te publiceren",
            "Beantwoord, en de vrager vindt een casus goed.",
            lambda q, w: q.to_publish(),
        ),
        Queue(
            "verouderd",
            "Mogelijk verouderd",
            "Beantwoord met een casus die misschien niet meer klopt.",
            lambda q, w: q.perhaps_outdated(),
        ),
    )
}


def queues_of(worker):
    """Those that this person has: “van mij” is nothing for the team, that answers no questions."""
    for queue in QUEUES.values():
        if queue.slug == "van-mij" and not worker.ministries:
            continue
        if queue.slug == "ministerie" and worker.is_team:
            queue = Queue(queue.slug, "Alles wat open staat", "Bij alle ministeries.", queue.narrow)
        yield queue


def in_queue(slug, worker):
    """The questions of a queue, unsorted; none where there is no such queue."""
    queue = QUEUES.get(slug)
    return queue.narrow(worker.questions, worker) if queue else Question.objects.none()


def counted(worker):
    """Each queue with its number, in one query."""
    mine = list(queues_of(worker))
    parts = [_count(queue, worker) for queue in mine]
    numbers = dict(parts[0].union(*parts[1:], all=True))
    return [{"queue": queue, "label": queue.label, "count": numbers.get(queue.slug, 0)} for queue in mine]


def _count(queue, worker):
    named = Value(queue.slug, output_field=CharField())
    found = queue.narrow(worker.questions, worker).order_by().annotate(in_queue=named)
    return found.values("in_queue").annotate(n=Count("pk")).values_list("in_queue", "n")


def next_in(slug, worker, question):
    """The one after this question, the oldest first; round to the oldest of all."""
    waiting = in_queue(slug, worker).exclude(pk=question.pk).in_order()
    later = waiting.filter(confirmed_at__gt=question.confirmed_at).first()
    return later or waiting.first()
