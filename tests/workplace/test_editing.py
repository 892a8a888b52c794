"""A project leader changes the own page: it is on the site at once, nobody is written over, nothing typed is lost."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone

from kopgroep.models import Adoption, Result
from regions.models import AgendaItem
from search.whole import keep_right
from tests import factories as f
from tests.admin.conftest import form_values
from tests.queries import queries_of
from workplace.pages import PAGES

from .conftest import desk_of, text

PACT, KOPLOPER = "/mijn/pact/merenland/", "/mijn/koploper/huis/"
STORY, AGENDA = f"{PACT}verhaal/", f"{PACT}actieagenda/"


def opened(desk, address, form="deel"):
    """What a browser would send back of the form on the page."""
    page = desk.get(address)
    assert page.status_code == 200
    return values_of(page)


def values_of(page):
    page._container = [part.replace(b'id="deel" method', b'id="deel_form" method') for part in page._container]
    return form_values(page)


def send(desk, address, values, **typed):
    return desk.post(address, values | {name: [value] for name, value in typed.items()})


# --- what is changed stands on the site


def test_the_page_says_what_stands_there_and_leads_on(desk, pact):
    page = text(desk.get(PACT))
    assert "Zoals het was" in page
    assert f'href="{STORY}"' in page
    assert f'href="{pact.get_absolute_url()}"' in page


# Committed at once, so that the triggers of PostgreSQL act.
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_history_goes_too")
def test_what_a_leader_changes_is_on_the_site_at_once(desk, client, pact, settings):
    settings.PORTAL_PAGE_MEMORY = True
    assert "Zoals het was" in text(client.get(pact.get_absolute_url()))
    answer = send(desk, STORY, opened(desk, STORY), summary="Samen opleiden")
    assert answer.url == f"{PACT}#verhaal"
    assert "Bewaard. Het staat zo op de site." in text(desk.get(PACT))
    assert "Samen opleiden" in text(client.get(pact.get_absolute_url()))
    keep_right()
    assert pact.get_absolute_url() in text(client.get("/zoeken/?q=samen+opleiden"))
    assert timezone.localdate().isoformat() in text(client.get("/sitemap.xml")).split("merenland")[1][:120]


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (f"{PACT}ambitie/", {"ambition": "Zorg dicht bij huis."}),
        (f"{PACT}werkwijze/", {"means": "Twee dagen per week."}),
        (f"{KOPLOPER}verhaal/", {"story": "Het begon met een buurthuis."}),
        (f"{KOPLOPER}zelf-toepassen/", {"advice": "Begin klein."}),
        (f"{AGENDA}nieuw/", {"title": "Wijkleerbedrijf", "kind": "project", "status": "loopt"}),
        (f"{KOPLOPER}resultaten/nieuw/", {"title": "130 mensen haalden een diploma"}),
        (f"{KOPLOPER}overgenomen/nieuw/", {"by_whom": "ROC Duinrand", "still_running": "unknown"}),
    ],
)
def test_every_part_can_be_changed(desk, client, address, typed):
    assert send(desk, address, opened(desk, address), **typed).status_code == 302
    public = "/regionale-pacten/merenland/" if address.startswith(PACT) else "/kopgroep/huis/"
    assert next(iter(typed.values())) in text(client.get(public))


def test_only_what_is_public_stands_in_a_part():
    for page in PAGES.values():
        for part in page.parts.values():
            assert {*part.form.base_fields} <= {*part.form._meta.model.public_fields}, part.title


def test_the_history_keeps_who_and_from_what_to_what(desk, leader, pact):
    send(desk, STORY, opened(desk, STORY), summary="Samen opleiden")
    entry = LogEntry.objects.get_for_object(pact).first()
    assert entry.actor == leader
    assert entry.changes["summary"] == ["Zoals het was", "Samen opleiden"]
    assert "Huidige Leider" in text(desk.get("/mijn/"))


def test_a_new_row_comes_last_and_on_a_sample_it_is_one(desk, pact):
    f.AgendaItemFactory(pact=pact, title="Eerst", position=7)
    type(pact).objects.update(is_sample=True)
    send(desk, f"{AGENDA}nieuw/", opened(desk, f"{AGENDA}nieuw/"), title="Een leerbedrijf", kind="project")
    item = AgendaItem.objects.get(title="Een leerbedrijf")
    assert (item.position, item.slug, item.is_sample) == (8, "een-leerbedrijf", True)


def test_a_row_on_a_real_record_is_no_sample(desk, koploper):
    send(desk, f"{KOPLOPER}resultaten/nieuw/", opened(desk, f"{KOPLOPER}resultaten/nieuw/"), title="Het werkt")
    assert not Result.objects.get().is_sample


def test_a_result_can_be_removed_and_a_point_of_the_agenda_cannot(desk, pact, koploper):
    result, item = f.ResultFactory(koploper=koploper), f.AgendaItemFactory(pact=pact)
    for address in (f"{KOPLOPER}resultaten/{result.pk}/", f"{AGENDA}{item.pk}/"):
        send(desk, address, opened(desk, address), remove="1")
    assert not Result.objects.exists()
    assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_ends_of_lines_are_no_change(desk, pact):
    type(pact).objects.update(story="Een\n\ntwee")
    send(desk, STORY, opened(desk, STORY), story="Een\r\n\r\ntwee")
    pact.refresh_from_db()
    assert pact.story == "Een\n\ntwee"


# --- what is wrong is said


@pytest.mark.parametrize(
    ("address", "typed", "said", "field"),
    [
        (STORY, {"summary": "x" * 251}, "250", "summary"),
        (STORY, {"website": "geen adres"}, "Vul een", "website"),
        (f"{AGENDA}nieuw/", {"title": "Iets", "kind": "project", "status": "gestopt"}, "waarom dit punt", "status_reason"),
        (f"{AGENDA}nieuw/", {"title": "Iets", "kind": "project", "planned_from": "gisteren"}, "jaar", "planned_from"),
        (f"{KOPLOPER}verhaal/", {"summary": ""}, "Vul dit veld in", "summary"),
        (f"{KOPLOPER}resultaten/nieuw/", {"title": "Iets", "number": "5"}, "eenheid", "unit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(desk, pact, address, typed, said, field):
    page = send(desk, address, opened(desk, address), **typed)
    assert page.status_code == 400
    assert "<title>Fout: " in text(page)
    assert f'<a href="#id_{field}">' in text(page)
    assert said in text(page)
    assert values_of(page).items() >= {name: [value] for name, value in typed.items()}.items()
    pact.refresh_from_db()
    assert (pact.version, AgendaItem.objects.count(), Result.objects.count()) == (1, 0, 0)


# --- two windows, a lost login, a row that went


def test_the_second_of_two_windows_sees_both_texts(desk, pact):
    first, second = opened(desk, STORY), opened(desk, STORY)
    send(desk, STORY, first, summary="Van de eerste")
    page = send(desk, STORY, second, summary="Van de tweede")
    pact.refresh_from_db()
    assert (page.status_code, pact.summary) == (409, "Van de eerste")
    assert "Van de eerste" in text(page)
    assert "Van de tweede" in text(page)
    again = values_of(page)
    send(desk, STORY, again)
    pact.refresh_from_db()
    assert pact.summary == "Van de tweede"


def test_who_saw_both_texts_may_leave_the_other(desk, pact):
    first, second = opened(desk, STORY), opened(desk, STORY)
    send(desk, STORY, first, summary="Van de eerste", story="Verhaal van de eerste")
    page = send(desk, STORY, second, summary="Van de tweede", story="Verhaal van de tweede")
    send(desk, STORY, values_of(page), _theirs="story")
    pact.refresh_from_db()
    assert (pact.summary, pact.story) == ("Van de tweede", "Verhaal van de eerste")


def test_another_part_may_be_changed_meanwhile(desk, pact):
    story, ambition = opened(desk, STORY), opened(desk, f"{PACT}ambitie/")
    send(desk, STORY, story, summary="Van de eerste")
    assert send(desk, f"{PACT}ambitie/", ambition, ambition="Van de tweede").status_code == 302
    pact.refresh_from_db()
    assert (pact.summary, pact.ambition, pact.version) == ("Van de eerste", "Van de tweede", 3)


def test_the_admin_is_told_of_what_a_leader_saved(desk, member, pact):
    office, address = desk_of(member), f"/beheer/regions/regionalpact/{pact.pk}/change/"
    before = form_values(office.get(address))
    send(desk, STORY, opened(desk, STORY), summary="Van de leider")
    assert "Iemand anders bewaarde dit intussen" in text(office.post(address, before))


def test_a_row_that_was_removed_meanwhile_can_be_put_back(desk, koploper):
    result = f.ResultFactory(koploper=koploper)
    address = f"{KOPLOPER}resultaten/{result.pk}/"
    values = opened(desk, address)
    result.delete()
    page = send(desk, address, values, title="Mijn tekst")
    assert page.status_code == 409
    assert "Iemand verwijderde dit intussen" in text(page)
    assert not Result.objects.exists()
    assert 'action="/mijn/koploper/huis/resultaten/nieuw/"' in text(page)
    send(desk, f"{KOPLOPER}resultaten/nieuw/", values_of(page))
    assert Result.objects.get().title == "Mijn tekst"


def test_text_survives_a_login_that_ended(desk, leader, pact):
    values = opened(desk, STORY)
    desk.logout()
    answer = send(desk, STORY, values, summary="Getypt na het einde")
    back = parse_qs(urlsplit(answer.url).query)["next"][0]
    desk.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = desk.get(back)
    assert "Uw tekst is er nog" in text(page)
    assert "Getypt na het einde" in text(page)
    pact.refresh_from_db()
    assert pact.summary == "Zoals het was"
    send(desk, STORY, values_of(page))
    pact.refresh_from_db()
    assert pact.summary == "Getypt na het einde"


def test_text_of_an_ended_login_does_not_write_over_somebody_else(desk, leader, pact):
    values = opened(desk, STORY)
    desk.logout()
    answer = send(desk, STORY, values, summary="Getypt na het einde")
    type(pact).objects.update(summary="Intussen van een ander")
    desk.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = desk.get(parse_qs(urlsplit(answer.url).query)["next"][0])
    assert send(desk, STORY, values_of(page)).status_code == 409
    pact.refresh_from_db()
    assert pact.summary == "Intussen van een ander"


# --- who may


def pages(pact, koploper):
    item, result = f.AgendaItemFactory(pact=pact), f.ResultFactory(koploper=koploper)
    yield from (PACT, STORY, f"{AGENDA}nieuw/", f"{AGENDA}{item.pk}/")
    yield from (KOPLOPER, f"{KOPLOPER}verhaal/", f"{KOPLOPER}resultaten/{result.pk}/")


def test_the_page_of_somebody_else_does_not_exist(pact, koploper, leader, member):
    other = f.PactLeaderFactory(since=datetime.date(2020, 1, 1)).user
    former = f.PactLeaderFactory(pact=pact, since=datetime.date(2020, 1, 1), until=datetime.date(2021, 1, 1)).user
    for address in pages(pact, koploper):
        for person in (other, former, member):
            desk = desk_of(person)
            assert (desk.get(address).status_code, desk.post(address).status_code) in ((404, 404), (404, 405)), address
        assert "/inloggen/" in Client().get(address).url


def test_a_row_of_another_record_cannot_be_reached_by_ones_own(desk, koploper):
    other = f.ResultFactory()
    assert desk.get(f"{KOPLOPER}resultaten/{other.pk}/").status_code == 404
    send(desk, f"{KOPLOPER}resultaten/{other.pk}/", {}, title="Gekaapt", remove="1")
    other.refresh_from_db()
    assert other.title != "Gekaapt"
    assert not koploper.results.exists()


@pytest.mark.parametrize(
    "path", ["geen-deel/", "verhaal/nieuw/", "actieagenda/999/", "actieagenda/99999999999999999999/"]
)
def test_what_is_not_there_is_not_found(desk, path):
    assert desk.get(f"{PACT}{path}").status_code == 404


def test_a_page_costs_the_same_for_one_row_and_for_three(desk, pact, koploper):
    for address, make in (
        (PACT, lambda: f.AgendaItemFactory(pact=pact)),
        (KOPLOPER, lambda: (f.ResultFactory(koploper=koploper), f.AdoptionFactory(koploper=koploper))),
    ):
        make()
        few = len(queries_of(desk, address))
        make(), make()
        assert len(queries_of(desk, address)) == few <= 16
    assert Adoption.objects.count() == 3
