"""A rule, with its cases and how often it stood in the way."""

from collections import Counter
from dataclasses import dataclass

from django.views.generic import DetailView

from regels.models import Case, Obstacle, Rule
from zorgpact.how_many import first_few

# So many of each stand on the page; the others are a click away.
SHOWN = 10


@dataclass(frozen=True)
class Year:
    """How many obstacles were reported in a year; `share` is its part of the most, in hundredths."""

    name: str
    number: int
    share: int


class RuleDetailView(DetailView):
    context_object_name = "rule"
    template_name = "regels/casebook/rule_detail.html"

    def get_queryset(self):
        return Rule.objects.published().with_counts().select_related("ministry")

    def get_context_data(self, **kwargs):
        rule = self.object
        obstacles = Obstacle.objects.published().filter(rules=rule)
        return super().get_context_data(
            versions=list(rule.versions.all()),
            cases=list(first_few(Case.objects.published().filter(rules=rule), SHOWN).with_freshness()),
            obstacles=list(obstacles[:SHOWN]),
            years=years_of(obstacles.values_list("reported_on", flat=True).order_by()),
            sources=list(rule.sources.published()),
            **kwargs,
        )


def years_of(days):
    """Obstacles by the year of their report, without a gap; those of which it is not known come last."""
    counted = Counter(day[:4] for day in days)
    unknown = counted.pop("", 0)
    most = max([*counted.values(), unknown], default=0)
    names = [str(year) for year in range(int(min(counted)), int(max(counted)) + 1)] if counted else []
    rows = [(name, counted[name]) for name in names] + ([("niet bekend", unknown)] if unknown else [])
    return [Year(name, number, number * 100 // most) for name, number in rows]
