"""The page of a koploper, and the criteria: what they say, what stays away, and what they cost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kopgroep.models import Koploper, KoploperEffect
from organisations.models import Corner
from tests import factories as f
from tests.queries import assert_same_queries, queries_of

pytestmark = pytest.mark.django_db


def page(client, koploper):
    return client.get(koploper.get_absolute_url()).content.decode()


def fill(koploper, theme):
    """One of everything that shows on the page."""
    f.KoploperParticipationFactory(koploper=koploper)
    f.ResultFactory(koploper=koploper, number=130, unit="studenten", source=f.SourceFactory())
    f.KoploperEffectFactory(koploper=koploper)
    f.VoiceFactory(koploper=koploper, source=f.SourceFactory())
    f.AdoptionFactory(koploper=koploper, organisation=f.OrganisationFactory(), municipality=f.MunicipalityFactory())
    koploper.forms.add(f.CooperationFormFactory())
    koploper.challenges.add(f.ChallengeFactory())
    koploper.sustaining.add(f.SustainingAgreementFactory())
    koploper.municipalities.add(f.MunicipalityFactory())
    koploper.pacts.add(f.RegionalPactFactory())
    koploper.sources.add(f.SourceFactory())
    koploper.inspired_by.add(f.KoploperFactory())
    f.KoploperThemeFactory(theme=theme)
    f.GrantFactory(koploper=koploper, source=f.SourceFactory()).scheme.koplopers.add(koploper)


@pytest.fixture
def theme():
    return f.ThemeFactory()


@pytest.fixture
def koploper(theme):
    return f.KoploperThemeFactory(theme=theme).koploper


def test_takes_the_same_queries_for_one_and_three_of_everything(client, koploper, theme):
    fill(koploper, theme)
    more = lambda: [fill(koploper, theme), fill(koploper, theme)]  # noqa: E731
    assert_same_queries(client, koploper.get_absolute_url(), more, at_most=16)


def test_names_what_it_was_inspired_by_and_what_it_inspired(client, koploper):
    koploper.inspired_by.add(f.KoploperFactory(title="De eerste"))
    f.KoploperFactory(title="De laatste").inspired_by.add(koploper)

    text = page(client, koploper)

    by, of = text.index("Geïnspireerd door"), text.index("Inspireerde")
    assert by < text.index("De eerste") < of < text.index("De laatste")


def test_sixty_participants_take_no_more_queries(client, koploper, theme):
    fill(koploper, theme)
    few = queries_of(client, koploper.get_absolute_url())
    for _ in range(60):
        f.KoploperParticipationFactory(koploper=koploper)
    assert len(queries_of(client, koploper.get_absolute_url())) == len(few)


def test_results_come_first_with_their_number_and_source(client, koploper, theme):
    fill(koploper, theme)
    koploper.story = "Zo begon het."
    koploper.save()
    text = page(client, koploper)
    assert text.index("Wat het opleverde") < text.index("Zo begon het.")
    assert '130 <span class="unit">studenten</span>' in text
    assert f"#{koploper.results.get().source.slug}" in text


def test_shows_everything_that_hangs_on_it(client, koploper, theme):
    fill(koploper, theme)
    text = page(client, koploper)
    shown = [
        koploper.effects.get().effect.name, koploper.voices.get().text, koploper.adoptions.get().organisation.name,
        koploper.challenges.get().name, koploper.pacts.get().name, koploper.inspired_by.get().title,
        koploper.sources.get().title, koploper.forms.get().name,
    ]  # fmt: skip
    for words in shown:
        assert words.casefold() in text.casefold(), words


def test_effects_say_how_strong_the_evidence_is(client, koploper):
    f.KoploperEffectFactory(koploper=koploper, is_seen=True, evidence=KoploperEffect.Evidence.RESEARCH)
    text = page(client, koploper)
    assert "gezien" in text
    assert "Onderzocht" in text


def test_what_is_not_known_is_said(client, koploper):
    text = page(client, koploper)
    for words in [
        "Onze bronnen noemen geen resultaat", "plaats niet bekend", "Wij kennen nog geen regio die dit overnam",
        "Wat u nodig hebt om dit zelf te doen, is nog niet opgeschreven", "Nog niet bekend: zorg en welzijn, onderwijs",
    ]:  # fmt: skip
        assert words in text, words


def test_a_doubtful_koploper_says_why(client, koploper):
    koploper.confirmation = Koploper.Confirmation.TO_CONFIRM
    koploper.confirmation_note = "Een magazine noemt het zonder het woord koploper."
    koploper.save()
    text = page(client, koploper)
    assert "Wij weten nog niet zeker of dit een koploper was" in text
    assert koploper.confirmation_note in text


def test_a_stopped_koploper_says_what_became_of_it(client, koploper):
    koploper.status, koploper.ended, koploper.afterlife = Koploper.Status.ENDED, "2019", "Het werd een opleiding."
    koploper.save()
    text = page(client, koploper)
    assert "Dit project is geëindigd, 2019." in text
    assert "Het werd een opleiding." in text


def test_what_is_not_public_of_others_stays_away(client, koploper):
    hidden = f.OrganisationFactory(name="Organisatie Geheim", published_at=None)
    f.KoploperParticipationFactory(koploper=koploper, organisation=hidden)
    f.AdoptionFactory(koploper=koploper, organisation=hidden)
    koploper.pacts.add(f.RegionalPactFactory(name="Pact Geheim", published_at=None))
    koploper.inspired_by.add(f.KoploperFactory(title="Koploper Geheim", published_at=None))
    f.ResultFactory(koploper=koploper, source=f.SourceFactory(title="Bron Geheim", published_at=None))
    koploper.internal_note = "Notitie Geheim"
    koploper.save()
    assert "Geheim" not in page(client, koploper)


def test_related_ones_share_a_theme_and_those_with_the_same_form_come_first(client, koploper, theme):
    plain = f.KoploperThemeFactory(theme=theme, koploper__title="A zonder vorm").koploper
    same = f.KoploperThemeFactory(theme=theme, koploper__title="B met vorm").koploper
    form = f.CooperationFormFactory()
    koploper.forms.add(form)
    same.forms.add(form)
    f.KoploperThemeFactory(koploper__title="Ander thema")
    f.KoploperThemeFactory(theme=theme, koploper__title="Concept", koploper__published_at=None)
    assert client.get(koploper.get_absolute_url()).context["related"] == [same, plain]


def test_of_very_many_on_a_theme_the_newest_are_compared(client, koploper, theme, monkeypatch, written_anew):
    monkeypatch.setattr("kopgroep.views.COMPARED", 2)
    older, newer, newest = (f.KoploperThemeFactory(theme=theme).koploper for _ in range(3))
    shared = f.CooperationFormFactory()
    for each in (koploper, older, newest):
        each.forms.add(shared)
    assert client.get(koploper.get_absolute_url()).context["related"] == [newest, newer]


def test_shows_a_few_cases_and_leads_to_all(client, koploper):
    for _ in range(12):
        f.CaseFactory(koploper=koploper)
    answer = client.get(koploper.get_absolute_url())
    assert len(answer.context["cases"]) == 10
    link = f"/ruimte-in-de-regels/?koploper={koploper.slug}"
    assert f'href="{link}"' in answer.content.decode()
    assert client.get(link).context["filter"].total == 12


def test_place_and_province(client, koploper):
    municipality = f.MunicipalityFactory(name="Reimerswaal", province__name="Zeeland")
    koploper.municipalities.add(municipality)
    koploper.place = f.PlaceFactory(name="Rilland", municipality=municipality)
    koploper.save()
    text = page(client, koploper)
    assert "Rilland (Reimerswaal)" in text
    assert "Zeeland" in text


def test_partners_outside_the_triangle_have_a_column_of_their_own(client, koploper):
    kind = f.OrganisationKindFactory(corner=Corner.OUTSIDE)
    f.KoploperParticipationFactory(koploper=koploper, organisation=f.OrganisationFactory(kind=kind))
    assert "Buiten de driehoek" in page(client, koploper)


@pytest.mark.parametrize("published_at", [None, timezone.now() + datetime.timedelta(days=1)])
def test_a_koploper_that_is_not_public_does_not_exist(client, published_at):
    koploper = f.KoploperFactory(published_at=published_at)
    assert client.get(koploper.get_absolute_url()).status_code == 404


def test_the_five_criteria_have_their_words(client):
    text = client.get(reverse("kopgroep:criteria")).content.decode()
    assert text.count('<li class="stack">') == 5
    assert "toepasbaar zijn in andere regio’s" in text


def test_the_municipality_of_the_place_always_counts(koploper):
    place = f.PlaceFactory()
    koploper.place = place
    koploper.save()
    koploper.municipalities.set([f.MunicipalityFactory()])
    assert place.municipality in koploper.municipalities.all()
