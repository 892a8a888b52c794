"""What adopting a reflection writes: the version word for word, and what outlives the round."""

from django.utils import timezone
from django.utils.text import slugify

from regions.models import AgendaItem, PhaseChange
from themes.models import Theme

from .content import content_of, for_audience, section_of
from .models import (
    Agreement,
    Audience,
    IntendedResult,
    IntendedResultVersion,
    Lesson,
    SectionKind,
    Version,
)
from .partners import spread_of

RESULT_FIELDS = ("title", "kind", "indicator", "unit", "baseline", "target", "by_when")


def keep(context, *, by, reason="", take_over_phase=False, at=None, with_agenda=True):
    """Write all that follows from adopting the reflection of `context`; inside the transaction of the step.

    `at` is the moment from which it counts (now). The agenda stays as it is for what only tells of the past.
    """
    at = at or timezone.now()
    content = content_of(context, spread_of(context.reflection))
    _write_results(context, content, reason, at)
    version = _write_version(context.reflection, content, by, reason, at)
    if with_agenda:
        _write_agenda(context, content)
    _write_agreements(context, content)
    _write_lessons(context, content)
    if take_over_phase:
        write_phase(context, by)
    return version


def _write_version(reflection, content, by, reason, at):
    number = reflection.versions.count() + 1
    return Version.objects.create(
        reflection=reflection,
        number=number,
        content=content,
        public_content=for_audience(content, Audience.PUBLIC),
        adopted_on=timezone.localdate(at),
        adopted_by=by,
        reason=reason,
        is_sample=reflection.is_sample,
    )


def _write_agenda(context, content):
    """Status and reason of the points of the agenda; new activities become points, and the draft names them so from now on."""
    section = section_of(content, SectionKind.ACTIVITIES)
    items = {f"item-{item.pk}": item for item in context.agenda}
    for row in section["rows"].get("items", []):
        item = items.get(row["id"])
        status = row.get("status", "")
        if row["audience"] != Audience.PUBLIC:
            continue  # the agenda is for everybody
        if item and status and (item.status, item.status_reason) != (status, row.get("status_reason", "")):
            item.status, item.status_reason = status, row.get("status_reason", "")
            item.save()
    drafted = context.sections.get(SectionKind.ACTIVITIES)
    new = [row for row in section["rows"].get("new", []) if row["audience"] == Audience.PUBLIC]
    for row in new:
        item = _new_item(context.pact, row)
        _rename(context, row["id"], f"item-{item.pk}", drafted)


def _new_item(pact, row):
    slug = base = slugify(row["title"])[:80] or "activiteit"
    number = 2
    while pact.agenda.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return AgendaItem.objects.create(
        pact=pact,
        title=row["title"][:200],
        slug=slug,
        kind=row.get("kind") or AgendaItem.Kind.PROJECT,
        status=row.get("status") or AgendaItem.Status.NOT_YET,
        status_reason=row.get("status_reason", ""),
        is_sample=pact.is_sample,
    )


def _rename(context, old, new, drafted):
    """In the draft, should it be corrected later: the new activity is now a point of the agenda."""
    for row in list(drafted.data.get("new", [])):
        if row["id"] == old:
            drafted.data["new"].remove(row)
            drafted.data.setdefault("items", []).append(
                {key: value for key, value in row.items() if key not in ("title", "kind")} | {"id": new}
            )
    drafted.save(update_fields=["data"])
    triangle = context.sections.get(SectionKind.TRIANGLE)
    if triangle is None:
        return
    for name in ("ambitions", "planned", "results"):
        for row in triangle.data.get(name, []):
            row["activities"] = [new if ref == f"new-{old}" else ref for ref in row.get("activities", [])]
    triangle.save(update_fields=["data"])


def _write_results(context, content, reason, at):
    """New intended results count from `at`; what changed of a frozen one is a version beside the old one."""
    reflection = context.reflection
    for row in section_of(content, SectionKind.TRIANGLE)["rows"].get("results", []):
        result, _ = IntendedResult.objects.get_or_create(
            reflection=reflection, row=row["id"], defaults={"pact": context.pact, "is_sample": reflection.is_sample}
        )
        # Later reports name it so: what was planned here is found again there.
        row["result"] = result.pk
        texts = {name: row.get(name, "") for name in RESULT_FIELDS} | {"audience": row["audience"]}
        _add_version(result, reflection, texts, reason, at)
    for row in section_of(content, SectionKind.RESULTS)["rows"].get("results", []):
        changed = {
            name: value
            for name, value in (("target", row.get("new_target")), ("by_when", row.get("new_by_when")))
            if value
        }
        if not changed and not row.get("is_dropped"):
            continue
        texts = {name: row.get(name, "") for name in RESULT_FIELDS} | changed | {"audience": row["meant_for"]}
        result = IntendedResult.objects.get(pk=row["result"], pact=context.pact)
        _add_version(
            result, reflection, texts | {"is_dropped": bool(row.get("is_dropped"))}, row.get("change_reason", ""), at
        )


def _add_version(result, reflection, texts, reason, at):
    texts["kind"] = texts.get("kind") or IntendedResultVersion.Kind.NUMBER
    latest = result.versions.order_by("-valid_from", "-pk").first()
    if latest and all(getattr(latest, name) == value for name, value in texts.items()):
        return
    IntendedResultVersion.objects.create(result=result, reflection=reflection, valid_from=at, reason=reason, **texts)


def _write_agreements(context, content):
    """New agreements to hold the pact to, and the fate of earlier ones."""
    reflection, section = context.reflection, section_of(content, SectionKind.AGREEMENTS)
    rows = section["rows"].get("agreements", [])
    for row in rows:
        Agreement.objects.update_or_create(
            reflection=reflection,
            row=row["id"],
            defaults={
                "pact": context.pact,
                "text": row["text"][:500],
                "who": row.get("who", ""),
                "by_when": row.get("by_when", ""),
                "audience": row["audience"],
                "is_sample": reflection.is_sample,
            },
        )
    reflection.agreements.exclude(row__in=[row["id"] for row in rows]).filter(fate_in=None).delete()
    for row in section["rows"].get("earlier", []):
        if row.get("fate"):
            Agreement.objects.filter(pk=row["id"].removeprefix("agreement-"), pact=context.pact).update(
                fate=row["fate"], because=row.get("because", ""), fate_in=reflection
            )


# Kind of lesson → in which section, and in which rows of it.
LESSONS = {
    Lesson.Kind.SUCCESS: (SectionKind.LESSONS, "success"),
    Lesson.Kind.BOTTLENECK: (SectionKind.LESSONS, "bottlenecks"),
    Lesson.Kind.FAILED: (SectionKind.RESULTS, "failed"),
}


def _write_lessons(context, content):
    reflection, kept = context.reflection, []
    seen = context.sections.get(SectionKind.COOPERATION)
    phase = seen.data.get("phase") if seen and seen.audience == Audience.PUBLIC else ""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for kind, (section, name) in LESSONS.items():
        for row in section_of(content, section)["rows"].get(name, []):
            lesson, _ = Lesson.objects.update_or_create(
                reflection=reflection,
                row=row["id"],
                defaults={
                    "kind": kind,
                    "text": row["text"],
                    "because": row.get("because", ""),
                    "is_beyond_region": bool(row.get("is_beyond_region")),
                    "audience": row["audience"],
                    "phase": next((p for p in context.phases if p.slug == phase), None),
                    "is_sample": reflection.is_sample,
                },
            )
            lesson.themes.set([themes[slug] for slug in row.get("themes", []) if slug in themes])
            kept.append(lesson.pk)
    reflection.lessons.exclude(pk__in=kept).delete()


def write_phase(context, by):
    """The phase that the pact sees itself in becomes the phase on its page, from today."""
    section = context.sections.get(SectionKind.COOPERATION)
    chosen = section.data.get("phase") if section else ""
    phase = next((phase for phase in context.phases if phase.slug == chosen), None)
    current = context.pact.phase_changes.order_by("-since", "-pk").first()
    if phase and (current is None or current.phase_id != phase.pk):
        PhaseChange.objects.create(
            pact=context.pact,
            phase=phase,
            since=timezone.localdate().isoformat(),
            reason=section.data.get("phase_evidence", "") if section.audience == Audience.PUBLIC else "",
            recorded_by=by,
            is_sample=context.pact.is_sample,
        )
