"""The one step of an obstacle. Nothing else changes its status.

    bekend ──▶ in onderzoek ──▶ opgelost binnen de regels
                    ▲       ├─▶ opgelost langs een andere weg
                    │       ├─▶ gewijzigd
                    │       └─▶ blijft
                    └─── any of these four, when something new comes up

Each move is of an officer of its ministry and has a reason, which everybody may read. Whoever asked about it, and
whoever left an address, is told.
"""

from django.utils import timezone

from regels import mails
from regels.models import Obstacle, ObstacleMove
from regels.people import only_movers
from zorgpact.workflow import Refused, step

Status = Obstacle.Status
ENDS = (*Obstacle.SOLVED, Status.STAYS)
MOVES = {Status.KNOWN: (Status.EXAMINED,), Status.EXAMINED: ENDS} | dict.fromkeys(ENDS, (Status.EXAMINED,))


@step("verplaatst", before=list(Status), why_not=only_movers, needs_reason=True, read_by="Iedereen")
def move(obstacle, *, by, reason, to):
    """Say where it stands now, and why."""
    before, to = Status(obstacle.status), Status(to)
    if to not in MOVES[before]:
        raise Refused(f"Van “{before.label}” gaat een belemmering niet naar “{to.label}”.")
    today = timezone.localdate().isoformat()
    made = ObstacleMove.objects.create(
        obstacle=obstacle, before=before, after=to, on=today, reason=reason, moved_by=by, is_sample=obstacle.is_sample
    )
    obstacle.status, obstacle.status_since = to, today
    mails.say_obstacle_moved(made)


def moves_for(obstacle, user):
    """Where this person may move it to now."""
    return MOVES[Status(obstacle.status)] if move.can_be_taken(obstacle, user) else ()
