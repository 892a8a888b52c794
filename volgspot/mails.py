"""The mails of the Volgspot. None holds what somebody wrote, but for the reason of the team."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.kinds import Kind, register
from outbox.sending import send

from .models import Reflection
from .people import leaders_of

LEADERS = "elke projectleider van het pact"
TEAM = "elk lid van het landelijke team"


def example(path="/mijn/volgspot/voorbeeldpact-merenland/ronde-3/", **more):
    """The context of a mail that looks real."""
    return lambda: {
        "reader": "Voorbeeld Projectleider",
        "pact": "Voorbeeldpact Merenland",
        "round": "ronde 3",
        "closes": timezone.localdate() + timedelta(days=14),
        "link": settings.PORTAL_URL + path,
        **more,
    }


def has_status(*statuses):
    return lambda mail: mail.record is not None and mail.record.status in statuses


def is_not_filed(mail):
    """Nobody who has filed is reminded; a round without a reflection is asked by its pact."""
    pact = mail.record
    round_slug = mail.key.split()[1]
    filed = Reflection.objects.filter(
        pact=pact, round__slug=round_slug, status__in=[Reflection.Status.SUBMITTED, Reflection.Status.ADOPTED]
    )
    return pact is not None and not filed.exists()


def link_works(mail):
    return mail.record is not None and mail.record.is_usable


def still_waits_for_view(mail):
    return link_works(mail) and not hasattr(mail.record, "view")


RECEIVED = register(
    Kind(
        name="volgspot.received",
        title="Volgspot ontvangen",
        purpose="De projectleider heeft een bewijs dat het verslag is ingediend, met een nummer.",
        trigger="Een projectleider dient een reflectie in.",
        to_whom="wie indient",
        not_sent_when="Het indienen lukte niet, of het verslag is intussen teruggehaald.",
        template="volgspot/mail/received",
        example=example(receipt="V-2026-0007-1", is_late=False),
        still_wanted=has_status(Reflection.Status.SUBMITTED, Reflection.Status.ADOPTED, Reflection.Status.RETURNED),
    )
)
RETURNED = register(
    Kind(
        name="volgspot.returned",
        title="Volgspot teruggegeven",
        purpose="Het pact weet wat het moet veranderen.",
        trigger="Iemand van het landelijke team geeft een reflectie terug.",
        to_whom=LEADERS,
        not_sent_when="Het pact heeft intussen opnieuw ingediend.",
        template="volgspot/mail/returned",
        example=example(reason="Noem bij de resultaten waar de cijfers vandaan komen.", remarks=3),
        still_wanted=has_status(Reflection.Status.RETURNED),
    )
)
ADOPTED = register(
    Kind(
        name="volgspot.adopted",
        title="Volgspot vastgesteld",
        purpose="Het pact weet dat het verslag vaststaat, en dat het nog niet openbaar is.",
        trigger="Iemand van het landelijke team stelt een reflectie vast.",
        to_whom=LEADERS,
        not_sent_when="Er is intussen een correctie begonnen.",
        template="volgspot/mail/adopted",
        example=example(),
        still_wanted=has_status(Reflection.Status.ADOPTED),
    )
)
PUBLISHED = register(
    Kind(
        name="volgspot.published",
        title="Volgspot gepubliceerd",
        purpose="Het pact kan het openbare verslag delen.",
        trigger="Iemand van het landelijke team publiceert een vastgesteld verslag.",
        to_whom=LEADERS,
        not_sent_when="nooit overgeslagen",
        template="volgspot/mail/published",
        example=example(path="/regionale-pacten/voorbeeldpact-merenland/volgspot/ronde-3/"),
    )
)
REMINDER = register(
    Kind(
        name="volgspot.reminder",
        title="Herinnering: de ronde sluit",
        purpose="Niemand vergeet in te leveren.",
        trigger="Veertien dagen en twee dagen voordat een ronde sluit.",
        to_whom=LEADERS,
        not_sent_when="Het pact heeft al ingediend.",
        template="volgspot/mail/reminder",
        example=example(days=14),
        still_wanted=is_not_filed,
    )
)
ROUND_CLOSED = register(
    Kind(
        name="volgspot.round_closed",
        title="De ronde is gesloten",
        purpose="Het team weet welke pacten nog niet hebben ingediend.",
        trigger="De dag nadat een ronde sluit.",
        to_whom=TEAM,
        not_sent_when="Alle pacten hebben ingediend.",
        template="volgspot/mail/round_closed",
        example=example(filed=12, pacts=["Voorbeeldpact Merenland", "Voorbeeldpact Duinrand"]),
    )
)
PARTNER = register(
    Kind(
        name="volgspot.partner",
        title="Uw blik op de samenwerking",
        purpose="Een partner geeft een eigen blik op de samenwerking, zonder account.",
        trigger="Een projectleider nodigt een organisatie uit.",
        to_whom="het adres dat de projectleider invulde",
        not_sent_when="De link is ingetrokken of vervallen.",
        template="volgspot/mail/partner",
        example=example(organisation="Voorbeeld ROC Merenland", path="/mening/voorbeeld/"),
        still_wanted=link_works,
        is_secret=True,
    )
)
PARTNER_REMINDER = register(
    Kind(
        name="volgspot.partner_reminder",
        title="Herinnering aan een partner",
        purpose="Een partner die nog niet antwoordde, krijgt één herinnering.",
        trigger="De projectleider drukt op de knop, of een week voordat de ronde sluit.",
        to_whom="wie nog niet antwoordde",
        not_sent_when="De partner heeft geantwoord, of de link is ingetrokken.",
        template="volgspot/mail/partner_reminder",
        example=example(organisation="Voorbeeld ROC Merenland", path="/mening/voorbeeld/"),
        still_wanted=still_waits_for_view,
        is_secret=True,
    )
)


def _about(reflection):
    return {
        "pact": str(reflection.pact),
        "round": str(reflection.round),
        "closes": reflection.round.closes,
        "link": settings.PORTAL_URL + reflection.get_edit_url(),
    }


def _tell_leaders(kind, reflection, context, key):
    for leader in leaders_of(reflection.pact):
        send(kind, leader.email, context | {"reader": str(leader)}, key=key, about=reflection)


def say_received(reflection, by):
    context = _about(reflection) | {"reader": str(by), "receipt": reflection.receipt, "is_late": reflection.is_late}
    send(RECEIVED, by.email, context, key=reflection.receipt, about=reflection)


def say_returned(reflection, reason):
    remarks = reflection.comments.filter(resolved_at=None).count()
    _tell_leaders(RETURNED, reflection, _about(reflection) | {"reason": reason, "remarks": remarks}, reflection.receipt)


def say_adopted(reflection):
    _tell_leaders(ADOPTED, reflection, _about(reflection), reflection.receipt)


def say_published(reflection):
    report = reflection.pact.get_absolute_url() + f"volgspot/{reflection.round.slug}/"
    _tell_leaders(
        PUBLISHED, reflection, _about(reflection) | {"link": settings.PORTAL_URL + report}, reflection.receipt
    )


def ask_partner(link, address):
    _to_partner(PARTNER, link, address)


def remind_partner(link, address):
    _to_partner(PARTNER_REMINDER, link, address)


def _to_partner(kind, link, address):
    context = _about(link.reflection) | {"reader": str(link.organisation), "organisation": str(link.organisation)}
    send(kind, link.email, context | {"link": address}, key=f"{link.pk} {link.token_hash[:8]}", about=link)


def remind_leaders(pact, round, days):
    """About a round that closes in `days` days. Once for every pact, round and number of days."""
    link = f"{settings.PORTAL_URL}/mijn/volgspot/{pact.slug}/{round.slug}/"
    for leader in leaders_of(pact):
        context = {"reader": str(leader), "pact": str(pact), "round": str(round), "closes": round.closes, "link": link}
        send(REMINDER, leader.email, context | {"days": days}, key=f"{round.slug} {pact.pk} {days}", about=pact)


def tell_team_of_closing(round, filed, lacking, team):
    for member in team:
        context = {"reader": str(member), "round": str(round), "filed": filed, "pacts": lacking, "closes": round.closes}
        send(
            ROUND_CLOSED,
            member.email,
            context | {"link": f"{settings.PORTAL_URL}/beheer/volgspot/reflection/"},
            key=round.slug,
            about=round,
        )
