"""What loading does to the database, and what it says of files that are wrong."""

import datetime
import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from kopgroep.models import Koploper
from organisations.models import Organisation
from programme.history import history_may_change
from programme.models import LoadedRecord, Source, Tip
from regels.models import Obstacle, Scheme
from regions.models import AgendaItem, RegionalPact, Vraagstuk
from tests.factories import KoploperFactory, TipFactory, UserFactory
from zorgpact.loading import loader
from zorgpact.loading.loader import ContentError, load_content

KINDS = """
    - {slug: gemeente, name: gemeente, corner: overheid}
    - {slug: mbo, name: mbo-instelling, corner: onderwijs}
"""
ORGANISATIONS = """
    - {slug: reimerswaal, name: Gemeente Reimerswaal, kind: gemeente}
    - {slug: college, name: Het College, kind: mbo}
"""
SOURCES = """
    - {slug: boek, title: Het boek}
    - {slug: krant, title: De krant}
"""
PACTS = """
    - slug: zeeland
      name: Zorgpact Zeeland
      area_name: Zeeland
      area: [reimerswaal, tholen]
      sources: [boek]
      participations:
      - {organisation: reimerswaal, role: trekker}
      - college
      subregions:
      - {slug: oost, name: Oost, municipalities: [reimerswaal]}
      vraagstukken:
      - {slug: zomer, title: Genoeg mensen in de zomer, parties: [college]}
      agenda:
      - {slug: pool, title: Een zomerpool, vraagstuk: zomer, subregion: oost}
      - {slug: folder, title: Een folder, vraagstuk: zomer}
"""
KOPLOPERS = """
    - slug: huiskamer
      title: De Huiskamer
      summary: Studenten leren bij mensen thuis.
      pacts: [zeeland]
      results:
      - {title: 12 studenten leerden hier., number: 12, unit: studenten, year: 2016}
      inspired_by: [voorganger]
    - {slug: voorganger, title: De Voorganger, summary: De eerste., sources: [boek, krant]}
"""
THEMES = """
    - {slug: leren, name: Leren, summary: Leren., definition: Leren.}
    - {slug: techniek, name: Techniek, summary: Techniek., definition: Techniek.}
"""
PHASES = """
    - {slug: richten, name: Richten, position: 1}
    - {slug: mobiliseren, name: Mobiliseren, position: 2}
"""


@pytest.fixture
def site(write):
    """A small set of files of which some point at others."""
    write("sources", SOURCES)
    write("organisation_kinds", KINDS)
    write("organisations", ORGANISATIONS)
    write("themes", THEMES)
    write("phases", PHASES)
    write("functions", "- {slug: podium, name: podium}")
    write("pacts", PACTS)
    write("koplopers", KOPLOPERS)


def load(folder, **options):
    """What happened, with the number of records, of everything that did not stay the same."""
    outcomes = load_content(folder, **options)
    return {f"{kind}: {what}": number for (kind, what), number in outcomes.items() if what != loader.SAME}


def database():
    """Every row of every table; the history, the moment of loading and the version of the content aside."""
    skipped = {"LogEntry", "Session", "ContentType", "Permission", "ContentVersion"}
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "loaded_at"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in apps.get_models(include_auto_created=True)
        if model.__name__ not in skipped
    }


def problems(folder, **options):
    with pytest.raises(ContentError) as error:
        load_content(folder, **options)
    return [str(problem) for problem in error.value.problems]


# --- What loading does --------------------------------------------------------------------------


def test_load_puts_records_rows_and_relations_in_the_database(folder, site):
    assert load(folder) == {
        "sources: toegevoegd": 2,
        "organisation_kinds: toegevoegd": 2,
        "organisations: toegevoegd": 2,
        "themes: toegevoegd": 2,
        "phases: toegevoegd": 2,
        "functions: toegevoegd": 1,
        "pacts: toegevoegd": 1,
        "koplopers: toegevoegd": 2,
    }

    pact, koploper = RegionalPact.objects.published().get(), Koploper.objects.published().get(slug="huiskamer")
    assert [(p.organisation.slug, p.role) for p in pact.participations.all()] == [
        ("reimerswaal", "trekker"),
        ("college", "partner"),
    ]
    assert [str(m) for m in pact.area.all()] == ["Reimerswaal", "Tholen"]
    assert [(a.slug, a.position, a.vraagstuk.slug, str(a.subregion)) for a in pact.agenda.all()] == [
        ("pool", 1, "zomer", "Oost"),
        ("folder", 2, "zomer", "None"),
    ]
    assert [str(o) for o in pact.vraagstukken.get().parties.all()] == ["Het College"]
    assert [str(m) for m in pact.subregions.get().municipalities.all()] == ["Reimerswaal"]
    assert (koploper.results.get().number, koploper.pacts.get()) == (12, pact)
    assert not any(row.is_sample for row in [pact, koploper, *pact.participations.all(), *pact.agenda.all()])


def test_a_record_may_point_at_one_that_comes_later_in_its_file(folder, site):
    load(folder)

    assert [k.slug for k in Koploper.objects.get(slug="huiskamer").inspired_by.all()] == ["voorganger"]


def test_an_area_may_be_a_whole_province(folder, site, write):
    pacts = PACTS.replace("area: [reimerswaal, tholen]", "area: ['province:zeeland']")
    write("pacts", pacts.replace("municipalities: [reimerswaal]", "municipalities: ['province:zeeland']"))

    load(folder)

    pact = RegionalPact.objects.get()
    assert [str(m) for m in pact.area.all()] == ["Reimerswaal", "Tholen"]
    assert [str(m) for m in pact.subregions.get().municipalities.all()] == ["Reimerswaal", "Tholen"]


def test_a_hidden_record_is_not_published(folder, write):
    write("tips", "- {slug: klein, title: Begin klein, text: Klein., hidden: true}")

    load(folder)

    assert [(t.slug, t.published_at) for t in Tip.objects.all()] == [("klein", None)]


def test_a_second_load_changes_nothing(folder, site):
    load(folder)
    before = database()

    assert load(folder) == {}
    assert database() == before


def test_dry_run_says_what_would_happen_and_saves_nothing(folder, site, write):
    load(folder)
    write("sources", SOURCES.replace("De krant", "Het dagblad") + "    - {slug: film, title: De film}\n")
    before = database()

    assert load(folder, dry_run=True) == {"sources: toegevoegd": 1, "sources: gewijzigd": 1}
    assert database() == before


def test_a_change_in_a_file_is_applied(folder, site, write):
    load(folder)
    pact = RegionalPact.objects.get()
    write(
        "pacts",
        """
        - slug: zeeland
          name: Zorgpact heel Zeeland
          area_name: Zeeland
          area: [tholen]
          participations: [college]
          vraagstukken:
          - {slug: winter, title: Genoeg mensen in de winter}
          agenda:
          - {slug: pool, title: Een winterpool, vraagstuk: winter}
        """,
    )

    assert load(folder) == {"pacts: gewijzigd": 1}

    changed = RegionalPact.objects.get()
    assert (changed.pk, changed.name) == (pact.pk, "Zorgpact heel Zeeland")
    assert [str(p) for p in changed.participations.all()] == ["Het College (partner)"]
    assert [str(m) for m in changed.area.all()] == ["Tholen"]
    assert [(a.title, str(a.vraagstuk)) for a in changed.agenda.all()] == [
        ("Een winterpool", "Genoeg mensen in de winter")
    ]
    assert (list(changed.sources.all()), list(changed.subregions.all())) == ([], [])
    assert load(folder) == {}


@pytest.mark.parametrize("has_history", [False, True])
def test_the_history_opens_for_rows_that_have_one_alone(folder, site, write, caplog, has_history):
    write("phases", PHASES)
    history = "      phase_changes:\n      - {phase: richten, since: '2016'}\n" if has_history else ""
    write("pacts", PACTS + history)
    load(folder)
    caplog.clear()

    write("pacts", PACTS.replace("Een folder", "Een boekje") + history)

    assert load(folder) == {"pacts: gewijzigd": 1}
    assert [record.getMessage() for record in caplog.records if "history may change" in record.getMessage()] == [
        "The history may change: content of Zorgpact Zeeland"
    ] * has_history


def test_a_change_from_a_file_makes_an_open_form_stale(folder, write):
    write("sources", SOURCES)
    load(folder)
    write("sources", SOURCES.replace("De krant", "Het dagblad"))

    load(folder)

    assert [(s.slug, s.version) for s in Source.objects.order_by("slug")] == [("boek", 1), ("krant", 2)]


def test_a_change_from_a_file_keeps_who_confirmed_it(folder, write):
    write("koplopers", "- {slug: k, title: K, summary: Een., confirmed_on: 2018-01-01}")
    load(folder)
    by = UserFactory()
    Koploper.objects.update(confirmed_on=datetime.date(2020, 5, 5), confirmed_by=by)
    write("koplopers", "- {slug: k, title: K, summary: Twee., confirmed_on: 2018-01-01}")

    assert load(folder) == {"koplopers: gewijzigd": 1}

    koploper = Koploper.objects.get()
    assert (koploper.summary, koploper.confirmed_on, koploper.confirmed_by) == ("Twee.", datetime.date(2020, 5, 5), by)


def test_what_was_there_before_the_first_load_is_left_alone(folder, write):
    TipFactory(slug="klein", title="Van de redactie")
    write("tips", "- {slug: klein, title: Uit het bestand, text: Klein.}")

    assert load(folder) == {"tips: met rust gelaten: bestond al": 1}
    assert load(folder, restore=True) == {"tips: met rust gelaten: bestond al": 1}
    assert Tip.objects.get().title == "Van de redactie"


# --- What an editor did -------------------------------------------------------------------------


def edit_the_record():
    RegionalPact.objects.update(ambition="Anders dan het bestand")


def edit_a_row():
    RegionalPact.objects.get().participations.filter(role="partner").update(role="ambassadeur")


def add_a_row():
    RegionalPact.objects.get().participations.create(organisation=Organisation.objects.first(), role="facilitator")


def remove_a_row():
    RegionalPact.objects.get().participations.get(role="partner").delete()


def edit_a_relation():
    RegionalPact.objects.get().sources.set(Source.objects.filter(slug="krant"))


def edit_a_relation_of_a_row():
    Vraagstuk.objects.get().parties.clear()


def move_a_row():
    AgendaItem.objects.filter(slug="folder").update(vraagstuk=None)


def take_it_off_the_site():
    RegionalPact.objects.update(published_at=None)


@pytest.mark.parametrize(
    "edit",
    [
        edit_the_record,
        edit_a_row,
        add_a_row,
        remove_a_row,
        edit_a_relation,
        edit_a_relation_of_a_row,
        move_a_row,
        take_it_off_the_site,
    ],
)
def test_what_an_editor_changed_is_left_alone_until_it_is_asked_back(folder, site, write, edit):
    load(folder)
    loaded = RegionalPact.objects.values().get()
    del loaded["updated_at"]
    edit()
    before = database()
    write("pacts", PACTS.replace("area_name: Zeeland", "area_name: Zeeland, nu anders"))

    assert load(folder) == {"pacts: met rust gelaten: gewijzigd in het beheer": 1}
    assert database() == before

    assert load(folder, restore=True) == {"pacts: teruggezet": 1}
    pact = RegionalPact.objects.get()
    assert RegionalPact.objects.values(*loaded).get() == loaded | {"area_name": "Zeeland, nu anders", "version": 2}
    assert sorted(str(p) for p in pact.participations.all()) == [
        "Gemeente Reimerswaal (trekker)",
        "Het College (partner)",
    ]
    assert [str(s) for s in pact.sources.all()] == ["Het boek"]
    assert [str(o) for o in pact.vraagstukken.get().parties.all()] == ["Het College"]
    assert [str(a.vraagstuk) for a in pact.agenda.all()] == ["Genoeg mensen in de zomer"] * 2
    assert load(folder) == {}


def test_confirming_a_record_is_no_change(folder, site):
    load(folder)
    RegionalPact.objects.update(confirmed_on=datetime.date(2020, 5, 5), confirmed_by=UserFactory())

    assert load(folder) == {}


def test_what_an_editor_removed_stays_away_until_it_is_asked_back(folder, site, write):
    load(folder)
    Koploper.objects.get(slug="huiskamer").delete()
    write("koplopers", KOPLOPERS.replace("bij mensen thuis", "in de wijk"))

    assert load(folder) == {"koplopers: met rust gelaten: verwijderd in het beheer": 1}
    assert not Koploper.objects.filter(slug="huiskamer").exists()

    assert load(folder, restore=True) == {"koplopers: teruggezet": 1}
    back = Koploper.objects.get(slug="huiskamer")
    assert (back.summary, back.results.count()) == ("Studenten leren in de wijk.", 1)
    assert [k.slug for k in back.inspired_by.all()] == ["voorganger"]
    assert load(folder) == {}


def test_a_file_may_still_point_at_what_an_editor_removed(folder, site, write):
    load(folder)
    with history_may_change("a test"):
        RegionalPact.objects.all().delete()
    Organisation.objects.get(slug="college").delete()
    write("koplopers", KOPLOPERS.replace("summary: De eerste.", "summary: De allereerste., pacts: [zeeland]"))
    write("pacts", PACTS + PACTS.replace("zeeland", "zeeland-2").replace("Zorgpact Zeeland", "Zorgpact Zeeland 2"))

    assert load(folder) == {
        "organisations: met rust gelaten: verwijderd in het beheer": 1,
        "pacts: met rust gelaten: verwijderd in het beheer": 1,
        "pacts: toegevoegd": 1,
        # It lost its pact, which is a change of what was loaded.
        "koplopers: met rust gelaten: gewijzigd in het beheer": 1,
        "koplopers: gewijzigd": 1,
    }
    assert [str(p) for p in RegionalPact.objects.get().participations.all()] == ["Gemeente Reimerswaal (trekker)"]
    assert list(Koploper.objects.get(slug="voorganger").pacts.all()) == []


def test_a_record_that_cannot_be_without_what_was_removed_is_left_alone(folder, write):
    write("organisation_kinds", KINDS)
    load(folder)
    apps.get_model("organisations.OrganisationKind").objects.filter(slug="mbo").delete()
    write("organisations", ORGANISATIONS)

    assert load(folder) == {
        "organisation_kinds: met rust gelaten: verwijderd in het beheer": 1,
        "organisations: toegevoegd": 1,
        "organisations: met rust gelaten: hoort bij iets dat is verwijderd": 1,
    }
    assert [o.slug for o in Organisation.objects.all()] == ["reimerswaal"]


# --- Samples ------------------------------------------------------------------------------------

SAMPLE = "- {slug: voorbeeld, title: 'Voorbeeld: X', summary: Verzonnen., themes: [leren], results: [{title: Iets.}]}"
VALUES = """
    - pact: zeeland
      phase: {phase: mobiliseren, since: 2016}
      functions: [podium]
      themes: [leren, techniek]
      earlier_cooperation: true
    - koploper: huiskamer
      themes: [leren]
      adopted: true
"""


def made_up():
    """All rows that are marked, by model."""
    return {
        model.__name__: [str(row) for row in model.objects.filter(is_sample=True)]
        for model in apps.get_models()
        if any(f.name == "is_sample" for f in model._meta.fields) and model.objects.filter(is_sample=True).exists()
    }


def test_samples_are_loaded_only_when_asked_for_and_marked(folder, site, write):
    write("samples/koplopers", SAMPLE)

    load(folder)
    assert made_up() == {}

    assert load(folder, samples=True) == {"koplopers: toegevoegd": 1}
    assert made_up() == {"Koploper": ["Voorbeeld: X"], "KoploperTheme": ["Leren"], "Result": ["Iets."]}
    assert load(folder, samples=True) == {}


def test_sample_values_hang_on_a_real_record_without_marking_it(folder, site, write):
    write("samples/values", VALUES)

    assert load(folder, samples=True)["values: toegevoegd"] == 2

    assert made_up() == {
        "PhaseChange": ["Mobiliseren (sinds 2016)"],
        "PactFunction": ["podium"],
        "PactTheme": ["Leren", "Techniek"],
        "EarlierCooperation": ["Op een eerdere samenwerking"],
        "KoploperTheme": ["Leren"],
        "Adoption": ["overgenomen elders"],
    }
    assert load(folder, samples=True) == {}


def test_sample_values_survive_a_change_of_the_real_record(folder, site, write):
    write("samples/values", VALUES)
    load(folder, samples=True)
    before = made_up()
    write("pacts", PACTS.replace("area_name: Zeeland", "area_name: De provincie"))

    assert load(folder, samples=True) == {"pacts: gewijzigd": 1}
    assert made_up() == before


def test_a_change_of_sample_values_is_applied(folder, site, write):
    write("samples/values", VALUES)
    load(folder, samples=True)
    write("samples/values", VALUES.replace("[leren, techniek]", "[techniek]").replace("mobiliseren", "richten"))

    assert load(folder, samples=True) == {"values: gewijzigd": 1}
    assert (made_up()["PactTheme"], made_up()["PhaseChange"]) == (["Techniek"], ["Richten (sinds 2016)"])


def test_sample_values_that_an_editor_removed_stay_away(folder, site, write):
    write("samples/values", VALUES)
    load(folder, samples=True)
    RegionalPact.objects.get().theme_rows.all().delete()
    Koploper.objects.get(slug="huiskamer").theme_rows.all().delete()
    Koploper.objects.get(slug="huiskamer").adoptions.all().delete()
    write("samples/values", VALUES.replace("[podium]", "[]").replace("themes: [leren]\n", "themes: [techniek]\n"))

    assert load(folder, samples=True) == {
        "values: met rust gelaten: gewijzigd in het beheer": 1,
        "values: met rust gelaten: verwijderd in het beheer": 1,
    }
    assert ("PactTheme" in made_up(), made_up()["PactFunction"]) == (False, ["podium"])

    assert load(folder, samples=True, restore=True) == {"values: teruggezet": 2}
    assert (made_up()["KoploperTheme"], "PactFunction" in made_up()) == (["Techniek"], False)


def test_a_made_up_value_goes_when_the_real_one_is_known(folder, site, write):
    write("samples/values", VALUES)
    load(folder, samples=True)
    write("pacts", PACTS + "      themes: [techniek]\n      functions: [podium]\n")

    load(folder, samples=True)

    pact = RegionalPact.objects.get()
    assert [(str(t), t.is_sample) for t in pact.theme_rows.all()] == [("Techniek", False)]
    assert [(str(f), f.is_sample) for f in pact.function_rows.all()] == [("podium", False)]
    assert [p.is_sample for p in pact.phase_changes.all()] == [True]


def test_a_value_is_not_made_up_where_the_real_one_is_known(folder, site, write):
    write("pacts", PACTS + "      themes: [techniek]\n")
    write("samples/values", VALUES)

    load(folder, samples=True)

    assert "PactTheme" not in made_up()
    assert load(folder, samples=True) == {}


def test_values_of_a_record_that_an_editor_removed_stay_away_with_it(folder, site, write):
    write("samples/values", VALUES)
    load(folder, samples=True)
    Koploper.objects.get(slug="huiskamer").delete()

    assert load(folder, samples=True) == {
        "koplopers: met rust gelaten: verwijderd in het beheer": 1,
        "values: met rust gelaten: verwijderd in het beheer": 1,
    }


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("- {pact: zeland, themes: [leren]}", "regel 1, zeland, veld pact: “zeland” is geen echt record. Bedoelde u “zeeland”?"),
        ("- {pact: zeeland, ambition: Groot}", "regel 1, zeeland, veld ambition: Dit mag niet verzonnen worden bij een echt record."),
        ("- {pact: zeeland, themes: [lere]}", "regel 1, zeeland, veld themes: “lere” bestaat niet. Bedoelde u “leren”?"),
        ("- {pact: zeeland, phase: richten}", "regel 1, zeeland, veld phase: Deze waarde kan hier niet."),
        ("- {pact: zeeland, phase: {phase: richten, since: 2016, reason: Zomaar}}", "regel 1, zeeland, veld phase: Hier mag geen tekst verzonnen worden."),
        ("- {pact: zeeland, phase: {phase: richten, since: ooit}}", "regel 1, zeeland, veld phase: Schrijf een jaar, een jaar met maand of een hele datum, bijvoorbeeld 2016, 2016-09 of 2016-09-15."),
        ("- {koploper: huiskamer, adopted: Goes}", "regel 1, huiskamer, veld adopted: Deze waarde kan hier niet."),
        ("- {themes: [leren]}", "regel 1, record 1: Schrijf bij welk pact of welke koploper deze waarden horen."),
        ("- {koploper: voorbeeld, adopted: true}", "regel 1, voorbeeld, veld koploper: “voorbeeld” is geen echt record."),
    ],
)  # fmt: skip
def test_text_and_mistakes_in_sample_values_are_refused(folder, site, write, values, message):
    write("samples/koplopers", SAMPLE)
    write("samples/values", values)

    assert problems(folder, samples=True) == [f"samples/values.yaml, {message}"]


# --- What is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("tips", "- slug: a\n  title: A\n  tekst: B", "regel 3, a, veld tekst: Dit veld bestaat niet. Bedoelde u “text”?"),
        ("tips", "- slug: a\n  title: A\n  text: T\n  source: boekje", "regel 4, a, veld source: “boekje” bestaat niet. Bedoelde u “boek”?"),
        ("tips", "- slug: a\n  title: A\n  text: T\n  is_sample: true", "regel 4, a, veld is_sample: Dit veld bestaat niet."),
        ("tips", "- slug: a\n  title: A", "regel 1, a, veld text: Dit veld kan niet leeg zijn"),
        ("tips", "- title: A\n  text: T", "regel 1, record 1, veld slug: Dit veld is nodig: het is de naam waaronder het record bekend is."),
        ("tips", "- slug: a\n  title: A\n  text: T\n  position: veel", "regel 4, a, veld position: Waarde van ‘veel’ moet een geheel getal zijn."),
        ("sources", "- slug: a\n  title: A\n  published: '2016-13'", "regel 3, a, veld published: Schrijf een jaar, een jaar met maand of een hele datum, bijvoorbeeld 2016, 2016-09 of 2016-09-15."),
        ("sources", "- {slug: a, title: A}\n- {slug: b, title: B}\n- {slug: a, title: C}", "regel 3, a, veld slug: Deze naam komt al voor."),
        ("sources", "- slug: a\n  title: A\n  url: nergens", "regel 3, a, veld url: Vul een adres in dat begint met https://, bijvoorbeeld https://www.voorbeeld.nl."),
        ("sources", "- slug: a\n  kind: krant\n  title: A", "regel 2, a, veld kind: Waarde 'krant' is geen geldige keuze."),
        ("sources", "slug: a\ntitle: A", "regel 1, bestand: Hier hoort een lijst van records."),
        ("sources", "- {slug: a, title: A}\n\n- b", "regel 3, record 2: Hier horen velden te staan."),
        ("sources", "- slug: a\n\ttitle: A", "regel 2, bestand: Dit is geen geldige YAML: found character '\\t' that cannot start any token."),
        ("sources", "- slug: a\n  title: A\n  title: B", "regel 3, bestand: Dit is geen geldige YAML: found duplicate key \"title\" with value \"B\" (original value: \"A\")."),
        ("pact", "[]", "regel 1, bestand: Onbekende soort."),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  place: {name: Goes, municipality: tholen}", "regel 4, k, veld place: Er is geen plaats Goes in tholen."),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  themes: leren", "regel 4, k, veld themes: Hier hoort een lijst."),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  inspired_by: [z]", "regel 4, k, veld inspired_by: “z” bestaat niet."),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  result: []", "regel 4, k, veld result: Dit veld bestaat niet. Bedoelde u “results”?"),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  results:\n  - title: Een\n  - titel: Twee", "regel 6, k, veld results: item 2, titel: Dit veld bestaat niet. Bedoelde u “title”?"),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  results: [{title: T, number: 3}]", "regel 4, k, veld results: item 1: Schrijf bij een getal de eenheid, bijvoorbeeld: studenten."),
        ("koplopers", "- slug: k\n  title: K\n  summary: S\n  results: [Tien studenten]", "regel 4, k, veld results: item 1: hier horen velden te staan."),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  area:\n  - tholen\n  - thole", "regel 6, p, veld area: item 2, municipality: “thole” bestaat niet. Bedoelde u “tholen”?"),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  area: ['province:zeland']", "regel 4, p, veld area: item 1: er is geen provincie “zeland”. Bedoelde u “zeeland”?"),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  municipalities: [tholen]", "regel 4, p, veld municipalities: Dit veld bestaat niet."),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  agenda:\n  - {slug: a, title: A, vraagstuk: x}", "regel 5, p, veld agenda: item 1, vraagstuk: “x” bestaat niet."),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  agenda: [{slug: a, title: A, status: gestopt}]", "regel 4, p, veld agenda: item 1: Schrijf op waarom dit punt is gestopt of uitgesteld."),
        ("pacts", "- slug: p\n  name: P\n  area_name: P\n  participations:\n  - {organisation: college, role: trekker}\n  - {organisation: gemeente, role: trekker}", "regel 6, p, veld participations: item 2: Een pact heeft één trekker tegelijk. Vul bij de vorige trekker in tot wanneer."),
    ],
)  # fmt: skip
def test_an_error_names_file_line_record_and_field(folder, write, name, text, message):
    write("sources", "- {slug: boek, title: Het boek}")
    write("organisation_kinds", KINDS)
    write("organisations", ORGANISATIONS.replace("slug: reimerswaal", "slug: gemeente"))
    write("themes", THEMES)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    found = problems(folder)

    assert len(found) == 1
    assert found[0].startswith(f"{folder.name}/{name}.yaml, {message}")


def test_a_file_in_another_encoding_is_refused(folder, write):
    write("tips", "[]").write_bytes("- {slug: a, title: Één, text: T}".encode("latin-1"))

    assert problems(folder) == [f"{folder.name}/tips.yaml, regel 1, bestand: Dit bestand is geen UTF-8."]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_saved(folder, site, write):
    write("sources", SOURCES + "    - {slug: film}\n")
    write("organisations", ORGANISATIONS.replace("kind: mbo", "kind: mob"))
    before = database()

    assert problems(folder) == [
        f"{folder.name}/sources.yaml, regel 3, film, veld title: Dit veld kan niet leeg zijn",
        # That the pact names this organisation is not wrong, so it is not said.
        f"{folder.name}/organisations.yaml, regel 2, college, veld kind: “mob” bestaat niet. Bedoelde u “mbo”?",
    ]
    assert database() == before


# --- The command --------------------------------------------------------------------------------


def run(folder, **options):
    out = io.StringIO()
    call_command("load_content", dir=str(folder), stdout=out, **options)
    return out.getvalue()


def test_the_command_reports_what_it_did(folder, write):
    write("sources", SOURCES)
    assert run(folder) == "  sources: 2 toegevoegd\nInhoud: 2 toegevoegd.\n"

    Source.objects.filter(slug="boek").update(title="Mijn boek")
    write("sources", SOURCES.replace("De krant", "Het dagblad") + "    - {slug: film, title: De film}\n")
    report = (
        "  sources: 1 gewijzigd\n"
        "  sources: 1 met rust gelaten: gewijzigd in het beheer\n"
        "  sources: 1 toegevoegd\n"
        "Inhoud: 1 gewijzigd, 1 met rust gelaten: gewijzigd in het beheer, 1 toegevoegd."
    )
    assert run(folder, dry_run=True) == f"{report} Proef: er is niets bewaard.\n"
    assert run(folder) == f"{report}\n"
    assert run(folder, restore=True) == "  sources: 1 teruggezet\nInhoud: 2 ongewijzigd, 1 teruggezet.\n"


def test_the_command_names_every_problem(folder, write):
    write("sources", "- {slug: a}\n- {slug: b, titel: B}")

    with pytest.raises(CommandError) as error:
        run(folder)

    assert str(error.value) == (
        "De inhoud klopt niet; er is niets bewaard.\n"
        f"  {folder.name}/sources.yaml, regel 1, a, veld title: Dit veld kan niet leeg zijn\n"
        f"  {folder.name}/sources.yaml, regel 2, b, veld titel: Dit veld bestaat niet. Bedoelde u “title”?"
    )


def test_the_command_loads_the_map_of_the_country_first(db, tmp_path):
    out = io.StringIO()
    call_command("load_geography", stdout=out)
    before = database()

    assert out.getvalue().startswith("414 gemeenten, ")
    call_command("load_geography", stdout=io.StringIO())
    assert database() == before


def test_a_koploper_that_an_editor_made_is_none_of_our_business(folder, site):
    KoploperFactory(slug="van-de-redactie")

    load(folder)
    load(folder, restore=True)

    assert Koploper.objects.filter(slug="van-de-redactie").exists()
    assert not LoadedRecord.objects.filter(key="van-de-redactie").exists()


# --- Days, moments and histories ----------------------------------------------------------------

OBSTACLES = """
    - slug: lessen
      title: Lessen tellen niet mee
      status: in-onderzoek
      moves:
      - {before: bekend, after: in-onderzoek, on: 2016-04, reason: Gevraagd.}
      words:
      - {words: Fijn!, who: docent}
"""


def test_days_in_a_sample_are_counted_from_the_day_of_loading(folder, write):
    scheme = "- {slug: %s, name: %s, what: Geld., opens_on: 8 weken geleden, closes_on: over 20 dagen}"
    write("samples/schemes", scheme % ("voorbeeld", "Voorbeeld"))

    load(folder, samples=True)

    today, found = timezone.localdate(), Scheme.objects.get()
    assert (today - found.opens_on, found.closes_on - today) == (
        datetime.timedelta(days=56),
        datetime.timedelta(days=20),
    )
    assert load(folder, samples=True) == {}
    # What is real happened on a day.
    write("schemes", scheme % ("echt", "Echt"))
    assert "veld opens_on" in problems(folder)[0]


def test_a_record_may_say_since_when_it_is_public(folder, write):
    write("tips", "- {slug: klein, title: Begin klein, text: Klein., published_on: 2016-05-01}")

    load(folder)

    assert timezone.localdate(Tip.objects.get().published_at) == datetime.date(2016, 5, 1)
    write("tips", "- {slug: klein, title: Begin klein, text: Klein., published_on: ooit}")
    assert "veld published_on: Schrijf een dag" in problems(folder)[0]


def test_the_moves_of_an_obstacle_are_history_and_follow_the_file(folder, write):
    write("obstacles", OBSTACLES)
    load(folder)
    obstacle = Obstacle.objects.published().get()
    assert [(m.after, m.on) for m in obstacle.moves.all()] == [("in-onderzoek", "2016-04")]
    assert obstacle.words.published().count() == 1

    write("obstacles", OBSTACLES.replace("Gevraagd", "Nagevraagd"))
    assert load(folder) == {"obstacles: gewijzigd": 1}
    assert [m.reason for m in obstacle.moves.all()] == ["Nagevraagd."]

    obstacle.moves.create(before="in-onderzoek", after="blijft", on="2017", reason="Zo is het.")
    assert load(folder) == {"obstacles: met rust gelaten: gewijzigd in het beheer": 1}
    assert load(folder, restore=True) == {"obstacles: teruggezet": 1}
    assert obstacle.moves.count() == 1
