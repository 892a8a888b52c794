"""All that the page of one question shows."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from outbox.parts import blocks, write
from programme.history import steps_on
from regels import mails, people
from regels.attachments import is_downloadable
from regels.deadlines import clock_of, free_days
from regels.models import Ministry, Obstacle, Outcome, Presence, Question, Rule, TextBlock
from regels.queues import counted, next_in
from regels.workflow import questions as steps
from zorgpact.reading_history import lines

from .acts import mentionable
from .nearest import cases_like, questions_like
from .terms import clock_line, term_of

HISTORY = 30
Status = Question.Status


def context_of(question, worker, queue, *, typed=None, looked_for="", theirs=None):
    """`typed` is what comes back unsaved; `theirs` the answer that was saved meanwhile in another window."""
    user, extra = worker.user, free_days()
    numbers = counted(worker)
    clock, answer = clock_of(question, extra), question.answer_in_writing
    may = steps.steps_for(question, user)
    works = not people.officers_and_team(question, user)
    writes = question.status == Status.ASSIGNED and not people.only_officers(question, user)
    shown = {
        "question": question,
        "queues": numbers,
        "left_in_queue": next((row["count"] for row in numbers if row["queue"].slug == queue), 0),
        "queue": queue,
        "next": next_in(queue, worker, question) if queue else None,
        "term": term_of(question, extra),
        "clock_line": clock_line(question, extra),
        "sentences": list(clock.sentences(timezone.localdate())) if clock else (),
        "messages_with_asker": question.messages.select_related("officer", "answer"),
        "notes": question.notes.select_related("author").prefetch_related("mentions"),
        "handovers": question.handovers.select_related("before", "owner", "ministry", "by"),
        "attachments": question.attachments.all(),
        "downloadable": {one.pk for one in question.attachments.all() if is_downloadable(one)},
        "answer": answer,
        "earlier": list(answer.earlier.all()) if answer else (),
        "answer_text": shown_text(answer, typed),
        "answer_version": version_of(answer, typed, theirs),
        "answer_outcome": (typed or {}).get("outcome", answer.outcome if answer else ""),
        "theirs": theirs,
        "preview": preview(question, answer),
        "text_blocks": blocks_for(question, answer) if writes else (),
        "outcomes": Outcome.choices,
        "was_sent": writes and answer is None and question.answers.exclude(sent_at=None).exists(),
        "is_team": worker.is_team,
        "goes_to_others": writes and question.goes_to_others,
        "may": may,
        "works": works,
        "writes": writes,
        "why_not": "" if works else people.ONLY_OFFICERS,
        "why_not_review": people.second_reader(question, user) if question.status == Status.SECOND_READER else "",
        "may_take": "assign" in may and question.owner_id is None and bool(worker.ministries),
        "may_begin_case": may_begin_case(question, user),
        "may_classify": may_classify(question, user),
        "cases": cases_like(question, looked_for),
        "doubles": questions_like(question, user, looked_for),
        "looked_for": looked_for,
        "present": [presence.user for presence in Presence.objects.others_at(question, user)],
        "history_lines": lines(steps_on(question)[:HISTORY], question),
        "typed": typed or {},
        "typed_also": typed.getlist("also") if typed else (),
        "typed_mentions": typed.getlist("mentions") if typed else (),
        **who_it_may_go_to(question, worker, works),
        **what_it_may_be_about(question, user),
    }
    return shown | {"has_steps": has_steps(shown)}


def has_steps(shown):
    """Whether there is something to do beside writing the answer."""
    ways = {"assign", "hand_over", "merge", "correct"}
    return bool(ways & set(shown["may"]) or shown["may_begin_case"] or shown["ministries"])


def shown_text(answer, typed):
    if typed is not None and "answer" in typed:
        return typed["answer"]
    return answer.text if answer else ""


def version_of(answer, typed, theirs):
    """Which text the writer had before them. Whoever is shown both texts chooses with open eyes."""
    stored = answer.version if answer else 0
    if theirs or typed is None or "answer" not in typed or typed["answer"].strip() == (answer.text if answer else ""):
        return stored
    return typed.get("version", stored)


def preview(question, answer):
    """The mail as the asker will get it, without the secret link."""
    if answer is None or not answer.text.strip():
        return None
    context = {
        "reader": question.reader,
        "reference": question.reference,
        "text": answer.text,
        "link": "(hier staat de eigen geheime link van de vrager)",
    }
    subject, text = write(mails.ANSWERED, context)
    return {"subject": subject, "blocks": list(blocks(text))}


def blocks_for(question, answer):
    """The text blocks that fit, those of the chosen outcome first."""
    chosen = answer.outcome if answer else ""
    found = list(TextBlock.objects.filter(is_in_use=True).for_question(question))
    return sorted(found, key=lambda b: (b.outcome != chosen, b.outcome != "", b.rule_id is None, b.title))


def may_begin_case(question, user):
    done = question.status in (Status.ANSWERED, Status.CLOSED)
    return done and question.case_id is None and not question.is_anonymised and not people.only_officers(question, user)


def may_classify(question, user):
    known = question.status in (*Question.OPEN, Status.ANSWERED, Status.CLOSED)
    return known and not people.only_officers(question, user)


def who_it_may_go_to(question, worker, works):
    """The choices for a new owner: a ministry, or an officer of it. Officers choose within their own ministries."""
    if not works or not question.is_open:
        return {"choices": (), "ministries": (), "named": (), "mentionable": ()}
    every = list(Ministry.objects.all())
    allowed = every if worker.is_team else worker.ministries
    users = get_user_model().objects.filter(is_active=True, groups__name__in=[m.role for m in allowed])
    officers = list(users.order_by("name", "pk").values_list("groups__name", "pk", "name", "email"))
    return {
        "choices": [(ministry, list(_choices_of(ministry, officers))) for ministry in allowed],
        "ministries": [ministry for ministry in every if ministry.pk != question.ministry_id],
        "named": {ministry.pk for ministry in question.also_ministries.all()},
        "mentionable": list(mentionable(question, worker.user)),
    }


def _choices_of(ministry, officers):
    """As `acts` reads them back: the ministry alone, and each officer of it."""
    yield str(ministry.pk), f"{ministry}, nog niemand"
    for role, pk, name, email in officers:
        if role == ministry.role:
            yield f"{ministry.pk}-{pk}", name or email


def what_it_may_be_about(question, user):
    if not may_classify(question, user):
        return {"rules": (), "obstacles": ()}
    return {"rules": Rule.objects.only("pk", "name"), "obstacles": Obstacle.objects.only("pk", "title")}


def address_of(question, queue="", looked_for=""):
    given = {name: value for name, value in (("rij", queue), ("zoek", looked_for)) if value}
    address = reverse("admin:regels_question_change", args=[question.pk])
    return f"{address}?{urlencode(given)}" if given else address
