"""The themes, and what works."""

from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import render
from django.views.generic import DetailView, ListView

from kopgroep.models import Koploper, KoploperTheme
from programme.models import Tip, sources_of
from regels.models import Case, Scheme
from regions.models import PactTheme, RegionalPact
from zorgpact.how_many import first_few, newest, tied_to, up_to
from zorgpact.written import WrittenOnce, the_one

from .models import CommonTrait, ElementExample, Insight, Theme, Tool, WorkingElement

# So many stand on the page of a theme; the others are a click away.
KOPLOPERS_SHOWN = 6
PACTS_SHOWN = 20

_sources = sources_of(Theme)


class ThemeListView(ListView):
    context_object_name = "themes"

    def get_queryset(self):
        return counted_themes().prefetch_related(Prefetch("insights", Insight.objects.published()))


class ThemeDetailView(DetailView):
    """One theme. Everything that hangs on it is read here, so that the number of queries is plain to see."""

    context_object_name = "theme"

    def get_object(self, queryset=None):
        return the_one(_theme(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        theme = self.object.pk
        traits = _traits(theme)
        return super().get_context_data(
            insights=_insights(theme),
            traits=traits,
            trait_sources=dict.fromkeys(trait.source for trait in traits),
            tools=_tools(theme),
            koplopers=_koplopers(theme),
            pacts=_pacts(theme),
            sources=_sources(theme),
            **kwargs,
        )


@WrittenOnce
def _theme(slug):
    themes = counted_themes().annotate(case_count=_up_to(Case), scheme_count=_up_to(Scheme))
    return themes.filter(slug=slug)


@WrittenOnce
def _insights(theme):
    return Insight.objects.published().filter(theme=theme).select_related("source")


@WrittenOnce
def _traits(theme):
    return CommonTrait.objects.published().filter(theme=theme).select_related("source")


@WrittenOnce
def _tools(theme):
    return Tool.objects.published().filter(themes=theme).select_related("source")


@WrittenOnce
def _koplopers(theme):
    rows = KoploperTheme.objects.filter(theme=theme)
    koplopers = Koploper.objects.published().counted()
    koplopers = koplopers.filter(pk__in=newest(KoploperTheme.objects, "koploper", koplopers, theme=theme))
    shown = first_few(koplopers, KOPLOPERS_SHOWN, "is_sample", "title", "pk")
    return _on_theme(shown, rows, "koploper").with_result()


@WrittenOnce
def _pacts(theme):
    rows = PactTheme.objects.filter(theme=theme)
    pacts = RegionalPact.objects.published().filter(pk__in=rows.values("pact"))
    return _on_theme(first_few(pacts, PACTS_SHOWN, "is_sample", "name", "pk"), rows, "pact")


def counted_themes():
    """The public themes with how many public koplopers and pacts each has, as `up_to` counts: the length of the list behind each number."""
    koplopers = tied_to(KoploperTheme.objects, "koploper", Koploper.objects.published().counted())
    pacts = tied_to(PactTheme.objects, "pact", RegionalPact.objects.published())
    return Theme.objects.published().annotate(
        koploper_count=up_to(koplopers, "theme"), pact_count=up_to(pacts, "theme")
    )


def _up_to(model):
    """To annotate a theme with: how many public records of `model` are about it."""
    rows = tied_to(model.themes.through.objects, model._meta.model_name, model.objects.published())
    return up_to(rows, "theme")


def _on_theme(records, rows, owner):
    """Those of `records` that `rows` tie to the theme, with `link_is_sample`: whether it is made up that they are."""
    links = rows.filter(**{owner: OuterRef("pk")})
    return records.annotate(link_is_sample=Exists(links.filter(is_sample=True))).with_corners().without_texts()


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
