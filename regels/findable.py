"""What of Ruimte in de regels can be found. Questions of askers never are."""

from django.db.models import Prefetch

from search.registry import Content, Feed, Kind, listed, register
from themes.models import Theme

from .models import Case, CaseRule, Rule


def _cases(at):
    return Case.objects.published(at).prefetch_related(
        Prefetch("themes", Theme.objects.published(at)), Prefetch("rules", Rule.objects.published(at))
    )


def _case(case):
    return Content(
        title=case.question,
        url=case.get_absolute_url(),
        answer=case.answer.strip().partition("\n")[0],
        body=(
            case.answer,
            case.context,
            case.room,
            case.what_you_can_do,
            case.conditions,
            listed("Regels", [text for rule in case.rules.all() for text in (rule.name, rule.law)]),
        ),
        themes=tuple(theme.slug for theme in case.themes.all()),
        is_sample=case.is_sample,
    )


register(
    Kind(
        name="casus",
        label="Vraag en antwoord",
        plural="Vragen en antwoorden",
        model=Case,
        published=_cases,
        content=_case,
        weight=0.3,
        feeds=(
            Feed(Case, owner="pk"),
            Feed(CaseRule, owner="case"),
            Feed(Case.themes.through, owner="case"),
            Feed(Rule, path="rules"),
            Feed(Theme, path="themes"),
        ),
        clock=("published_at", "rules__published_at", "themes__published_at"),
    )
)
