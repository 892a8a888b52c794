"""What the programme says of itself, and its sources."""

import html
import re

import pytest
from django.urls import reverse

from programme.models import Fact, Source, Term
from programme.views import PUBLICATION, Subject
from tests import factories as f
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
ABOUT = reverse("programme:about")
SOURCES = reverse("programme:sources")
DISPUTED = "De bronnen noemen verschillende getallen."


def page(client, url):
    return html.unescape(client.get(url).content.decode())


def titles(text, level):
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def fill():
    """One of everything that shows on the two pages."""
    f.FactFactory().sources.add(f.SourceFactory())
    f.FigureFactory()
    f.TermFactory(source=f.SourceFactory())
    f.PhaseFactory(source=f.SourceFactory())
    f.FunctionFactory()
    f.OrganisationKindFactory()
    f.LostPictureFactory()
    f.SourceFactory(in_bibliography=True)


@pytest.mark.parametrize("url", [ABOUT, SOURCES])
def test_takes_the_same_queries_for_one_and_three(client, url):
    fill()
    assert_same_queries(client, url, lambda: [fill(), fill()], at_most=8)


@pytest.mark.parametrize("url", [ABOUT, SOURCES])
def test_an_empty_site_still_has_the_page(client, url):
    assert len(titles(page(client, url), 1)) == 1


def test_about_hides_what_is_not_public(client):
    f.FactFactory(title="Geheim feit", published_at=None)
    f.FactFactory().sources.add(f.SourceFactory(title="Geheime bron", published_at=None))
    f.FigureFactory(label="Geheim getal", published_at=None)
    f.FigureFactory(source__title="Geheime bron", source__published_at=None)
    f.TermFactory(name="Geheim begrip", published_at=None)
    assert "gehei" not in page(client, ABOUT).lower()


def test_facts_stand_in_the_order_of_their_sections(client):
    f.FactFactory(section=Fact.Section.PRINCIPLES, title="De regio is aan zet")
    f.FactFactory(section=Fact.Section.WHAT, title="Het doel").sources.add(f.SourceFactory(slug="platform31-2018"))
    text = page(client, ABOUT)
    assert titles(text, 3)[3:5] == ["Het doel", "De regio is aan zet"]
    assert f'href="{SOURCES}#platform31-2018"' in text


def test_figures_that_conflict_stand_side_by_side_and_say_so(client):
    f.FigureFactory(label="regionale pacten", value="zestien", as_at="2018-01", source__title="De publicatie")
    f.FigureFactory(label="regionale pacten", value="17", as_at="2018", source__title="Het magazine")
    text = page(client, ABOUT)
    assert re.findall(r"<dd>([^<]+)</dd>", text.split('<dl class="said">')[1].split("</dl>")[0]) == ["17", "zestien"]
    assert "Stand: januari 2018. " in text
    assert "Bron: De publicatie" in text
    assert DISPUTED in text


def test_figures_about_different_things_do_not_conflict():
    figures = [f.FigureFactory.build(label="partijen", value="30", source=None)]
    figures += [f.FigureFactory.build(label="acties", value="100", source=None)]
    assert not Subject("organisaties en acties", figures).is_disputed


def test_says_which_name_of_a_phase_is_our_own(client):
    f.PhaseFactory(name="Kaderen", position=1, source=f.SourceFactory(title="De publicatie"))
    f.PhaseFactory(name="Verankeren", position=2, is_from_source=False)
    phases = page(client, ABOUT).split('<ol class="phases">')[1].split("</ol>")[0].split("</li>")
    assert ["naam van deze site" in phase for phase in phases[:2]] == [False, True]
    assert ["Naam uit de bron. " in phase for phase in phases[:2]] == [True, False]


def test_each_term_has_an_anchor(client):
    f.TermFactory(slug="bbl", name="beroepsbegeleidende leerweg", abbreviation="bbl", kind=Term.Kind.EDUCATION)
    text = page(client, ABOUT)
    assert '<div id="begrip-bbl">' in text
    assert "Beroepsbegeleidende leerweg (bbl)" in text


def test_sources_have_their_slug_as_anchor(client):
    for slug, fields in {PUBLICATION: {}, "boek": {"in_bibliography": True}, "w1": {"kind": Source.Kind.NEWS}}.items():
        f.SourceFactory(slug=slug, **fields)
    text = page(client, SOURCES)
    assert [text.count(f' id="{slug}"') for slug in (PUBLICATION, "boek", "w1")] == [1, 1, 1]


def test_sources_hide_what_is_not_public(client):
    f.SourceFactory(slug=PUBLICATION, title="Geheime publicatie", published_at=None)
    f.SourceFactory(title="Geheime bron", published_at=None)
    f.LostPictureFactory(caption="Geheime figuur", published_at=None)
    assert "Gehei" not in page(client, SOURCES)


def test_lost_pictures_are_called_lost(client):
    f.LostPictureFactory(number=6, caption="Is het overgenomen?", asked_of="koplopers", known="Bij twee derde.")
    f.LostPictureFactory(number=7, caption="Welke uitdagingen?", source_line="Enquête")
    text = page(client, SOURCES)
    assert "Van 2 figuren uit de publicatie is de afbeelding verloren gegaan." in text
    assert titles(text, 3)[:2] == ["Figuur 6: Is het overgenomen?", "Figuur 7: Welke uitdagingen?"]
    assert "Koplopers" in text
    assert "Bij twee derde." in text
    assert "<img" not in text


def test_names_who_made_the_map_and_the_letters(client):
    text = re.sub(r"<[^>]+>", "", page(client, SOURCES))
    assert "Bron: Kadaster / Centraal Bureau voor de Statistiek (CBS), 2024, CC BY 4.0, bewerkt" in text
    assert "Plaatsen: GeoNames, CC BY 4.0" in text
    assert "SIL Open Font License 1.1" in text


def test_samples_wear_the_tag(client):
    f.FactFactory(is_sample=True)
    f.TermFactory(is_sample=True)
    assert page(client, ABOUT).count('<span class="tag tag-sample">voorbeeld</span>') == 3  # one explains the tag
    f.SourceFactory(is_sample=True)
    assert page(client, SOURCES).count('<span class="tag tag-sample">voorbeeld</span>') == 1
