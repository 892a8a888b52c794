"""The themes, and what works."""

from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import render
from django.views.generic import DetailView, ListView

from kopgroep.models import Koploper, KoploperTheme
from programme.models import Tip
from regels.models import Case, Scheme
from regions.models import PactTheme, RegionalPact
from zorgpact.how_many import first_few, how_many

from .models import CommonTrait, ElementExample, Insight, Theme, Tool, WorkingElement

# So many koplopers stand on the page of a theme; the others are a click away.
KOPLOPERS_SHOWN = 6


class ThemeListView(ListView):
    context_object_name = "themes"

    def get_queryset(self):
        return counted_themes().prefetch_related(Prefetch("insights", Insight.objects.published()))


class ThemeDetailView(DetailView):
    """One theme. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "theme"

    def get_queryset(self):
        return counted_themes().annotate(case_count=_how_many(Case), scheme_count=_how_many(Scheme))

    def get_context_data(self, **kwargs):
        theme = self.object
        of_koplopers, of_pacts = KoploperTheme.objects.filter(theme=theme), PactTheme.objects.filter(theme=theme)
        koplopers = Koploper.objects.published().counted().filter(Exists(of_koplopers.filter(koploper=OuterRef("pk"))))
        koplopers = first_few(koplopers, KOPLOPERS_SHOWN, "is_sample", "title", "pk")
        pacts = RegionalPact.objects.published().filter(pk__in=of_pacts.values("pact"))
        traits = list(CommonTrait.objects.published().filter(theme=theme).select_related("source"))
        return super().get_context_data(
            insights=list(Insight.objects.published().filter(theme=theme).select_related("source")),
            traits=traits,
            trait_sources=dict.fromkeys(trait.source for trait in traits),
            tools=list(Tool.objects.published().filter(themes=theme).select_related("source")),
            koplopers=list(_on_theme(koplopers, of_koplopers, "koploper").with_result()),
            pacts=list(_on_theme(pacts, of_pacts, "pact").order_by("is_sample", "name", "pk")),
            sources=list(theme.sources.published()),
            **kwargs,
        )


def counted_themes():
    """The public themes with how many public koplopers and pacts each has: the length of the list behind each number."""
    koplopers = KoploperTheme.objects.filter(koploper__in=Koploper.objects.published().counted())
    pacts = PactTheme.objects.filter(pact__in=RegionalPact.objects.published())
    return Theme.objects.published().annotate(
        koploper_count=how_many(koplopers, "theme"), pact_count=how_many(pacts, "theme")
    )


def _how_many(model):
    """To annotate a theme with: how many public records of `model` are about it."""
    public = {f"{model._meta.model_name}__in": model.objects.published()}
    return how_many(model.themes.through.objects.filter(**public), "theme")


def _on_theme(records, rows, owner):
    """Those of `records` that `rows` tie to the theme, with `link_is_sample`: whether it is made up that they are."""
    links = rows.filter(**{owner: OuterRef("pk")})
    return records.annotate(link_is_sample=Exists(links.filter(is_sample=True))).with_corners()


def works(request):
    elements = (
        WorkingElement.objects.published()
        .select_related("source")
        .prefetch_related(
            Prefetch("examples", ElementExample.objects.published().select_related("source")),
            Prefetch("koplopers", Koploper.objects.published()),
            Prefetch("pacts", RegionalPact.objects.published()),
        )
    )
    groups = [(group, [e for e in elements if e.group == group]) for group in WorkingElement.Group]
    return render(
        request,
        "themes/works.html",
        {
            "groups": [(group, members) for group, members in groups if members],
            "tips": list(Tip.objects.published().select_related("source")),
        },
    )
