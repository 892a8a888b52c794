"""The organisations that take part in something public: whoever finds one, comes to the list of what it takes part in."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from geography.models import Municipality, Province
from kopgroep.models import Koploper, KoploperParticipation
from regions.models import PactParticipation, RegionalPact
from search.registry import Content, Feed, Kind, register

from .models import Organisation, OrganisationKind


def _organisations(at):
    pacts = _rows(PactParticipation, "pact", RegionalPact.objects.published(at))
    koplopers = _rows(KoploperParticipation, "koploper", Koploper.objects.published(at).counted())
    here = {"organisation": OuterRef("pk")}
    return (
        Organisation.objects.published(at)
        .filter(Q(Exists(pacts.filter(**here))) | Q(Exists(koplopers.filter(**here))))
        .select_related("kind", "municipality__province")
        .prefetch_related(Prefetch("pact_participations", pacts), Prefetch("koploper_participations", koplopers))
    )


def _rows(model, owner, records):
    return model.objects.current().filter(**{f"{owner}__in": records}).select_related(owner)


def _organisation(organisation):
    pacts = dict.fromkeys(row.pact.name for row in organisation.pact_participations.all())
    koplopers = dict.fromkeys(row.koploper.title for row in organisation.koploper_participations.all())
    place = organisation.municipality
    part = f"Doet mee in: {', '.join([*pacts, *koplopers])}."
    return Content(
        title=organisation.name,
        url=f"{reverse('regions:list' if pacts else 'kopgroep:list')}?organisatie={organisation.slug}#lijst",
        body=(
            part,
            f"Soort: {organisation.kind.name}.",
            f"Gemeente: {place.name}, provincie {place.province.name}." if place else "",
        ),
        provinces=(place.province.slug,) if place else (),
        is_sample=organisation.is_sample,
    )


register(
    Kind(
        name="organisatie",
        label="Organisatie",
        plural="Organisaties",
        model=Organisation,
        published=_organisations,
        content=_organisation,
        feeds=(
            Feed(Organisation, owner="pk"),
            Feed(PactParticipation, owner="organisation"),
            Feed(KoploperParticipation, owner="organisation"),
            Feed(RegionalPact, path="pacts"),
            Feed(Koploper, path="koplopers"),
            Feed(OrganisationKind, path="kind"),
            Feed(Municipality, path="municipality"),
            Feed(Province, path="municipality__province"),
        ),
        clock=("published_at", "pacts__published_at", "koplopers__published_at"),
    )
)
