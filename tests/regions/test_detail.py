"""The page of a pact: what it says, what it keeps to itself, and what it costs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.models import Corner, Participation
from regions.models import AgendaItem, Vraagstuk
from tests import factories as f
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def page(client, pact, **query):
    return client.get(pact.get_absolute_url(), query).content.decode()


def fill(pact):
    """One of everything that shows on the page."""
    f.PactFunctionFactory(pact=pact)
    theme = f.PactThemeFactory(pact=pact).theme
    f.PhaseChangeFactory(pact=pact)
    f.EarlierCooperationFactory(pact=pact)
    f.LayoutOverlapFactory(pact=pact)
    partner = f.PactParticipationFactory(pact=pact).organisation
    municipality = f.AreaMunicipalityFactory(pact=pact).municipality
    subregion = f.SubregionFactory(pact=pact)
    subregion.municipalities.add(municipality)
    vraagstuk = f.VraagstukFactory(pact=pact, coalition=Vraagstuk.Coalition.OWN)
    vraagstuk.parties.add(partner)
    item = f.AgendaItemFactory(pact=pact, vraagstuk=vraagstuk, theme=theme, subregion=subregion)
    item.coalition.add(partner)
    item.funding.add(f.FundingStreamFactory())
    f.KoploperFactory().pacts.add(pact)
    pact.sources.add(f.SourceFactory())
    f.VersionFactory(reflection__pact=pact)
    f.GrantFactory(pact=pact)


def test_takes_the_same_queries_for_one_and_three_of_everything(client):
    pact = f.RegionalPactFactory()
    fill(pact)
    assert_same_queries(client, pact.get_absolute_url(), lambda: [fill(pact), fill(pact)], at_most=16)


def test_shows_a_few_koplopers_and_leads_to_all(client):
    pact = f.RegionalPactFactory()
    for _ in range(6):
        f.KoploperFactory().pacts.add(pact)
    assert "bij dit pact</a>" not in page(client, pact)
    f.KoploperFactory(kind="goed-voorbeeld").pacts.add(pact)
    f.KoploperFactory(published_at=None).pacts.add(pact)
    answer = client.get(pact.get_absolute_url())
    assert len(answer.context["koplopers"]) == 6
    link = f"/kopgroep/?pact={pact.slug}&amp;soort=koploper&amp;soort=goed-voorbeeld"
    assert f'href="{link}">Alle 7 projecten bij dit pact</a>' in answer.content.decode()
    assert client.get(link.replace("&amp;", "&")).context["filter"].total == 7


def test_shows_everything_that_hangs_on_it(client):
    pact = f.RegionalPactFactory(story="Het verhaal.", ambition="De ambitie.", how_to_join="Bel ons.")
    fill(pact)
    text = page(client, pact)
    shown = [
        pact.story, pact.ambition, pact.how_to_join, pact.vraagstukken.get().title, pact.agenda.get().title,
        pact.subregions.get().name, pact.koplopers.get().title, pact.sources.get().title,
        pact.participations.get().organisation.name, pact.phase_changes.get().phase.name,
    ]  # fmt: skip
    for words in shown:
        assert words in text, words


@pytest.mark.parametrize("published_at", [None, timezone.now() + datetime.timedelta(days=1)])
def test_a_pact_that_is_not_public_does_not_exist(client, published_at):
    pact = f.RegionalPactFactory(published_at=published_at)
    assert client.get(pact.get_absolute_url()).status_code == 404


def test_an_empty_pact_says_what_is_not_known(client):
    text = page(client, f.RegionalPactFactory())
    assert text.count("Nog niet bekend.") >= 4  # phase, three corners and the agenda
    assert "Er is nog geen koploper aan dit pact verbonden" in text


def test_an_empty_corner_is_missing_only_when_the_list_is_complete(client):
    pact = f.RegionalPactFactory(participants_complete=False)
    assert "Nog niemand aan tafel" not in page(client, pact)
    pact.participants_complete = True
    pact.save()
    text = page(client, pact)
    assert text.count("Nog niemand aan tafel") == 3
    assert "Ontbreekt: zorg en welzijn, onderwijs, overheid." in text


def test_what_is_not_public_of_others_stays_away(client):
    pact = f.RegionalPactFactory(internal_note="Notitie Geheim")
    hidden = f.OrganisationFactory(name="Organisatie Geheim", published_at=None)
    f.PactParticipationFactory(pact=pact, organisation=hidden)
    f.VraagstukFactory(pact=pact, coalition=Vraagstuk.Coalition.OWN).parties.add(hidden)
    theme = f.ThemeFactory(name="Thema Geheim", published_at=None)
    f.AgendaItemFactory(pact=pact, theme=theme).coalition.add(hidden)
    f.PactThemeFactory(pact=pact, theme__name="Thema Geheim 2", theme__published_at=None)
    f.KoploperFactory(title="Koploper Geheim", published_at=None).pacts.add(pact)
    pact.sources.add(f.SourceFactory(title="Bron Geheim", published_at=None))
    assert "Geheim" not in page(client, pact)


def test_sixty_partners_fold_away_behind_the_first(client):
    pact = f.RegionalPactFactory()
    kind = f.OrganisationKindFactory(corner=Corner.CARE)
    for number in range(60):
        f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(kind=kind, name=f"Huis {number:02}"))
    text = page(client, pact)
    assert "Nog 52 organisaties" in text
    assert "Huis 59" in text


def test_the_lead_comes_first_and_is_named_with_its_role(client):
    pact = f.RegionalPactFactory()
    f.PactParticipationFactory(pact=pact, organisation__name="Aa Zorg")
    f.PactParticipationFactory(pact=pact, organisation__name="Zz Koepel", role=Participation.Role.LEAD)
    text = page(client, pact)
    table = text[text.index('id="tafel"') :]
    assert table.index("Zz Koepel") < table.index("Aa Zorg")
    assert 'Zz Koepel</a> <span class="muted">trekker</span>' in table


def test_phases_are_a_line_with_the_present_one_marked(client):
    pact = f.RegionalPactFactory()
    first, second, third = (f.PhaseFactory(position=n, name=f"Fase {n}") for n in (1, 2, 3))
    f.PhaseChangeFactory(pact=pact, phase=first, since="2016", reason="Zij begonnen.")
    f.PhaseChangeFactory(pact=pact, phase=second, since="2017-11")
    text = page(client, pact)
    assert "sinds november 2017 · nu" in text
    assert "Zij begonnen." in text
    assert [s["state"] for s in client.get(pact.get_absolute_url()).context["phases"]["all"]] == ["past", "now", ""]


def test_the_agenda_can_be_narrowed_by_each_of_four(client):
    pact = f.RegionalPactFactory()
    one = f.AgendaItemFactory(
        pact=pact, title="Punt Eén", vraagstuk=f.VraagstukFactory(pact=pact), theme=f.ThemeFactory(),
        subregion=f.SubregionFactory(pact=pact), status=AgendaItem.Status.RUNNING,
    )  # fmt: skip
    f.AgendaItemFactory(pact=pact, title="Punt Twee")
    choices = {
        "vraagstuk": one.vraagstuk.slug, "thema": one.theme.slug, "subregio": one.subregion.slug, "status": "loopt",
    }  # fmt: skip
    for name, value in choices.items():
        text = page(client, pact, **{name: value})
        assert "Punt Eén" in text, name
        assert "Punt Twee" not in text, name
    assert "Geen punt past bij deze keuze" in page(client, pact, status="onzin")


def test_a_stopped_item_says_why(client):
    pact = f.RegionalPactFactory()
    f.AgendaItemFactory(pact=pact, status=AgendaItem.Status.STOPPED, status_reason="geen begeleiders")
    text = page(client, pact)
    assert "state-gestopt" in text
    assert "geen begeleiders" in text


def test_coalitions_stand_in_a_table(client):
    pact = f.RegionalPactFactory()
    partner = f.OrganisationFactory(name="De Partner")
    own = f.VraagstukFactory(pact=pact, coalition=Vraagstuk.Coalition.OWN, is_explicit=False)
    own.parties.add(partner)
    f.VraagstukFactory(pact=pact, title="Genoeg mensen", coalition=Vraagstuk.Coalition.BASE)
    text = page(client, pact)
    assert "doet mee" in text
    assert "zonder dat het zo is afgesproken" in text
    assert "pakt op: genoeg mensen." in text


def test_an_ended_pact_says_so_and_asks_nobody_to_join(client):
    text = page(client, f.RegionalPactFactory(ended="2019-03"))
    assert "geëindigd maart 2019" in text
    assert "Dit pact is geëindigd" in text


def test_an_unknown_slug_is_not_found(client):
    assert client.get(reverse("regions:detail", args=["bestaat-niet"])).status_code == 404


def test_years_have_no_thousands_point(client):
    assert "2.016" not in page(client, f.RegionalPactFactory(started="2016"))
