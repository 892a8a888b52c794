"""A report as PDF is drawn once by the worker; a long one never while somebody waits, and the page says how far it is."""

import datetime

import pytest
from django.utils import timezone

from regions.models import RegionalPact
from tests.factories import PrintedReportFactory
from volgspot import printing, workflow
from volgspot.models import PrintedReport, Version

PDF = "/regionale-pacten/merenland/volgspot/ronde-2/verslag.pdf"


@pytest.fixture
def report(filled, leader, member):
    workflow.publish(workflow.adopt(workflow.submit(filled, by=leader), by=member), by=member)
    return Version.objects.get()


@pytest.fixture
def _all_are_long(monkeypatch):
    monkeypatch.setattr(printing, "LONG", 0)


def draw_without(what, monkeypatch):
    def fail(*_):
        raise what

    monkeypatch.setattr(printing, "printed", fail)


def text(response):
    return response.content.decode()


def test_the_worker_draws_a_report_once(client, report):
    printing.print_what_waits()
    kept = PrintedReport.objects.get()
    assert (kept.version, kept.step, kept.tries) == (report, printing.STEPS, 1)
    printing.print_what_waits()
    assert PrintedReport.objects.get().tries == 1
    assert client.get(PDF).content == bytes(kept.pdf)


def test_a_short_report_does_not_wait_for_the_worker(client, report):
    assert client.get(PDF).content.startswith(b"%PDF")
    assert not PrintedReport.objects.exists()


@pytest.mark.usefixtures("_all_are_long")
def test_a_long_report_says_how_far_it_is(client, report):
    waits = client.get(PDF)
    assert waits.status_code == 202
    assert "in de rij" in text(waits)
    assert waits["Cache-Control"] == "no-store"
    PrintedReportFactory(version=report, step=5, started_at=timezone.now())
    assert "Stap 5 van 7." in text(client.get(PDF))
    assert client.get(PDF, headers={"Accept": "application/json"}).json() == {"step": 5}
    PrintedReport.objects.update(started_at=None)
    printing.print_what_waits()
    assert client.get(PDF).content.startswith(b"%PDF")


def test_the_steps_are_told_while_it_is_drawn(report, monkeypatch):
    told = []
    monkeypatch.setattr(printing._Steps, "emit", lambda self, record: told.append(record.getMessage().split()[1]))
    printing.print_what_waits()
    assert told[-1] == str(printing.STEPS)


@pytest.mark.usefixtures("_all_are_long")
def test_what_cannot_be_drawn_is_tried_three_times_and_then_said(client, report, monkeypatch):
    draw_without(ValueError("kapot"), monkeypatch)
    for _ in range(5):
        printing.print_what_waits()
    assert PrintedReport.objects.get().tries == 3
    answer = client.get(PDF)
    assert answer.status_code == 503
    assert "De PDF maken lukte niet" in text(answer)


def test_a_worker_that_died_half_way_is_followed_by_another(report):
    now = timezone.now()
    PrintedReportFactory(version=report, tries=1, started_at=now)
    printing.print_what_waits()
    assert PrintedReport.objects.get().pdf is None
    PrintedReport.objects.update(started_at=now - datetime.timedelta(minutes=11))
    printing.print_what_waits()
    assert PrintedReport.objects.get().pdf


def test_what_is_not_published_is_neither_drawn_nor_shown(client, report):
    printing.print_what_waits()
    RegionalPact.objects.update(published_at=None)
    assert client.get(PDF).status_code == 404
    PrintedReport.objects.all().delete()
    printing.print_what_waits()
    assert not PrintedReport.objects.exists()


def test_a_correction_is_drawn_anew(client, report, leader, member):
    printing.print_what_waits()
    before = client.get(PDF).content
    corrected = workflow.correct(report.reflection, by=leader, reason="Een cijfer was fout.")
    corrected.sections.filter(kind="voornemens").update(data={"text": "Wij stoppen ermee."})
    workflow.publish(workflow.adopt(workflow.submit(corrected, by=leader), by=member), by=member)
    printing.print_what_waits()
    assert client.get(PDF).content not in (before, b"")
    assert PrintedReport.objects.count() == 2
