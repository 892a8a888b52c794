"""The samples of the Volgspot: rounds, reports in every state, and the views of partners.

They go through the same code as what a pact files itself, without its mails. What was once loaded is left alone
from then on, also when somebody removed it: a reflection is not a text of the site that a file keeps up to date.
"""

import datetime
from collections import Counter
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from organisations.models import Organisation
from programme.models import LoadedRecord
from regions.models import RegionalPact
from volgspot import adoption
from volgspot.completeness import missing_in
from volgspot.context import Context
from volgspot.models import (
    Agreement,
    Comment,
    GuidingQuestion,
    IntendedResult,
    PartnerLink,
    PartnerView,
    Reflection,
    Round,
    Section,
)
from volgspot.sections import SECTIONS
from zorgpact.tokens import hash_of, new_token

KIND = "volgspot"
# Where a sample stands → the status of the reflection, and whether it was adopted and published on the way.
STATES = {
    "concept": (Reflection.Status.DRAFT, False, False),
    "ingediend": (Reflection.Status.SUBMITTED, False, False),
    "teruggegeven": (Reflection.Status.RETURNED, False, False),
    "vastgesteld": (Reflection.Status.ADOPTED, True, False),
    "gepubliceerd": (Reflection.Status.ADOPTED, True, True),
    "correctie": (Reflection.Status.DRAFT, True, True),
}


@transaction.atomic
def load_reflections(folder, *, restore=False):
    """Load what is not there yet; gives how many of each sort came in. Needs the pacts and their agenda.

    `restore` brings back what was removed.
    """
    loaded, came_in = set(LoadedRecord.objects.filter(kind=KIND).values_list("key", flat=True)), Counter()
    for path in sorted(Path(folder).glob("*.yaml"), key=lambda path: (path.stem != "rondes", path.stem)):
        for entry in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            key = entry["slug"] if path.stem == "rondes" else f"{entry['pact']}/{entry['round']}"
            if key in loaded and not restore:
                continue
            made = _load_round(entry) if path.stem == "rondes" else _load_reflection(entry)
            if made:
                came_in[made] += 1
            LoadedRecord.objects.get_or_create(kind=KIND, key=key)
    return came_in


def _load_round(entry):
    meetings, questions = entry.pop("meetings", {}), entry.pop("questions", {})
    round, is_new = Round.objects.get_or_create(slug=entry["slug"], defaults=entry | {"is_sample": True})
    if not is_new:
        return None
    for section, texts in questions.items():
        for position, text in enumerate(texts):
            GuidingQuestion.objects.create(round=round, section=section, text=text, position=position)
    # Of a real pact a date alone: no words that it never wrote.
    for slug, day in meetings.items():
        pact = RegionalPact.objects.filter(slug=slug).first()
        if pact:
            held_on = f"{day:%d-%m-%Y}"
            _file(
                {
                    "state": "gepubliceerd",
                    "filed": day,
                    "sections": {"bijeenkomst": {"meetings": [{"id": "bijeenkomst", "held_on": held_on}]}},
                },
                pact,
                round,
            )
    return "rondes"


def _load_reflection(entry):
    pact = RegionalPact.objects.filter(slug=entry["pact"]).first()
    round = Round.objects.filter(slug=entry["round"]).first()
    if not pact or not round or Reflection.objects.filter(pact=pact, round=round).exists():
        return None
    _file(entry, pact, round)
    return "reflecties"


def _file(entry, pact, round):
    status, is_adopted, is_published = STATES[entry["state"]]
    reflection = Reflection.objects.create(pact=pact, round=round, is_sample=True)
    names = _Names(pact, round)
    now = timezone.now()
    Section.objects.bulk_create(
        Section(
            reflection=reflection,
            kind=kind,
            data=names.resolved(entry["sections"].get(kind, {})),
            saved_at=now if kind in entry["sections"] else None,
            version=1 if kind in entry["sections"] else 0,
        )
        for kind in SECTIONS
    )
    for view in entry.get("views", []):
        _load_view(view, reflection)
    if filed := entry.get("filed"):
        moment = timezone.make_aware(datetime.datetime.combine(filed, datetime.time(16, 20)))
        reflection.submitted_at, reflection.submissions = moment, 1
        reflection.is_late = filed > round.closes
        if is_adopted:
            adopted_at = moment + datetime.timedelta(days=12)
            # The file of the pact says already how its agenda stands.
            version = adoption.keep(Context(reflection), by=None, at=adopted_at, with_agenda=False)
            if is_published:
                version.published_at = moment + datetime.timedelta(days=14)
                version.save(update_fields=["published_at"])
        for comment in entry.get("comments", []):
            Comment.objects.create(reflection=reflection, sent_at=moment + datetime.timedelta(days=5), **comment)
    reflection.status = status
    if entry["state"] == "correctie":
        reflection.correction_reason = entry["reason"]
    reflection.save()
    if status != Reflection.Status.ADOPTED:
        _count_lacking(reflection)


def _count_lacking(reflection):
    """As saving in the editor does, so that the overview says the same as the section."""
    context = Context(reflection)
    begun = [section for section in context.sections.values() if section.saved_at]
    for section in begun:
        section.lacking = len(missing_in(section.kind, context))
    Section.objects.bulk_update(begun, ["lacking"])


def _load_view(entry, reflection):
    organisation = Organisation.objects.filter(slug=entry["org"]).first()
    if organisation is None:
        return
    number = reflection.links.count() + 1
    moment = timezone.now()
    link = PartnerLink.objects.create(
        reflection=reflection,
        organisation=organisation,
        email=f"partner-{number}@voorbeeld.example",
        token_hash=hash_of(new_token()),
        sent_at=moment,
        lapses_at=moment + datetime.timedelta(days=180),
        is_sample=True,
    )
    if "scores" not in entry:
        return
    share = entry.get("share", PartnerView.Share.UNNAMED)
    elements = Context(reflection).elements
    PartnerView.objects.create(
        link=link,
        scores={element.slug: score for element, score in zip(elements, entry["scores"], strict=False)},
        words={about: entry[about] for about in ("ambition", "note") if about in entry},
        shares=dict.fromkeys([*(e.slug for e in elements), "scores", "ambition", "note"], share),
        is_sample=True,
    )


class _Names:
    """Turns `item:slug`, `result:row`, `agreement:row`, `new:row` and `org:slug` into what a draft holds."""

    def __init__(self, pact, round):
        self.tables = {
            "item": {item.slug: f"item-{item.pk}" for item in pact.agenda.all()},
            "result": {r.row: f"result-{r.pk}" for r in IntendedResult.objects.filter(pact=pact)},
            "agreement": {a.row: f"agreement-{a.pk}" for a in Agreement.objects.filter(pact=pact)},
            "org": {slug: str(pk) for slug, pk in Organisation.objects.values_list("slug", "pk")},
        }

    def resolved(self, value):
        if isinstance(value, dict):
            return {key: self.resolved(part) for key, part in value.items()}
        if isinstance(value, list):
            return [part for part in (self.resolved(part) for part in value) if part is not None]
        if not isinstance(value, str):
            return str(value)
        sort, _, name = value.partition(":")
        if sort == "new" and name:
            return f"new-{name}"
        return self.tables[sort].get(name) if sort in self.tables and name and " " not in value else value
