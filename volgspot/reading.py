"""What somebody who judges a reflection has beside the text: last time, the partners' views, remarks, and what changed."""

from programme.history import steps_on
from zorgpact.reading_history import lines, marked_by_sentence

from .completeness import missing
from .content import content_of, section_of
from .context import Context
from .models import PartnerView, Reflection, SectionKind
from .panels import field_key, places_to_remark
from .partners import spread_of, views_of

NOT_TOLD = {"id", "audience", "activities", "result", "meant_for", "kind", "step_text", "themes"}


def for_team(reflection, *, everything=False, may_remark=False):
    """The parts of the page of the team. `everything` shows all sections, also where only some changed since the last reading.

    With `may_remark` each part has the `places` at which a remark can stand. Of a concept all is shown too: the project
    leader is told that the team may read along, and judges what was sent in.
    """
    context = Context(reflection)
    views = views_of(reflection)
    content = content_of(context, spread_of(reflection, for_team=True, elements=context.elements, views=views))
    changed = changes(reflection.read_content, content) if reflection.read_content else []
    only_changed = bool(reflection.read_content) and reflection.status == Reflection.Status.SUBMITTED and not everything
    remarks = list(reflection.comments.select_related("made_by", "resolved_by"))
    versions = list(reflection.versions.defer("content", "public_content").select_related("adopted_by"))
    # A remark that was answered is part of the second reading, also where the text stayed as it was.
    kinds = {change["kind"] for change in changed} | {remark.section for remark in remarks if remark.sent_at}
    return {
        "is_concept": reflection.status == Reflection.Status.DRAFT,
        "content": content,
        "parts": [
            {
                "section": section,
                "before": section_of(context.previous, section["kind"]) if context.previous else None,
                **_remarked(section["kind"], remarks, context, may_remark),
                "changes": next((change["lines"] for change in changed if change["kind"] == section["kind"]), []),
            }
            for section in content["sections"]
            if not only_changed or section["kind"] in kinds
        ],
        "only_changed": only_changed,
        "previous_round": context.previous.get("round", {}).get("name", ""),
        "lacking": missing(context)
        if reflection.is_editable or reflection.status == Reflection.Status.SUBMITTED
        else [],
        "spread": content["spread"],
        "views": [_view(view, context) for view in views],
        "asked": reflection.links.filter(revoked_at=None).count(),
        "unsent": [remark for remark in remarks if remark.sent_at is None],
        "versions": versions,
        "is_public": reflection.pact.is_published and any(version.published_at for version in versions),
        "seen_phase": section_of(content, SectionKind.COOPERATION)["fields"],
        "phase_now": reflection.pact.phase_changes.select_related("phase").order_by("-since", "-pk").first(),
        "history": lines(steps_on(reflection)[:30], reflection),
    }


def _remarked(kind, remarks, context, may_remark):
    """The remarks on a section, each with where it stands, and where another one can stand."""
    remarks = [remark for remark in remarks if remark.section == kind]
    is_asked = may_remark or any(remark.field for remark in remarks)
    places = list(places_to_remark(kind, context)) if is_asked else []
    names = {
        field: f"{label} ({heading})" if heading else label for heading, fields in places for field, label in fields
    }
    for remark in remarks:
        remark.place = names.get(field_key(remark.field), "")
    return {"remarks": remarks, "places": places if may_remark else []}


def _view(view, context):
    titles = {element.slug: element.title for element in context.elements} | {"ambition": "Ambitie", "note": "Verder"}
    return {
        "organisation": view.link.organisation,
        "share": PartnerView.Share(view.shares.get("scores", PartnerView.Share.UNNAMED)).label,
        "words": [(titles.get(about, about), text) for about, text in view.words.items()],
    }


def changes(before, after):
    """What differs between two contents: `[{"kind", "title", "lines"}]`, each line marked with what came and went."""
    found = []
    for section in after["sections"]:
        old, new = texts_of(section_of(before, section["kind"])), texts_of(section)
        told = [
            {"label": label, "marked": marked_by_sentence(old.get(key, ("", ""))[1], text)}
            for key, (label, text) in new.items()
            if old.get(key, ("", ""))[1] != text
        ]
        told += [
            {"label": label, "marked": marked_by_sentence(text, "")}
            for key, (label, text) in old.items()
            if key not in new
        ]
        if told:
            found.append({"kind": section["kind"], "title": section["title"], "lines": told})
    return found


def texts_of(section):
    """Every text of a section by where it stands: `{(rows, id, field): (label, text)}`."""
    texts = {("", "", name): ("", str(value)) for name, value in section.get("fields", {}).items()}
    if section.get("skipped_because"):
        texts["", "", "skipped"] = ("Overgeslagen", section["skipped_because"])
    for name, rows in section.get("rows", {}).items():
        if name == "activities":
            continue
        for row in rows:
            # An effect has no title: for whom it is says which.
            label = row.get("title") or row.get("group") or ""
            for key, value in row.items():
                if key not in NOT_TOLD and key != "title" and isinstance(value, str):
                    texts[name, row["id"], key] = (label, value)
    return texts
