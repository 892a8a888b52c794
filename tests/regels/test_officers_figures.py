"""The figures about questions: each is as long as the list behind it."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.utils import timezone

from regels.admin.figures import FIGURES, Period, breakdowns, figures, median_days, questions_of
from regels.models import Outcome, Question
from tests.factories import (
    LookupHelpedFactory,
    ObstacleFactory,
    QuestionFactory,
    RuleFactory,
    ThemeFactory,
    UserFactory,
)
from tests.queries import assert_same_queries

from .test_officers_question import desk_of, text

PAGE = "/beheer/regels/question/cijfers/"
YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
GIVEN = {"van": "2026-01-01", "tot": "2026-12-31"}
SECRET = "geheime vraag van Ada"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


def at(*day):
    return timezone.make_aware(datetime.datetime(*day, 12))


@pytest.fixture
def asked(ocw, vws):
    """Three answered in 2026, one of them reopened; one from before, and one that is open."""
    rule = RuleFactory()

    def answered(days, **more):
        fields = {"ministry": ocw, "rule": rule, "outcome": Outcome.CLARIFIED, "question": SECRET, "year": 2026} | more
        begin = more.pop("begin", at(2026, 6, 1))
        return QuestionFactory(
            status=Question.Status.ANSWERED, confirmed_at=begin, answered_at=begin + datetime.timedelta(days),
            first_answered_at=begin + datetime.timedelta(days), **{k: v for k, v in fields.items() if k != "begin"},
        )  # fmt: skip

    return [
        answered(1, can_continue=True),
        answered(3, can_continue=False, reopened=1),
        answered(10, ministry=vws, rule=None, outcome=Outcome.NOT_POSSIBLE),
        answered(2, begin=at(2025, 3, 3)),
        QuestionFactory(ministry=ocw, confirmed_at=at(2026, 11, 2)),
    ]


@pytest.fixture
def desk(officer):
    return desk_of(officer)


def test_each_figure_is_as_long_as_its_list(asked, desk):
    for figure, number in figures(YEAR):
        shown = desk.get(PAGE, GIVEN | {"toon": figure.name})
        assert shown.context["page"].paginator.count == number, figure.label
        assert figure.definition in text(shown)


def test_what_is_counted(asked):
    assert {figure.name: number for figure, number in figures(YEAR)} == {
        "binnen": 4, "beantwoord": 3, "heropend": 1, "geholpen": 1, "niet-geholpen": 1, "zonder-antwoord": 0, "open": 1,
        "te-laat": 0,
    }  # fmt: skip


def test_each_line_of_a_breakdown_is_as_long_as_its_list_and_together_they_are_all(asked):
    for by, _label, lines in breakdowns(YEAR):
        assert sum(number for _text, _value, number in lines) == 3
        for _text, value, number in lines:
            assert questions_of("beantwoord", YEAR, by, value).count() == number


def test_the_median_counts_working_days(asked):
    # Monday to Tuesday, to Thursday, and to Thursday of the week after.
    assert median_days(YEAR) == 3
    assert median_days(Period(datetime.date(2001, 1, 1), datetime.date(2001, 2, 1))) is None


def test_the_page_says_each_number_with_its_definition(asked, desk):
    LookupHelpedFactory(times=7, day=datetime.date(2026, 5, 5))
    page = text(desk.get(PAGE, GIVEN))
    for figure in FIGURES.values():
        assert figure.definition in page
    assert SECRET not in page


def test_as_a_file_with_definitions(asked, desk):
    rows = list(csv.DictReader(io.StringIO(text(desk.get("/beheer/regels/question/cijfers.csv", GIVEN)))))
    assert {row["wat"]: row["aantal"] for row in rows}["Vragen beantwoord"] == "3"
    assert all(row["definitie"] for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/beheer/regels/question/cijfers.xlsx", GIVEN).content))
    assert book["Lijst"].max_row == len(rows) + 1
    assert desk.get("/beheer/regels/question/cijfers.exe", GIVEN).status_code == 404


def test_the_list_as_a_file_says_nothing_of_what_was_asked(asked, desk):
    response = desk.get(
        "/beheer/regels/question/cijfers.csv", GIVEN | {"toon": "beantwoord", "per": "ministerie", "welke": "ocw"}
    )
    rows = list(csv.DictReader(io.StringIO(text(response))))
    assert len(rows) == 2
    assert SECRET not in text(response)
    assert "@" not in text(response)
    assert {row["voorbeeld"] for row in rows} == {"nee"}


@pytest.mark.parametrize("given", [{"van": "gisteren"}, {"van": "2026-12-31", "tot": "2026-01-01"}])
def test_a_period_that_cannot_be_read_is_no_error(asked, desk, given):
    assert desk.get(PAGE, given).status_code == 200


@pytest.mark.parametrize("given", [{"toon": "onzin"}, {"toon": "open", "per": "onzin"}])
def test_a_list_that_is_not_there(desk, given):
    assert desk.get(PAGE, given).status_code == 404


def test_the_page_takes_as_many_queries_for_three(asked, desk):
    def more():
        for _ in range(2):
            QuestionFactory(
                status=Question.Status.ANSWERED, outcome=Outcome.PASSED_ON, rule=RuleFactory(), confirmed_at=at(2026, 2, 2),
                answered_at=at(2026, 2, 4), first_answered_at=at(2026, 2, 4),
            )  # fmt: skip

    assert_same_queries(desk, f"{PAGE}?van=2026-01-01&tot=2026-12-31", more, at_most=25)


@pytest.mark.parametrize("query", ["toon=binnen", "toon=beantwoord&per=ministerie&welke=ocw"])
def test_the_list_behind_a_figure_takes_as_many_queries_for_three(ocw, officer, desk, query):
    def more(number=2):
        for _ in range(number):
            question = QuestionFactory(
                status=Question.Status.ANSWERED, outcome=Outcome.CLARIFIED, ministry=ocw, rule=RuleFactory(),
                obstacle=ObstacleFactory(), owner=UserFactory(), confirmed_at=at(2026, 2, 2), answered_at=at(2026, 2, 4),
                first_answered_at=at(2026, 2, 4),
            )  # fmt: skip
            question.themes.add(ThemeFactory())

    more(1)
    assert_same_queries(desk, f"{PAGE}?van=2026-01-01&tot=2026-12-31&{query}", more, at_most=25)
