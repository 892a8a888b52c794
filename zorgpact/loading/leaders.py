"""The samples of what a project leader does besides filing: proposals of a change, and own evaluations.

Each is somebody's, so they come in once the accounts of the demo are there. Written as they stand, without mails and
steps; what was once loaded is left alone from then on.
"""

import datetime
from collections import Counter
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from kopgroep.models import Koploper
from organisations.models import Organisation
from programme.models import LoadedRecord
from regions.models import RegionalPact
from volgspot.models import Evaluation, Reflection
from workplace.models import Proposal
from zorgpact import uploads

from .dates import dated
from .questions import TINY

KIND = "projectleider"
LEADER, TEAM = "leider@voorbeeld.example", "team@voorbeeld.example"


@transaction.atomic
def load_leaders(folder, *, restore=False):
    """Load what is not there yet and belongs to something that is; gives how many of each sort came in."""
    people = {user.email: user for user in get_user_model().objects.filter(email__in=(LEADER, TEAM))}
    loaded, came_in = set(LoadedRecord.objects.filter(kind=KIND).values_list("key", flat=True)), Counter()
    if len(people) < 2:
        return came_in
    for name, load in (("voorstellen", _load_proposal), ("evaluaties", _load_evaluation)):
        path = Path(folder) / f"{name}.yaml"
        for entry in YAML(typ="safe").load(path.read_text(encoding="utf-8")) if path.exists() else []:
            key = f"{name}/{entry.pop('key')}"
            if (key not in loaded or restore) and load(dated(entry), people):
                LoadedRecord.objects.get_or_create(kind=KIND, key=key)
                came_in[name] += 1
    return came_in


def _load_proposal(entry, people):
    pact = RegionalPact.objects.filter(slug=entry.pop("pact", "")).first()
    koploper = Koploper.objects.filter(slug=entry.pop("koploper", "")).first()
    target = pact or koploper
    if target is None or Proposal.objects.about(target).filter(reason=entry["reason"]).exists():
        return False
    made, decided = entry.pop("made"), entry.pop("decided", None)
    Proposal.objects.create(
        pact=pact,
        koploper=koploper,
        data=_with_numbers(entry.pop("data"), target),
        made_by=people[LEADER],
        made_at=_moment(made),
        decided_by=people[TEAM] if decided else None,
        decided_at=_moment(decided),
        is_sample=True,
        **entry,
    )
    return True


def _with_numbers(data, target):
    """What was filled in, as the form keeps it: organisations and participants by number, where they are known."""
    if named := data.get("organisation"):
        known = Organisation.objects.filter(slug=named).first()
        data["organisation"] = {"name": known.name if known else named, "pk": known and known.pk}
    if slug := data.get("participation"):
        data["participation"] = target.participations.filter(organisation__slug=slug).values_list("pk", flat=True)[0]
    return data


def _load_evaluation(entry, people):
    reflection = Reflection.objects.filter(pact__slug=entry.pop("pact"), round__slug=entry.pop("round")).first()
    if reflection is None or reflection.evaluations.filter(title=entry["title"]).exists():
        return False
    content, stored_as = TINY["pdf"], uploads.new_name()
    Evaluation.objects.create(
        reflection=reflection,
        file_name=entry.pop("file"),
        stored_as=stored_as,
        size=len(content),
        added_by=people[LEADER],
        **entry,
    )
    # Not in a trial: what is not saved leaves no file.
    transaction.on_commit(lambda: uploads.write(stored_as, content))
    return True


def _moment(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(11))) if day else None
