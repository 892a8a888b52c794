"""Who may do what with a reflection."""

from django.http import Http404

from regions.models import PactLeader, RegionalPact

from .models import Reflection

REVIEW = "volgspot.review_reflection"


def is_leader(user, pact):
    return user.is_authenticated and PactLeader.objects.current().filter(pact=pact, user=user).exists()


def reflection_for(user, pact, round):
    """The reflection by the short names of its pact and round, with `is_mine`; 404 for who may not see it.

    The team reads along in what was sent in, and never in a concept.
    """
    reflections = Reflection.objects.with_counts().select_related("pact", "round", "reviewer")
    reflections = reflections.filter(pact__slug=pact, round__slug=round)
    if mine := reflections.filter(pact__in=RegionalPact.objects.led_by(user)).first():
        mine.is_mine = True
        return mine
    sent = reflections.exclude(status=Reflection.Status.DRAFT).first() if user.has_perm(REVIEW) else None
    if sent is None:
        raise Http404
    sent.is_mine = False
    return sent


def leaders_of(pact):
    """The accounts that lead a pact today and can still log in."""
    leaders = PactLeader.objects.current().filter(pact=pact, user__is_active=True).select_related("user")
    return [leader.user for leader in leaders]


def is_tied(user, pact):
    """Leads the pact, or works for an organisation that takes part."""
    return RegionalPact.objects.tied_to(user).filter(pk=pact.pk).exists()


def only_leaders(reflection, user):
    return "" if is_leader(user, reflection.pact) else "Alleen een projectleider van dit pact kan dit doen."


def only_reviewers(reflection, user):
    """The team, as far as it is not tied to the pact."""
    if not user.has_perm(REVIEW):
        return "Alleen het landelijke team kan dit doen."
    if is_tied(user, reflection.pact):
        return "U bent zelf bij dit pact betrokken. Iemand anders van het landelijke team beoordeelt dit verslag."
    return ""


def only_team(reflection, user):
    return "" if user.has_perm(REVIEW) else "Alleen het landelijke team kan dit doen."


def leaders_and_team(reflection, user):
    return only_leaders(reflection, user) and only_team(reflection, user)
