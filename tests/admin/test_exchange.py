"""Organisations, pacts and koplopers go out and come in as a spreadsheet."""

import csv
import io
import zipfile

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import ADMINISTRATOR, OCW, set_roles
from kopgroep.models import Koploper
from organisations.models import Organisation
from regions.models import PactParticipation, RegionalPact
from tests.factories import (
    CareBranchFactory,
    KoploperFactory,
    MunicipalityFactory,
    OrganisationFactory,
    OrganisationKindFactory,
    PactFunctionFactory,
    PactParticipationFactory,
    PactThemeFactory,
    RegionalPactFactory,
    SourceFactory,
    UserFactory,
)
from zorgpact.exchange.sheets import MOST_ROWS, Unreadable, defused, fused, read, write
from zorgpact.exchange.trial import bring_in

MODELS = [Organisation, RegionalPact, Koploper]


def columns(model):
    return admin.site.get_model_admin(model).exchange_columns()


def name_of(model):
    return model.__name__


def exported(model, kind="csv"):
    """Headers and rows as they come back from a file."""
    found = columns(model)
    data = write([c.name for c in found], [[c.text(r) for c in found] for r in model.objects.all()], kind)
    return read(SimpleUploadedFile(f"lijst.{kind}", data))


def sheet(text, name="lijst.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def trial(model, text, **options):
    headers, rows = read(sheet(text))
    return bring_in(model, columns(model), headers, rows, **options)


def errors(outcome):
    return [(line.number, column, message) for line in outcome.lines for column, message in line.errors]


def changes(outcome):
    return [(line.slug, column, str(shown)) for line in outcome.lines for column, shown in line.changes]


# --- out and back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_what_goes_out_and_comes_back_changes_nothing(content, django_db_blocker, model, kind):
    with django_db_blocker.unblock():
        headers, rows = exported(model, kind)
        outcome = bring_in(model, columns(model), headers, rows)

        assert len(rows) == model.objects.count() > 10
        assert (outcome.problems, errors(outcome), changes(outcome)) == ([], [], [])
        assert len(outcome.unchanged) == len(rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_text_that_a_spreadsheet_would_spoil_comes_back_the_same(db, kind):
    for number, text in enumerate(
        [
            "=1+1",
            "+31 20",
            "-5 graden",
            "@naam",
            "'=1",
            "'s-Gravenhage",
            'een;twee,"drie"',
            "a\r\nb\n\nc ",
            "2016",
            "0012",
            "ja",
        ]
    ):
        KoploperFactory(slug=f"k{number}", story=text, summary=text.replace("\r\n", " "), area_name=text[:5].strip())

    headers, rows = exported(Koploper, kind)
    outcome = bring_in(Koploper, columns(Koploper), headers, rows)

    assert (outcome.problems, errors(outcome), changes(outcome)) == ([], [], [])


@pytest.mark.norm("ASVS-1.2.10")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "'=1", "''=1", "＝1"])
def test_no_cell_can_be_run_as_a_formula(text):
    cell = defused(text)

    assert cell[0] == "'"
    assert fused(cell) == text


def test_ordinary_text_goes_out_as_it_is():
    assert [defused(text) for text in ("’s-Gravenhage", "'s-Gravenhage", "a=b", "")] == [
        "’s-Gravenhage", "'s-Gravenhage", "a=b", "",
    ]  # fmt: skip


def test_the_export_is_the_list_as_it_is_filtered(desk):
    OrganisationFactory(name="ViaZorg", slug="viazorg")
    OrganisationFactory(name="Anders", slug="anders")
    page = desk.get(reverse("admin:organisations_organisation_export", args=["csv"]), {"q": "viazorg"})

    rows = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))

    assert [row[0] for row in rows] == ["korte naam", "viazorg"]
    assert page["Content-Disposition"].startswith('attachment; filename="organisaties-')
    assert page["Content-Type"] == "text/csv; charset=utf-8"


def test_the_export_to_excel_holds_text_and_no_formulas(desk):
    OrganisationFactory(name="=HYPERLINK(1)", slug="boos")

    page = desk.get(reverse("admin:organisations_organisation_export", args=["xlsx"]))
    cells = list(openpyxl.load_workbook(io.BytesIO(page.content)).active.values)

    assert cells[1][:2] == ("boos", "'=HYPERLINK(1)")


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_an_export_of_three_asks_as_much_as_of_one(desk, model):
    def make():
        record = {Organisation: OrganisationFactory, RegionalPact: RegionalPactFactory, Koploper: KoploperFactory}[
            model
        ]()
        record.sources.add(SourceFactory())
        if model is RegionalPact:
            PactParticipationFactory(pact=record, source=SourceFactory())
            PactThemeFactory(pact=record)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_export", args=["csv"]))
        return len(seen)

    make()
    queries()
    one = queries()
    make()
    make()

    assert queries() == one


# --- what would change, and what is wrong ---------------------------------------------------------


def test_a_trial_says_what_would_change_and_saves_nothing(db):
    record = OrganisationFactory(slug="viazorg", name="ViaZorg", website="https://oud.example", version=3)
    branch = CareBranchFactory(slug="ouderenzorg")
    before = LogEntry.objects.count()

    outcome = trial(Organisation, "korte naam;naam;branches;website\nviazorg;ViaZorg Zeeland;ouderenzorg;\n")

    assert changes(outcome) == [
        ("viazorg", "naam", "<del>ViaZorg</del> → <ins>ViaZorg Zeeland</ins>"),
        ("viazorg", "branches", "<ins>ouderenzorg</ins>"),
        ("viazorg", "website", "<del>https://oud.example</del> → leeg"),
    ]
    record.refresh_from_db()
    assert (record.name, record.website, record.version) == ("ViaZorg", "https://oud.example", 3)
    assert list(record.branches.all()) == []
    assert branch.organisations.count() == 0
    assert LogEntry.objects.count() == before


def test_saving_changes_only_what_the_file_names(db):
    kind = OrganisationKindFactory(slug="zorgaanbieder")
    record = OrganisationFactory(slug="viazorg", name="ViaZorg", website="https://blijft.example", version=3)

    outcome = trial(Organisation, "korte naam;naam;soort\nviazorg;Zorg in Zeeland;zorgaanbieder\n", save=True)

    record.refresh_from_db()
    assert outcome.is_right
    assert (record.name, record.kind, record.website, record.version) == (
        "Zorg in Zeeland", kind, "https://blijft.example", 4,
    )  # fmt: skip


def test_a_new_record_is_not_on_the_site_and_no_sample(db):
    OrganisationKindFactory(slug="zorgaanbieder")

    outcome = trial(Organisation, "korte naam;naam;soort\nnieuw-huis;Nieuw Huis;zorgaanbieder\n", save=True)

    found = Organisation.objects.get(slug="nieuw-huis")
    assert outcome.is_right
    assert (found.name, found.published_at, found.is_sample) == ("Nieuw Huis", None, False)


def test_a_sample_stays_a_sample_and_published_stays_published(db):
    record = OrganisationFactory(slug="viazorg", is_sample=True)
    moment = record.published_at

    trial(Organisation, "korte naam;naam;voorbeeld;op de site\nviazorg;Nieuwe naam;ja;ja\n", save=True)

    record.refresh_from_db()
    assert (record.name, record.is_sample, record.published_at) == ("Nieuwe naam", True, moment)


def test_what_a_file_cannot_change_is_said(db):
    OrganisationFactory(slug="viazorg", published_at=None)
    OrganisationKindFactory(slug="zorgaanbieder")

    outcome = trial(
        Organisation,
        "korte naam;naam;soort;op de site;voorbeeld\nviazorg;A;zorgaanbieder;ja;nee\nnieuw;B;zorgaanbieder;nee;ja\n",
    )

    fixed = "Deze kolom kan niet met een bestand worden gewijzigd. Doe dat in het beheer."
    assert errors(outcome) == [(2, "op de site", fixed), (3, "voorbeeld", fixed)]


def test_every_error_is_named_by_row_and_column(db):
    OrganisationFactory(slug="viazorg")
    CareBranchFactory(slug="ouderenzorg")
    MunicipalityFactory(slug="middelburg")

    outcome = trial(
        Organisation,
        "korte naam;naam;soort;branches;gemeente;website\n"
        "viazorg;ViaZorg;zorghuis;ouderenzorg, jeugd, wijk;midelburg;geen adres\n"
        "Fout Woord;;zorghuis;;;\n",
    )

    assert errors(outcome) == [
        (2, "soort", "“zorghuis” bestaat niet als soort organisatie."),
        (2, "branches", "“jeugd” bestaat niet als branche."),
        (2, "branches", "“wijk” bestaat niet als branche."),
        (2, "gemeente", "“midelburg” bestaat niet als gemeente. Bedoelde u “middelburg”?"),
        (3, "korte naam", "Schrijf kleine letters, cijfers en losse streepjes, bijvoorbeeld: zeeuwse-huiskamer."),
        (3, "soort", "“zorghuis” bestaat niet als soort organisatie."),
    ]


def test_what_the_model_refuses_stands_at_its_column(db):
    kind = OrganisationKindFactory(slug="zorgaanbieder")
    OrganisationFactory(slug="viazorg", name="ViaZorg", kind=kind)

    outcome = trial(
        Organisation,
        "korte naam;naam;soort;website\nfout;;zorgaanbieder;geen adres\nander;ViaZorg;zorgaanbieder;\nzonder;Zonder soort;;\n",
    )

    assert errors(outcome) == [
        (2, "naam", "Dit veld kan niet leeg zijn"),
        (2, "website", "Vul een adres in dat begint met https://, bijvoorbeeld https://www.voorbeeld.nl."),
        (3, "naam", "Er bestaat al een Organisatie met eenzelfde Naam."),
        (4, "soort", "Dit veld mag niet leeg zijn."),
    ]


def test_a_choice_that_is_not_one_names_those_that_are(db):
    KoploperFactory(slug="k")

    outcome = trial(Koploper, "adres;stand;lijst van deelnemers is compleet\nk;klaar;misschien\n")

    assert errors(outcome) == [
        (2, "stand", "“klaar” kan niet. Kies uit: actief, geeindigd, onbekend."),
        (2, "lijst van deelnemers is compleet", "“misschien” is niet duidelijk. Schrijf ja of nee."),
    ]


def test_a_code_twice_in_one_file_is_noticed(db):
    OrganisationFactory(slug="viazorg")

    outcome = trial(Organisation, "korte naam;naam\nviazorg;A\nviazorg;B\n")

    assert errors(outcome) == [
        (3, "korte naam", "Deze rij heeft dezelfde korte naam als regel 2. Elk record staat één keer in het bestand.")
    ]


def test_unknown_double_and_missing_columns_are_named(db):
    assert trial(Organisation, "naam;namen;naam;\nA;B;C;D\n").problems == [
        "De kolom “namen” kennen wij niet.",
        "De kolom “naam” staat er twee keer.",
        "Er is een kolom zonder naam.",
        "De kolom “korte naam” ontbreekt; daaraan herkennen wij een record.",
    ]


def test_a_word_of_the_site_is_no_address(db):
    outcome = trial(Koploper, "adres;naam;in één zin\ncriteria;Criteria;Zin.\n")

    assert errors(outcome) == [(2, "adres", "“criteria” is al het adres van een andere pagina. Kies een ander woord.")]


def test_one_wrong_row_keeps_all_rows_out(db):
    OrganisationFactory(slug="goed", name="Goed")
    OrganisationFactory(slug="fout")

    outcome = trial(Organisation, "korte naam;naam;gemeente\ngoed;Beter;\nfout;Fout;nergens\n", save=True)

    assert not outcome.is_right
    assert Organisation.objects.get(slug="goed").name == "Goed"


# --- rows on a record -----------------------------------------------------------------------------


def test_participants_have_a_column_with_role_and_dates(db):
    pact = RegionalPactFactory(slug="zeeland")
    first = PactParticipationFactory(pact=pact, organisation__slug="viazorg", role="trekker", started="2016")
    second = PactParticipationFactory(pact=pact, organisation__slug="scalda", is_sample=True)
    gone = PactParticipationFactory(pact=pact, organisation__slug="weg")
    OrganisationFactory(slug="hz")

    outcome = trial(
        RegionalPact,
        'adres;deelnemers\nzeeland;"viazorg | trekker | 2016 | 2019-06\nscalda|partner\nhz | trekker | 2019-06"\n',
        save=True,
    )

    assert errors(outcome) == []
    rows = PactParticipation.objects.filter(pact=pact).order_by("organisation__slug")
    assert [(r.organisation.slug, r.role, r.started, r.ended, r.is_sample) for r in rows] == [
        ("hz", "trekker", "2019-06", "", False),
        ("scalda", "partner", "", "", True),
        ("viazorg", "trekker", "2016", "2019-06", False),
    ]
    assert {first.pk, second.pk} < {r.pk for r in rows}
    assert gone.pk not in {r.pk for r in rows}


def test_wrong_participants_are_named(db):
    RegionalPactFactory(slug="zeeland")
    OrganisationFactory(slug="viazorg")
    OrganisationFactory(slug="scalda")

    outcome = trial(
        RegionalPact,
        'adres;deelnemers\nzeeland;"viasorg | trekker\nscalda | baas\nviazorg | partner | vorig jaar\na|b|c|d|e|f"\n',
    )
    two_leads = trial(RegionalPact, 'adres;deelnemers\nzeeland;"viazorg | trekker\nscalda | trekker"\n')
    double = trial(RegionalPact, 'adres;deelnemers\nzeeland;"viazorg\nviazorg"\n')

    assert [message for _n, _c, message in errors(outcome)] == [
        "“viasorg | trekker”: “viasorg” bestaat niet als organisatie. Bedoelde u “viazorg”?",
        "“scalda | baas”: “baas” kan niet. Kies uit: trekker, penvoerder, partner, bestuurlijke-trekker, facilitator, ambassadeur.",
        "“viazorg | partner | vorig jaar”: Schrijf een jaar, een jaar met maand of een hele datum, bijvoorbeeld 2016, 2016-09 of 2016-09-15.",
        "“a | b | c | d | e | f”: hier passen hooguit 5 delen tussen streepjes.",
    ]
    assert errors(two_leads) == [(2, "deelnemers", "Er is één trekker tegelijk. Geef de vorige een datum bij “tot”.")]
    assert errors(double) == [(2, "deelnemers", "“viazorg | partner” staat er twee keer.")]


def test_the_rows_of_a_pact_come_in_too(db):
    pact = RegionalPactFactory(slug="zeeland")
    PactFunctionFactory(pact=pact, function__slug="podium")
    PactFunctionFactory(function__slug="platform")
    PactThemeFactory(theme__slug="permanent-leren")
    MunicipalityFactory(slug="veere")

    outcome = trial(
        RegionalPact,
        "adres;functies;thema’s;gemeenten\nzeeland;platform;permanent-leren | voor de kust;veere | 2016\n",
        save=True,
    )

    assert errors(outcome) == []
    assert [str(row.function.slug) for row in pact.function_rows.all()] == ["platform"]
    assert [(row.theme.slug, row.for_whom) for row in pact.theme_rows.all()] == [("permanent-leren", "voor de kust")]
    assert [(row.municipality.slug, row.since) for row in pact.area.all()] == [("veere", "2016")]


# --- files ----------------------------------------------------------------------------------------


def broken_zip():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("lijst.pdf", b"%PDF", "Kies een bestand dat eindigt op .csv of .xlsx."),
        ("lijst.xlsx", b"adres;naam", "Dit is geen Excelbestand, of het is beschadigd. Bewaar het opnieuw als .xlsx."),
        ("lijst.xlsx", broken_zip(), "Dit is geen Excelbestand, of het is beschadigd. Bewaar het opnieuw als .xlsx."),
        ("lijst.csv", b"PK\x03\x04\x00\x00", "Dit is geen CSV-bestand. Bewaar het in uw spreadsheet als CSV (UTF-8)."),
        ("lijst.csv", b"adres;naam\n", "In het bestand staan geen rijen onder de kolomnamen."),
        ("lijst.csv", b'adres;naam\n"a;b\n', "Het CSV-bestand klopt niet: een aanhalingsteken is niet gesloten."),
        ("lijst.csv", b"a\n" * (MOST_ROWS + 2), f"Het bestand heeft meer dan {MOST_ROWS} rijen. Splits het in delen."),
        ("lijst.csv", b"a" * 2_000_001, "Het bestand is groter dan 2 MB. Splits het in delen."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, data, message):
    with pytest.raises(Unreadable) as error:
        read(sheet(data, name))

    assert str(error.value) == message


def test_a_zip_that_is_too_big_unpacked_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * 41_000_000)

    with pytest.raises(Unreadable, match="uitgepakt te groot"):
        read(sheet(data.getvalue(), "lijst.xlsx"))


@pytest.mark.parametrize(
    "data",
    [
        "adres,naam\nk,Café\n".encode("utf-8-sig"),
        "ADRES;Naam \nk;Café\n".encode("cp1252"),
        "adres\tnaam\r\nk\tCafé\r\n\r\n".encode(),
    ],
)
def test_files_as_different_programs_write_them(data):
    assert read(sheet(data)) == (["adres", "naam"], [(2, ["k", "Café"])])


def test_numbers_and_dates_of_excel_are_read_as_text():
    book = openpyxl.Workbook()
    import datetime

    for row in (["adres", "a", "b", "c", "d"], ["k", 2016.0, 1.5, datetime.datetime(2016, 9, 15), True]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)

    assert read(sheet(data.getvalue(), "lijst.xlsx"))[1] == [(2, ["k", "2016", "1.5", "2016-09-15", "ja"])]


# --- the pages ------------------------------------------------------------------------------------

IMPORT = "/beheer/organisations/organisation/importeren/"


def test_the_team_does_a_trial_and_then_imports(desk, team):
    record = OrganisationFactory(slug="viazorg", name="ViaZorg")
    page = desk.post(IMPORT, {"file": sheet("korte naam;naam\nviazorg;Zorg in Zeeland\n")})

    assert "<del>ViaZorg</del> → <ins>Zorg in Zeeland</ins>" in page.content.decode()
    assert Organisation.objects.get().name == "ViaZorg"
    answer = desk.post(IMPORT, {"trial": page.context["trial"]})
    assert (answer.status_code, answer.url) == (302, reverse("admin:organisations_organisation_changelist"))
    assert "Ingelezen: 0 nieuw, 1 gewijzigd." in desk.get(answer.url).content.decode()
    assert Organisation.objects.get().name == "Zorg in Zeeland"
    entry = LogEntry.objects.get_for_object(record).first()
    assert (entry.actor, entry.changes) == (team, {"name": ["ViaZorg", "Zorg in Zeeland"]})


def test_what_somebody_saved_after_the_trial_is_not_written_over(desk):
    record = OrganisationFactory(slug="viazorg", name="ViaZorg")
    page = desk.post(IMPORT, {"file": sheet("korte naam;naam\nviazorg;Van mij\n")})
    Organisation.objects.filter(pk=record.pk).update(name="Van een ander", version=2)

    answer = desk.post(IMPORT, {"trial": page.context["trial"]})

    text = answer.content.decode()
    assert "Gewijzigd na uw vorige proef: viazorg." in text
    assert "<del>Van een ander</del> → <ins>Van mij</ins>" in text
    assert Organisation.objects.get().name == "Van een ander"
    assert desk.post(IMPORT, {"trial": answer.context["trial"]}).status_code == 302
    assert Organisation.objects.get().name == "Van mij"


def test_a_trial_that_was_altered_or_of_somebody_else_is_refused(desk, client, settings):
    OrganisationFactory(slug="viazorg", name="ViaZorg")
    trial_of = desk.post(IMPORT, {"file": sheet("korte naam;naam\nviazorg;B\n")}).context["trial"]
    other = UserFactory()
    set_roles(other, [ADMINISTRATOR])

    assert desk.post(IMPORT, {"trial": trial_of + "x"}).url == IMPORT
    client.force_login(other)
    assert client.post(IMPORT, {"trial": trial_of}).url == IMPORT
    assert Organisation.objects.get().name == "ViaZorg"


def test_a_wrong_file_shows_its_errors_and_no_button_to_save(desk):
    OrganisationFactory(slug="viazorg")
    page = desk.post(IMPORT, {"file": sheet("korte naam;gemeente\nviazorg;nergens\n")}).content.decode()

    assert "1 rij klopt nog niet" in page
    assert "“nergens” bestaat niet als gemeente." in page
    assert "Importeer</button>" not in page
    assert "geen Excelbestand" in desk.post(IMPORT, {"file": sheet("x", "a.xlsx")}).content.decode()


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_an_officer_neither_exports_nor_imports(client, settings, db, model):
    settings.PORTAL_DEMO = True
    officer = UserFactory()
    set_roles(officer, [OCW])
    client.force_login(officer)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    assert client.get(reverse(f"{name}_export", args=["csv"])).status_code == 403
    assert client.get(reverse(f"{name}_import")).status_code == 403
    assert client.post(reverse(f"{name}_import"), {"trial": "x"}).status_code == 403
    assert "Importeren" not in client.get(reverse(f"{name}_changelist")).content.decode()


def test_an_unknown_kind_of_file_is_not_there(desk):
    assert desk.get(reverse("admin:organisations_organisation_export", args=["exe"])).status_code == 404
