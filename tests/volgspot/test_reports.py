"""What everybody reads of the Volgspot: the method, the rounds of a pact, a report, its PDF and the feed."""

import datetime
from types import SimpleNamespace

import pytest

from search.finding import find
from tests import factories as f
from tests.queries import queries_of
from volgspot import workflow
from volgspot.compared import result_lines
from volgspot.drafts import start
from volgspot.models import IntendedResultVersion, Reflection, SectionKind, Version
from volgspot.print import can_print, context_of, printed

from .conftest import fill

METHOD = "/regionale-pacten/volgspot/"
ROUNDS = "/regionale-pacten/merenland/volgspot/"
REPORT = f"{ROUNDS}ronde-2/"


def text(response):
    return response.content.decode()


@pytest.fixture
def adopted(filled, leader, member):
    return workflow.adopt(workflow.submit(filled, by=leader), by=member)


@pytest.fixture
def published(adopted, member):
    return workflow.publish(adopted, by=member)


def next_report(pact, leader, member, **typed):
    """A report of a later round, with these texts of the intentions and the rest the same."""
    round = f.RoundFactory(
        name="ronde 3", slug="ronde-3", opens=datetime.date(2026, 11, 1), closes=datetime.date(2099, 1, 1)
    )
    reflection = fill(start(pact, round, by=leader))
    reflection.sections.filter(kind=SectionKind.INTENTIONS).update(data={"text": "Wij gaan nog harder door."})
    section = reflection.sections.get(kind=SectionKind.RESULTS)
    section.data["results"] = [row | typed for row in section.data["results"]]
    section.save()
    return workflow.publish(workflow.adopt(workflow.submit(reflection, by=leader), by=member), by=member)


def test_a_report_shows_what_is_for_everybody(client, published):
    page = text(client.get(REPORT))
    assert "Hoe leiden wij genoeg mensen op?" in page
    assert "Plaatsen in een wijkleerbedrijf" in page
    assert "Annie de Geheime" not in page
    assert "Vastgesteld op" in page


def test_the_page_of_the_pact_leads_to_its_reports(client, pact, published):
    f.RoundFactory(name="ronde 0", slug="nul", opens=datetime.date(2019, 1, 1), closes=datetime.date(2019, 2, 1))
    f.RoundFactory(name="ronde 9", slug="negen", opens=datetime.date(2099, 1, 1), closes=datetime.date(2099, 2, 1))
    f.RoundFactory(name="ronde van een ander", slug="ander").pacts.add(f.RegionalPactFactory())
    page = text(client.get(pact.get_absolute_url()))
    assert f'href="{REPORT}"' in page
    assert f'href="{ROUNDS}"' in page
    assert "Ronde 0" in page
    assert f"{ROUNDS}nul/" not in page
    assert "Ronde 9" not in page
    assert "Ronde van een ander" not in page


def test_before_publication_the_page_of_the_pact_tells_of_no_report(client, pact, adopted):
    page = text(client.get(pact.get_absolute_url()))
    assert "Ronde 2" in page
    assert REPORT not in page


def test_before_publication_there_is_no_report(client, adopted):
    assert client.get(REPORT).status_code == 404
    assert client.get(f"{REPORT}verslag.pdf").status_code == 404
    assert "Hoe leiden wij" not in text(client.get(ROUNDS)) + text(client.get(METHOD)) + text(
        client.get(f"{METHOD}feed/")
    )
    assert not find("wijkleerbedrijf plaatsen", {"soort": ["volgspot"]}).ids


def test_a_correction_does_not_show_before_it_is_published(client, published, leader, member):
    workflow.correct(published, by=leader, reason="Een cijfer was fout.")
    published.sections.filter(kind=SectionKind.INTENTIONS).update(data={"text": "Wij stoppen ermee."})
    assert "Wij stoppen ermee" not in text(client.get(REPORT))
    corrected = workflow.adopt(workflow.submit(published, by=leader), by=member)
    assert "Wij stoppen ermee" not in text(client.get(REPORT))
    workflow.publish(corrected, by=member)
    page = text(client.get(REPORT))
    assert "Wij stoppen ermee" in page
    assert "Een cijfer was fout." in page


def test_a_pact_that_is_not_public_has_no_report(client, published, pact):
    pact.published_at = None
    pact.save()
    assert client.get(REPORT).status_code == client.get(ROUNDS).status_code == 404
    assert "Merenland" not in text(client.get(METHOD))


def test_rounds_stand_side_by_side_with_what_changed(client, published, pact, leader, member):
    next_report(pact, leader, member)
    page = text(client.get(ROUNDS))
    assert "<ins> nog harder</ins>" in page or "nog harder</ins>" in page
    assert "Hoe leiden wij genoeg mensen op?" not in page
    assert "Hoe leiden wij genoeg mensen op?" in text(client.get(ROUNDS, {"toon": "alles"}))


def test_every_text_side_by_side_has_its_question(client, published, pact, leader, member):
    next_report(pact, leader, member)
    page = text(client.get(ROUNDS, {"toon": "alles"}))
    for label in (
        "De overkoepelende vraag",
        "Studenten · Gezien",
        "Element 1 · In eigen woorden",
        "Afspraken van eerder",
    ):
        assert f"<h4>{label}</h4>" in page
    assert page.count("<h4></h4>") == 0


def test_a_round_without_a_report_says_so_and_names_nobody(client, pact):
    f.RoundFactory(name="ronde 1", slug="ronde-1", opens=datetime.date(2020, 1, 1), closes=datetime.date(2020, 2, 1))
    page = text(client.get(ROUNDS))
    assert "geen verslag van deze ronde" in page
    assert "Van dit pact staat nog geen verslag op de site" in page


def test_the_method_counts_meetings_and_names_the_lost_figure(client, published):
    f.LostPictureFactory(number=4, caption="Theoretische basis")
    page = text(client.get(METHOD))
    assert "In 1 van de 1 pacten is een bijeenkomst gehouden" in page
    assert "verloren gegaan" in page
    assert "Theoretische basis" in page


def test_a_report_is_found_and_a_next_version_takes_its_place(published, leader, member):
    assert len(find("wijkleerbedrijf", {"soort": ["volgspot"]}).ids) == 1
    workflow.correct(published, by=leader, reason="Beter.")
    workflow.publish(workflow.adopt(workflow.submit(published, by=leader), by=member), by=member)
    assert Version.objects.published().count() == 2
    assert len(find("wijkleerbedrijf", {"soort": ["volgspot"]}).ids) == 1


def test_the_feed_has_the_report(client, published):
    assert REPORT in text(client.get(f"{METHOD}feed/"))


def test_the_sitemap_has_the_report(client, published):
    assert REPORT in text(client.get("/sitemap.xml"))


def test_the_pdf_says_the_same_with_tags(client, published):
    assert can_print(), "Installeer Pango: tools/install_pdf"
    response = client.get(f"{REPORT}verslag.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    version = Version.objects.reports().get()
    content = printed(context_of(version), uncompressed_pdf=True)
    for sign in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert sign in content, sign


def test_results_over_the_rounds(client, published, pact, leader, member):
    IntendedResultVersion.objects.update(valid_from=f.PUBLISHED)
    next_report(pact, leader, member, reached="44")
    page = text(client.get(ROUNDS))
    assert "Plaatsen in een wijkleerbedrijf" in page
    assert "gehaald" in page


def test_takes_the_same_queries_for_one_and_three(client, published, pact, leader, member):
    addresses = (METHOD, ROUNDS, REPORT)
    few = [len(queries_of(client, address)) for address in addresses]
    next_report(pact, leader, member)
    other = f.VersionFactory(reflection=f.ReflectionFactory(round=Reflection.objects.first().round))
    assert other.published_at
    assert [len(queries_of(client, address)) for address in addresses] == few
    assert max(few) <= 8


def told_in(slug, planned=(), reported=()):
    """What a version says of intended results, as far as a comparison reads it."""
    sections = [
        {"kind": SectionKind.TRIANGLE, "rows": {"results": list(planned)}},
        {"kind": SectionKind.RESULTS, "rows": {"results": list(reported)}},
    ]
    round = SimpleNamespace(slug=slug, name=slug)
    return SimpleNamespace(public_content={"sections": sections}, reflection=SimpleNamespace(round=round))


def test_a_result_that_moved_still_shows_what_was_planned_at_first():
    aim = {"result": 7, "title": "Plaatsen", "target": "40", "unit": "plekken", "by_when": "2026"}
    later = aim | {"reached": "30", "new_by_when": "2027", "change_reason": "De ruimte kwam later."}
    lower = aim | {"by_when": "2027", "reached": "32", "new_target": "30", "change_reason": "Een dorp stopte."}
    (line,) = result_lines([told_in("een", planned=[aim]), told_in("twee", reported=[later])])
    assert (line.planned, line.unit, line.by_when, line.target) == ("40", "plekken", "2026", "40")
    assert line.moved == [{"target": "40", "by_when": "2027", "because": "De ruimte kwam later."}]
    assert line.state == ("running", "op weg, nog niet gehaald")
    (line,) = result_lines(
        [told_in("een", planned=[aim]), told_in("twee", reported=[later]), told_in("drie", reported=[lower])]
    )
    assert (line.planned, line.by_when, line.target) == ("40", "2026", "30")
    assert [move["target"] for move in line.moved] == ["40", "30"]
    assert line.cells == [("een", ""), ("twee", "30"), ("drie", "32")]
    assert line.state == ("done", "gehaald")
