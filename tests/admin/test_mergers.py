"""A reorganisation proposes, an editor decides."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.models import AreaMunicipality
from tests.factories import (
    AdoptionFactory,
    AreaMunicipalityFactory,
    KoploperFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionalPactFactory,
    ReorganisationFactory,
    SubregionFactory,
)
from zorgpact.mergers import mentions

PAGE = "/beheer/geography/reorganisation/voorstellen/"
DAY = datetime.date(2022, 1, 1)


def ended(name, *into, day=DAY, share=1):
    old = MunicipalityFactory(name=name, ended=day)
    for number, new in enumerate(into):
        ReorganisationFactory(old=old, new=new, date=day, area_share=share, is_main_successor=number == 0)
    return old


def seen():
    return [
        (str(m.record), m.place, m.municipality.name, [s.municipality.name for s in m.successors]) for m in mentions()
    ]


def test_everything_that_names_an_ended_municipality_is_found(db):
    dijk = MunicipalityFactory(name="Dijk en Waard")
    langedijk = ended("Langedijk", dijk)
    AreaMunicipalityFactory(pact__name="Pact A", municipality=langedijk)
    AreaMunicipalityFactory(pact__name="Pact B", municipality=langedijk, until="2021")
    AreaMunicipalityFactory(pact__name="Pact C", municipality=dijk)
    SubregionFactory(pact__name="Pact D", name="Noord").municipalities.add(langedijk, dijk)
    KoploperFactory(title="Koploper E").municipalities.add(langedijk)
    AdoptionFactory(koploper__title="Koploper F", by_whom="Elders", municipality=langedijk)
    OrganisationFactory(name="Zorg G", municipality=langedijk)

    assert seen() == [
        ("Koploper E", "gemeenten", "Langedijk", ["Dijk en Waard"]),
        ("Koploper F", "overname Elders", "Langedijk", ["Dijk en Waard"]),
        ("Pact A", "gebied", "Langedijk", ["Dijk en Waard"]),
        ("Pact D", "subregio Noord", "Langedijk", ["Dijk en Waard"]),
        ("Zorg G", "gemeente", "Langedijk", ["Dijk en Waard"]),
    ]


def test_a_municipality_that_will_end_is_no_question_yet(db):
    old = ended("Straks", MunicipalityFactory(), day=datetime.date(2999, 1, 1))
    OrganisationFactory(municipality=old)

    assert mentions() == []


def test_a_successor_that_ended_itself_leads_on(db):
    now = MunicipalityFactory(name="Nu")
    between = ended("Toen", now, share="0.50")
    first = ended("Eerst", between, day=datetime.date(2010, 1, 1), share="0.80")
    OrganisationFactory(municipality=first)

    [mention] = mentions()

    assert [(s.municipality.name, s.percent, s.is_main) for s in mention.successors] == [("Nu", 40, True)]


def test_in_an_area_the_old_one_ends_and_the_new_one_begins(desk):
    new, other = MunicipalityFactory(name="Nieuw"), MunicipalityFactory(name="Ander")
    pact = RegionalPactFactory(version=4)
    row = AreaMunicipalityFactory(pact=pact, municipality=ended("Oud", new, other), since="2016")
    [mention] = mentions()

    desk.post(PAGE, {mention.key: [str(new.pk)]})

    rows = AreaMunicipality.objects.order_by("pk").values_list("municipality__name", "since", "until")
    assert list(rows) == [("Oud", "2016", "2022-01-01"), ("Nieuw", "2022-01-01", "")]
    pact.refresh_from_db()
    assert pact.version == 5
    assert mentions() == []
    assert "Nieuw" in desk.get(reverse("admin:regions_regionalpact_history", args=[pact.pk])).content.decode()
    assert row.pk


def test_a_successor_that_is_in_the_area_already_stays_once(desk):
    new = MunicipalityFactory()
    pact = RegionalPactFactory()
    AreaMunicipalityFactory(pact=pact, municipality=new)
    AreaMunicipalityFactory(pact=pact, municipality=ended("Oud", new))
    [mention] = mentions()

    desk.post(PAGE, {mention.key: [str(new.pk)]})

    assert pact.area.filter(until="").count() == 1


def test_sets_and_single_municipalities_are_replaced(desk):
    new, other = MunicipalityFactory(), MunicipalityFactory()
    old = ended("Oud", new, other)
    koploper = KoploperFactory()
    koploper.municipalities.add(old)
    part = SubregionFactory()
    part.municipalities.add(old)
    organisation = OrganisationFactory(municipality=old)
    adoption = AdoptionFactory(municipality=old)

    desk.post(PAGE, {m.key: [str(new.pk)] if m.takes_one else [str(new.pk), str(other.pk)] for m in mentions()})

    organisation.refresh_from_db()
    adoption.refresh_from_db()
    assert set(koploper.municipalities.all()) == {new, other}
    assert set(part.municipalities.all()) == {new, other}
    assert (organisation.municipality, organisation.version, adoption.municipality) == (new, 2, new)


def test_what_is_not_ticked_or_not_proposed_stays(desk):
    old = ended("Oud", MunicipalityFactory())
    organisation = OrganisationFactory(municipality=old)
    [mention] = mentions()

    answer = desk.post(PAGE, {mention.key: [str(MunicipalityFactory().pk), ""]}, follow=True)

    organisation.refresh_from_db()
    assert organisation.municipality == old
    assert "Er is niets aangevinkt, dus er is niets gewijzigd." in answer.content.decode()


def test_the_front_page_counts_them_and_the_page_proposes_the_main_successor(desk):
    new = MunicipalityFactory(name="Nieuw")
    other = MunicipalityFactory(name="Ander")
    OrganisationFactory(name="Zorg G", municipality=ended("Oud", new, other))

    front = desk.get("/beheer/").content.decode()
    page = desk.get(PAGE).content.decode()

    assert (
        f'<a href="{PAGE}"><span class="count">1</span> <span>Noemt een gemeente die niet meer bestaat</span></a>'
        in front
    )
    assert f'value="{new.pk}" checked>' in page
    assert f'value="{other.pk}">' in page


def test_the_page_asks_as_much_for_three_as_for_one(desk):
    def make():
        old = ended("Oud", MunicipalityFactory())
        OrganisationFactory(municipality=old)
        AreaMunicipalityFactory(municipality=old)
        KoploperFactory().municipalities.add(old)
        SubregionFactory().municipalities.add(old)

    def queries():
        with CaptureQueriesContext(connection) as found:
            desk.get(PAGE)
        return len(found)

    make()
    queries()
    one = queries()
    make()
    make()

    assert queries() == one
