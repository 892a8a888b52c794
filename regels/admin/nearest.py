"""What looks like a question: cases that may answer it, and questions that were answered before or came in twice."""

import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from regels.models import Case, Question
from search import registry
from search.dutch.stopwords import STOPWORDS
from search.dutch.words import words
from search.finding import records_of

MOST_CASES, MOST_QUESTIONS = 4, 4
CONSIDERED = 200
# More than what comes in in a year; the older ones are found by their rule, or by searching.
READ = 3000
LONG_AGO = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
TELLING = 6


def cases_like(question, looked_for=""):
    """Public cases, the likeliest first: found by what is asked, then those about the same rule or obstacle."""
    kinds = [kind.name for kind in registry.kinds() if kind.model is Case]
    found = records_of(looked_for or question.question, kinds) if kinds else []
    same = Case.objects.published().filter(_about_the_same(question, "rules", "obstacle"))
    if looked_for and not found:
        same = Case.objects.published().filter(*_holds_all("question", looked_for))
    numbers = list(dict.fromkeys([*map(int, found[:MOST_CASES]), *same.values_list("pk", flat=True)[:MOST_CASES]]))
    shown = {case.pk: case for case in Case.objects.published().filter(pk__in=numbers[:MOST_CASES])}
    return [shown[pk] for pk in numbers[:MOST_CASES] if pk in shown]


def questions_like(question, user, looked_for=""):
    """Other questions that this person may read, of which the asker is not forgotten."""
    others = Question.objects.read_by(user).filter(anonymised_at=None).exclude(pk=question.pk)
    others = others.exclude(status__in=(Question.Status.MERGED, Question.Status.WITHDRAWN))
    if looked_for:
        return list(others.filter(*_holds_all("question", looked_for)).order_by("-confirmed_at")[:MOST_QUESTIONS])
    telling = _telling(question.question)
    found = {other.pk: other for some in _candidates(question, others, telling) for other in some}.values()
    likeness = {other.pk: _likeness(question, other, telling) for other in found}
    likely = [other for other in found if likeness[other.pk] >= 2]
    return sorted(likely, key=lambda other: (likeness[other.pk], other.year, other.number), reverse=True)[
        :MOST_QUESTIONS
    ]


def _candidates(question, others, telling):
    """Those about the same rule or obstacle, and of the newest those with one of the words.

    No index finds a part of a word: of tens of thousands only so many are read.
    """
    if question.rule_id or question.obstacle_id:
        same = others.filter(_about_the_same(question, "rule", "obstacle"))
        yield same.order_by("-confirmed_at")[:CONSIDERED]
    if telling:
        holds = reduce(or_, (Q(question__icontains=word) for word in telling))
        newest = others.order_by("-confirmed_at").values("confirmed_at")[READ - 1 : READ]
        since = Coalesce(Subquery(newest), Value(LONG_AGO))
        yield others.filter(holds, confirmed_at__gte=since).order_by("-confirmed_at")[:CONSIDERED]


def _about_the_same(question, rule, obstacle):
    about = Q(pk__in=[])
    if question.rule_id:
        about |= Q(**{rule: question.rule_id})
    if question.obstacle_id:
        about |= Q(**{obstacle: question.obstacle_id})
    return about


def _likeness(question, other, telling):
    text = other.question.lower()
    same_rule = question.rule_id and question.rule_id == other.rule_id
    same_obstacle = question.obstacle_id and question.obstacle_id == other.obstacle_id
    return sum(word in text for word in telling) + 2 * bool(same_rule) + 2 * bool(same_obstacle)


def _telling(text):
    """The longest words: those say most."""
    found = {word.text.lower() for word in words(text) if len(word.text) > 4} - set(STOPWORDS)
    return sorted(found, key=lambda word: (-len(word), word))[:TELLING]


def _holds_all(field, text):
    return [Q(**{f"{field}__icontains": word.text}) for word in words(text)[:8]]
