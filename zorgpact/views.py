"""The pages of the site as a whole."""

from django.contrib.admin.views.decorators import staff_member_required
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import TemplateView

from kopgroep.models import Koploper, KoploperTheme
from programme.models import Fact
from regions.models import Phase, RegionalPact
from themes.models import Theme

HIGHLIGHTS = 3
# Out of how many koplopers the highlights of a day are taken.
HIGHLIGHT_POOL = 12


class SitePage(TemplateView):
    """A page of words alone."""


def home(request):
    """The front page. Each figure is the length of the list that its link opens."""
    koplopers = Koploper.objects.published().counted()
    counts = koplopers.aggregate(all=Count("pk"), samples=Count("pk", filter=Q(is_sample=True)))
    pacts = RegionalPact.objects.published()
    on_theme = KoploperTheme.objects.filter(theme=OuterRef("pk"), koploper__in=koplopers).order_by()
    themes = Theme.objects.published().annotate(
        koploper_count=Coalesce(Subquery(on_theme.values("theme").annotate(n=Count("pk")).values("n")), 0)
    )
    return render(
        request,
        "home.html",
        {
            "koploper_count": counts["all"],
            "taken_over_count": koplopers.with_adoption().filter(taken_over="ja").count(),
            "has_samples": counts["samples"] > 0,
            "pact_count": pacts.count(),
            "running_count": pacts.with_phase().filter(phase_slug=Phase.RUNNING).count(),
            "themes": list(themes),
            "highlights": list(highlights()),
            "goal": Fact.objects.published().filter(slug="doel").first(),
        },
    )


def highlights():
    """A few koplopers of today's choice with a result to show, real ones first; another few each day, and no ranking."""
    shown = Koploper.objects.published().counted().with_result().with_corners()
    pool = shown.filter(first_result__isnull=False).order_by("is_sample", "pk")
    pool = list(pool[:HIGHLIGHT_POOL])
    if not pool:
        return pool
    start = timezone.localdate().toordinal() % len(pool)
    return (pool[start:] + pool[:start])[:HIGHLIGHTS]


def accessibility(request):
    return render(request, "site/accessibility.html")


def contact(request):
    return render(request, "site/contact.html")


@staff_member_required
def style(request):
    return render(request, "site/style.html")
