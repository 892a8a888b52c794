"""Two people, two tabs, a login that ends: nothing that was typed is lost, nothing is written over unseen."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import TEAM, set_roles
from kopgroep.models import Koploper
from organisations.models import Organisation
from regions.models import RegionalPact
from tests.factories import (
    KoploperFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PactParticipationFactory,
    RegionalPactFactory,
    UserFactory,
)

from .conftest import address, form_values


def opened(desk, record):
    return form_values(desk.get(address(record, "change")))


def send(desk, record, values, **typed):
    return desk.post(address(record, "change"), {**values, **{name: [value] for name, value in typed.items()}})


def next_of(answer):
    """Where the login leads on to."""
    return parse_qs(urlsplit(answer.url).query)["next"][0]


@pytest.fixture
def pact(db):
    return RegionalPactFactory(name="Zorgpact Ergens", summary="Zoals het was")


def test_the_second_of_two_tabs_is_refused_and_sees_both_texts(desk, pact):
    first, second = opened(desk, pact), opened(desk, pact)
    assert send(desk, pact, first, summary="Van de eerste").status_code == 302

    page = send(desk, pact, second, summary="Van de tweede")

    pact.refresh_from_db()
    assert (page.status_code, pact.summary, pact.version) == (200, "Van de eerste", 2)
    assert [(d["label"], d["mine"], d["theirs"]) for d in page.context["stale"]] == [
        ("In één zin", "Van de tweede", "Van de eerste")
    ]
    assert form_values(page)["summary"] == ["Van de tweede"]


def test_who_saw_both_texts_may_save_or_leave_the_other(desk, pact):
    first, second = opened(desk, pact), opened(desk, pact)
    send(desk, pact, first, summary="Van de eerste", ambition="Ambitie van de eerste")
    page = send(desk, pact, second, summary="Van de tweede", ambition="Ambitie van de tweede")

    answer = desk.post(address(pact, "change"), {**form_values(page), "_theirs": ["ambition"], "_save": [""]})

    pact.refresh_from_db()
    assert answer.status_code == 302
    assert (pact.summary, pact.ambition) == ("Van de tweede", "Ambitie van de eerste")


def test_a_row_that_somebody_else_changed_is_shown_beside_mine(desk, pact):
    PactParticipationFactory(pact=pact, organisation=OrganisationFactory(name="ViaZorg"))
    first, second = opened(desk, pact), opened(desk, pact)
    send(desk, pact, first, **{"participations-0-started": "2016"})

    page = send(desk, pact, second, **{"participations-0-started": "2018"})

    assert [(d["label"], d["mine"], d["theirs"]) for d in page.context["stale"]] == [
        ("deelnemer “ViaZorg (partner)”, sinds", "2018", "2016")
    ]
    assert [row.started for row in pact.participations.all()] == ["2016"]


def test_a_row_that_somebody_else_added_is_named_and_stays(desk, pact):
    first, second = opened(desk, pact), opened(desk, pact)
    new = {"participations-0-organisation": str(OrganisationFactory(name="ViaZorg").pk)}
    send(desk, pact, first, **new)

    page = send(desk, pact, second, summary="Van de tweede")
    send(desk, pact, form_values(page))

    assert [d["theirs"] for d in page.context["stale"] if d.get("is_new")] == ["ViaZorg (partner)"]
    assert pact.participations.count() == 1


def test_what_was_typed_in_a_row_that_somebody_else_removed_comes_back(desk, pact):
    row = PactParticipationFactory(pact=pact, organisation=OrganisationFactory(name="ViaZorg"))
    second = opened(desk, pact)
    row.delete()
    RegionalPact.objects.filter(pk=pact.pk).update(version=2)

    page = send(desk, pact, second, **{"participations-0-started": "2018"})
    answer = send(desk, pact, form_values(page))

    assert (page.status_code, answer.status_code) == (200, 302)
    assert [(r.organisation.name, r.started) for r in pact.participations.all()] == [("ViaZorg", "2018")]


def test_text_survives_a_login_that_ended(desk, client, team, pact):
    values = opened(desk, pact)
    client.logout()

    answer = send(client, pact, values, summary="Een uur werk")
    client.force_login(team)
    page = client.get(next_of(answer))

    pact.refresh_from_db()
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert pact.summary == "Zoals het was"
    assert form_values(page)["summary"] == ["Een uur werk"]
    assert "nog niet bewaard" in page.content.decode()


@pytest.mark.parametrize("logged_in_again", [False, True])
def test_text_survives_a_logout_in_another_tab(desk, team, pact, logged_in_again):
    """The token against sending in another's name goes with the session; a later login has another one."""
    values = opened(desk, pact)
    values["summary"] = "Een uur werk"
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"})
    if logged_in_again:
        strict.force_login(team)

    answer = strict.post(address(pact, "change"), values)
    strict.force_login(team)
    page = strict.get(answer.url if logged_in_again else next_of(answer))

    pact.refresh_from_db()
    assert answer.url.startswith(address(pact, "change") if logged_in_again else reverse("account_login"))
    assert pact.summary == "Zoals het was"
    assert form_values(page)["summary"] == ["Een uur werk"]


def test_what_was_kept_is_shown_to_nobody_else(desk, client, pact):
    values = opened(desk, pact)
    client.logout()
    answer = send(client, pact, values, summary="Een uur werk")
    other = UserFactory()
    set_roles(other, [TEAM])
    client.force_login(other)

    page = client.get(next_of(answer))

    assert form_values(page)["summary"] == ["Zoals het was"]


def test_sixty_partners_stay_light(desk, pact):
    def page_and_queries():
        desk.get(address(pact, "change"))
        with CaptureQueriesContext(connection) as seen:
            page = desk.get(address(pact, "change"))
        return len(page.content), len(seen)

    PactParticipationFactory(pact=pact)
    _light, few = page_and_queries()
    for number in range(59):
        PactParticipationFactory(pact=pact, organisation__name=f"Huis {number}")
    for number in range(500):
        Organisation.objects.create(
            name=f"Nog een {number}", slug=f"nog-een-{number}", kind=Organisation.objects.first().kind
        )
    weight, many = page_and_queries()

    assert many == few
    assert weight < 400_000


@pytest.mark.parametrize("model", [RegionalPact, Koploper])
def test_who_confirms_is_kept_with_the_day(desk, team, model):
    record = RegionalPactFactory() if model is RegionalPact else KoploperFactory()

    send(desk, record, opened(desk, record), _confirm="")

    record.refresh_from_db()
    assert (record.confirmed_on, record.confirmed_by) == (timezone.localdate(), team)


def test_several_are_confirmed_at_once(desk, team):
    records = [RegionalPactFactory(), RegionalPactFactory(confirmed_on=datetime.date(2010, 1, 1))]
    other = RegionalPactFactory()

    desk.post(
        address(RegionalPact, "changelist"),
        {"action": "confirm", "_selected_action": [record.pk for record in records]},
    )

    for record in (*records, other):
        record.refresh_from_db()
    assert [(r.confirmed_on, r.confirmed_by, r.version) for r in (*records, other)] == [
        (timezone.localdate(), team, 2),
        (timezone.localdate(), team, 2),
        (None, None, 1),
    ]


@pytest.mark.parametrize(
    ("model", "words", "found"),
    [
        (RegionalPact, "Ergens", ["Zorgpact Ergens"]),
        (RegionalPact, "waddenland", ["Zorgpact Ergens"]),
        (Koploper, "huiskamer", ["De Huiskamer"]),
        (Organisation, "veere", ["ViaZorg"]),
    ],
)
def test_the_search_of_a_list_finds(desk, model, words, found):
    RegionalPactFactory(name="Zorgpact Ergens", area_name="Waddenland")
    RegionalPactFactory(name="Zorgpact Elders")
    KoploperFactory(title="De Huiskamer")
    KoploperFactory(title="Iets anders")
    OrganisationFactory(name="ViaZorg", municipality=MunicipalityFactory(name="Veere"))
    OrganisationFactory(name="Een ander")

    page = desk.get(address(model, "changelist"), {"q": words})

    assert [str(record) for record in page.context["cl"].result_list] == found


def test_the_list_says_what_is_stale_unconfirmed_or_made_up(desk):
    RegionalPactFactory(name="Oud", confirmed_on=datetime.date(2010, 1, 1))
    RegionalPactFactory(name="Nooit")
    RegionalPactFactory(name="Vers", confirmed_on=timezone.localdate())
    RegionalPactFactory(name="Verzonnen", is_sample=True)

    page = desk.get(address(RegionalPact, "changelist"), {"bevestigd": "na-te-kijken"})
    everything = desk.get(address(RegionalPact, "changelist")).content.decode()

    assert {str(record) for record in page.context["cl"].result_list} == {"Oud", "Nooit"}
    assert everything.count('<span class="tag tag-sample">voorbeeld</span>') == 1
    assert everything.count('<span class="state state-stopped">nooit</span>') == 2
    assert everything.count('<span class="state state-stopped">01-01-2010</span>') == 1


def test_an_address_of_a_page_of_the_site_and_capitals_are_refused(desk):
    record = KoploperFactory(slug="was-er-al")
    for slug in ("criteria", "Met-Hoofdletter", "twee--streepjes"):
        page = send(desk, record, opened(desk, record), slug=slug)
        assert [error["label"] for error in page.context["summary"]] == ["Adres"]

    record.refresh_from_db()
    assert record.slug == "was-er-al"


def test_other_ends_of_lines_are_no_change(desk, pact):
    RegionalPact.objects.filter(pk=pact.pk).update(story="een\n\ntwee")

    send(desk, pact, opened(desk, pact), story="een\r\n\r\ntwee", summary="Anders")

    pact.refresh_from_db()
    assert pact.story == "een\n\ntwee"
    assert LogEntry.objects.get_for_object(pact).first().changes == {"summary": ["Zoals het was", "Anders"]}
