"""A rule, with its cases and how often it stood in the way."""

from collections import Counter
from dataclasses import dataclass

from django.views.generic import DetailView

from programme.models import sources_of
from regels.models import Case, CaseRule, Obstacle, Rule
from zorgpact.how_many import first_few, newest
from zorgpact.written import WrittenOnce, the_one

# So many of each stand on the page; the others are a click away.
SHOWN = 10


_sources = sources_of(Rule)


@dataclass(frozen=True)
class Year:
    """How many obstacles were reported in a year; `share` is its part of the most, in hundredths."""

    name: str
    number: int
    share: int


class RuleDetailView(DetailView):
    context_object_name = "rule"
    template_name = "regels/casebook/rule_detail.html"

    def get_object(self, queryset=None):
        return the_one(_rule(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        rule = self.object
        return super().get_context_data(
            versions=list(rule.versions.all()),
            cases=_cases(rule.pk),
            obstacles=_obstacles(rule.pk),
            years=years_of(_reported_on(rule.pk)),
            sources=_sources(rule.pk),
            **kwargs,
        )


@WrittenOnce
def _rule(slug):
    return Rule.objects.published().with_counts().filter(slug=slug).select_related("ministry")


@WrittenOnce
def _cases(rule):
    cases = Case.objects.published()
    of_rule = newest(CaseRule.objects, "case", cases, rule=rule)
    return first_few(cases.filter(pk__in=of_rule), SHOWN).with_freshness()


@WrittenOnce
def _obstacles(rule):
    return Obstacle.objects.published().filter(rules=rule)[:SHOWN]


@WrittenOnce
def _reported_on(rule):
    return Obstacle.objects.published().filter(rules=rule).order_by().values_list("reported_on", flat=True)


def years_of(days):
    """Obstacles by the year of their report, without a gap; those of which it is not known come last."""
    counted = Counter(day[:4] for day in days)
    unknown = counted.pop("", 0)
    most = max([*counted.values(), unknown], default=0)
    names = [str(year) for year in range(int(min(counted)), int(max(counted)) + 1)] if counted else []
    rows = [(name, counted[name]) for name in names] + ([("niet bekend", unknown)] if unknown else [])
    return [Year(name, number, number * 100 // most) for name, number in rows]
