"""What of the themes, and of what works, can be found."""

from django.db.models import Prefetch
from django.urls import reverse

from search.facets import THEME
from search.registry import Choice, Content, Feed, Kind, listed, register

from .models import CommonTrait, ElementExample, Insight, Theme, Tool, WorkingElement


def _themes(at):
    return Theme.objects.published(at).prefetch_related(Prefetch("traits", CommonTrait.objects.published(at)))


def _theme(theme):
    return Content(
        title=theme.name,
        url=theme.get_absolute_url(),
        summary=theme.summary,
        body=(theme.definition, listed("Ook wel", [theme.also_called]), *(t.text for t in theme.traits.all())),
        themes=(theme.slug,),
        is_sample=theme.is_sample,
    )


def _insights(at):
    return Insight.objects.published(at).filter(theme__published_at__lte=at).select_related("theme")


def _insight(insight):
    return Content(
        title=insight.title,
        url=f"{insight.theme.get_absolute_url()}#inzicht-{insight.slug}",
        body=(insight.text, listed("Thema", [insight.theme.name])),
        themes=(insight.theme.slug,),
        is_sample=insight.is_sample,
    )


def _tools(at):
    themes = Theme.objects.published(at)
    return Tool.objects.published(at).filter(themes__in=themes).distinct().prefetch_related(Prefetch("themes", themes))


def _tool(tool):
    themes = list(tool.themes.all())
    return Content(
        title=tool.title,
        url=f"{themes[0].get_absolute_url()}#hulpmiddelen",
        body=(tool.text, tool.get_kind_display()),
        themes=tuple(theme.slug for theme in themes),
        is_sample=tool.is_sample,
    )


def _elements(at):
    examples = ElementExample.objects.published(at)
    return WorkingElement.objects.published(at).prefetch_related(Prefetch("examples", examples))


def _element(element):
    return Content(
        title=element.title,
        url=f"{reverse('themes:works')}#{element.slug}",
        body=(element.text, *(example.text for example in element.examples.all()), element.questions),
        is_sample=element.is_sample,
    )


register(
    Choice(THEME, "Thema", lambda: Theme.objects.published().order_by("position", "name").values_list("slug", "name")),
    Kind(
        name="thema",
        label="Thema",
        plural="Thema’s",
        weight=0.3,
        model=Theme,
        published=_themes,
        content=_theme,
        feeds=(Feed(Theme, owner="pk"), Feed(CommonTrait, owner="theme")),
        clock=("published_at", "traits__published_at"),
    ),
    Kind(
        name="inzicht",
        label="Inzicht",
        plural="Inzichten",
        weight=0.15,
        model=Insight,
        published=_insights,
        content=_insight,
        feeds=(Feed(Insight, owner="pk"), Feed(Theme, path="theme")),
        clock=("published_at", "theme__published_at"),
    ),
    Kind(
        name="werkzaam-element",
        label="Wat werkt",
        plural="Wat werkt",
        weight=0.15,
        model=WorkingElement,
        published=_elements,
        content=_element,
        feeds=(Feed(WorkingElement, owner="pk"), Feed(ElementExample, owner="element")),
        clock=("published_at", "examples__published_at"),
    ),
    Kind(
        name="hulpmiddel",
        label="Hulpmiddel",
        plural="Hulpmiddelen",
        weight=0.15,
        model=Tool,
        published=_tools,
        content=_tool,
        feeds=(Feed(Tool, owner="pk"), Feed(Tool.themes.through, owner="tool"), Feed(Theme, path="themes")),
        clock=("published_at", "themes__published_at"),
    ),
)
