"""How the list of koplopers can be narrowed."""

from geography.models import Municipality, Province
from organisations.models import CareBranch, EducationLevel, Organisation
from programme.models import FRESHNESS, freshness_in_database
from regions.models import RegionalPact
from themes.models import Theme
from zorgpact.lists import Facet, LinkedFacet, ListFilter, OwnFacet

from .models import Challenge, CooperationForm, Koploper, KoploperParticipation, KoploperTheme


class KoploperFilter(ListFilter):
    thema = Facet(
        label="Thema",
        rows=KoploperTheme.objects.public,
        owner="koploper",
        choice="theme__slug",
        choices=Theme.objects.published,
    )
    vorm = Facet(
        label="Vorm",
        rows=Koploper.forms.through.objects.all,
        owner="koploper",
        choice="cooperationform__slug",
        choices=CooperationForm.objects.all,
    )
    overgenomen = OwnFacet(
        label="Overgenomen in een andere regio",
        annotate=lambda koplopers: koplopers.with_adoption(),
        choice="taken_over",
        choices=[("ja", "Ja"), ("nog-niet", "Nog niet")],
    )
    provincie = Facet(
        label="Provincie",
        rows=Koploper.municipalities.through.objects.all,
        owner="koploper",
        choice="municipality__province__slug",
        choices=Province.objects.all,
    )
    pact = Facet(
        label="Regionaal pact",
        rows=Koploper.pacts.through.objects.all,
        owner="koploper",
        choice="regionalpact__slug",
        choices=RegionalPact.objects.published,
    )
    branche = LinkedFacet(
        label="Branche van de zorg",
        rows=KoploperParticipation.objects.public_for_counts,
        owner="koploper",
        choice="organisation__branches__slug",
        choices=CareBranch.objects.all,
    )
    niveau = LinkedFacet(
        label="Onderwijsniveau",
        rows=KoploperParticipation.objects.public_for_counts,
        owner="koploper",
        choice="organisation__levels__slug",
        choices=EducationLevel.objects.all,
    )
    uitdaging = Facet(
        label="Uitdaging",
        rows=Koploper.challenges.through.objects.all,
        owner="koploper",
        choice="challenge__slug",
        choices=Challenge.objects.all,
    )
    status = OwnFacet(label="Stand", choice="status", choices=Koploper.Status.choices)
    bevestigd = OwnFacet(
        label="Kloppen de gegevens nog?",
        annotate=lambda koplopers: koplopers.annotate(freshness_slug=freshness_in_database()),
        choice="freshness_slug",
        choices=FRESHNESS,
    )
    # Other good examples are no koplopers: they show only to whoever asks for them.
    soort = OwnFacet(
        label="Soort", choice="kind", choices=Koploper.Kind.choices, unless_chosen=(Koploper.Kind.KOPLOPER.value,)
    )
    gemeente = Facet(
        label="Gemeente",
        rows=Koploper.municipalities.through.objects.all,
        owner="koploper",
        choice="municipality__slug",
        choices=Municipality.objects.all,
        quiet=True,
    )
    organisatie = Facet(
        label="Organisatie",
        rows=KoploperParticipation.objects.public,
        owner="koploper",
        choice="organisation__slug",
        choices=Organisation.objects.published,
        quiet=True,
    )

    kinds = ("koploper", "goed-voorbeeld")
    sortings = {
        "naam": ("Naam", ["title", "pk"]),
        "nieuwste": ("Nieuwste eerst", ["-published_at", "-pk"]),
        "bevestigd": ("Laatst bevestigd", [Koploper.last_confirmed_first, "title", "pk"]),
    }

    class Meta:
        model = Koploper
        fields = []
