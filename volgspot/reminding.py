"""Reminders of a round: to leaders and partners before it closes, to the team after. May run often, and twice at once."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from regions.models import RegionalPact

from . import mails, partners
from .models import PartnerLink, Reflection, Round
from .people import REVIEW

DAYS_BEFORE = (14, 2)
# A worker that was away for a while still tells the team.
TELL_TEAM_FOR = timedelta(days=7)
# Partners hear once more a week before their round closes.
PARTNERS_BEFORE = timedelta(days=7)
FILED = (Reflection.Status.SUBMITTED, Reflection.Status.ADOPTED)


def pacts_asked(round):
    """The pacts that a round is for."""
    pacts = RegionalPact.objects.published()
    chosen = round.pacts.all()
    return pacts.filter(pk__in=chosen) if chosen.exists() else pacts


def not_filed(round):
    """Pacts that have not handed in, whether they began or not."""
    filed = Reflection.objects.filter(round=round, status__in=FILED)
    return pacts_asked(round).exclude(pk__in=filed.values("pact"))


def remind(today=None):
    """The job of the worker: put the reminders that are due in the outbox; a key keeps each from going twice."""
    today = today or timezone.localdate()
    for round in Round.objects.open(today).filter(closes__lte=today + timedelta(days=max(DAYS_BEFORE))):
        days = min(days for days in DAYS_BEFORE if (round.closes - today).days <= days)
        for pact in not_filed(round):
            mails.remind_leaders(pact, round, days)
    closing = Round.objects.open(today).filter(closes__lte=today + PARTNERS_BEFORE)
    waiting = PartnerLink.objects.usable().filter(
        reflection__round__in=closing, reflection__status__in=Reflection.EDITABLE, view=None, reminded_at=None
    )
    for link in waiting.select_related("reflection__pact", "reflection__round", "organisation"):
        partners.remind(link, by=None)
    for round in Round.objects.filter(closes__lt=today, closes__gte=today - TELL_TEAM_FOR):
        lacking = [str(pact) for pact in not_filed(round)]
        if lacking:
            filed = Reflection.objects.filter(round=round, status__in=FILED).count()
            mails.tell_team_of_closing(round, filed, lacking, get_user_model().objects.who_may(REVIEW))
