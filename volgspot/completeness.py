"""What a draft still lacks: one answer for the page, the mail and the step."""

from dataclasses import dataclass

from kopgroep.models import Effect
from organisations.models import TRIANGLE

from .models import SectionKind
from .sections import SECTIONS, Forms, has_content, is_empty

EMPTY = "Vul dit onderdeel in, of schrijf op waarom u het overslaat."


@dataclass(frozen=True)
class Missing:
    """Something to mend: in which section, at which field (its `id` on the page), and how."""

    section: SectionKind
    field: str
    text: str

    @property
    def is_all(self):
        """Whether the whole section is still to do."""
        return self.text == EMPTY


def missing(context):
    """All that keeps the reflection of `context` from being submitted, in the order of the sections."""
    return [problem for kind in SECTIONS for problem in missing_in(kind, context)]


def missing_in(kind, context, forms=None):
    """What one section lacks. A section that is skipped for a reason lacks nothing. Give its `forms` where they are there."""
    section = context.sections.get(kind)
    if section is None or (not section.is_skipped and not has_content(section)):
        return [Missing(kind, "", EMPTY)]
    if section.is_skipped:
        return []
    forms = forms or Forms.of(SECTIONS[kind], section.data, context)
    return [*_wrong(kind, section.data, forms), *RULES.get(kind, _nothing)(section.data, context)]


def _wrong(kind, data, forms):
    """What was typed and cannot be right, and what a row must have once it is begun."""
    if forms.single:
        yield from _errors(kind, forms.single)
    for name, row_forms in forms.of_rows.items():
        typed = {row["id"]: row for row in data.get(name, [])}
        for form in row_forms:
            if not is_empty(row := typed.get(form.row_id, {})):
                yield from _errors(kind, form)
                yield from _needed(kind, form, row)


def _needed(kind, form, row):
    for name in form.needed:
        if not row.get(name):
            target = form[name].id_for_label or form[name].auto_id
            yield Missing(kind, target, f"{form.fields[name].label.rstrip('?')}: vul dit nog in.")


def _errors(kind, form):
    for name, errors in form.errors.items():
        for error in errors:
            label = form.fields[name].label
            yield Missing(kind, form[name].id_for_label or form[name].auto_id, f"{label}: {error}")


def _nothing(data, context):
    return []


def _filled(data, name):
    return [row for row in data.get(name, []) if not is_empty(row)]


def _meetings(data, context):
    corner_of = {str(partner.pk): partner.corner for partner in context.partners}
    for row in _filled(data, "meetings"):
        corners = {corner_of[pk] for pk in row.get("organisations", []) if pk in corner_of}
        if row.get("held_on") and len(corners.intersection(TRIANGLE)) >= 2:
            return
    yield Missing(
        SectionKind.MEETINGS,
        "",
        "Noem ten minste één bijeenkomst met een datum en organisaties uit twee hoeken van de driehoek.",
    )


def _activities_of(rows, context):
    """The activities that these rows name; one that was removed since counts no more."""
    named = {ref for row in rows for ref in row.get("activities", [])}
    return named.intersection(activity.ref for activity in context.activities)


def _triangle(data, context):
    tied = _activities_of(_filled(data, "ambitions"), context)
    if tied & _activities_of([*_filled(data, "results"), *data.get("planned", [])], context):
        return
    yield Missing(
        SectionKind.TRIANGLE,
        "",
        "Noem ten minste één ambitie met een activiteit en een beoogd resultaat van die activiteit.",
    )


def _activities(data, context):
    for name in ("items", "new"):
        for row in data.get(name, []):
            if row.get("status") in ("gestopt", "uitgesteld") and not row.get("status_reason"):
                yield Missing(
                    SectionKind.ACTIVITIES,
                    f"id_{name}-{row['id']}-status_reason",
                    "Schrijf op waarom dit is gestopt of uitgesteld.",
                )


def _results(data, context):
    told = {row["id"] for row in data.get("results", []) if row.get("reached") or row.get("not_reached_because")}
    for result in context.frozen_results:
        row = f"result-{result.result_id}"
        if row not in told:
            yield Missing(
                SectionKind.RESULTS,
                f"id_results-{row}-reached",
                f"{result.title}: vul in wat is bereikt, of waarom het niet lukte.",
            )


def _effects(data, context):
    told = {row.get("group") for row in _filled(data, "effects")}
    for value, label in Effect.Group.choices:
        if value not in told:
            yield Missing(SectionKind.EFFECTS, "", f"Noem ten minste één effect voor {label}.")


def _cooperation(data, context):
    told = {row["id"] for row in data.get("elements", []) if row.get("step")}
    for element in context.elements:
        if element.slug not in told:
            yield Missing(
                SectionKind.COOPERATION,
                f"id_elements-{element.slug}-step_0",
                f"{element.title}: kies waar het pact staat.",
            )


def _agreements(data, context):
    told = {row["id"] for row in data.get("earlier", []) if row.get("fate")}
    for agreement in context.earlier_agreements:
        if f"agreement-{agreement.pk}" not in told:
            yield Missing(
                SectionKind.AGREEMENTS,
                f"id_earlier-agreement-{agreement.pk}-fate_0",
                f"Zeg wat er werd van de afspraak “{agreement.text}”.",
            )
    if not _filled(data, "agreements"):
        yield Missing(SectionKind.AGREEMENTS, "", "Maak ten minste één nieuwe afspraak.")


RULES = {
    SectionKind.MEETINGS: _meetings,
    SectionKind.TRIANGLE: _triangle,
    SectionKind.ACTIVITIES: _activities,
    SectionKind.RESULTS: _results,
    SectionKind.EFFECTS: _effects,
    SectionKind.COOPERATION: _cooperation,
    SectionKind.AGREEMENTS: _agreements,
}


def gaps(triangle, context):
    """What hangs loose in the triangle: ambitions without an activity, activities without a result. Not a fault, a mirror.

    Gives (kind, title) with kind "ambition" or "activity".
    """
    ambitions = _filled(triangle, "ambitions")
    led_to = _activities_of([*_filled(triangle, "results"), *triangle.get("planned", [])], context)
    for row in ambitions:
        if not _activities_of([row], context):
            yield "ambition", row.get("text", "")
    used = _activities_of(ambitions, context)
    for activity in context.activities:
        if activity.ref in used and activity.ref not in led_to:
            yield "activity", activity.title


def loose_ends(triangle):
    """The refs of what hangs loose, for an overview of many drafts: `gaps` without the names, and without a query."""
    ambitions = _filled(triangle, "ambitions")
    aims = [*_filled(triangle, "results"), *triangle.get("planned", [])]
    used, led_to = ({ref for row in rows for ref in row.get("activities", [])} for rows in (ambitions, aims))
    return [*(row["id"] for row in ambitions if not row.get("activities")), *sorted(used - led_to)]
