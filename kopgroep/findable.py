"""What of the koplopers, and of other good examples, can be found."""

from django.db.models import Prefetch

from geography.models import Municipality, Place, Province
from organisations.models import Organisation
from regions.models import RegionalPact
from search.registry import Content, Feed, Kind, listed, register
from themes.models import Theme

from .models import (
    Adoption,
    Challenge,
    CooperationForm,
    Koploper,
    KoploperParticipation,
    KoploperTheme,
    Result,
    Voice,
)


def _koplopers(at):
    return (
        Koploper.objects.published(at)
        .select_related("place")
        .prefetch_related(
            Prefetch("municipalities", Municipality.objects.select_related("province")),
            Prefetch("theme_rows", KoploperTheme.objects.public(at)),
            Prefetch("participations", KoploperParticipation.objects.public(at).select_related("organisation")),
            Prefetch("pacts", RegionalPact.objects.published(at)),
            "forms",
            "challenges",
            "results",
            "voices",
            "adoptions",
        )
    )


def _koploper(koploper):
    municipalities = list(koploper.municipalities.all())
    provinces = {m.province.slug: m.province.name for m in municipalities}
    results = [result.title for result in koploper.results.all()]
    return Content(
        title=koploper.title,
        url=koploper.get_absolute_url(),
        summary=koploper.summary,
        answer=results[0] if results else "",
        body=(
            koploper.story,
            *results[1:],
            koploper.method,
            koploper.advice,
            koploper.what_went_wrong,
            koploper.challenges_note,
            koploper.sustaining_note,
            koploper.needs_conditions,
            koploper.needs_people,
            koploper.needs_money,
            koploper.afterlife,
            *(voice.text for voice in koploper.voices.all()),
            *(text for row in koploper.adoptions.all() for text in (row.which_part, row.what_changed)),
            listed("Vorm", [form.name for form in koploper.forms.all()]),
            listed("Uitdagingen", [challenge.name for challenge in koploper.challenges.all()]),
            listed("Thema’s", [row.theme.name for row in koploper.theme_rows.all()]),
            listed("Deelnemers", dict.fromkeys(row.organisation.name for row in koploper.participations.all())),
            listed("Regionaal pact", [pact.name for pact in koploper.pacts.all()]),
            listed("Gebied", [koploper.area_name, koploper.place.name if koploper.place else ""]),
            listed("Gemeenten", [m.name for m in municipalities]),
            listed("Provincies", provinces.values()),
        ),
        themes=tuple(row.theme.slug for row in koploper.theme_rows.all()),
        provinces=tuple(provinces),
        is_sample=koploper.is_sample,
    )


FEEDS = (
    Feed(Koploper, owner="pk"),
    *(
        Feed(rows, owner="koploper")
        for rows in (
            KoploperTheme,
            KoploperParticipation,
            Result,
            Voice,
            Adoption,
            Koploper.municipalities.through,
            Koploper.pacts.through,
            Koploper.forms.through,
            Koploper.challenges.through,
        )
    ),
    Feed(Theme, path="themes"),
    Feed(Organisation, path="participants"),
    Feed(RegionalPact, path="pacts"),
    Feed(CooperationForm, path="forms"),
    Feed(Challenge, path="challenges"),
    Feed(Place, path="place"),
    Feed(Municipality, path="municipalities"),
    Feed(Province, path="municipalities__province"),
)
CLOCK = ("published_at", "themes__published_at", "participants__published_at", "pacts__published_at")

register(
    Kind(
        name="koploper",
        label="Koploper",
        plural="Koplopers",
        weight=0.3,
        model=Koploper,
        published=lambda at: _koplopers(at).counted(),
        content=_koploper,
        feeds=FEEDS,
        clock=CLOCK,
    ),
    Kind(
        name="goed-voorbeeld",
        label="Ander goed voorbeeld",
        plural="Andere goede voorbeelden",
        weight=0.2,
        model=Koploper,
        published=lambda at: _koplopers(at).filter(kind=Koploper.Kind.GOOD_EXAMPLE),
        content=_koploper,
        feeds=FEEDS,
        clock=CLOCK,
    ),
)
