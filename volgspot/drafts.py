"""A draft: how it begins, and how a section of it is saved without ever losing a word."""

import copy

from django.db import transaction
from django.utils import timezone

from zorgpact.workflow import Refused, lock, note_step

from .completeness import missing_in
from .context import Context
from .models import Audience, Reflection, Section, SectionKind
from .sections import SECTIONS, clean_text

LONGEST_REASON = 500


class Stale(Exception):
    """Somebody else saved the section meanwhile; `section` is what it is now."""

    def __init__(self, section):
        super().__init__("Iemand anders bewaarde dit onderdeel intussen.")
        self.section = section


@transaction.atomic
def start(pact, round, *, by):
    """The reflection of `pact` in `round`: the one that is there, or a new one that begins with what was said before."""
    reflection, is_new = Reflection.objects.get_or_create(
        pact=pact, round=round, defaults={"is_sample": pact.is_sample}
    )
    if is_new:
        context = Context(reflection)
        Section.objects.bulk_create(
            Section(reflection=reflection, kind=kind, **_carried(kind, context.previous, pact)) for kind in SECTIONS
        )
        note_step(reflection, by=by, step="begonnen")
    return reflection


def _carried(kind, previous, pact):
    """Ambitions and the question live longer than a round; all else begins empty, with last time's text beside it."""
    if kind != SectionKind.TRIANGLE or not previous:
        return {}
    section = next((s for s in previous["sections"] if s["kind"] == kind), None)
    if section is None:
        return {}
    kept = ("id", "text", "questions", "long_term_effect", "activities")
    agenda = {f"item-{item.pk}" for item in pact.agenda.all()}
    ambitions = [
        {name: row[name] for name in kept if name in row}
        | {
            "activities": [ref for ref in row.get("activities", []) if ref in agenda],
            "audience": "" if row["audience"] == section["audience"] else row["audience"],
        }
        for row in section["rows"].get("ambitions", [])
    ]
    results = [*section["rows"].get("planned", []), *section["rows"].get("results", [])]
    planned = [
        {"id": row["id"], "activities": [ref for ref in row.get("activities", []) if ref in agenda]}
        for row in results
        if row["id"].startswith("result-")
    ]
    return {
        "data": section["fields"] | {"ambitions": ambitions, "planned": planned},
        "audience": section["audience"],
    }


@transaction.atomic
def save_section(section, *, by, version, data, audience=None, skipped_because=None, context=None):
    """Save a section that was read as `version`, and give it as it is now. Raises `Stale` or `Refused`; then nothing is written.

    `data` holds what was typed, right or wrong. The reflection's row is locked, so that what is being submitted
    does not change under the hands of who submits it. `context` may be one in which much was already read.
    """
    reflection = lock(section.reflection)
    if not reflection.is_editable:
        raise Refused(f"Dit verslag kunt u nu niet wijzigen: de stand is “{reflection.get_status_display()}”.")
    if skipped_because and len(skipped_because) > LONGEST_REASON:
        raise Refused(f"Schrijf in hoogstens {LONGEST_REASON} tekens waarom u dit onderdeel overslaat.")
    values = {
        "data": data,
        "audience": audience if audience in Audience.values else section.audience,
        "skipped_because": section.skipped_because if skipped_because is None else clean_text(skipped_because),
    }
    changed = copy.copy(section)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.version, changed.saved_at, changed.saved_by = version + 1, timezone.now(), by
    changed.lacking = _lacking(changed, context or Context(section.reflection))
    written = {name: getattr(changed, name) for name in (*values, "version", "saved_at", "saved_by", "lacking")}
    if Section.objects.filter(pk=section.pk, version=version).update(**written):
        return changed
    current = Section.objects.select_related("saved_by").get(pk=section.pk)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current  # the same text a second time
    raise Stale(current)


def _lacking(section, context):
    """How much `section` lacks, in place of what is stored of it."""
    context.sections[section.kind] = section
    return len(missing_in(section.kind, context))
