"""The cases: the list, each case, and what became of one that was withdrawn."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.generic import DetailView

from programme.models import sources_of
from regels.models import Case, CaseRule
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.how_many import how_many
from zorgpact.lists import FilteredListView
from zorgpact.templatetags.portal import lines
from zorgpact.written import WrittenOnce, the_one

from .files import CASES
from .filters import CaseFilter
from .forms import VerdictForm
from .names import fill
from .presses import also_mine_panel

RELATED = 4
COMPARED = 50

_sources = sources_of(Case)


class CaseListView(FilteredListView):
    filterset_class = CaseFilter
    template_name = "regels/casebook/case_list.html"
    numbers_first = True
    extra_context = {"here": "cases", "one": "casus", "many": "casussen", "list_name": "regels:list"}

    def get_queryset(self):
        return Case.objects.published()

    def filled(self, records):
        return fill(records, "themes", "rules")


class CaseFileView(FileOfList, CaseListView):
    columns = CASES
    file_name = "casussen"
    title = "Casussen van Ruimte in de regels"

    def get_queryset(self):
        return super().get_queryset().for_rows().select_related("obstacle")

    def with_columns(self, records):
        return fill(records, "themes", "rules", "organisation_kinds")


class CaseFeedView(FeedOfList, CaseListView):
    title = CaseFileView.title

    def get_queryset(self):
        return Case.objects.published()

    def text_of(self, case):
        return case.answer


class CaseDetailView(DetailView):
    """One case. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "case"
    template_name = "regels/casebook/case_detail.html"

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return withdrawn(request, kwargs["slug"])

    def get_object(self, queryset=None):
        return the_one(_case(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        [case] = fill([self.object], "themes", "organisation_kinds")
        lead, *more = lines(case.answer)
        return super().get_context_data(
            lead=lead,
            more=more,
            rules=_rules(case.pk),
            # No obstacle has the number 0.
            related=_related(case.pk, case.obstacle_id or 0),
            sources=_sources(case.pk),
            verdict_form=VerdictForm(),
            **also_mine_panel(case.obstacle),
            **kwargs,
        )


@WrittenOnce
def _case(slug):
    cases = Case.objects.published().with_freshness().filter(slug=slug)
    return cases.select_related("ministry", "obstacle", "pact", "koploper").without_texts_of(
        "obstacle", "pact", "koploper"
    )


@WrittenOnce
def _rules(case):
    return CaseRule.objects.for_page().filter(case=case)


@WrittenOnce
def _related(case, obstacle):
    """Other cases of the same obstacle, then those that share most rules, then those that share most themes.

    Of very many, the newest of each kind are compared.
    """
    rules, themes = CaseRule.objects.filter(case=case), Case.themes.through.objects.filter(case=case)
    same_rule = CaseRule.objects.filter(rule__in=rules.order_by().values("rule"))
    same_theme = Case.themes.through.objects.filter(theme__in=themes.values("theme"))
    of_obstacle = Case.objects.filter(obstacle=obstacle).order_by("-pk").values("pk")
    of_rule = same_rule.order_by("-case_id").values("case")
    of_theme = Case.objects.filter(Exists(same_theme.filter(case=OuterRef("pk")))).order_by("-pk").values("pk")
    # Each by itself, put together by their keys: an OR of the three would look at every case there is.
    first, *rest = [
        Case.objects.filter(pk__in=cases[:COMPARED]).order_by().values("pk")
        for cases in (of_obstacle, of_rule, of_theme)
    ]
    return (
        Case.objects.published()
        .filter(pk__in=first.union(*rest))
        .exclude(pk=case)
        .annotate(
            same_obstacle=_yes(Q(obstacle=obstacle) & Q(obstacle__isnull=False)),
            shared_rules=how_many(same_rule, "case"),
            shared_themes=how_many(same_theme, "case"),
        )
        .only("question", "slug", "is_sample")
        .order_by("-same_obstacle", "-shared_rules", "-shared_themes", "question", "pk")[:RELATED]
    )


def _yes(condition):
    return models.Case(models.When(condition, then=True), default=False, output_field=models.BooleanField())


def withdrawn(request, slug):
    """What stood here once; the reason is all that is left of it."""
    case = get_object_or_404(Case.objects.withdrawn(), slug=slug)
    return render(request, "regels/casebook/case_withdrawn.html", {"case": case}, status=410)
