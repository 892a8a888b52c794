"""A draft as it is read: whole sentences and names instead of numbers, so that it stays true when they change later.

    {"round": …, "pact": …, "sections": [{"kind", "title", "audience", "skipped_because", "fields": {…}, "rows": {name: […]}}],
     "gaps": […], "spread": […], "evaluations": [{"id", "title", "dated", "url", "file_name", "size", "audience"}]}

Every row says for whom it is; `for_audience` leaves out what a reader may not see. Names of people are never in it.
"""

from .completeness import gaps
from .models import Audience, ElementStep, SectionKind
from .sections import SECTIONS, has_content, is_empty


def content_of(context, spread=()):
    """All that the draft of `context` says; `spread` is how the partners' scores lie, see `partners.spread_of`."""
    triangle = context.sections.get(SectionKind.TRIANGLE)
    return {
        "pact": context.pact.name,
        "round": {"name": context.round.name, "slug": context.round.slug, "opens": context.round.opens.isoformat()},
        "sections": [content_of_section(kind, context) for kind in SECTIONS],
        "gaps": [list(gap) for gap in gaps(triangle.data, context)] if triangle else [],
        "spread": list(spread),
        "evaluations": list(context.reflection.evaluations.current().values(*OF_EVALUATION)),
    }


# What a report tells of an evaluation that the pact attached.
OF_EVALUATION = ("id", "title", "dated", "url", "file_name", "size", "audience")


def content_of_section(kind, context):
    kind = SectionKind(kind)
    section = context.sections.get(kind)
    base = {
        "kind": kind.value,
        "title": kind.label,
        "audience": Audience.PUBLIC.value,
        "skipped_because": "",
        "fields": {},
        "rows": {},
    }
    if section is None:
        return base
    base |= {"audience": section.audience, "skipped_because": section.skipped_because}
    if section.is_skipped or not has_content(section):
        return base
    names = _Names(context)
    section_type = SECTIONS[kind]
    if section_type.form:
        base["fields"] = {
            name: value
            for name in section_type.form.base_fields
            if (value := names.field(name, section.data.get(name)))
        }
    for rows in section_type.rows:
        known = dict(rows.known(context)) if rows.known else {}
        typed = {row["id"]: row for row in section.data.get(rows.name, [])}
        base["rows"][rows.name] = [
            row
            for pk in dict.fromkeys([*known, *typed])
            if (row := names.row(rows.name, typed.get(pk, {"id": pk}), known.get(pk), section.audience))
        ]
    if kind == SectionKind.TRIANGLE:
        base["rows"]["activities"] = _activities(context)
    return base


def _activities(context):
    """The middle of the triangle: the agenda, which everybody may read, and what this draft adds to it."""
    section = context.sections.get(SectionKind.ACTIVITIES)
    new = {f"new-{row['id']}": row.get("audience") for row in context.rows(SectionKind.ACTIVITIES, "new")}
    of_section = section.audience if section else ""
    return [
        {
            "id": activity.ref,
            "title": activity.title,
            "audience": narrowest(of_section, new[activity.ref]) if activity.ref in new else Audience.PUBLIC.value,
        }
        for activity in context.activities
    ]


class _Names:
    """Turns what was chosen into the words that a reader sees."""

    def __init__(self, context):
        self.context = context

    def field(self, name, value):
        if name == "phase" and value:
            return next((phase.name for phase in self.context.phases if phase.slug == value), value)
        return value

    def row(self, name, typed, record, audience):
        described = getattr(self, f"of_{name}", lambda typed, record: {})(typed, record)
        if is_empty(typed) and not described:
            return None
        texts = {key: value for key, value in typed.items() if value and key not in ("attendees", "audience")}
        return texts | described | {"audience": narrowest(audience, typed.get("audience"))}

    def of_meetings(self, typed, record):
        by_pk = {str(partner.pk): partner for partner in self.context.partners}
        there = [by_pk[pk] for pk in typed.get("organisations", []) if pk in by_pk]
        return {"organisations": [{"name": o.name, "corner": o.corner.value} for o in there]} if there else {}

    def of_planned(self, typed, record):
        if record is None:
            return {}
        return {name: getattr(record, name) for name in ("title", "target", "by_when")} | {"meant_for": record.audience}

    def of_items(self, typed, record):
        return {"title": record.title, "status": typed.get("status") or record.status} if record else {}

    def of_results(self, typed, record):
        """In the section of results the frozen text stands beside what came of it; in the triangle it is the text itself."""
        if record is None:
            return {}
        return {
            name: getattr(record, name)
            for name in ("title", "kind", "indicator", "unit", "baseline", "target", "by_when")
            if getattr(record, name)
        } | {"result": record.result_id, "meant_for": record.audience}

    def of_effects(self, typed, record):
        effect = next((e for e in self.context.effects if e.slug == typed.get("effect")), None)
        return {"effect": effect.name} if effect else {}

    def of_elements(self, typed, record):
        if record is None or not typed.get("step"):
            return {}
        texts = {str(step.step): step.text for step in record.steps.all()}
        labels = {str(value): label for value, label in ElementStep.Step.choices}
        return {
            "title": record.title,
            "step": typed["step"],
            "step_name": labels.get(typed["step"], typed["step"]),
            "step_text": texts.get(typed["step"], ""),
        }

    def of_success(self, typed, record):
        return self._themes(typed)

    def of_bottlenecks(self, typed, record):
        return self._themes(typed)

    def _themes(self, typed):
        chosen = [theme for theme in self.context.themes if theme.slug in typed.get("themes", [])]
        return {"theme_names": [theme.name for theme in chosen]} if chosen else {}

    def of_earlier(self, typed, record):
        return (
            {"text": record.text, "who": record.who, "by_when": record.by_when, "meant_for": record.audience}
            if record
            else {}
        )


def narrowest(*audiences):
    """Of several audiences the one that lets fewest people read; empty counts for nothing."""
    return max((Audience(a) for a in audiences if a), key=lambda a: a.rank, default=Audience.PUBLIC).value


def for_audience(content, audience):
    """What a reader of this sort may see of `content`: sections, rows and links alike.

    What an earlier row was meant for holds too: an agreement among partners does not come out by its fate.
    """
    seen = content | {"sections": [section_for(section, audience) for section in content["sections"]]}
    reader = Audience(audience)
    # Older versions know no evaluations.
    evaluations = [one for one in content.get("evaluations", []) if reader.sees(one["audience"])]
    return seen | _links_within(seen, content) | {"evaluations": evaluations}


def evaluation_in(content, pk):
    """What `content` tells of one evaluation, or None."""
    return next((one for one in content.get("evaluations", []) if one["id"] == pk), None)


def section_for(section, audience):
    """One section as `for_audience` gives it: its rows that this reader may see, or that it is hidden."""
    reader = Audience(audience)
    if not reader.sees(section["audience"]):
        return section | {"is_hidden": True, "fields": {}, "rows": {}, "skipped_because": ""}
    rows = {
        name: [row for row in rows if reader.sees(narrowest(row["audience"], row.get("meant_for")))]
        for name, rows in section["rows"].items()
    }
    return section | {"rows": rows}


def _links_within(seen, content):
    """The gaps and the spread go with the section that they are about."""
    hidden = {section["kind"] for section in seen["sections"] if section.get("is_hidden")}
    everything_is_seen = content["sections"] and all(
        len(mine["rows"].get(name, [])) == len(rows)
        for section, mine in zip(content["sections"], seen["sections"], strict=True)
        if section["kind"] in (SectionKind.TRIANGLE, SectionKind.ACTIVITIES)
        for name, rows in section["rows"].items()
    )
    return {
        "gaps": content["gaps"] if everything_is_seen and SectionKind.TRIANGLE not in hidden else [],
        "spread": content["spread"] if SectionKind.COOPERATION not in hidden else [],
    }


def section_of(content, kind):
    """One section of a content, or an empty one."""
    return next(
        (section for section in content.get("sections", []) if section["kind"] == kind), {"fields": {}, "rows": {}}
    )
