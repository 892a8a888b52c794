"""What is kept of questions without an answer, and what the team does with it."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import TEAM, set_roles
from search import misses
from search.finding import find
from search.models import Miss, Synonym
from tests import factories as f

pytestmark = pytest.mark.django_db


def asked():
    return list(Miss.objects.values_list("text", "count"))


@time_machine.travel("2026-03-01 12:00", tick=False)
def test_only_the_words_and_how_often(client):
    for text in ("Wonderlamp", " wonderLAMP  ", "Wónderlamp"):
        client.get("/zoeken/", {"q": text}, headers={"user-agent": "x"}, REMOTE_ADDR="192.0.2.1")

    assert asked() == [("wonderlamp", 3)]
    assert {field.name for field in Miss._meta.fields} == {"id", "text", "count", "first_on", "last_on", "status"}
    assert Miss.objects.get().first_on == datetime.date(2026, 3, 1)


def test_what_was_found_or_narrowed_is_no_miss(client):
    f.KoploperFactory(title="Koffie")
    for query in ({"q": "koffie"}, {"q": "koffie", "soort": "pact"}, {"q": "thee", "soort": "pact"}, {"q": ""}, {}):
        client.get("/zoeken/", query)
    client.get("/zoeken/suggesties/", {"q": "thee"})

    assert asked() == []


@pytest.mark.parametrize(
    "text",
    [
        "jan@voorbeeld.example",
        "mail jan @ voorbeeld.example",
        "123456782",
        "mijn bsn is 1234.56.782",
        "bel 06 12 34 56 78",
        "https://voorbeeld.example/x",
        "www.voorbeeld.example",
        "x" * 81,
        "ab",
        "12345",
        "…",
    ],
)
def test_nothing_private_and_nothing_senseless(client, text):
    client.get("/zoeken/", {"q": text})

    assert asked() == []


def test_the_list_has_an_end(monkeypatch):
    monkeypatch.setattr(misses, "MOST_KEPT", 3)
    for text in ("vaak", "vaak", "een", "twee", "drie"):
        misses.keep(text)

    assert asked() == [("vaak", 2), ("twee", 1), ("drie", 1)] or asked() == [("vaak", 2), ("drie", 1), ("twee", 1)]


def test_a_database_that_cannot_write_is_no_trouble_for_the_visitor(client, monkeypatch):
    from django.db import DatabaseError

    def broken():
        raise DatabaseError("read only")

    monkeypatch.setattr(misses, "_make_room", broken)

    assert client.get("/zoeken/", {"q": "wonderlamp"}).status_code == 200
    assert asked() == []


@pytest.fixture
def desk(client, settings):
    settings.PORTAL_DEMO = True
    user = f.UserFactory()
    set_roles(user, [TEAM])
    client.force_login(user)
    return client


def act(desk, action, *records):
    return desk.post(
        reverse("admin:search_miss_changelist"), {"action": action, "_selected_action": [m.pk for m in records]}
    )


def test_the_team_makes_a_synonym_that_works_at_once(desk):
    f.KoploperFactory(title="Koffie in huis")
    miss = f.MissFactory(text="bakkie pleur")
    answer = act(desk, "make_synonym", miss)

    assert answer.url == "/beheer/search/synonym/add/?word=bakkie+pleur"
    assert 'value="bakkie pleur"' in desk.get(answer.url).content.decode()
    desk.post(answer.url, {"word": "bakkie pleur", "also": "koffie", "both_ways": "on"})
    assert Synonym.objects.get().also == "koffie"
    miss.refresh_from_db()
    assert miss.status == Miss.Status.SYNONYM
    assert find("bakkie pleur").total == 1


def test_a_synonym_is_made_of_one_question(desk):
    answer = act(desk, "make_synonym", f.MissFactory(), f.MissFactory())

    assert "Kies één zoekvraag" in desk.get(answer.url).content.decode()
    assert not Synonym.objects.exists()


def test_the_team_ignores_what_says_nothing(desk):
    miss, other = f.MissFactory(), f.MissFactory()
    act(desk, "ignore", miss)

    assert [m.status for m in Miss.objects.order_by("pk")] == [Miss.Status.IGNORED, Miss.Status.OPEN]
    misses.keep(miss.text)
    assert Miss.objects.get(pk=miss.pk).status == Miss.Status.IGNORED
    assert "Gezocht en niet gevonden" in desk.get(reverse("admin:index")).content.decode()
    assert Miss.objects.filter(pk=other.pk, status="open").exists()


@pytest.mark.parametrize("make", [f.MissFactory, f.SynonymFactory])
def test_the_lists_and_records_open_at_the_same_cost(desk, make):
    record = make()
    meta = record._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")

    def queries():
        desk.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(address).status_code == 200
        return len(seen)

    one = queries()
    make(), make()
    assert queries() == one
    for page in ("change", "history"):
        assert (
            desk.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])).status_code == 200
        )


def test_nothing_of_a_question_can_be_typed_or_thrown_away(desk):
    miss = f.MissFactory()

    assert desk.get(reverse("admin:search_miss_add")).status_code == 403
    assert desk.post(reverse("admin:search_miss_change", args=[miss.pk]), {"text": "x"}).status_code == 403
    assert desk.post(reverse("admin:search_miss_delete", args=[miss.pk]), {"post": "yes"}).status_code == 403
