"""The real and the sample content together: its size, what the publication says of it, and that samples can go."""

import io
import time
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, Q

from kopgroep.models import Adoption, Koploper, KoploperEffect, KoploperParticipation, Result, Voice
from organisations.models import Corner, Organisation, Participation
from organisations.triangle import Triangle
from programme.models import Sampled, Tip
from regions.models import (
    AgendaItem,
    EarlierCooperation,
    LayoutOverlap,
    PactParticipation,
    PactTheme,
    PhaseChange,
    RegionalPact,
    Subregion,
    Vraagstuk,
)
from search import whole
from search.models import Change, Synonym
from tests.factories import (
    AdoptionFactory,
    KoploperParticipationFactory,
    OrganisationFactory,
    PactParticipationFactory,
    TipFactory,
    VraagstukFactory,
)
from tests.loaded import put_content
from tests.site.test_factories import FACTORIES
from volgspot.completeness import missing_in
from volgspot.context import Context
from volgspot.models import Reflection
from zorgpact.loading.loader import REMOVED, SAME, load_content
from zorgpact.loading.samples import sample_models

CONTENT = settings.BASE_DIR / "content"
reads_content = pytest.mark.usefixtures("content")


def share(numbers, key):
    return numbers[key] / sum(numbers.values())


def koplopers():
    return Koploper.objects.published().counted()


def pacts():
    return RegionalPact.objects.published()


# --- What the publication says ------------------------------------------------------------------


@reads_content
class TestTheSet:
    def test_there_are_sixteen_pacts_and_seventy_koplopers(self):
        assert Counter(pacts().values_list("is_sample", flat=True)) == {False: 12, True: 4}
        assert Counter(koplopers().values_list("is_sample", flat=True)) == {False: 27, True: 43}

    def test_more_than_two_thirds_of_pacts_build_on_an_earlier_cooperation(self):
        building = pacts().filter(earlier_cooperations__builds_on_it=True).distinct().count()

        assert 2 / 3 < building / pacts().count() < 1

    def test_more_than_half_of_pacts_mobilise_and_the_rest_are_in_the_two_phases_before(self):
        phases = Counter(pacts().with_phase().values_list("phase_slug", flat=True))

        assert set(phases) == {"kaderen", "richten", "mobiliseren"}
        assert 0.5 < share(phases, "mobiliseren") < 0.75

    def test_47_of_70_koplopers_have_been_taken_over(self):
        assert Counter(koplopers().with_adoption().values_list("taken_over", flat=True)) == {"ja": 47, "nog-niet": 23}

    def test_elderly_care_is_the_most_frequent_care_partner_of_koplopers(self):
        branches = Counter(
            KoploperParticipation.objects.public()
            .filter(koploper__in=koplopers(), organisation__kind__corner=Corner.CARE)
            .values_list("organisation__branches__slug", flat=True)
        )
        (first, most), (_, second) = branches.most_common(2)

        assert (first, most > 2 * second) == ("ouderenzorg", True)

    def test_mbo_is_the_most_frequent_education_partner_of_koplopers(self):
        levels = Counter(
            KoploperParticipation.objects.public()
            .filter(koploper__in=koplopers(), organisation__kind__corner=Corner.EDUCATION)
            .values_list("organisation__levels__slug", flat=True)
        )
        (first, most), (_, second) = levels.most_common(2)

        assert (first, most > second) == ("mbo", True)

    def test_koplopers_have_one_or_two_themes_and_pacts_have_more(self):
        of_koplopers = [k.n for k in koplopers().annotate(n=Count("theme_rows"))]
        of_pacts = [p.n for p in pacts().annotate(n=Count("theme_rows"))]

        assert set(of_koplopers) == {1, 2}
        assert sum(of_pacts) / len(of_pacts) > 1 + sum(of_koplopers) / len(of_koplopers)
        assert sum(number >= 3 for number in of_pacts) > len(of_pacts) * 2 / 3

    def test_noord_holland_has_two_pacts_and_eight_koplopers(self):
        there = Q(municipalities__province__slug="noord-holland")

        assert pacts().filter(there).distinct().count() == 2
        assert koplopers().filter(there).distinct().count() == 8

    def test_rotterdam_is_the_only_pact_that_a_municipality_leads(self):
        led = PactParticipation.objects.public().filter(
            pact__in=pacts(), role=Participation.Role.LEAD, organisation__kind__slug="gemeente"
        )

        assert [row.pact.slug for row in led] == ["rotterdam"]

    def test_another_good_example_is_never_counted(self):
        examples = Koploper.objects.published().filter(kind=Koploper.Kind.GOOD_EXAMPLE)

        assert [(k.slug, k.is_sample) for k in examples] == [
            ("voorbeeld-de-warme-bakker", True),
            ("voorbeeld-open-huis-bij-de-overburen", True),
        ]
        assert not set(examples) & set(koplopers())


# --- What the samples show ----------------------------------------------------------------------


def triangle(koploper):
    return len(Triangle.of(koploper).corners), koploper.participants_complete


@reads_content
class TestTheSamples:
    def test_a_draft_says_of_each_section_how_much_it_lacks(self):
        for reflection in Reflection.objects.exclude(status=Reflection.Status.ADOPTED):
            context = Context(reflection)
            begun = {s.kind: s.lacking for s in context.sections.values() if s.saved_at}
            assert begun == {kind: len(missing_in(kind, context)) for kind in begun}
            assert begun or reflection.status == Reflection.Status.DRAFT

    def test_names_cannot_be_taken_for_real(self):
        names = [*Organisation.objects.filter(is_sample=True).values_list("name", flat=True)]
        names += Koploper.objects.filter(is_sample=True).values_list("title", flat=True)
        names += RegionalPact.objects.filter(is_sample=True).values_list("name", flat=True)

        assert [name for name in names if not name.startswith("Voorbeeld")] == []
        assert len(names) > 100

    def test_no_text_is_made_up_of_a_real_record(self):
        """A made-up row on a real record holds a value: no words, no place and no name."""
        on_a_pact, on_a_koploper = {"is_sample": True, "pact__is_sample": False}, {"koploper__is_sample": False}

        assert set(PhaseChange.objects.filter(**on_a_pact).values_list("reason")) == {("",)}
        assert set(EarlierCooperation.objects.filter(**on_a_pact).values_list("name", "source")) == {("", None)}
        assert set(PactTheme.objects.filter(**on_a_pact).values_list("for_whom")) == {("",)}
        assert [
            rows.__name__
            for rows in (Vraagstuk, AgendaItem, Subregion, LayoutOverlap)
            if rows.objects.filter(**on_a_pact)
        ] == []
        adoptions = Adoption.objects.filter(is_sample=True, **on_a_koploper)
        empty = (None, "", None, "", "", "", None)
        assert Counter(
            adoptions.values_list(
                "organisation", "by_whom", "municipality", "which_part", "what_changed", "since", "still_running"
            )
        ) == {empty: 17}
        assert [
            rows.__name__
            for rows in (Result, KoploperEffect, Voice)
            if rows.objects.filter(is_sample=True, **on_a_koploper)
        ] == []
        assert not PactParticipation.objects.filter(organisation__is_sample=True, pact__is_sample=False).exists()
        assert not KoploperParticipation.objects.filter(organisation__is_sample=True, **on_a_koploper).exists()

    def test_sample_pacts_lie_where_no_real_pact_is(self):
        real = RegionalPact.objects.filter(is_sample=False)
        for pact in RegionalPact.objects.filter(is_sample=True):
            assert not real.filter(municipalities__in=pact.municipalities.all()).exists(), pact

    def test_samples_are_tied_to_samples_alone(self):
        samples = Koploper.objects.filter(is_sample=True)

        assert not samples.filter(Q(pacts__is_sample=False) | Q(inspired_by__is_sample=False)).exists()
        assert samples.exclude(pacts=None).exists()
        assert samples.exclude(inspired_by=None).exists()

    def test_sixty_partners_no_partner_and_every_triangle_are_there(self):
        found = Koploper.objects.filter(is_sample=True).with_corners().annotate(n=Count("participations"))

        assert (max(k.n for k in found), min(k.n for k in found)) == (60, 0)
        assert {triangle(k) for k in found} == {
            (corners, is_complete) for corners in (1, 2, 3) for is_complete in (True, False)
        } | {(0, False)}

    def test_every_state_of_a_koploper_is_there(self):
        samples = Koploper.objects.filter(is_sample=True)

        assert set(samples.values_list("status", flat=True)) == {"actief", "geeindigd", "onbekend"}
        assert not samples.filter(status="geeindigd").filter(Q(afterlife="") | Q(ended="")).exists()
        assert set(samples.values_list("effects__evidence", flat=True)) == {
            None, "geen", "ervaring", "telling", "onderzoek",
        }  # fmt: skip
        assert set(samples.values_list("agreement", flat=True)) == {"", "meedoen", "hard", "licht"}
        assert samples.filter(municipalities=None).count() == 2
        assert samples.annotate(n=Count("municipalities")).filter(n__gt=1).exists()
        assert set(samples.values_list("adoptions__still_running", flat=True)) == {None, True, False}

    def test_every_state_of_the_action_agenda_is_there(self):
        assert set(AgendaItem.objects.values_list("status", flat=True)) == set(AgendaItem.Status.values)
        assert set(AgendaItem.objects.values_list("domain", flat=True)) == set(AgendaItem.Domain.values)
        assert set(Vraagstuk.objects.values_list("scale", flat=True)) == set(Vraagstuk.Scale.values)
        assert set(Vraagstuk.objects.values_list("coalition", "is_explicit")) == {
            ("basis", True), ("eigen", True), ("eigen", False),
        }  # fmt: skip


# --- Loading and removing -----------------------------------------------------------------------

# The history says that there were samples, `LoadedRecord` keeps them away, and every change counts as one.
REMEMBERS = {"auditlog.LogEntry", "programme.LoadedRecord", "programme.ContentVersion"}
MOMENTS = {"updated_at", "recorded_at"}


def tables():
    """Every row of every table, apart from what remembers and from when it was written; the index follows by itself."""
    index = set(apps.get_app_config("search").get_models()) - {Synonym}
    return {
        model._meta.label: sorted(
            tuple((name, value) for name, value in row.items() if name not in MOMENTS)
            for row in model.objects.order_by("pk").values()
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in REMEMBERS and model not in index
    }


def marked():
    return sum(model.objects.filter(is_sample=True).count() for model in sample_models())


def run(command, **options):
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def test_samples_go_and_nothing_else_does(db):
    load_content(CONTENT)
    without = tables()
    load_content(CONTENT, samples=True)
    with_samples, number = tables(), marked()

    assert run("remove_samples", yes=True).endswith("Alle voorbeelden zijn weg.\n")

    assert (number > 700, marked()) == (True, 0)
    assert differences(tables(), without) == {}

    # As `make run` does at every start.
    outcomes = load_content(CONTENT, samples=True)
    assert {what for _, what in outcomes} == {SAME, REMOVED}
    assert differences(tables(), without) == {}

    load_content(CONTENT, samples=True, restore=True)
    assert marked() == number
    assert sizes(tables()) == sizes(with_samples)
    assert {what for _, what in load_content(CONTENT, samples=True)} == {SAME}


@pytest.mark.parametrize("samples", [True, False])
def test_what_other_tests_read_is_what_was_loaded(db, samples):
    put_content(samples)

    assert Koploper.objects.filter(is_sample=True).exists() == samples
    assert {what for _, what in load_content(CONTENT, samples=samples)} == {SAME}
    assert (whole.check(), Change.objects.count()) == ([], 0)


def differences(found, expected):
    return {name: set(found[name]) ^ set(expected[name]) for name in found if found[name] != expected[name]}


def sizes(found):
    return {name: len(rows) for name, rows in found.items()}


def test_remove_samples_asks_first(db, monkeypatch):
    TipFactory(is_sample=True)
    TipFactory()
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "nee")

    assert run("remove_samples") == "Er is niets verwijderd.\n"
    assert (asked, Tip.objects.count()) == (["1 voorbeelden verwijderen? Typ ja: "], 2)

    monkeypatch.setattr("builtins.input", lambda question: "Ja")
    assert run("remove_samples") == "  1 tips\nAlle voorbeelden zijn weg.\n"
    assert [tip.is_sample for tip in Tip.objects.all()] == [False]

    assert run("remove_samples") == "Er zijn geen voorbeelden.\n"


def test_every_marked_record_can_go(db):
    """Also those of kinds of which the content has no samples."""
    made = [factory(is_sample=True) for factory in FACTORIES if issubclass(factory._meta.model, Sampled)]

    run("remove_samples", yes=True)

    assert (len(made) > 20, marked()) == (True, 0)


def test_a_real_record_that_an_editor_tied_to_a_sample_keeps_all_else(db):
    sample = OrganisationFactory(is_sample=True)
    pact = PactParticipationFactory(organisation=sample).pact
    koploper = KoploperParticipationFactory(organisation=sample).koploper
    KoploperParticipationFactory(koploper=koploper)
    AdoptionFactory(koploper=koploper, organisation=sample, which_part="Alles")
    vraagstuk = VraagstukFactory(pact=pact)
    vraagstuk.parties.add(sample)

    run("remove_samples", yes=True)

    assert list(pact.participations.all()) == list(vraagstuk.parties.all()) == []
    assert koploper.participations.count() == 1
    assert [(a.organisation, a.which_part) for a in koploper.adoptions.all()] == [(None, "Alles")]


def test_a_second_load_is_quick(db):
    start = time.process_time()
    load_content(CONTENT, samples=True)
    first = time.process_time() - start

    start = time.process_time()
    outcomes = load_content(CONTENT, samples=True)
    second = time.process_time() - start

    assert {what for _, what in outcomes} == {SAME}
    # Of the processor, and far above what it takes: this finds what grows with the square of the content.
    assert (first < 40, second < 12) == (True, True), (first, second)
