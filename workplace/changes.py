"""What can be proposed: per kind how it reads, and what it does to the page once it is taken over.

A change knows the target (a pact or a koploper) and the data that was filled in; see `forms.py`. What the page says
of it is one sentence, `now`; what it would say is another, `new`. The sentence of when it was proposed is kept, so
that it can be seen that the page changed since.
"""

from django.utils import timezone

from kopgroep.models import Koploper
from organisations.models import Organisation, Participation
from programme.fields import partial_date_in_words as in_words
from regions.models import Phase, PhaseChange
from zorgpact.workflow import Refused

from .models import Proposal

Kind = Proposal.Kind
Role = Participation.Role
NOT_KNOWN = "niet bekend"


def current(target):
    return target.participations.current().select_related("organisation")


def rows_of(target, organisation):
    return current(target).filter(organisation=organisation)


def lead_of(target):
    return current(target).filter(role=Role.LEAD).first()


def with_date(words, since):
    return f"{words}, sinds {in_words(since)}" if since else words


class Joins:
    @staticmethod
    def now(target, data):
        rows = rows_of(target, data["organisation"]["pk"]) if data["organisation"]["pk"] else []
        words = "; ".join(with_date(f"{row.organisation}: {row.get_role_display()}", row.started) for row in rows)
        return words or f"{data['organisation']['name']} doet nog niet mee"

    @staticmethod
    def new(target, data):
        return with_date(f"{data['organisation']['name']}: {Role(data['role']).label}", data["since"])

    @staticmethod
    def apply(target, data, *, by, organisation):
        if rows_of(target, organisation).filter(role=data["role"]).exists():
            raise Refused(f"{organisation} doet al mee in deze rol.")
        add(target, organisation, data["role"], data["since"])


class Stops:
    @staticmethod
    def now(target, data):
        row = target.participations.filter(pk=data["participation"]).select_related("organisation").first()
        if row is None:
            return "deze deelnemer staat niet meer op de pagina"
        words = with_date(str(row), row.started)
        return f"{words}, tot {in_words(row.ended)}" if row.ended else words

    @staticmethod
    def new(target, data):
        row = target.participations.filter(pk=data["participation"]).select_related("organisation").first()
        return f"{row or 'deze deelnemer'} stopt, tot {in_words(data['until'])}"

    @staticmethod
    def apply(target, data, *, by, organisation):
        row = current(target).filter(pk=data["participation"]).first()
        if row is None:
            raise Refused("Deze deelnemer is al gestopt of van de pagina gehaald.")
        end(row, data["until"])


class Lead:
    @staticmethod
    def now(target, data):
        row = lead_of(target)
        return with_date(str(row.organisation), row.started) if row else NOT_KNOWN

    @staticmethod
    def new(target, data):
        words = with_date(data["organisation"]["name"], data["since"])
        return f"{words}. De trekker van nu blijft meedoen als partner" if data.get("stays") else words

    @staticmethod
    def apply(target, data, *, by, organisation):
        before = lead_of(target)
        if before and before.organisation == organisation:
            raise Refused(f"{organisation} is al trekker.")
        for row in rows_of(target, organisation).filter(role=Role.PARTNER):
            end(row, data["since"])
        if before:
            end(before, data["since"])
            if data.get("stays") and not rows_of(target, before.organisation).exists():
                add(target, before.organisation, Role.PARTNER, data["since"])
        add(target, organisation, Role.LEAD, data["since"])


class Phased:
    @staticmethod
    def now(target, data):
        today = timezone.localdate().isoformat()
        row = target.phase_changes.filter(since__lte=today).select_related("phase").order_by("-since", "-pk").first()
        return with_date(row.phase.name, row.since) if row else NOT_KNOWN

    @staticmethod
    def new(target, data):
        phase = Phase.objects.filter(slug=data["phase"]).first()
        words = with_date(phase.name if phase else data["phase"], data["since"])
        return f"{words}. {data['why']}" if data.get("why") else words

    @staticmethod
    def apply(target, data, *, by, organisation):
        phase = Phase.objects.filter(slug=data["phase"]).first()
        if phase is None:
            raise Refused("Deze fase bestaat niet meer. Geef het voorstel terug.")
        PhaseChange.objects.create(
            pact=target,
            phase=phase,
            since=data["since"],
            reason=data.get("why", ""),
            recorded_by=by,
            is_sample=target.is_sample,
        )


def add(target, organisation, role, since):
    target.participations.create(organisation=organisation, role=role, started=since, is_sample=target.is_sample)


def end(row, until):
    """A row ends and stays. What began later than it ends, was never so: that is for a person to mend."""
    if row.started and row.started > until:
        raise Refused(f"{row.organisation} begon volgens de pagina op {in_words(row.started)}, dus later dan dit.")
    row.ended = until
    row.save()


CHANGES = {Kind.JOINS: Joins, Kind.STOPS: Stops, Kind.LEAD: Lead, Kind.PHASE: Phased}


def kinds_for(target):
    """What can be proposed for it: a koploper has no phase."""
    return [kind for kind in Kind if kind != Kind.PHASE or not isinstance(target, Koploper)]


def now(proposal):
    """What the page says of it at this moment."""
    return CHANGES[proposal.kind].now(proposal.target, proposal.data)


def new(proposal):
    """What the page would say."""
    return CHANGES[proposal.kind].new(proposal.target, proposal.data)


def organisation_of(proposal):
    """The organisation that is meant, or None where it is not known yet; nothing where the kind has none."""
    named = proposal.data.get("organisation")
    return Organisation.objects.filter(pk=named["pk"]).first() if named and named["pk"] else None


def lacks_organisation(proposal):
    """Whether the team must still say which organisation is meant."""
    return "organisation" in proposal.data and organisation_of(proposal) is None
