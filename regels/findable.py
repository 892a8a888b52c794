"""What of Ruimte in de regels can be found. Questions of askers never are.

Nothing here says whether a scheme is open or a case perhaps outdated: that changes by the clock, and stands on the page.
"""

from django.db.models import Prefetch

from search.registry import Content, Feed, Kind, listed, register
from themes.models import Theme

from .models import Case, CaseRule, HelpedWords, Ministry, Obstacle, ObstacleMove, Rule, RuleVersion, Scheme


def _first_line(text):
    return text.strip().partition("\n")[0].strip()


def _names(records):
    return [record.name for record in records]


def _ministry(record):
    return listed("Ministerie", [record.ministry.abbreviation, record.ministry.name]) if record.ministry else ""


def _cases(at):
    return Case.objects.published(at).prefetch_related(
        Prefetch("themes", Theme.objects.published(at)), Prefetch("rules", Rule.objects.published(at))
    )


def _case(case):
    return Content(
        title=case.question,
        url=case.get_absolute_url(),
        answer=_first_line(case.answer),
        body=(
            case.answer,
            case.context,
            case.room,
            case.what_you_can_do,
            case.conditions,
            case.origin_note,
            listed("Regels", [text for rule in case.rules.all() for text in (rule.name, rule.law)]),
        ),
        themes=tuple(theme.slug for theme in case.themes.all()),
        is_sample=case.is_sample,
    )


def _obstacles(at):
    return (
        Obstacle.objects.published(at)
        .select_related("ministry")
        .prefetch_related(
            Prefetch("themes", Theme.objects.published(at)),
            Prefetch("rules", Rule.objects.published(at)),
            Prefetch("words", HelpedWords.objects.published(at)),
            "moves",
        )
    )


def _obstacle(obstacle):
    moves = list(obstacle.moves.all())
    return Content(
        title=obstacle.title,
        url=obstacle.get_absolute_url(),
        summary=_first_line(obstacle.summary),
        answer=f"Stand: {obstacle.get_status_display()}.",
        body=(
            obstacle.summary,
            *(move.reason for move in moves),
            *(words.words for words in obstacle.words.all()),
            listed("Regels", _names(obstacle.rules.all())),
            listed("Thema’s", _names(obstacle.themes.all())),
            _ministry(obstacle),
        ),
        themes=tuple(theme.slug for theme in obstacle.themes.all()),
        is_sample=obstacle.is_sample,
    )


def _rules(at):
    return Rule.objects.published(at).select_related("ministry").prefetch_related("versions")


def _rule(rule):
    return Content(
        title=rule.name,
        url=rule.get_absolute_url(),
        summary=", ".join(filter(None, [rule.law, rule.where])),
        body=(
            rule.explanation,
            rule.bwb_id,
            *(version.what_changed for version in rule.versions.all()),
            _ministry(rule),
        ),
        is_sample=rule.is_sample,
    )


def _schemes(at):
    themes = Prefetch("themes", Theme.objects.published(at))
    return Scheme.objects.published(at).select_related("ministry").prefetch_related(themes, "phases")


def _scheme(scheme):
    return Content(
        title=scheme.name,
        url=scheme.get_absolute_url(),
        summary=_first_line(scheme.what),
        body=(
            scheme.what,
            scheme.for_whom,
            scheme.amount,
            scheme.period_note,
            listed("Thema’s", _names(scheme.themes.all())),
            listed("Past bij fase", _names(scheme.phases.all())),
            _ministry(scheme),
        ),
        themes=tuple(theme.slug for theme in scheme.themes.all()),
        is_sample=scheme.is_sample,
    )


def _kind(name, label, plural, published, content, model, feeds, *, weight, clock=()):
    return Kind(
        name=name,
        label=label,
        plural=plural,
        model=model,
        published=published,
        content=content,
        weight=weight,
        feeds=(Feed(model, owner="pk"), *feeds),
        clock=("published_at", *clock),
    )


OF_MINISTRY = Feed(Ministry, path="ministry")

register(
    _kind(
        "casus", "Vraag en antwoord", "Vragen en antwoorden", _cases, _case, Case,
        (
            Feed(CaseRule, owner="case"),
            Feed(Case.themes.through, owner="case"),
            Feed(Rule, path="rules"),
            Feed(Theme, path="themes"),
        ),
        weight=0.3, clock=("rules__published_at", "themes__published_at"),
    ),
    _kind(
        "belemmering", "Belemmering", "Belemmeringen", _obstacles, _obstacle, Obstacle,
        (
            OF_MINISTRY,
            Feed(ObstacleMove, owner="obstacle"),
            Feed(HelpedWords, owner="obstacle"),
            Feed(Obstacle.rules.through, owner="obstacle"),
            Feed(Obstacle.themes.through, owner="obstacle"),
            Feed(Rule, path="rules"),
            Feed(Theme, path="themes"),
        ),
        weight=0.1, clock=("rules__published_at", "themes__published_at", "words__published_at"),
    ),
    _kind(
        "regel", "Regel", "Regels", _rules, _rule, Rule, (OF_MINISTRY, Feed(RuleVersion, owner="rule")), weight=0.0,
    ),
    _kind(
        "regeling", "Regeling", "Regelingen", _schemes, _scheme, Scheme,
        (
            OF_MINISTRY,
            Feed(Scheme.themes.through, owner="scheme"),
            Feed(Scheme.phases.through, owner="scheme"),
            Feed(Theme, path="themes"),
        ),
        weight=0.1, clock=("themes__published_at",),
    ),
)  # fmt: skip
