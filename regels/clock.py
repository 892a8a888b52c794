"""The clock of a question: in Dutch working days, standing still while we wait for the asker.

A term counts whole working days. The day on which it begins does not count. A day does not count either when it is
free, or when it lies in a pause: after the day on which we asked the asker something, up to and with the day of the
reply.

The free days are those of article 3 of the Algemene termijnenwet (https://wetten.overheid.nl/BWBR0002448), which
rules the terms of the government itself: Good Friday counts as one, and the fifth of May in every year, not in
every fifth. The day of the king is the 26th of April where the 27th is a Sunday. An administrator adds days on which
the ministries are closed (`FreeDay`).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
# A term or a calendar that never ends is a mistake; ten years of days is more than any of ours.
MOST_DAYS = 3700


@cache
def easter(year):
    """The Sunday of Easter, by the rule of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def kings_day(year):
    """From 2014 on the 27th of April; before it the 30th, for the queen. On a Sunday, the Saturday before."""
    day = date(year, 4, 27 if year >= 2014 else 30)
    return day - DAY if day.weekday() == 6 else day


@cache
def holidays(year):
    """The public holidays of a year: day → its Dutch name."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - 2 * DAY: "Goede Vrijdag",
        sunday: "Eerste Paasdag",
        sunday + DAY: "Tweede Paasdag",
        date(year, 5, 5): "Bevrijdingsdag",
        kings_day(year): "Koningsdag" if year >= 2014 else "Koninginnedag",
        sunday + 39 * DAY: "Hemelvaartsdag",
        sunday + 49 * DAY: "Eerste Pinksterdag",
        sunday + 50 * DAY: "Tweede Pinksterdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }


def is_working_day(day, extra=()):
    """`extra` are free days beside the public ones."""
    return day.weekday() < 5 and day not in holidays(day.year) and day not in extra


def working_days_between(start, end, extra=()):
    """How many working days come after `start`, up to and with `end`."""
    days = (start + n * DAY for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, extra) for day in days)


@dataclass(frozen=True)
class Clock:
    """One term. `pauses` are pairs of days (since, until); an open one has no `until`."""

    started: date
    term: int
    pauses: tuple = ()
    extra: dict | tuple | frozenset = field(default=())

    @property
    def stands_still(self):
        return any(until is None for _since, until in self.pauses)

    def is_paused_on(self, day):
        return any(since < day and (until is None or day <= until) for since, until in self.pauses)

    def counts(self, day):
        return day > self.started and is_working_day(day, self.extra) and not self.is_paused_on(day)

    def used_on(self, day):
        """How many days of the term are gone, with `day` itself."""
        return sum(self.counts(self.started + n * DAY) for n in range(1, (day - self.started).days + 1))

    @property
    def due_on(self):
        """The last day of the term; none while the clock stands still."""
        if self.stands_still:
            return None
        day, left, looked_at = self.started, self.term, 0
        while left and looked_at < MOST_DAYS:
            day, looked_at = day + DAY, looked_at + 1
            left -= self.counts(day)
        return day

    def left_on(self, day):
        """Days of the term that are still to come after `day`; below zero when it is too late."""
        if self.stands_still or day <= self.due_on:
            return self.term - self.used_on(day)
        return -working_days_between(self.due_on, day, self.extra)

    def free_days(self, until):
        """The free days from Monday to Friday after the beginning, up to `until`: (day, name)."""
        for n in range(1, (until - self.started).days + 1):
            day = self.started + n * DAY
            if day.weekday() < 5 and not is_working_day(day, self.extra):
                named = self.extra if isinstance(self.extra, dict) else {}
                yield day, holidays(day.year).get(day) or named.get(day) or "vrije dag"

    def paused_days(self, until):
        """How many working days did not count because we waited."""
        days = (self.started + n * DAY for n in range(1, (until - self.started).days + 1))
        return sum(is_working_day(day, self.extra) and self.is_paused_on(day) for day in days)

    def sentences(self, today):
        """The calculation in words, so that everybody can check it."""
        end = self.due_on or today
        yield f"De klok begon op {_say(self.started)}. De termijn is {_days(self.term)}."
        if free := list(self.free_days(end)):
            yield "Vrij in die tijd: " + _list(f"{name} ({_say(day)})" for day, name in free) + "."
        if paused := self.paused_days(end):
            yield f"{_days(paused).capitalize()} {'telt' if paused == 1 else 'tellen'} niet mee: toen wachtten wij op u."
        if self.stands_still:
            yield f"De klok staat nu stil, want wij wachten op u. Er {_are(self.left_on(today))} over."
            return
        yield f"De laatste dag is {_say(self.due_on)}."
        left = self.left_on(today)
        yield f"Wij zijn {_days(-left)} te laat." if left < 0 else f"Er {_are(left)} over."


MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def _say(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _days(number):
    return "1 werkdag" if number == 1 else f"{number} werkdagen"


def _are(number):
    return f"is nog {_days(number)}" if number == 1 else f"zijn nog {_days(number)}"


def _list(words):
    *most, last = words
    return f"{', '.join(most)} en {last}" if most else last
