"""A pact in the middle of a round, and a draft in which nothing is missing."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import TEAM, set_roles
from organisations.models import Corner
from regions.models import AgendaItem
from tests.factories import (
    AgendaItemFactory,
    EffectFactory,
    IntendedResultFactory,
    IntendedResultVersionFactory,
    OrganisationFactory,
    OrganisationKindFactory,
    PactLeaderFactory,
    PactParticipationFactory,
    PhaseFactory,
    RegionalPactFactory,
    RoundFactory,
    UserFactory,
    WorkingElementFactory,
)
from volgspot.context import Context
from volgspot.drafts import start
from volgspot.models import Reflection, SectionKind


@pytest.fixture
def pact(db):
    pact = RegionalPactFactory(name="Zorgpact Merenland", slug="merenland")
    for corner in (Corner.CARE, Corner.EDUCATION, Corner.GOVERNMENT):
        kind = OrganisationKindFactory(corner=corner)
        organisation = OrganisationFactory(name=f"Partner van {corner.label}", kind=kind)
        PactParticipationFactory(pact=pact, organisation=organisation)
    AgendaItemFactory(pact=pact, title="Wijkleerbedrijf", slug="wijkleerbedrijf", status=AgendaItem.Status.RUNNING)
    return pact


@pytest.fixture
def leader(pact):
    return PactLeaderFactory(pact=pact, since=datetime.date(2020, 1, 1)).user


@pytest.fixture
def member(db):
    """Somebody of the national team."""
    user = UserFactory(name="Lid Van Team", email="team@voorbeeld.example")
    set_roles(user, [TEAM])
    return user


@pytest.fixture
def elements(db):
    return [WorkingElementFactory(slug=f"element-{n}", title=f"Element {n}", position=n) for n in range(1, 6)]


@pytest.fixture
def open_round(db):
    today = timezone.localdate()
    return RoundFactory(
        name="ronde 2",
        slug="ronde-2",
        opens=today - datetime.timedelta(days=30),
        closes=today + datetime.timedelta(days=30),
    )


@pytest.fixture
def earlier_result(pact):
    """An intended result from a round before, so frozen in this one."""
    earlier = RoundFactory(
        name="ronde 1", slug="ronde-1", opens=datetime.date(2020, 1, 1), closes=datetime.date(2020, 3, 1)
    )
    reflection = Reflection.objects.create(pact=pact, round=earlier, status=Reflection.Status.ADOPTED)
    return IntendedResultVersionFactory(result=IntendedResultFactory(reflection=reflection, row="r1")).result


@pytest.fixture
def draft(pact, leader, open_round, elements):
    return start(pact, open_round, by=leader)


def data_of(reflection):
    """Per section what is typed in a draft that can be submitted."""
    context = Context(reflection)
    item = context.agenda[0]
    return {
        SectionKind.MEETINGS: {
            "meetings": [
                {
                    "id": "r1",
                    "held_on": "12-10-2026",
                    "place": "Meerstad",
                    "organisations": [str(o.pk) for o in context.partners],
                    "attendees": "Annie de Geheime",
                }
            ]
        },
        SectionKind.TRIANGLE: {
            "question": "Hoe leiden wij genoeg mensen op?",
            "government_role": "De gemeente betaalt mee.",
            "ambitions": [{"id": "r1", "text": "Zorg dicht bij huis.", "activities": [f"item-{item.pk}"]}],
            "results": [
                {
                    "id": "r1",
                    "title": "Plaatsen in een wijkleerbedrijf",
                    "target": "40",
                    "by_when": "2027",
                    "activities": [f"item-{item.pk}"],
                }
            ],
        },
        SectionKind.ACTIVITIES: {"items": [{"id": f"item-{item.pk}", "status": "klaar", "news": "Het draait."}]},
        SectionKind.RESULTS: {
            "results": [
                {"id": f"result-{version.result_id}", "reached": "96", "story": "De lessen waren op de afdeling."}
                for version in context.frozen_results
            ],
            "failed": [{"id": "r9", "text": "Lessen in de avond.", "because": "Niemand kwam."}],
        },
        SectionKind.EFFECTS: {
            "effects": [
                {"id": f"r{n}", "group": group, "seen": "Zij zijn er blij mee.", "evidence": "verhaal"}
                for n, (group, _label) in enumerate(context.effect_groups)
            ]
        },
        SectionKind.COOPERATION: {
            "elements": [{"id": element.slug, "step": "3", "words": "Het groeit."} for element in context.elements]
        },
        SectionKind.LESSONS: {
            "success": [{"id": "r1", "text": "Klein beginnen."}],
            "bottlenecks": [{"id": "r2", "text": "De roosters zijn te vol.", "because": "Te weinig mensen."}],
        },
        SectionKind.AGREEMENTS: {
            "earlier": [
                {"id": f"agreement-{agreement.pk}", "fate": "nagekomen"} for agreement in context.earlier_agreements
            ],
            "agreements": [
                {"id": "r1", "text": "Een dag per maand vrij.", "who": "Alle instellingen", "by_when": "2027-09"}
            ],
        },
        SectionKind.INTENTIONS: {"text": "Wij gaan door."},
    }


def fill(reflection):
    """Type in every section what is needed."""
    for kind, data in data_of(reflection).items():
        reflection.sections.filter(kind=kind).update(data=data)
    return reflection


@pytest.fixture
def filled(draft):
    return fill(draft)


@pytest.fixture
def phase(db):
    return PhaseFactory(name="Mobiliseren", slug="mobiliseren")


@pytest.fixture
def effects(db):
    return [EffectFactory()]
