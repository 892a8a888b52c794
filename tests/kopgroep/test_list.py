"""The list of koplopers: what it shows, how it narrows, in which order, and what it costs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kopgroep.models import Koploper
from tests import factories as f
from tests.queries import assert_same_queries
from zorgpact.lists import AT_ONCE

pytestmark = pytest.mark.django_db
URL = reverse("kopgroep:list")


def names(response):
    return [koploper.title for koploper in response.context["page_obj"]]


def full_koploper(**fields):
    """A koploper with one of everything that its row shows or a filter asks."""
    koploper = f.KoploperFactory(**fields)
    f.KoploperThemeFactory(koploper=koploper)
    f.ResultFactory(koploper=koploper)
    koploper.forms.add(f.CooperationFormFactory())
    koploper.challenges.add(f.ChallengeFactory())
    koploper.municipalities.add(f.MunicipalityFactory())
    koploper.pacts.add(f.RegionalPactFactory())
    # Nobody’s partner: so no organisation has the number of a koploper by chance.
    f.OrganisationFactory.create_batch(5)
    partner = f.KoploperParticipationFactory(koploper=koploper).organisation
    partner.branches.add(f.CareBranchFactory())
    partner.levels.add(f.EducationLevelFactory())
    return koploper


def filters_of(koploper):
    partner = koploper.participations.get().organisation
    return {
        "thema": koploper.theme_rows.get().theme.slug,
        "vorm": koploper.forms.get().slug,
        "provincie": koploper.municipalities.get().province.slug,
        "gemeente": koploper.municipalities.get().slug,
        "pact": koploper.pacts.get().slug,
        "branche": partner.branches.get().slug,
        "niveau": partner.levels.get().slug,
        "uitdaging": koploper.challenges.get().slug,
        "organisatie": partner.slug,
    }


def test_each_filter_keeps_what_fits_and_drops_the_rest(client):
    koploper, _other = full_koploper(), full_koploper()
    for name, value in filters_of(koploper).items():
        assert names(client.get(URL, {name: value})) == [koploper.title], name


def test_all_filters_together(client):
    koploper, _other = full_koploper(), full_koploper()
    assert names(client.get(URL, filters_of(koploper))) == [koploper.title]


def test_two_values_of_one_kind_give_both(client):
    one, two, _three = full_koploper(), full_koploper(), full_koploper()
    slugs = [k.theme_rows.get().theme.slug for k in (one, two)]
    assert names(client.get(URL, {"thema": slugs})) == [one.title, two.title]


@pytest.mark.parametrize("number", [AT_ONCE, AT_ONCE + 1])
def test_however_many_values_of_one_kind(client, number):
    koploper, _other = full_koploper(), full_koploper()
    slug = koploper.theme_rows.get().theme.slug
    filterset = client.get(URL, {"thema": [slug, *(f"geen-{n}" for n in range(1, number))]}).context["filter"]

    assert names(client.get(URL, {"thema": [slug, *(f"geen-{n}" for n in range(1, number))]})) == [koploper.title]
    assert filterset.total == 1
    assert [option.count for option in filterset.options("provincie") if option.count] == [1]


@pytest.mark.parametrize("named", [9, 2, 0], ids=["list named", "others named", "neither named"])
def test_the_count_at_a_choice_is_the_length_of_its_list(client, monkeypatch, written_anew, named):
    monkeypatch.setattr("zorgpact.lists.NAMED", named)
    full_koploper(), full_koploper(), f.KoploperFactory()
    full_koploper(kind=Koploper.Kind.GOOD_EXAMPLE), full_koploper(published_at=None)
    filterset = client.get(URL).context["filter"]
    for group in filterset.groups():
        for option in group["options"]:
            assert option.count == len(names(client.get(URL, {group["name"]: option.slug}))), option


@pytest.mark.parametrize("named", [9, 0], ids=["list named", "neither named"])
def test_the_count_at_a_choice_goes_with_the_other_filters(client, monkeypatch, written_anew, named):
    monkeypatch.setattr("zorgpact.lists.NAMED", named)
    first, second, third = full_koploper(), full_koploper(status=Koploper.Status.ENDED), full_koploper()
    full_koploper(published_at=None)
    shared = {"thema": filters_of(first)["thema"], "provincie": filters_of(second)["provincie"]}
    for koploper in (second, third):
        f.KoploperThemeFactory(koploper=koploper, theme=first.theme_rows.get().theme)
        koploper.municipalities.add(*second.municipalities.all())
    for on in [shared, {**shared, "status": "actief"}, {**shared, "status": "actief", "branche": "geen"}]:
        for group in client.get(URL, on).context["filter"].groups():
            for option in group["options"]:
                listed = names(client.get(URL, {**on, group["name"]: option.slug}))
                assert option.count == len(listed), (on, option)


@pytest.mark.parametrize("published_at", [None, timezone.now() + datetime.timedelta(days=1)], ids=["never", "tomorrow"])
def test_a_partner_that_is_hidden_counts_nowhere(client, published_at):
    koploper = full_koploper()
    partner = koploper.participations.get().organisation
    branch = filters_of(koploper)["branche"]
    type(partner).objects.filter(pk=partner.pk).update(published_at=published_at)

    counts = {option.slug: option.count for option in client.get(URL).context["filter"].options("branche")}

    assert counts[branch] == 0
    assert names(client.get(URL, {"branche": branch})) == []
    assert not Koploper.objects.hidden().exists()
    assert list(type(partner).objects.hidden()) == [partner]


def test_another_good_example_shows_only_to_who_asks(client):
    koploper = f.KoploperFactory()
    example = f.KoploperFactory(kind=Koploper.Kind.GOOD_EXAMPLE)
    assert names(client.get(URL)) == [koploper.title]
    assert names(client.get(URL, {"soort": "goed-voorbeeld"})) == [example.title]


def test_taken_over_or_not(client):
    taken, not_yet = f.KoploperFactory(), f.KoploperFactory()
    f.AdoptionFactory(koploper=taken)
    f.AdoptionFactory(koploper=taken)
    assert names(client.get(URL, {"overgenomen": "ja"})) == [taken.title]
    assert names(client.get(URL, {"overgenomen": "nog-niet"})) == [not_yet.title]


def test_status_and_confirmation(client):
    ended = f.KoploperFactory(status=Koploper.Status.ENDED, confirmed_on=datetime.date(2015, 1, 1))
    f.KoploperFactory(status=Koploper.Status.ACTIVE)
    assert names(client.get(URL, {"status": "geeindigd"})) == [ended.title]
    assert names(client.get(URL, {"bevestigd": "verouderd"})) == [ended.title]


def test_a_theme_that_is_not_public_is_no_choice_and_no_tag(client):
    row = f.KoploperThemeFactory(theme__name="Thema Geheim", theme__published_at=None)
    assert "Thema Geheim" not in client.get(URL).content.decode()
    assert names(client.get(URL, {"thema": row.theme.slug})) == []


def test_sorts_by_name_by_newest_and_by_confirmation(client):
    old = f.KoploperFactory(title="A", published_at=datetime.datetime(2018, 1, 1, tzinfo=datetime.UTC))
    new = f.KoploperFactory(
        title="B", published_at=datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC), confirmed_on="2026-01-01"
    )
    assert names(client.get(URL)) == [old.title, new.title]
    assert names(client.get(URL, {"sorteer": "nieuwste"})) == [new.title, old.title]
    assert names(client.get(URL, {"sorteer": "bevestigd"})) == [new.title, old.title]


def test_twelve_to_a_page_and_filters_survive_paging(client):
    theme = f.ThemeFactory()
    for _ in range(13):
        f.KoploperThemeFactory(theme=theme)
    response = client.get(URL, {"thema": theme.slug})
    assert len(names(response)) == 12
    assert f"?thema={theme.slug}&amp;pagina=2#lijst" in response.content.decode()
    assert len(names(client.get(URL, {"thema": theme.slug, "pagina": 2}))) == 1


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1.5", ""])
def test_a_page_out_of_range_shows_a_page(client, page):
    f.KoploperFactory()
    assert len(names(client.get(URL, {"pagina": page}))) == 1


def test_a_chip_takes_one_choice_off_and_keeps_the_rest(client):
    koploper = full_koploper()
    theme, form = koploper.theme_rows.get().theme, koploper.forms.get()
    page = client.get(URL, {"thema": theme.slug, "vorm": form.slug}).content.decode()
    assert f'href="?thema={theme.slug}#lijst"' in page
    assert f'href="?vorm={form.slug}#lijst"' in page


def test_the_form_sends_along_what_has_no_choice_of_its_own(client):
    koploper = full_koploper()
    slug = koploper.participations.get().organisation.slug
    page = client.get(URL, {"organisatie": slug}).content.decode()
    assert f'<input type="hidden" name="organisatie" value="{slug}">' in page


def test_markup_in_a_search_stays_text(client):
    page = client.get(URL, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_search_finds_results_and_partners_but_no_notes(client):
    koploper = full_koploper(internal_note="zeer geheim")
    for text, hit in [
        (koploper.results.get().title, True),
        (koploper.participations.get().organisation.name, True),
        ("zeer geheim", False),
    ]:
        assert bool(names(client.get(URL, {"q": text}))) is hit, text


def test_takes_the_same_queries_for_one_and_three(client):
    koploper = full_koploper()
    url = f"{URL}?{'&'.join(f'{k}={v}' for k, v in filters_of(koploper).items())}"
    assert_same_queries(client, url, lambda: [full_koploper(), full_koploper()], at_most=8)
    assert_same_queries(client, URL, lambda: [full_koploper(), full_koploper()], at_most=8)


def test_a_search_with_everything_on_takes_no_more_queries(client):
    def more():
        for _ in range(2):
            full_koploper(title=f"Wijkleerbedrijf {Koploper.objects.count()}")
        # Whoever is first after a change brings the index up to date.
        client.get(URL, {"q": "wijkleerbedrijf"})

    koploper = full_koploper(title="Wijkleerbedrijf De Brug")
    url = f"{URL}?q=wijkleerbedrijf&{'&'.join(f'{k}={v}' for k, v in filters_of(koploper).items())}"
    assert names(client.get(url)) == [koploper.title]
    assert_same_queries(client, url, more, at_most=8)
    assert_same_queries(client, f"{URL}?q=wijkleerbedrijf", more, at_most=8)
