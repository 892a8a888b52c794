"""The content that is real: complete, with its sources, without persons, in plain Dutch."""

import re
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count
from ruamel.yaml import YAML

from geography.models import Municipality
from kopgroep.models import Adoption, Koploper, KoploperParticipation, Result
from organisations.models import Organisation, Participation
from programme.models import Figure, LostPicture, Source, Term
from regions.models import EarlierCooperation, PactParticipation, PhaseChange, RegionalPact
from themes.models import Insight, Theme, WorkingElement
from zorgpact.loading.kinds import KINDS
from zorgpact.loading.samples import sample_models

# Of the people whom the sources name, the part of the name by which they would be found.
SURNAMES = [
    "Winnubst", "Hugo de Jonge", "Oirbons", "Degenaar", "Meijs", "Wiggers", "Anne Marie Bas", "Kempe", "Saffira",
    "Zuidersma", "Rotmans", "Terpstra", "Roodbol", "Fokkema", "Klaveren", "Kaats", "Opheij", "Stamsnijder",
    "van Twist", "Haxeltine", "Gerritsen", "Verhage", "van der Reest",
]  # fmt: skip
STIFF = ["dient te", "dienen te", "betreffende", "inzake", "middels", "teneinde", "derhalve"]
LONGEST_SENTENCE = 25

# What this site explains itself has no source, and its pages say so; a source is one.
WITHOUT_SOURCE = (Term, Source)


@pytest.fixture(scope="module", autouse=True)
def _loaded(real_content):
    pass


def records():
    """All records of the files as (file, record)."""
    for path in sorted((Path(settings.BASE_DIR) / "content").glob("*.yaml")):
        for record in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            yield path.name, record


def texts(value):
    """Every text inside `value`."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


def test_real_pacts_are_the_twelve_that_a_source_names():
    assert sorted(RegionalPact.objects.published().values_list("name", flat=True)) == [
        "Zorg- en Welzijnspact Haaglanden en Nieuwe Waterweg Noord",
        "Zorg- en Welzijnspact Midden- en Zuid-Gelderland",
        "Zorg- en Welzijnspact West-Brabant",
        "Zorgpact Achterhoek",
        "Zorgpact Kennemerland, Amstelland en Meerlanden",
        "Zorgpact Limburg",
        "Zorgpact Midden Nederland",
        "Zorgpact Midden-Brabant",
        "Zorgpact Noord-Holland Noord, Groot-Amsterdam en Zaanstreek-Waterland",
        "Zorgpact Rotterdam",
        "Zorgpact Zeeland",
        "ZorgpactNoord",
    ]


def test_real_koplopers_are_nineteen_certain_and_eight_to_confirm_with_the_reason():
    koplopers = Koploper.objects.published()
    to_confirm = koplopers.filter(confirmation=Koploper.Confirmation.TO_CONFIRM)

    assert koplopers.filter(confirmation=Koploper.Confirmation.CERTAIN).count() == 19
    assert to_confirm.count() == 8
    assert [k.slug for k in to_confirm if not k.confirmation_note] == []


def test_real_themes_insights_elements_and_lost_pictures_are_all_there():
    insights = Theme.objects.annotate(number=Count("insights")).order_by("position").values_list("slug", "number")

    assert list(insights) == [
        ("leren-in-de-praktijk", 3),
        ("zorg-en-technologie", 2),
        ("toenemende-opleidingseisen", 4),
        ("permanent-leren", 3),
    ]
    assert Insight.objects.count() == 12
    assert WorkingElement.objects.filter(group="samenwerking").count() == 5
    assert WorkingElement.objects.filter(group="beweging").count() == 4
    assert list(LostPicture.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 20))


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.is_published and k.model not in WITHOUT_SOURCE], ids=lambda k: k.name
)
def test_every_published_record_names_a_source(kind):
    field = "sources" if any(f.name == "sources" for f in kind.model._meta.get_fields()) else "source"

    assert list(kind.model.objects.published().filter(**{field: None}).values_list(kind.key, flat=True)) == []


@pytest.mark.parametrize("model", [PactParticipation, KoploperParticipation, EarlierCooperation, Result, Adoption])
def test_every_row_with_a_fact_names_a_source(model):
    assert [str(row) for row in model.objects.filter(source=None)] == []


def test_no_record_names_a_person():
    found = [
        (file, surname)
        for file, record in records()
        for text in texts(record)
        for surname in SURNAMES
        if re.search(rf"\b{surname}\b", text, re.IGNORECASE)
    ]

    assert found == []


def test_no_record_holds_an_address_by_which_somebody_can_be_reached():
    patterns = [
        r"[\w.+-]+@[\w-]+\.\w+",
        r"\b0\d{1,3}[ -]?\d{3} ?\d{2} ?\d{2}\b",
        r"\b06[ -]?\d{8}\b",
        r"\b\d{4} [A-Z]{2}\b",
    ]

    found = [
        (file, text)
        for file, record in records()
        for text in texts(record)
        for pattern in patterns
        if re.search(pattern, text)
    ]

    assert found == []


def test_rotterdam_is_the_only_pact_led_by_a_municipality():
    leads = PactParticipation.objects.current().filter(role=Participation.Role.LEAD)

    assert list(leads.filter(organisation__kind__slug="gemeente").values_list("pact__slug", flat=True)) == ["rotterdam"]
    assert leads.get(pact__slug="west-brabant").organisation.kind.slug == "samenwerking-van-gemeenten"


def test_real_pact_never_claims_to_know_all_who_take_part():
    assert not RegionalPact.objects.filter(participants_complete=True).exists()
    assert not Koploper.objects.filter(participants_complete=True).exists()


def test_real_pact_has_no_phase_for_no_source_gives_one():
    assert not PhaseChange.objects.exists()


def test_every_pact_has_an_area_of_todays_municipalities():
    assert not RegionalPact.objects.filter(municipalities=None).exists()
    assert not Municipality.objects.exclude(pacts=None).exclude(ended=None).exists()


def test_pact_of_which_the_municipalities_are_our_reading_says_so():
    named_after_provinces = {"noord", "zeeland", "limburg"}

    silent = [p.slug for p in RegionalPact.objects.all() if "lijst van gemeenten" not in p.story]

    assert set(silent) == named_after_provinces


def test_noord_holland_has_two_pacts():
    assert RegionalPact.objects.filter(municipalities__province__slug="noord-holland").distinct().count() == 2


def test_pact_seen_in_preparation_says_so():
    west_brabant = RegionalPact.objects.get(slug="west-brabant")

    assert west_brabant.summary.startswith("Een pact in voorbereiding.")
    assert west_brabant.story.startswith("Van dit pact kennen wij alleen de voorbereiding.")


def test_koploper_has_at_most_two_themes():
    assert not Koploper.objects.annotate(number=Count("themes")).filter(number__gt=2).exists()


def test_koploper_hangs_on_a_pact_only_where_a_source_says_so():
    assert list(Koploper.objects.exclude(pacts=None).order_by("slug").values_list("slug", "pacts__slug")) == [
        ("netwerkzon", "noord"),
        ("wijkleercentra-doetinchem-en-nieuw-wehl", "achterhoek"),
        ("zorgboulevard-roosendaal", "west-brabant"),
    ]


def test_every_organisation_takes_part_somewhere():
    alone = Organisation.objects.filter(pact_participations=None, koploper_participations=None)

    assert [str(organisation) for organisation in alone] == []


def test_figures_on_one_subject_stand_side_by_side():
    subjects = Figure.objects.order_by("position").values_list("subject", flat=True)
    runs = [subject for subject, _ in groupby(subjects)]

    assert len(runs) == len(set(runs))


def test_figures_that_contradict_each_other_share_a_subject():
    def values(subject):
        return list(Figure.objects.filter(subject=subject).order_by("position").values_list("value", flat=True))

    assert values("Regionale pacten") == ["zestien", "17"]
    assert values("Eerste koplopers") == ["een zestal", "7"]
    assert values("Thema’s") == ["vier", "vijf"]
    assert values("Toegekende aanvragen in zorg en welzijn (RIF)") == ["16", "11"]


def test_nothing_real_is_marked_as_sample():
    assert [m._meta.label for m in sample_models() if m.objects.filter(is_sample=True).exists()] == []


def test_texts_have_no_stiff_words():
    found = [
        (file, word)
        for file, record in records()
        for text in texts(record)
        for word in STIFF
        if re.search(rf"\b{word}\b", text, re.IGNORECASE)
    ]

    assert found == []


def test_sentences_of_summary_and_story_are_short():
    found = [
        sentence
        for _file, record in records()
        for name in ("summary", "story")
        for sentence in re.split(r"(?<=[.?!])\s+", record.get(name, ""))
        if len(sentence.split()) > LONGEST_SENTENCE
    ]

    assert found == []
