"""What in a case may lead to somebody. The check warns; somebody decides."""

import pytest

from regels.check_names import FEW, fits, left_in
from tests.factories import CaseFactory, MunicipalityFactory, OrganisationFactory, OrganisationKindFactory, PlaceFactory

PLAIN = """Ja, dat mag. Een docent met een bevoegdheid houdt toezicht. De student leert 20 uur per week in de praktijk.
Volgens artikel 7.2.7 van de Wet educatie en beroepsonderwijs telt dat mee. Sinds 2019 kan dit voor € 125.000 per jaar.
Vraag het na bij uw school. De subsidie is € 1.250.000 in 2024."""


def found(text, **more):
    return {(left.kind, left.words) for left in left_in({"antwoord": text}, **more)}


def test_a_text_without_anything_gives_nothing(db):
    assert found(PLAIN) == set()


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mail naar jan.jansen@school.nl voor meer.", "e-mailadres", "jan.jansen@school.nl"),
        ("Bel 06-12345678 voor meer.", "telefoonnummer", "06-12345678"),
        ("Bel 0118 123 456 voor meer.", "telefoonnummer", "0118 123 456"),
        ("Bel +31 6 1234 5678 voor meer.", "telefoonnummer", "+31 6 1234 5678"),
        ("Dat gebeurde op 12 maart 2024 al.", "datum", "12 maart 2024"),
        ("Dat gebeurde op 12-03-2024 al.", "datum", "12-03-2024"),
        ("Dat gebeurde op 2024-03-12 al.", "datum", "2024-03-12"),
        ("Zie vraag R-2026-0042 hierover.", "nummer", "R-2026-0042"),
        ("Het nummer is 123456782 bij ons.", "nummer", "123456782"),
        ("Wij wonen op 4331 AB in de stad.", "nummer", "4331 AB"),
        ("Dat zei mevrouw De Vries tegen ons.", "naam van een mens", "mevrouw De Vries"),
        ("Toen vroeg Jan Jansen het na.", "naam van een mens", "Jan Jansen"),
        ("Toen vroeg Jan van der Meer het na.", "naam van een mens", "Jan van der Meer"),
    ],
)
def test_what_leads_to_somebody_is_found(db, text, kind, words):
    assert (kind, words) in found(text)


def test_places_municipalities_and_organisations_that_we_know_are_found(db):
    town = MunicipalityFactory(name="’s-Gravenhage", other_name="Den Haag")
    PlaceFactory(name="Scheveningen", municipality=town)
    OrganisationFactory(name="Zorggroep De Polder", published_at=None)
    text = "In Scheveningen, bij Den Haag, werkt Zorggroep De Polder zo."
    assert found(text) == {
        ("plaats", "Scheveningen"), ("gemeente", "Den Haag"), ("organisatie", "Zorggroep De Polder"),
    }  # fmt: skip


def test_an_everyday_word_at_the_beginning_of_a_sentence_is_no_village(db):
    PlaceFactory(name="Een", municipality=MunicipalityFactory(name="Noordenveld"))
    assert found("Een docent kijkt mee. Een student leert.\nEen team helpt.") == set()
    assert found("Dat gebeurde in Een zelf.") == {("plaats", "Een")}


def test_a_name_within_a_longer_one_is_said_once(db):
    town = MunicipalityFactory(name="Utrecht")
    PlaceFactory(name="Utrecht", municipality=town)
    OrganisationFactory(name="Gemeente Utrecht")
    assert found("Dat besloot Gemeente Utrecht zelf.") == {("organisatie", "Gemeente Utrecht")}


def test_words_of_the_original_question_are_found(db):
    assert ("uit de vraag", "de zonnebloem") in found("Dat deed de zonnebloem al.", private=["De Zonnebloem", ""])


def test_it_says_in_which_field_and_among_which_words(db):
    [left] = left_in({"antwoord": "", "voorwaarden": "Bel eerst met 06-12345678 en vraag het."})
    assert left.field == "voorwaarden"
    assert "Bel eerst met 06-12345678 en vraag het." in left.around


def test_it_takes_few_queries_however_long_the_text(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        left_in({"antwoord": "In Utrecht vroeg Jan Jansen het. " * 400, "voorwaarden": "In Zeist ook. " * 400})


@pytest.fixture
def kind(db):
    return OrganisationKindFactory(name="roc")


def case_for(*kinds):
    case = CaseFactory()
    case.organisation_kinds.set(kinds)
    return case


def test_how_many_organisations_fit_is_the_length_of_the_list(kind):
    for _ in range(FEW):
        OrganisationFactory(kind=kind)
    OrganisationFactory()
    answer = fits(case_for(kind), {"antwoord": "Dat mag."})
    assert (answer.number, answer.is_few) == (FEW, False)


def test_a_place_narrows_it_down(kind):
    town = MunicipalityFactory(name="Middelburg")
    PlaceFactory(name="Arnemuiden", municipality=town)
    OrganisationFactory(kind=kind, municipality=town)
    OrganisationFactory(kind=kind)
    answer = fits(case_for(kind), {"antwoord": "Een school in Arnemuiden deed dat."})
    assert (answer.number, answer.is_few) == (1, True)
    assert answer.description == "roc in Arnemuiden"


def test_a_text_that_says_nothing_of_who_fits_everybody(db):
    assert fits(case_for(), {"antwoord": "Dat mag."}) is None
