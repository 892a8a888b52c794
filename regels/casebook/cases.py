"""The cases: the list, each case, and what became of one that was withdrawn."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.generic import DetailView

from regels.models import Case, CaseRule
from zorgpact.files import FeedOfList, FileOfList
from zorgpact.lists import FilteredListView
from zorgpact.templatetags.portal import lines

from .files import CASES
from .filters import CaseFilter
from .forms import VerdictForm
from .names import fill
from .presses import also_mine_panel

RELATED = 4
COMPARED = 100


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

    def get_queryset(self):
        return Case.objects.published().with_freshness().select_related("ministry", "obstacle", "pact", "koploper")

    def get_context_data(self, **kwargs):
        [case] = fill([self.object], "themes", "organisation_kinds")
        lead, *more = lines(case.answer)
        return super().get_context_data(
            lead=lead,
            more=more,
            rules=list(case.rule_links.for_page()),
            related=list(related(case)),
            sources=list(case.sources.published()),
            verdict_form=VerdictForm(),
            **also_mine_panel(case.obstacle),
            **kwargs,
        )


def related(case):
    """Other cases of the same obstacle, then those about the same rule, then those with the same theme.

    Of very many, the newest of each kind are compared.
    """
    link = {"case": OuterRef("pk")}
    same_rule = CaseRule.objects.filter(rule__in=case.rules.values("pk"))
    same_theme = Case.themes.through.objects.filter(theme__in=case.themes.values("pk"))
    of_obstacle = Case.objects.filter(obstacle=case.obstacle_id).exclude(obstacle=None).order_by("-pk").values("pk")
    of_rule = same_rule.order_by("-case").values("case")
    of_theme = Case.objects.filter(Exists(same_theme.filter(**link))).order_by("-pk").values("pk")
    compared = [Q(pk__in=cases[:COMPARED]) for cases in (of_obstacle, of_rule, of_theme)]
    return (
        Case.objects.published()
        .filter(reduce(or_, compared))
        .exclude(pk=case.pk)
        .annotate(
            same_obstacle=_yes(Q(obstacle=case.obstacle_id) & Q(obstacle__isnull=False)),
            same_rule=Exists(same_rule.filter(**link)),
            same_theme=Exists(same_theme.filter(**link)),
        )
        .order_by("-same_obstacle", "-same_rule", "-same_theme", "question", "pk")[:RELATED]
    )


def _yes(condition):
    return models.Case(models.When(condition, then=True), default=False, output_field=models.BooleanField())


def withdrawn(request, slug):
    """What stood here once; the reason is all that is left of it."""
    case = get_object_or_404(Case.objects.withdrawn(), slug=slug)
    return render(request, "regels/casebook/case_withdrawn.html", {"case": case}, status=410)
