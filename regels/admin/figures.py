"""The figures of how questions are answered. A figure is the length of the list behind it, and says what it counts."""

import datetime
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.utils import timezone

from regels.clock import working_days_between
from regels.deadlines import free_days
from regels.models import LookupHelped, Ministry, Outcome, Question, Rule
from zorgpact.files import Column, column

Status = Question.Status


@dataclass(frozen=True)
class Period:
    since: datetime.date
    until: datetime.date

    def of(self, field):
        """The moments of a field that fall in it, both days included."""
        begin, end = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
            for day in (self.since, self.until + datetime.timedelta(days=1))
        )
        return {f"{field}__gte": begin, f"{field}__lt": end}


def period_of(sent):
    """From the address; this year where it says nothing that can be read."""
    today = timezone.localdate()
    since, until = _day(sent.get("van")) or today.replace(month=1, day=1), _day(sent.get("tot")) or today
    return Period(min(since, until), max(since, until))


def _day(text):
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    definition: str
    narrow: Callable


FIGURES = {
    figure.name: figure
    for figure in (
        Figure(
            "binnen",
            "Vragen binnengekomen",
            "Vragen waarvan de vrager in deze periode het e-mailadres bevestigde.",
            lambda q, p: q.filter(**p.of("confirmed_at")),
        ),
        Figure(
            "beantwoord",
            "Vragen beantwoord",
            "Vragen die in deze periode hun eerste antwoord kregen.",
            lambda q, p: q.filter(**p.of("first_answered_at")),
        ),
        Figure(
            "heropend",
            "Heropend",
            "Van de vragen met een eerste antwoord in deze periode: die de vrager daarna weer opende.",
            lambda q, p: q.filter(**p.of("first_answered_at"), reopened__gt=0),
        ),
        Figure(
            "geholpen",
            "Vrager kan verder",
            "Van de vragen met een eerste antwoord in deze periode: waarvan de vrager nu zegt dat het antwoord helpt.",
            lambda q, p: q.filter(**p.of("first_answered_at"), can_continue=True),
        ),
        Figure(
            "niet-geholpen",
            "Vrager kan niet verder",
            "Van de vragen met een eerste antwoord in deze periode: waarvan de vrager nu zegt dat het antwoord niet helpt.",
            lambda q, p: q.filter(**p.of("first_answered_at"), can_continue=False),
        ),
        Figure(
            "zonder-antwoord",
            "Gesloten zonder antwoord",
            "Vragen die in deze periode sloten zonder antwoord: ingetrokken, samengevoegd of vervallen.",
            lambda q, p: q.filter(**p.of("closed_at"), first_answered_at=None),
        ),
        Figure("open", "Nu open", "Vragen die nu open staan, wanneer zij ook binnenkwamen.", lambda q, p: q.open()),
        Figure("te-laat", "Nu te laat", "Open vragen waarvan de termijn voorbij is.", lambda q, p: q.overdue()),
    )
}
# Breakdowns: what is answered in the period, by something of the question.
BREAKDOWNS = {
    "uitkomst": ("Per uitkomst", "outcome"),
    "ministerie": ("Per ministerie", "ministry"),
    "regel": ("Per regel", "rule"),
}
NOTHING = "geen"


def questions_of(name, period, by="", value=""):
    """The list behind a figure, or behind one line of a breakdown of it; None where there is none."""
    figure = FIGURES.get(name)
    if figure is None or (by and by not in BREAKDOWNS):
        return None
    found = figure.narrow(Question.objects.confirmed(), period)
    if by:
        field = BREAKDOWNS[by][1]
        empty = {"outcome": ""} if field == "outcome" else {f"{field}__isnull": True}
        keyed = {"outcome": value} if field == "outcome" else {f"{field}__slug": value}
        found = found.filter(**(empty if value == NOTHING else keyed))
    return found.select_related("ministry", "rule").in_order()


def figures(period):
    """Each figure with its number."""
    return [(figure, figure.narrow(Question.objects.confirmed(), period).count()) for figure in FIGURES.values()]


def breakdowns(period):
    """For each: what it is called, and its lines as (label, value in the address, number)."""
    for name, (label, field) in BREAKDOWNS.items():
        answered = questions_of("beantwoord", period).order_by()
        key = field if field == "outcome" else f"{field}__slug"
        rows = answered.values(value=F(key)).annotate(n=Count("pk")).order_by("-n", "value")
        labels = _labels(field)
        yield (
            name,
            label,
            [(labels.get(row["value"], "niet vermeld"), row["value"] or NOTHING, row["n"]) for row in rows],
        )


def _labels(field):
    if field == "outcome":
        return dict(Outcome.choices)
    model = Ministry if field == "ministry" else Rule
    return dict(model.objects.values_list("slug", "name"))


def days_taken(period):
    """The working days from confirming to the first answer, of each question answered in the period; waiting counts too."""
    extra = free_days()
    rows = questions_of("beantwoord", period).order_by().values_list("confirmed_at", "first_answered_at")
    return [
        working_days_between(timezone.localdate(begin), timezone.localdate(end), extra) for begin, end in rows if begin
    ]


def median_days(period):
    days = days_taken(period)
    return statistics.median(days) if days else None


def lookups_helped(period):
    """How often somebody was helped by a case before asking anything."""
    found = LookupHelped.objects.filter(day__range=(period.since, period.until))
    by_case = found.order_by().values("case__question").annotate(total=Sum("times"))
    return [(row["case__question"], row["total"]) for row in by_case.order_by("-total", "case__question")]


# --- As a file ------------------------------------------------------------------------------------

FIGURE_COLUMNS = [
    Column("onderdeel", lambda row: row[0], "Waarvan dit een onderverdeling is; leeg bij een los getal."),
    Column("wat", lambda row: row[1], "De naam van het getal."),
    Column("aantal", lambda row: row[2], "Het getal zelf."),
    Column("definitie", lambda row: row[3], "Wat er is geteld."),
    Column("van", lambda row: row[4].since, "De eerste dag van de periode."),
    Column("tot en met", lambda row: row[4].until, "De laatste dag van de periode."),
]
QUESTION_COLUMNS = [
    Column("nummer", lambda q: q.reference, "Het nummer van de vraag."),
    column(Question, "is_sample", "voorbeeld"),
    Column("stand", lambda q: q.get_status_display(), "Hoe ver de vraag nu is."),
    Column("uitkomst", lambda q: q.get_outcome_display(), "Hoe het eindigde."),
    Column("ministerie", lambda q: str(q.ministry or ""), "Wie antwoordt."),
    Column("regel", lambda q: str(q.rule or ""), "Over welke regel het gaat."),
    Column("bevestigd op", lambda q: timezone.localdate(q.confirmed_at), "Toen begon de klok."),
    Column("eerste antwoord op", lambda q: q.first_answered_at and timezone.localdate(q.first_answered_at), "Leeg als er nog geen antwoord is."),
    Column("keren heropend", lambda q: q.reopened, "Hoe vaak de vrager de vraag weer opende."),
    Column("kan verder", lambda q: q.can_continue, "Wat de vrager na het antwoord zei; leeg als dat niet bekend is."),
]  # fmt: skip


def rows_for_file(period):
    yield from (("", figure.label, number, figure.definition, period) for figure, number in figures(period))
    yield "", "Mediaan van de werkdagen", median_days(period), MEDIAN_DEFINITION, period
    for _name, label, lines in breakdowns(period):
        yield from ((label, text, number, FIGURES["beantwoord"].definition, period) for text, _value, number in lines)
    for question, times in lookups_helped(period):
        yield "Geholpen door een casus", question, times, HELPED_DEFINITION, period


MEDIAN_DEFINITION = (
    "Werkdagen van bevestigen tot het eerste antwoord, van de vragen met een eerste antwoord in deze periode. De helft "
    "ging sneller. Dagen waarop wij op de vrager wachtten tellen mee."
)
HELPED_DEFINITION = (
    "Zo vaak drukte iemand in deze periode bij deze casus op “dit helpt mij”, in plaats van een vraag te stellen."
)
