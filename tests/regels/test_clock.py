"""The clock: which days are free, and when a term ends."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regels.clock import Clock, easter, holidays, is_working_day, kings_day, working_days_between

D = datetime.date
DAY = datetime.timedelta(days=1)
days = st.dates(D(2015, 1, 1), D(2060, 12, 31))
terms = st.integers(1, 40)


@st.composite
def pauses_after(draw, start):
    """Pauses that follow on each other, as the steps make them; the last one may be open."""
    made, at = [], start
    for _ in range(draw(st.integers(0, 4))):
        since = at + draw(st.integers(0, 15)) * DAY
        at = since + draw(st.integers(0, 40)) * DAY
        made.append((since, at))
    return tuple(made)


@st.composite
def clocks(draw):
    started = draw(days)
    extra = frozenset(started + n * DAY for n in draw(st.lists(st.integers(0, 60), max_size=5)))
    return Clock(started, draw(terms), draw(pauses_after(started)), extra)


@pytest.mark.parametrize(
    "sunday",
    ["2014-04-20", "2016-03-27", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"],
)
def test_easter_as_the_calendar_has_it(sunday):
    assert easter(int(sunday[:4])).isoformat() == sunday


def test_the_free_days_of_a_year():
    assert {day.isoformat(): name for day, name in holidays(2026).items()} == {
        "2026-01-01": "Nieuwjaarsdag",
        "2026-04-03": "Goede Vrijdag",
        "2026-04-05": "Eerste Paasdag",
        "2026-04-06": "Tweede Paasdag",
        "2026-04-27": "Koningsdag",
        "2026-05-05": "Bevrijdingsdag",
        "2026-05-14": "Hemelvaartsdag",
        "2026-05-24": "Eerste Pinksterdag",
        "2026-05-25": "Tweede Pinksterdag",
        "2026-12-25": "Eerste Kerstdag",
        "2026-12-26": "Tweede Kerstdag",
    }


@pytest.mark.parametrize(
    ("year", "day"), [(2013, "04-30"), (2014, "04-26"), (2025, "04-26"), (2026, "04-27"), (2031, "04-26")]
)
def test_the_day_of_the_king(year, day):
    assert kings_day(year).isoformat() == f"{year}-{day}"


@given(st.integers(1900, 2200))
def test_easter_is_a_sunday_between_its_bounds(year):
    assert easter(year).weekday() == 6
    assert D(year, 3, 22) <= easter(year) <= D(year, 4, 25)


@given(st.integers(2014, 2200))
def test_the_day_of_the_king_is_never_a_sunday(year):
    assert kings_day(year).weekday() != 6


@given(st.integers(2014, 2100))
def test_liberation_day_counts_in_every_year(year):
    assert not is_working_day(D(year, 5, 5))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-11-26", 1, "2026-11-27"),  # Thursday to Friday
        ("2026-11-27", 1, "2026-11-30"),  # over a weekend
        ("2026-11-28", 1, "2026-11-30"),  # begun on a Saturday
        ("2026-11-26", 10, "2026-12-10"),
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday and Easter
        ("2026-04-24", 2, "2026-04-29"),  # over the day of the king
        ("2026-12-24", 1, "2026-12-28"),  # over Christmas
        ("2026-12-31", 1, "2027-01-04"),  # over New Year
        ("2026-05-04", 1, "2026-05-06"),  # over Liberation Day
    ],
)
def test_a_term_ends_as_counted_by_hand(start, number, end):
    assert Clock(D.fromisoformat(start), number).due_on.isoformat() == end


@pytest.mark.parametrize(
    ("pauses", "end"),
    [
        ([], "2026-11-16"),
        ([("2026-11-04", "2026-11-04")], "2026-11-16"),  # asked and answered on one day costs nothing
        ([("2026-11-04", "2026-11-05")], "2026-11-17"),
        ([("2026-11-06", "2026-11-08")], "2026-11-16"),  # over a weekend costs nothing
        ([("2026-11-04", "2026-11-11")], "2026-11-23"),
        ([("2026-11-04", "2026-11-05"), ("2026-11-05", "2026-11-06")], "2026-11-18"),
        ([("2026-11-02", "2026-12-02")], "2026-12-16"),
    ],
)
def test_a_pause_moves_the_end(pauses, end):
    pauses = tuple((D.fromisoformat(a), D.fromisoformat(b)) for a, b in pauses)
    assert Clock(D(2026, 11, 2), 10, pauses).due_on.isoformat() == end


def test_an_open_pause_has_no_end():
    clock = Clock(D(2026, 11, 2), 10, ((D(2026, 11, 4), None),))
    assert (clock.due_on, clock.used_on(D(2027, 1, 1)), clock.left_on(D(2027, 1, 1))) == (None, 2, 8)


def test_a_closed_day_of_the_ministries_moves_the_end():
    assert Clock(D(2026, 5, 13), 1).due_on == D(2026, 5, 15)
    assert Clock(D(2026, 5, 13), 1, extra={D(2026, 5, 15): "brugdag"}).due_on == D(2026, 5, 18)


@given(clocks())
def test_the_last_day_is_a_day_that_counts_and_the_term_is_used_then(clock):
    assert clock.counts(clock.due_on)
    assert clock.used_on(clock.due_on) == clock.term
    assert clock.used_on(clock.due_on - DAY) == clock.term - 1
    assert clock.left_on(clock.due_on) == 0


@given(clocks(), st.integers(0, 80))
def test_what_is_left_never_grows(clock, n):
    day = clock.started + n * DAY
    assert clock.left_on(day) - clock.left_on(day + DAY) in (0, 1)


@given(clocks())
def test_a_pause_or_a_free_day_never_makes_it_earlier(clock):
    bare = Clock(clock.started, clock.term)
    assert bare.due_on <= Clock(clock.started, clock.term, clock.pauses).due_on <= clock.due_on
    assert bare.due_on <= Clock(clock.started, clock.term, extra=clock.extra).due_on <= clock.due_on


@given(clocks())
def test_one_day_more_ends_later(clock):
    longer = Clock(clock.started, clock.term + 1, clock.pauses, clock.extra)
    assert longer.due_on > clock.due_on


@given(days, st.integers(0, 60))
def test_counting_back_gives_the_term(start, number):
    assert working_days_between(start, Clock(start, number).due_on) == number


@given(clocks())
def test_the_days_add_up(clock):
    """Every working day until the end was used, or was a pause."""
    until = clock.due_on
    assert working_days_between(clock.started, until, clock.extra) == clock.term + clock.paused_days(until)


def test_the_sentence_explains_itself():
    clock = Clock(D(2026, 4, 20), 10, ((D(2026, 4, 21), D(2026, 4, 23)),), {D(2026, 5, 6): "brugdag"})
    assert list(clock.sentences(D(2026, 5, 8))) == [
        "De klok begon op 20 april 2026. De termijn is 10 werkdagen.",
        "Vrij in die tijd: Koningsdag (27 april 2026), Bevrijdingsdag (5 mei 2026) en brugdag (6 mei 2026).",
        "2 werkdagen tellen niet mee: toen wachtten wij op u.",
        "De laatste dag is 11 mei 2026.",
        "Er is nog 1 werkdag over.",
    ]
    assert list(clock.sentences(D(2026, 5, 13)))[-1] == "Wij zijn 2 werkdagen te laat."


def test_the_sentence_says_that_the_clock_stands_still():
    clock = Clock(D(2026, 11, 2), 10, ((D(2026, 11, 4), None),))
    assert list(clock.sentences(D(2026, 11, 6)))[1:] == [
        "2 werkdagen tellen niet mee: toen wachtten wij op u.",
        "De klok staat nu stil, want wij wachten op u. Er zijn nog 8 werkdagen over.",
    ]
