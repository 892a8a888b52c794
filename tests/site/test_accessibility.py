"""The accessibility statement keeps to the rules of its status, and the page says what the file says."""

import datetime
import html

import pytest

from zorgpact import accessibility, views
from zorgpact.accessibility import Deviation, Statement, read

TODAY = datetime.date(2027, 6, 1)
AUDIT = datetime.date(2027, 1, 1)
OPEN = Deviation("1.1.1 Niet-tekstuele content", "Een plaatje heeft geen tekst.")
PLANNED = Deviation(
    "1.1.1 Niet-tekstuele content",
    "Een plaatje heeft geen tekst.",
    effect="U hoort niet wat erop staat.",
    measure="Wij schrijven de tekst.",
    ready_on=datetime.date(2027, 9, 1),
)


@pytest.mark.parametrize(
    ("statement", "refusals"),
    [
        (Statement("A", audit_on=AUDIT), 0),
        (Statement("A", audit_on=AUDIT, deviations=[PLANNED]), 1),
        (Statement("A"), 1),
        (Statement("A", audit_on=datetime.date(2024, 1, 1)), 1),
        (Statement("B", audit_on=AUDIT, deviations=[PLANNED]), 0),
        (Statement("B", audit_on=AUDIT, deviations=[PLANNED, OPEN]), 1),
        (Statement("B", deviations=[PLANNED]), 1),
        (Statement("C", deviations=[OPEN]), 0),
        (Statement("D", deviations=[OPEN]), 0),
        (Statement("F"), 1),
    ],
)
def test_a_status_is_refused_where_the_rules_do_not_allow_it(statement, refusals):
    assert len(statement.refusals(TODAY)) == refusals


@pytest.mark.parametrize(
    ("statement", "warnings"),
    [
        (Statement("B", audit_on=AUDIT), 0),
        (Statement("B", audit_on=datetime.date(2024, 12, 10)), 0),
        (Statement("B", audit_on=datetime.date(2024, 11, 20)), 1),
        (Statement("C", opened=datetime.date(2027, 1, 1)), 0),
        (Statement("C", opened=datetime.date(2026, 11, 1)), 1),
        (Statement("C"), 0),
        (Statement("B", audit_on=AUDIT, deviations=[PLANNED]), 0),
        (Statement("B", audit_on=AUDIT, deviations=[Deviation("1.1.1", "…", ready_on=AUDIT)]), 1),
    ],
)
def test_warns_before_a_status_lapses(statement, warnings):
    assert len(statement.warnings(TODAY)) == warnings


def test_the_statement_of_this_site_may_stand():
    assert accessibility.keep_the_statement_honest(None) == []
    assert accessibility.statement().status == "C"


def test_a_refused_statement_stops_the_site(monkeypatch):
    monkeypatch.setattr(accessibility, "statement", lambda: Statement("A"))
    assert [(m.id, m.is_serious()) for m in accessibility.keep_the_statement_honest(None)] == [("zorgpact.E001", True)]


def test_reads_deviations_and_refuses_unknown_names():
    text = "status: B\naudit_on: 2027-01-01\ndeviations:\n  - criterion: 1.1.1\n    cause: Geen tekst\n    ready_on: 2027-09-01\n"
    assert read(text).deviations == [Deviation("1.1.1", "Geen tekst", ready_on=datetime.date(2027, 9, 1))]
    with pytest.raises(ValueError, match="Onbekend in accessibility.yaml: stauts"):
        read("stauts: B")


def test_page_says_what_the_file_says(client, monkeypatch):
    statement = Statement("B", audit_on=AUDIT, audit_by="Bureau Voorbeeld", deviations=[PLANNED])
    monkeypatch.setattr(views, "statement", lambda: statement)
    text = html.unescape(client.get("/toegankelijkheid/").content.decode())
    assert "Status B: voldoet gedeeltelijk" in text
    assert "Op 1 januari 2027 onderzocht Bureau Voorbeeld deze site." in text
    for part in (PLANNED.criterion, PLANNED.cause, PLANNED.effect, PLANNED.measure, "1 september 2027"):
        assert part in text


def test_page_without_an_audit_says_so(client):
    text = client.get("/toegankelijkheid/").content.decode()
    assert "Status C: eerste maatregelen genomen" in text
    assert "Er is nog geen volledig onderzoek naar deze site gedaan." in text
