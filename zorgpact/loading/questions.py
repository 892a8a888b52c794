"""The samples of Ruimte in de regels: questions in every status, and what readers said of obstacles and cases.

Written as they stand, without mails and steps. What was once loaded is left alone from then on, as the reflections are.
A sample question has a number from 9001 on: it uses no number of a real question up, and leaves no gap when it goes.
"""

import datetime
from collections import Counter
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from ruamel.yaml import YAML

from geography.models import Province
from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from programme.models import LoadedRecord
from regels.deadlines import set_due_dates
from regels.models import Answer, Case, Message, Ministry, Obstacle, Question, Rule
from regels.retention import folder as files_folder
from regions.models import RegionalPact
from themes.models import Theme

from .dates import dated

KIND = "vragen"
WORDS = (
    "status", "outcome", "question", "goal", "said_by", "said_by_note", "written_where", "rule_text", "tried",
    "organisation_name", "name", "may_become_case", "no_case_because", "withdrawn_reason", "can_continue", "reopened",
)  # fmt: skip
LINKS = {
    "rule": Rule, "organisation_kind": OrganisationKind, "pact": RegionalPact, "koploper": Koploper,
    "ministry": Ministry, "case": Case, "obstacle": Obstacle,
}  # fmt: skip
# Moments on the question itself, as days.
MOMENTS = ("assigned_at", "waiting_since", "reminded_at", "answered_at", "followed_up_at", "closed_at", "anonymised_at")
# The smallest files that open: one dot of a picture, and a page without words.
TINY = {
    "png": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3"
        "660000000049454e44ae426082"
    ),
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}


@transaction.atomic
def load_questions(folder, *, restore=False):
    """Load what is not there yet; gives how many of each sort came in. Needs the cases and the obstacles."""
    loaded, came_in = set(LoadedRecord.objects.filter(kind=KIND).values_list("key", flat=True)), Counter()
    for entry in _entries(folder):
        key = entry["key"]
        if key in loaded and not restore:
            continue
        if made := _load(dated(entry)):
            came_in[made] += 1
        LoadedRecord.objects.get_or_create(kind=KIND, key=key)
    if came_in:
        give_people(folder)
    return came_in


def give_people(folder):
    """Put the accounts of the demo on the sample questions that nobody has; they may be made after the questions."""
    users = {user.email: user for user in get_user_model().objects.filter(email__endswith="@voorbeeld.example")}
    if not users:
        return
    there = {q.number: q for q in Question.objects.filter(is_sample=True, owner=None).exclude(number=None)}
    for entry in _entries(folder):
        if question := there.get(entry.get("number")):
            _give(question, entry, users)


def _entries(folder):
    for path in sorted(Path(folder).glob("*.yaml")):
        yield from YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _give(question, entry, users):
    if owner := users.get(entry.get("owner")):
        Question.objects.filter(pk=question.pk).update(owner=owner)
    question.handovers.filter(owner=None).update(owner=owner)
    for answer, wanted in zip(question.answers.order_by("pk"), entry.get("answers", []), strict=False):
        if writer := users.get(wanted.get("writer")):
            answer.writers.add(writer)
        Answer.objects.filter(pk=answer.pk).update(approved_by=users.get(wanted.get("approver")))
    for note, wanted in zip(question.notes.order_by("pk"), entry.get("notes", []), strict=False):
        note.author = note.author or users.get(wanted.get("author"))
        note.save(update_fields=["author"])


# --- One question -----------------------------------------------------------------------------------


def _load(entry):
    if "status" in entry:
        return _load_question(entry)
    return _load_reactions(entry)


def _load_question(entry):
    number, email = entry.get("number"), f"{entry['key']}@voorbeeld.example"
    if Question.objects.filter(Q(number=number) if number else Q(email=email), is_sample=True).exists():
        return None
    asked = _moment(entry["asked"], 9)
    question = Question(is_sample=True, number=number, submitted_at=asked, email=email)
    for name in WORDS:
        if name in entry:
            setattr(question, name, entry[name])
    for name, model in LINKS.items():
        if name in entry:
            setattr(question, name, model.objects.filter(slug=entry[name]).first())
    if number:
        question.year, question.confirmed_at = asked.year, asked + datetime.timedelta(minutes=20)
        question.clock_from = entry.get("clock_from", entry["asked"])
    for name in MOMENTS:
        if name in entry:
            setattr(question, name, _moment(entry[name], 14))
    question.first_answered_at = question.answered_at
    if question.anonymised_at:
        question.email = ""
    if "merged_into" in entry:
        question.merged_into = Question.objects.filter(is_sample=True, number=entry["merged_into"]).first()
    question.save()
    _load_rows(question, entry)
    set_due_dates(question)
    question.save()
    return "voorbeeldvragen"


def _load_rows(question, entry):
    question.themes.set(Theme.objects.filter(slug__in=entry.get("themes", [])))
    question.also_ministries.set(Ministry.objects.filter(slug__in=entry.get("also_ministries", [])))
    for pause in entry.get("pauses", []):
        question.pauses.create(**pause)
    if question.assigned_at:
        question.handovers.create(ministry=question.ministry, reason=entry.get("reason", ""), at=question.assigned_at)
    for answer in entry.get("answers", []):
        _load_answer(question, answer)
    for message in entry.get("messages", []):
        Message.objects.create(
            question=question, kind=message["kind"], text=message["text"], sent_at=_moment(message["on"], 11)
        )
    for note in entry.get("notes", []):
        question.notes.create(text=note["text"], written_at=_moment(note["on"], 12))
    for number, name in enumerate(entry.get("attachments", []), start=1):
        _attach(question, name, number)


def _load_answer(question, entry):
    """As far as the file says: written, laid before a second reader, agreed and sent."""
    answer = Answer.objects.create(
        question=question,
        text=entry["text"],
        outcome=entry["outcome"],
        case=question.case if entry.get("is_case") else None,
        returned_reason=entry.get("returned", ""),
        proposed_at=_moment(entry.get("proposed"), 15),
        approved_at=_moment(entry.get("approved"), 16),
        sent_at=_moment(entry.get("sent"), 17),
    )
    for number, text in enumerate(entry.get("earlier", []), start=1):
        answer.earlier.create(number=number, text=text)
    if answer.sent_at:
        Message.objects.create(
            question=question, kind=Message.Kind.ANSWER, text=answer.text, answer=answer, sent_at=answer.sent_at
        )


def _attach(question, name, number):
    kind = name.rpartition(".")[2]
    content, stored_as = TINY[kind], f"voorbeeld-{question.pk}-{number}.{kind}"
    question.attachments.create(file_name=name, stored_as=stored_as, kind=kind, size=len(content))
    transaction.on_commit(lambda: _store(stored_as, content))


def _store(name, content):
    files_folder().mkdir(parents=True, exist_ok=True)
    (files_folder() / name).write_bytes(content)


def _moment(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour))) if day else None


# --- What readers said ------------------------------------------------------------------------------


def _load_reactions(entry):
    now = timezone.now()
    if obstacle := Obstacle.objects.filter(slug=entry.get("obstacle"), is_sample=True).first():
        provinces = Province.objects.in_bulk(field_name="slug")
        said = [slug for slug, times in entry["also"].items() for _ in range(times)]
        obstacle.also.bulk_create(
            obstacle.also.model(
                obstacle=obstacle,
                province=provinces.get(slug),
                said_at=now - datetime.timedelta(days=3 * n),
                is_sample=True,
            )
            for n, slug in enumerate(said, start=1)
        )
        return "voorbeelden van “dit speelt bij mij ook”"
    if case := Case.objects.filter(slug=entry.get("case"), is_sample=True).first():
        remarks = [(item["is_useful"], item["remark"]) for item in entry.get("remarks", [])]
        said = [(True, "")] * entry.get("useful", 0) + [(False, "")] * entry.get("not_useful", 0) + remarks
        case.verdicts.bulk_create(
            case.verdicts.model(
                case=case, is_useful=useful, remark=remark, said_at=now - datetime.timedelta(days=2 * n), is_sample=True
            )
            for n, (useful, remark) in enumerate(said, start=1)
        )
        return "voorbeelden van oordelen"
    return None
