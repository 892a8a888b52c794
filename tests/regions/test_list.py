"""The list of regional pacts: what it shows, how it narrows, and what it costs."""

import datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.models import Corner, Participation
from tests import factories as f
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
URL = reverse("regions:list")


def names(response):
    return [pact.name for pact in response.context["page_obj"]]


def full_pact(**fields):
    """A pact with one of everything that its row shows."""
    pact = f.RegionalPactFactory(**fields)
    f.PactFunctionFactory(pact=pact)
    f.PactThemeFactory(pact=pact)
    f.PhaseChangeFactory(pact=pact)
    f.PactParticipationFactory(pact=pact, role=Participation.Role.LEAD)
    f.AreaMunicipalityFactory(pact=pact)
    return pact


def all_filters():
    pact = full_pact()
    lead = pact.participations.get()
    return pact, {
        "fase": pact.phase_changes.get().phase.slug,
        "functie": pact.function_rows.get().function.slug,
        "thema": pact.theme_rows.get().theme.slug,
        "provincie": pact.area.get().municipality.province.slug,
        "hoek": lead.organisation.kind.corner,
        "trekker": lead.organisation.kind.slug,
        "bevestigd": "nooit",
        "organisatie": lead.organisation.slug,
    }


def test_shows_what_is_published_only(client):
    f.RegionalPactFactory(name="Pact Open")
    f.RegionalPactFactory(name="Pact Concept", published_at=None)
    f.RegionalPactFactory(name="Pact Later", published_at=timezone.now() + datetime.timedelta(days=1))
    assert names(client.get(URL)) == ["Pact Open"]


def test_each_filter_keeps_what_fits_and_drops_the_rest(client):
    pact, filters = all_filters()
    other = full_pact(confirmed_on=datetime.date(2020, 1, 1))
    for name, value in filters.items():
        if name == "hoek":
            continue  # both have care at the table
        found = names(client.get(URL, {name: value}))
        assert found == [pact.name], name
        assert other.name not in found


def test_the_count_at_a_choice_is_the_length_of_its_list(client):
    _pact, _filters = all_filters()
    full_pact()
    filterset = client.get(URL).context["filter"]
    for group in filterset.groups():
        for option in group["options"]:
            assert option.count == len(names(client.get(URL, {group["name"]: option.slug}))), option


def test_counts_of_a_group_do_not_count_its_own_choice(client):
    first, second = full_pact(), full_pact()
    phases = [p.phase_changes.get().phase.slug for p in (first, second)]
    options = client.get(URL, {"fase": phases[0]}).context["filter"].options("fase")
    assert {o.slug: o.count for o in options} == {phases[0]: 1, phases[1]: 1}


def test_phase_is_the_newest_that_has_begun(client):
    pact = f.RegionalPactFactory()
    for slug, since in [("nu", "2017-11"), ("toen", "2016"), ("straks", "2999")]:
        f.PhaseChangeFactory(pact=pact, since=since, phase__slug=slug)
    assert names(client.get(URL, {"fase": "nu"})) == [pact.name]
    assert names(client.get(URL, {"fase": "straks"})) == []


def test_corner_counts_published_and_present_partners_only(client):
    kind = f.OrganisationKindFactory(corner=Corner.EDUCATION)
    pact = f.RegionalPactFactory()
    f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(kind=kind, published_at=None))
    f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(kind=kind), ended="2018")
    assert names(client.get(URL, {"hoek": "onderwijs"})) == []
    f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(kind=kind))
    assert names(client.get(URL, {"hoek": "onderwijs"})) == [pact.name]


def test_unknown_choice_gives_nothing_and_says_so(client):
    full_pact()
    response = client.get(URL, {"thema": "bestaat-niet"})
    assert names(response) == []
    assert "Deze keuze kennen wij niet: “bestaat-niet”" in response.content.decode()
    assert "“bestaat-niet” (onbekend)" in response.content.decode()


def test_an_ended_area_row_does_not_count(client):
    row = f.AreaMunicipalityFactory(until="2019-01-01")
    assert names(client.get(URL, {"provincie": row.municipality.province.slug})) == []


def test_search_reads_public_texts_and_partners(client):
    pact = f.RegionalPactFactory(story="Over de zomer", internal_note="geheim")
    f.PactParticipationFactory(pact=pact, organisation__name="Zorghuis De Linde")
    f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(name="Stille Partij", published_at=None))
    for text, hit in [("zomer", True), ("linde", True), ("geheim", False), ("Stille", False)]:
        assert bool(names(client.get(URL, {"q": text}))) is hit, text


def test_stands_on_one_page_up_to_a_hundred(client):
    for _ in range(13):
        f.RegionalPactFactory()
    assert len(names(client.get(URL))) == 13


def test_sorts_by_the_last_confirmation(client):
    f.RegionalPactFactory(name="A", confirmed_on=None)
    f.RegionalPactFactory(name="B", confirmed_on=datetime.date(2026, 1, 1))
    f.RegionalPactFactory(name="C", confirmed_on=datetime.date(2026, 2, 1))
    assert names(client.get(URL, {"sorteer": "bevestigd"})) == ["C", "B", "A"]
    assert names(client.get(URL, {"sorteer": "onzin"})) == ["A", "B", "C"]


def test_a_sample_wears_its_tag(client):
    f.RegionalPactFactory(is_sample=True)
    assert "tag-sample" in client.get(URL).content.decode()


def test_what_is_made_up_about_a_real_pact_stands_in_one_tag(client):
    pact = f.PhaseChangeFactory(is_sample=True, phase__name="Fase Verzonnen").pact
    f.PactFunctionFactory(pact=pact, function__name="podium", is_sample=True)
    f.PactFunctionFactory(pact=pact, function__name="echt", is_sample=False)

    page = client.get(URL).content.decode()

    assert '<span class="tag tag-sample">voorbeeld: Fase Verzonnen, podium</span>' in page
    assert '<span class="tag">echt</span>' in page


def test_an_empty_list_leads_back(client):
    page = client.get(URL).content.decode()
    assert "Geen pact past bij deze keuze" in page


def test_takes_the_same_queries_for_one_and_three(client):
    pact, filters = all_filters()
    filters["gemeente"] = pact.area.get().municipality.name
    url = f"{URL}?{'&'.join(f'{k}={v}' for k, v in filters.items())}"
    assert names(client.get(url)) == [pact.name]
    assert_same_queries(client, url, lambda: [full_pact(), full_pact()], at_most=8)
    assert_same_queries(client, URL, lambda: [full_pact(), full_pact()], at_most=8)


def test_a_search_with_everything_on_takes_no_more_queries(client):
    pact, filters = all_filters()
    filters |= {"gemeente": pact.area.get().municipality.name, "q": pact.name}
    url = f"{URL}?{urlencode(filters)}"

    def more():
        full_pact(), full_pact()
        # Whoever is first after a change brings the index up to date.
        client.get(URL, {"q": "pact"})

    assert names(client.get(url)) == [pact.name]
    assert_same_queries(client, url, more, at_most=8)
