"""Who changed what, from what to what: kept for good, and readable on the record."""

import logging
import re

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import ADMINISTRATOR, TEAM, permissions_of, set_roles
from programme.history import history_may_change, owner_field
from programme.models import Published
from regels.models import ObstacleMove, Verdict
from regions.models import PactParticipation, PhaseChange, RegionalPact
from tests.factories import (
    KoploperFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PactParticipationFactory,
    PhaseChangeFactory,
    PhaseFactory,
    RegionalPactFactory,
    SourceFactory,
    UserFactory,
)
from zorgpact.loading.loader import load_content
from zorgpact.loading.samples import remove_samples
from zorgpact.reading_history import marked, marked_by_sentence

from .conftest import address, form_values


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace(" :", ":")


def save(desk, record, **typed):
    values = form_values(desk.get(address(record, "change")))
    values.update({name: [value] for name, value in typed.items()})
    answer = desk.post(address(record, "change"), values)
    assert answer.status_code == 302, answer.context["summary"]


@pytest.mark.norm("NCSC-U/TV.01")
def test_a_change_shows_who_when_and_from_what_to_what(desk, team):
    pact = RegionalPactFactory(summary="Oud idee", agreement="licht")

    save(desk, pact, summary="Nieuw idee", agreement="formeel", _save="")
    page = words(desk.get(address(pact, "history")))

    assert "Team Gewijzigd In één zin Oud idee → Nieuw idee Afspraken lichte afspraken → formele afspraken" in page


def test_a_row_of_a_record_stands_in_the_history_of_the_record(desk):
    pact = RegionalPactFactory()
    row = PactParticipationFactory(pact=pact, organisation=OrganisationFactory(name="ViaZorg"))
    other = PactParticipationFactory(organisation__name="Ander Huis")

    save(desk, pact, **{"participations-0-role": "trekker"}, _save="")
    row.refresh_from_db()
    row.delete()
    page = words(desk.get(address(pact, "history")))

    assert "Deelnemer ViaZorg (trekker): gewijzigd Rol partner → trekker" in page
    assert "Deelnemer ViaZorg (trekker): verwijderd" in page
    assert str(other.organisation) not in page


def test_a_record_that_a_field_points_at_is_named(desk):
    koploper = KoploperFactory()
    source = SourceFactory(title="De publicatie")
    municipality = MunicipalityFactory(name="Reimerswaal")

    save(desk, koploper, sources=str(source.pk), municipalities=str(municipality.pk), _save="")
    page = words(desk.get(address(koploper, "history")))

    assert "Gemeenten erbij: Reimerswaal" in page
    assert "Bronnen erbij: De publicatie" in page


def test_of_a_private_note_only_that_it_changed(desk):
    pact = RegionalPactFactory(internal_note="Niet verder vertellen")

    save(desk, pact, internal_note="Nog een geheim", _save="")

    assert "Interne notitie gewijzigd; de tekst zelf staat niet in de geschiedenis" in words(
        desk.get(address(pact, "history"))
    )
    kept = " ".join(map(str, LogEntry.objects.values_list("changes", "object_repr", "serialized_data")))
    assert "internal_note" in kept
    assert "vertellen" not in kept
    assert "geheim" not in kept


def test_of_each_tracked_model_only_public_values_are_kept():
    from auditlog.registry import auditlog

    for model in auditlog.get_models():
        if model._meta.app_label == "accounts":
            continue
        known = auditlog.get_model_fields(model)
        kept = set(known["include_fields"]) - set(known["mask_fields"])
        may_be_kept = {*model.public_fields, *getattr(model, "history_fields", ())}
        if owner_field(model):
            may_be_kept.add(owner_field(model))
        assert kept - {"published_at", "confirmed_on"} <= may_be_kept, model
        assert set(auditlog._registry[model]["m2m_fields"]) <= set(model.public_fields), model


def test_everything_that_the_team_edits_is_tracked():
    from auditlog.registry import auditlog

    edited = {
        model
        for model in admin.site._registry
        if f"{model._meta.app_label}.change_{model._meta.model_name}" in permissions_of(TEAM)
    }
    rows = {inline.model for model in edited for inline in admin.site.get_model_admin(model).inlines}

    # A move of an obstacle is append-only history itself; a remark of a visitor says who dealt with it.
    assert (edited | rows) - set(auditlog.get_models()) == {ObstacleMove, Verdict}


def test_a_record_with_a_long_history_is_read_in_pages_and_few_queries(desk):
    pact = RegionalPactFactory()
    for number in range(60):
        PactParticipationFactory(pact=pact, organisation__name=f"Huis {number}")

    desk.get(address(pact, "history"))
    with CaptureQueriesContext(connection) as seen:
        page = desk.get(address(pact, "history"))

    assert page.content.decode().count('<p class="history-head">') == 50
    assert desk.get(address(pact, "history") + "?pagina=2").content.decode().count('<p class="history-head">') == 11
    assert len(seen) <= 12, len(seen)


@pytest.mark.norm("BIO-5.18.01")
def test_an_administrator_reads_the_history_of_one_person(client, settings, team):
    settings.PORTAL_DEMO = True
    boss = UserFactory(email="baas@voorbeeld.example", name="Baas")
    set_roles(boss, [ADMINISTRATOR])
    pact = RegionalPactFactory(name="Zorgpact Ergens")
    client.force_login(team)
    save(client, pact, summary="Van het team", _save="")
    client.force_login(boss)

    page = client.get(reverse("admin:auditlog_logentry_changelist"), {"q": "team@voorbeeld.example"})

    assert [(e.actor, e.object_repr) for e in page.context["cl"].result_list] == [(team, "Zorgpact Ergens")]
    entry = page.context["cl"].result_list[0]
    one = client.get(reverse("admin:auditlog_logentry_change", args=[entry.pk]))
    assert "Van het team" in words(one)
    assert client.post(reverse("admin:auditlog_logentry_change", args=[entry.pk]), {}).status_code == 403
    assert client.get(reverse("admin:auditlog_logentry_delete", args=[entry.pk])).status_code == 403
    assert client.get(reverse("admin:auditlog_logentry_add")).status_code == 403


def test_the_team_reads_the_history_of_records_and_not_of_people(desk):
    assert desk.get(reverse("admin:auditlog_logentry_changelist")).status_code == 403


@pytest.mark.parametrize("table", ["auditlog_logentry", "regions_phasechange"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_history_cannot_be_changed_or_removed(db, table, statement):
    PhaseChangeFactory()

    with pytest.raises(DatabaseError, match="geschiedenis"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))

    assert LogEntry.objects.count() > 0
    assert PhaseChange.objects.count() == 1


def test_the_one_way_around_says_so(db, caplog):
    PhaseChangeFactory()

    with caplog.at_level(logging.WARNING), history_may_change("a test"):
        PhaseChange.objects.all().delete()
        LogEntry.objects.all().delete()

    assert caplog.messages == ["The history may change: a test"]
    assert LogEntry.objects.count() == 0
    PhaseChangeFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        PhaseChange.objects.all().delete()


def test_loading_writes_one_line_for_each_record_and_none_for_its_rows(db, tmp_path):
    PhaseFactory(slug="kennismaken")
    pact = "- name: Zorgpact Ergens\n  slug: ergens\n  area_name: Ergens\n  phase_changes:\n    - {phase: kennismaken, since: '2016'}\n"
    (tmp_path / "pacts.yaml").write_text(pact)
    LogEntry.objects.count()
    before = set(LogEntry.objects.values_list("pk", flat=True))

    load_content(tmp_path)
    load_content(tmp_path)
    (tmp_path / "pacts.yaml").write_text(pact.replace("area_name: Ergens", "area_name: Elders"))
    load_content(tmp_path)

    found = LogEntry.objects.exclude(pk__in=before).order_by("pk")
    assert [(e.object_repr, e.actor, e.additional_data) for e in found] == [
        ("Zorgpact Ergens", None, {"job": "inhoud inlezen", "step": "toegevoegd"}),
        ("Zorgpact Ergens", None, {"job": "inhoud inlezen", "step": "gewijzigd"}),
    ]


def test_the_page_says_which_job_it_was(desk, tmp_path):
    (tmp_path / "pacts.yaml").write_text("- name: Zorgpact Ergens\n  slug: ergens\n  area_name: Ergens\n")
    load_content(tmp_path)

    page = words(desk.get(address(RegionalPact.objects.get(slug="ergens"), "history")))

    assert "de computer (inhoud inlezen) Toegevoegd" in page


def test_removing_the_samples_goes_past_the_history_and_leaves_a_line(db):
    sample = RegionalPactFactory(name="Voorbeeldpact", is_sample=True)
    PhaseChangeFactory(pact=sample, is_sample=True)
    PhaseChangeFactory(is_sample=True)
    real = PhaseChangeFactory()
    LogEntry.objects.count()

    remove_samples()

    assert list(PhaseChange.objects.all()) == [real]
    last = LogEntry.objects.order_by("-pk").first()
    assert (last.object_repr, last.action, last.additional_data) == (
        "Voorbeeldpact",
        LogEntry.Action.DELETE,
        {"job": "voorbeelden verwijderen", "step": "verwijderd"},
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        real.delete()


def test_restoring_content_may_replace_the_phases_of_a_pact(db, tmp_path):
    PhaseFactory(slug="kennismaken")
    (tmp_path / "pacts.yaml").write_text(
        "- name: Zorgpact Ergens\n  slug: ergens\n  area_name: Ergens\n  phase_changes:\n    - {phase: kennismaken, since: '2016'}\n"
    )
    load_content(tmp_path)
    RegionalPact.objects.update(area_name="Door een redacteur gewijzigd")

    load_content(tmp_path, restore=True)

    assert RegionalPact.objects.get().area_name == "Ergens"
    assert [change.since for change in PhaseChange.objects.all()] == ["2016"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("een twee drie", "een vier drie", "een<del> twee</del><ins> vier</ins> drie"),
        ("<b>een", "<b>een twee", "&lt;b&gt;een<ins> twee</ins>"),
    ],
)
def test_a_long_text_shows_the_words_that_went_and_came(old, new, shown):
    assert marked(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Een zin. Nog een.", "Een zin. Nog een.", "Een zin. Nog een."),
        ("Een zin.", "Een zin. Nog <b>een.", "Een zin.<ins> Nog &lt;b&gt;een.</ins>"),
        (
            "De bus rijdt elke dag. Klaar.",
            "De bus rijdt elke week. Klaar.",
            "De bus rijdt elke<del> dag.</del><ins> week.</ins> Klaar.",
        ),
        (
            "Zes studenten gingen op pad. Klaar.",
            "Twee scholen stopten. Klaar.",
            "<del>Zes studenten gingen op pad.</del> <ins>Twee scholen stopten.</ins> Klaar.",
        ),
    ],
)
def test_a_sentence_that_became_another_one_is_marked_as_a_whole(old, new, shown):
    assert marked_by_sentence(old, new) == shown


def test_tracked_records_with_a_place_of_their_own_are_their_own_record():
    from auditlog.registry import auditlog

    rows = {model for model in auditlog.get_models() if hasattr(model, "get_additional_data")}

    assert PactParticipation in rows
    assert not any(issubclass(model, Published) for model in rows)
