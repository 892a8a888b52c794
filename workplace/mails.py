from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from organisations.models import people_tied_to
from outbox.kinds import Kind, register
from outbox.sending import send

from .models import Proposal

INVITED = register(
    Kind(
        name="workplace.invited",
        title="Uitnodiging voor een projectleider",
        purpose="Iemand wordt projectleider van een pact of koploper.",
        trigger="Het landelijke team nodigt iemand uit, of een projectleider draagt over.",
        to_whom="wie is uitgenodigd",
        not_sent_when="De uitnodiging is gebruikt, ingetrokken of verlopen.",
        template="workplace/mail/invited",
        example=lambda: {
            "reader": "Voorbeeld Opvolger",
            "by": "Voorbeeld Landelijk team",
            "target": "Voorbeeldpact Merenland",
            "replaces": "",
            "lapses": timezone.now() + timedelta(days=14),
            "link": f"{settings.PORTAL_URL}/uitnodiging/voorbeeld/",
        },
        still_wanted=lambda mail: mail.record is not None and mail.record.state == "open",
        is_secret=True,
    )
)


# --- about a proposal: none holds why the leader wants it, nor the texts of the page

LEADERS = "elke projectleider van het pact of de koploper"


def example(path, **more):
    return lambda: {
        "reader": "Voorbeeld Projectleider",
        "target": "Voorbeeldpact Merenland",
        "what": "een andere trekker",
        "link": settings.PORTAL_URL + path,
        **more,
    }


def has_status(status):
    return lambda mail: mail.record is not None and mail.record.status == status


PROPOSED = register(
    Kind(
        name="workplace.proposed",
        title="Er wacht een voorstel",
        purpose="Het team weet dat een projectleider iets op een pagina wil veranderen.",
        trigger="Een projectleider stelt een andere deelnemer, trekker of fase voor.",
        to_whom="elk lid van het landelijke team dat niet zelf betrokken is",
        not_sent_when="Het voorstel is intussen ingetrokken of beoordeeld.",
        template="workplace/mail/proposed",
        example=example("/beheer/workplace/proposal/7/change/", reader="Voorbeeld Landelijk team", by="Voorbeeld Projectleider"),
        still_wanted=has_status(Proposal.Status.OPEN),
    )
)  # fmt: skip
TAKEN_OVER = register(
    Kind(
        name="workplace.proposal_taken_over",
        title="Voorstel overgenomen",
        purpose="De projectleiders weten dat de pagina is veranderd.",
        trigger="Iemand van het landelijke team neemt een voorstel over.",
        to_whom=LEADERS,
        not_sent_when="nooit overgeslagen",
        template="workplace/mail/proposal_taken_over",
        example=example("/mijn/voorstel/7/"),
    )
)
RETURNED = register(
    Kind(
        name="workplace.proposal_returned",
        title="Voorstel teruggegeven",
        purpose="De projectleiders weten waarom iets niet is overgenomen.",
        trigger="Iemand van het landelijke team geeft een voorstel terug, met een reden.",
        to_whom=LEADERS,
        not_sent_when="nooit overgeslagen",
        template="workplace/mail/proposal_returned",
        example=example("/mijn/voorstel/7/", reason="Op de website van het pact staat nog een andere trekker."),
    )
)


def judges_of(proposal):
    """Who may judge it: the team, but for those who are tied to it or proposed it. One query."""
    team = get_user_model().objects.who_may(Proposal.JUDGE)
    return team.exclude(people_tied_to(proposal.target)).exclude(pk=proposal.made_by_id)


def leaders_of(target):
    leaders = target.leaders.current().filter(user__is_active=True).select_related("user")
    return [leader.user for leader in leaders]


def about(proposal):
    return {"target": str(proposal.target), "what": proposal.get_kind_display()}


def tell_team(proposal):
    link = settings.PORTAL_URL + reverse("admin:workplace_proposal_change", args=[proposal.pk])
    for person in judges_of(proposal):
        context = about(proposal) | {"reader": str(person), "by": str(proposal.made_by), "link": link}
        send(PROPOSED, person.email, context, key=proposal.pk, about=proposal)


def say_taken_over(proposal):
    _tell_leaders(TAKEN_OVER, proposal)


def say_returned(proposal):
    _tell_leaders(RETURNED, proposal, reason=proposal.answer)


def _tell_leaders(kind, proposal, **more):
    link = settings.PORTAL_URL + reverse("workplace:proposal", args=[proposal.pk])
    for leader in leaders_of(proposal.target):
        send(
            kind,
            leader.email,
            about(proposal) | {"reader": str(leader), "link": link} | more,
            key=proposal.pk,
            about=proposal,
        )
