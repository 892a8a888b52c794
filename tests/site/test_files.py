"""Lists as files and feeds: what the list shows, no more and no less."""

import csv
import datetime
import io
import json
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kopgroep.views import KoploperFileView
from tests import factories as f
from tests.kopgroep.test_list import filters_of, full_koploper
from tests.queries import assert_same_queries
from zorgpact.exchange.sheets import defused
from zorgpact.files import Column, plain, registered, undescribed

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ["/kopgroep/", "/regionale-pacten/"]


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def full_pact(**fields):
    pact = f.RegionalPactFactory(**fields)
    f.AreaMunicipalityFactory(pact=pact)
    f.PactThemeFactory(pact=pact)
    f.PactFunctionFactory(pact=pact)
    f.PactParticipationFactory(pact=pact, role="trekker")
    f.PhaseChangeFactory(pact=pact)
    f.EarlierCooperationFactory(pact=pact)
    return pact


MAKE = {"/kopgroep/": full_koploper, "/regionale-pacten/": full_pact}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_file_takes_the_same_queries_for_one_and_three(client, address, kind):
    MAKE[address]()
    assert_same_queries(client, f"{address}lijst.{kind}", lambda: [MAKE[address](), MAKE[address]()], at_most=14)


@pytest.mark.parametrize("address", LISTS)
def test_feed_takes_the_same_queries_for_one_and_three(client, address):
    MAKE[address]()
    assert_same_queries(client, f"{address}feed/", lambda: [MAKE[address](), MAKE[address]()], at_most=4)


def test_file_holds_the_whole_list_that_the_filters_leave(client):
    koplopers = [full_koploper(title=f"Koploper {number:02}") for number in range(15)]
    theme = koplopers[0].theme_rows.get().theme
    for koploper in koplopers[:13]:
        koploper.theme_rows.update(theme=theme)

    rows = csv_rows(client.get(f"/kopgroep/lijst.csv?thema={theme.slug}&pagina=2"))

    assert [row["naam"] for row in rows] == [f"Koploper {number:02}" for number in range(13)]


def test_row_says_what_the_page_says(client):
    koploper = full_koploper(title="De Huiskamer", summary="Wonen en leren.", status="actief")
    f.KoploperParticipationFactory(koploper=koploper, role="trekker", organisation__name="Zorggroep Ter Weel")
    f.AdoptionFactory(koploper=koploper)

    (row,) = csv_rows(client.get("/kopgroep/lijst.csv"))

    shown = [row[name] for name in ("naam", "in één zin", "trekker", "stand", "keer overgenomen", "voorbeeld")]
    assert shown == ["De Huiskamer", "Wonen en leren.", "Zorggroep Ter Weel", "actief", "1", "nee"]
    assert row["thema’s"] == koploper.theme_rows.get().theme.name


def test_excel_and_json_hold_the_same_as_csv(client):
    full_koploper(title="=1+1")
    f.KoploperFactory(title="Zonder iets")

    from_csv = csv_rows(client.get("/kopgroep/lijst.csv"))
    book = load_workbook(io.BytesIO(client.get("/kopgroep/lijst.xlsx").content))
    head, *lines = book["Lijst"].iter_rows(values_only=True)
    data = json.loads(client.get("/kopgroep/lijst.json").content)

    from_excel = [dict(zip(head, ("" if cell is None else str(cell) for cell in line), strict=True)) for line in lines]
    assert from_excel == from_csv
    assert [defused(plain(row["naam"])) for row in data["rijen"]] == [row["naam"] for row in from_csv]
    assert [column["naam"] for column in data["kolommen"]] == list(head)
    *_columns, licence = book["Kolommen"].iter_rows(values_only=True)
    assert licence == ("licentie", data["licentie"])


@pytest.mark.norm("ASVS-1.2.10")
@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@som", "\tx"])
def test_no_cell_is_run_as_a_formula(client, text):
    f.KoploperFactory(title=f"{text}")

    (row,) = csv_rows(client.get("/kopgroep/lijst.csv"))

    assert row["naam"] == f"'{text}"


def test_sign_that_excel_cannot_hold_is_left_out(client):
    f.KoploperFactory(title="Zorg\x0bhuis")

    book = load_workbook(io.BytesIO(client.get("/kopgroep/lijst.xlsx").content))

    assert book["Lijst"]["B2"].value == "Zorghuis"


@pytest.mark.parametrize("address", LISTS)
def test_what_is_not_public_is_in_no_file(client, address):
    record = MAKE[address](internal_note="geheim-woord")
    MAKE[address](**{"title" if address == "/kopgroep/" else "name": "geheim-woord", "published_at": None})
    organisation = record.participations.first().organisation
    organisation.published_at, organisation.name = None, "geheim-woord"
    organisation.save()

    for file in ("lijst.csv", "lijst.json", "feed/"):
        answer = client.get(f"{address}{file}").content.decode()
        assert "geheim-woord" not in answer
        assert record.slug in answer


def test_every_column_says_what_stands_in_it():
    assert len(registered) == 5
    assert undescribed() == []


def test_column_without_a_description_fails_the_check(monkeypatch):
    monkeypatch.setattr(KoploperFileView, "columns", [Column("raadsel", str)])

    assert [error.id for error in undescribed()] == ["zorgpact.E001"]


@pytest.mark.parametrize("address", LISTS)
def test_page_about_the_columns_keeps_the_choices(client, address):
    html = client.get(f"{address}lijst/?thema=x&amp=1").content.decode()

    for kind in ("csv", "xlsx", "json"):
        assert f'href="{address}lijst.{kind}?thema=x&amp;amp=1"' in html


def test_feed_has_the_newest_first_and_obeys_the_filters(client):
    old = full_koploper(title="Oud", published_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    new = full_koploper(title="Nieuw", published_at=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC))
    new.theme_rows.update(theme=old.theme_rows.get().theme)
    full_koploper(title="Ander thema")

    feed = ET.fromstring(client.get("/kopgroep/feed/", {"thema": filters_of(old)["thema"]}).content)

    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == ["Nieuw", "Oud"]
    assert [entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")] == [
        f"http://localhost:8000{koploper.get_absolute_url()}" for koploper in (new, old)
    ]


def test_sample_says_so_in_the_feed(client):
    f.KoploperFactory(title="Voorbeeld: huis", is_sample=True)

    feed = ET.fromstring(client.get("/kopgroep/feed/").content)

    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == ["Voorbeeld: huis (voorbeeld)"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("file", ["lijst.csv", "lijst.xlsx", "lijst.json", "feed/"])
def test_nothing_found_is_an_empty_file(client, address, file):
    assert client.get(f"{address}{file}?thema=bestaat-niet&q=%22").status_code == 200


def test_unknown_kind_is_not_there(client):
    assert client.get("/kopgroep/lijst.exe").status_code == 404
    assert reverse("kopgroep:file", args=["csv"]) == "/kopgroep/lijst.csv"
