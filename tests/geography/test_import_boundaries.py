"""The official file in the place of the borders that come with the portal."""

import copy
import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from geography import rings
from geography.models import Municipality, Province, Reorganisation
from geography.projection import to_lonlat
from geography.provinces import PROVINCES
from geography.topology import borders, own_file
from programme.version import content_version
from tests import factories as f
from zorgpact.loading.geography import load_geography

pytestmark = pytest.mark.django_db
# Middelburg, Veere and Noord-Beveland.
A, B, C = "GM0687", "GM0717", "GM1695"


@pytest.fixture(autouse=True)
def _own_borders(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def provinces():
    for code, (name, slug) in PROVINCES.items():
        Province.objects.create(code=code, name=name, slug=slug)


def polygons(topology, code):
    return [[topology.ring_points(ring) for ring in polygon] for polygon in topology.polygons[code]]


def size(shape):
    return sum(abs(rings.area([tuple(p) for p in polygon[0]])) for polygon in shape)


def feature(code, name, shape, year=2027):
    coordinates = [[[list(point) for point in [*ring, ring[0]]] for ring in polygon] for polygon in shape]
    return {
        "type": "Feature",
        "properties": {"statcode": code, "jrstatcode": f"{year}{code}", "statnaam": name, "rubriek": "gemeente"},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


@pytest.fixture(scope="module")
def official():
    """What the CBS could give next year, in the Dutch grid: today's borders."""
    topology = borders()
    features = [feature(code, name, polygons(topology, code)) for code, name in topology.names.items()]
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def new(official):
    return copy.deepcopy(official)


def by_code(data, code):
    return next(x for x in data["features"] if x["properties"]["statcode"] == code)


def write(tmp_path, data):
    path = tmp_path / "gemeenten.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def run(capsys, path, **options):
    call_command("import_boundaries", path, **options)
    return capsys.readouterr().out.splitlines()


def merged(data):
    """Middelburg and Veere become a municipality of their own, Noord-Beveland gets another name."""
    topology = borders()
    outline = topology.outline(frozenset({A, B}))
    data["features"] = [x for x in data["features"] if x["properties"]["statcode"] not in (A, B)]
    data["features"].append(feature("GM1999", "Walcheren", [[topology.ring_points(ring)] for ring in outline]))
    by_code(data, C)["properties"]["statnaam"] = "Beveland"
    return data


def municipalities():
    for code, name in ((A, "Middelburg (Z.)"), (B, "Veere"), (C, "Noord-Beveland")):
        f.MunicipalityFactory(
            code=code, name=name, slug=f"g-{code.lower()}", province=Province.objects.get(code="PV29")
        )


def test_the_same_borders_come_out_as_they_went_in(tmp_path, new, provinces, capsys):
    before, version = borders(), content_version()
    sizes = {x["properties"]["statcode"]: size(x["geometry"]["coordinates"]) for x in new["features"]}
    add_island(by_code(new, "GM0096"))
    degrees = copy.deepcopy(new)
    for shape in degrees["features"]:
        for ring in (ring for polygon in shape["geometry"]["coordinates"] for ring in polygon):
            ring[:] = [list(to_lonlat(*point)) for point in ring]

    lines = run(capsys, write(tmp_path, degrees))

    after = borders()
    assert lines[1:] == ["Dezelfde gemeenten met dezelfde namen.", "De grenzen van 2027 staan op de site."]
    assert (after.year, before.year) == (2027, 2024)
    assert after.names == before.names
    assert after.provinces == before.provinces
    assert [code for code in sizes if abs(size(polygons(after, code)) - sizes[code]) > 300_000] == []
    assert after.source == "Bron: Kadaster / Centraal Bureau voor de Statistiek (CBS), 2027, CC BY 4.0, bewerkt"
    # Every border is used once or twice, an island of nine hectares went, and every page follows.
    assert {len(codes) for codes in after.owners.values()} == {1, 2}
    assert len(after.owners) == len(after.arcs)
    assert len(after.polygons["GM0096"]) == len(before.polygons["GM0096"])
    # On PostgreSQL the version rises at the end of the transaction; this is as if it had come.
    connection.check_constraints()
    assert content_version() > version


def add_island(shape):
    x, y = shape["geometry"]["coordinates"][0][0][0]
    island = [[x - 20_000 + dx, y + 20_000 + dy] for dx, dy in ((0, 0), (300, 0), (300, 300), (0, 300), (0, 0))]
    shape["geometry"]["coordinates"].append([island])


def test_reports_what_is_gone_new_and_renamed_and_whom_that_touches(tmp_path, new, provinces, capsys):
    municipalities()
    pact = f.RegionalPactFactory(name="Zorgpact Zeeland", published_at=None)
    f.AreaMunicipalityFactory(pact=pact, municipality=Municipality.objects.get(code=A))
    f.KoploperFactory(title="Huiskamer").municipalities.add(Municipality.objects.get(code=C))
    f.OrganisationFactory(name="ROC", municipality=Municipality.objects.get(code=B))

    lines = run(capsys, write(tmp_path, merged(new)), dry_run=True)

    assert lines[1:] == [
        "Verdwenen (2):",
        "  GM0687 Middelburg (Z.)",
        "    het land ging naar Walcheren (100%)",
        "    pact Zorgpact Zeeland",
        "  GM0717 Veere",
        "    het land ging naar Walcheren (100%)",
        "    organisatie ROC",
        "Nieuw (1):",
        "  GM1999 Walcheren",
        "    provincie Zeeland; kijk dat na",
        "Andere naam (1):",
        "  GM1695 Noord-Beveland heet nu Beveland",
        "    koploper Huiskamer",
        "Vervang bij de pacten en koplopers hierboven de oude gemeente in het beheer.",
        "Dit was een proef: er is niets veranderd.",
    ]


def test_a_trial_changes_nothing(tmp_path, new, provinces, capsys):
    municipalities()
    before = list(Municipality.objects.values()), content_version()

    run(capsys, write(tmp_path, merged(new)), dry_run=True)

    assert not own_file().exists()
    assert (list(Municipality.objects.values()), content_version()) == before


def test_municipalities_follow_the_borders_and_pacts_keep_their_own(tmp_path, new, provinces, capsys, client):
    municipalities()
    pact = f.RegionalPactFactory(name="Zorgpact Zeeland")
    f.AreaMunicipalityFactory(pact=pact, municipality=Municipality.objects.get(code=A))

    run(capsys, write(tmp_path, merged(new)))

    walcheren = Municipality.objects.get(code="GM1999")
    assert (walcheren.name, walcheren.slug, walcheren.province.slug) == ("Walcheren", "walcheren", "zeeland")
    assert (round(walcheren.lon, 1), round(walcheren.lat, 1)) == (3.6, 51.5)
    assert Municipality.objects.get(code=A).ended == datetime.date(2027, 1, 1)
    beveland = Municipality.objects.get(code=C)
    assert (beveland.name, beveland.other_name) == ("Beveland", "Noord-Beveland")
    rows = Reorganisation.objects.order_by("old__code").values_list("old__code", "new__code", "area_share")
    assert [(old, new, float(share)) for old, new, share in rows] == [(A, "GM1999", 1.0), (B, "GM1999", 1.0)]
    assert list(pact.area.values_list("municipality__code", flat=True)) == [A]
    # Until an editor replaces it, the pact is named under the map and not drawn wrong.
    assert "1. <a" in client.get(reverse("regions:list")).content.decode().split("wij kennen het gebied niet: ")[1][:6]


def test_loading_the_content_again_keeps_the_newer_municipalities(tmp_path, new, capsys):
    load_geography()
    run(capsys, write(tmp_path, merged(new)))

    load_geography()

    assert Municipality.objects.get(code=A).ended == datetime.date(2027, 1, 1)
    assert Municipality.objects.get(code=C).name == "Beveland"
    assert Municipality.objects.get(code="GM1999").ended is None


def test_the_borders_of_before_can_come_back(tmp_path, new, official, provinces, capsys):
    municipalities()
    run(capsys, write(tmp_path, merged(new)))

    run(capsys, write(tmp_path, official))

    assert borders().codes >= {A, B, C}
    assert Municipality.objects.get(code=A).ended is None
    assert Municipality.objects.get(code="GM1999").ended == datetime.date(2027, 1, 1)


REFUSED = {
    "no json": (lambda d: "<gml/>", "Dit is geen GeoJSON: het bestand is geen geldige JSON."),
    "no features": (lambda d: {"type": "Topology"}, "Dit is geen GeoJSON met een lijst “features”."),
    "other layer": (
        lambda d: d["features"][0]["properties"].update(rubriek="provincie"),
        "Vorm 1 is geen gemeente maar “provincie”. Neem de laag met gemeenten.",
    ),
    "bad code": (
        lambda d: d["features"][4]["properties"].update(statcode="14"),
        "Vorm 5 heeft geen goede code van een gemeente in “statcode”: '14'.",
    ),
    "abroad": (
        lambda d: d["features"][0]["properties"].update(statcode="GM0998"),
        "Vorm 1 heeft geen goede code van een gemeente in “statcode”: 'GM0998'.",
    ),
    "double code": (
        lambda d: d["features"].append(d["features"][0]),
        "De code GM0014 staat twee keer in het bestand.",
    ),
    "no name": (
        lambda d: d["features"][0]["properties"].update(statnaam=" "),
        "Gemeente GM0014 heeft geen naam in “statnaam”.",
    ),
    "mixed years": (
        lambda d: d["features"][0]["properties"].update(jrstatcode="2026GM0014"),
        "In het bestand staan gemeenten van verschillende jaren: 2026, 2027.",
    ),
    "no year": (
        lambda d: [x["properties"].pop("jrstatcode") for x in d["features"]] and None,
        "In het bestand staat geen jaar. Geef het mee, bijvoorbeeld: --year 2026.",
    ),
    "too few": (
        lambda d: d["features"].__delitem__(slice(100, None)),
        "Er staan 100 gemeenten in het bestand; dat kan niet heel Nederland zijn.",
    ),
    "a point": (
        lambda d: d["features"][0].update(geometry={"type": "Point", "coordinates": [5, 52]}),
        "Gemeente GM0014 (Groningen) heeft geen vlak.",
    ),
    "words for numbers": (
        lambda d: d["features"][0]["geometry"]["coordinates"][0][0].__setitem__(0, ["a", "b"]),
        "Gemeente GM0014 (Groningen) heeft coördinaten die geen getallen zijn.",
    ),
    "half the country": (
        lambda d: (
            [
                x["geometry"].update(
                    coordinates=[[[[y / 2 for y in p] for p in r] for r in pol] for pol in x["geometry"]["coordinates"]]
                )
                for x in d["features"]
            ]
            and None
        ),
        "Samen zijn de gemeenten 8771 km² groot; Nederland heeft ongeveer 35.000 km² land. "
        "Neem de laag “gemeente_gegeneraliseerd”, in RD of in WGS84: daarin ontbreekt het grote water.",
    ),
    "borders that do not meet": (
        lambda d: (
            [
                r.__setitem__(slice(1, -1), [[x + i % 7, y] for i, (x, y) in enumerate(r[1:-1], start=n)])
                for n, f_ in enumerate(d["features"])
                for pol in f_["geometry"]["coordinates"]
                for r in pol
            ]
            and None
        ),
        "In dit bestand sluiten de gemeenten niet op elkaar aan",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path, new, case):
    spoil, reason = REFUSED[case]
    path = write(tmp_path, spoil(new) or new)

    with pytest.raises(CommandError) as refused:
        call_command("import_boundaries", path)

    assert str(refused.value).startswith(reason)
    assert str(refused.value).endswith(" Er is niets veranderd.")
    assert not own_file().exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Dit bestand is niet te lezen: No such file or directory"):
        call_command("import_boundaries", str(tmp_path / "weg.json"))


def test_the_year_can_be_given(tmp_path, new, capsys):
    for shape in new["features"]:
        del shape["properties"]["jrstatcode"]

    lines = run(capsys, write(tmp_path, new), year=2031, dry_run=True)

    assert lines[0].startswith("Grenzen van 2031, in de plaats van 2024: 342 gemeenten")
