"""The page on which a project leader fills in one section.

What was typed is never lost: not by an error, somebody else's save, a login that ended, or a report sent in meanwhile.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from zorgpact import kept
from zorgpact.open_forms import version_in
from zorgpact.workflow import Refused

from . import drafts
from .attached import IN_EVALUATION
from .content import content_of_section
from .context import Context
from .models import Audience, SectionKind
from .panels import Page, name_of
from .people import reflection_for
from .progress import progress_of
from .sections import MOST_ROWS, SECTIONS, THEIRS, clean_text, from_post, is_empty, merged, new_row_id
from .triangle import draw

REMOVED = "removed_row"


@dataclass
class Typed:
    """What is in the fields of a section, saved or not."""

    data: dict
    audience: str
    skipped_because: str
    version: int

    @classmethod
    def of(cls, section):
        return cls(section.data, section.audience, section.skipped_because, section.version)

    @classmethod
    def from_post(cls, post, section, context):
        theirs = post.getlist(THEIRS)
        return cls(
            from_post(SECTIONS[section.kind], post, section.data, context),
            section.audience if "audience" in theirs else post.get("audience", section.audience),
            IN_EVALUATION
            if "in_evaluation" in post
            else section.skipped_because
            if "skipped_because" in theirs
            else post.get("skipped_because", section.skipped_because),
            version_in(post),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@kept.login_required
def section(request, pact, round, kind):
    reflection = reflection_for(request.user, pact, round)
    context = Context(reflection)
    section = context.sections.get(kind)
    if section is None:
        raise Http404
    if request.method == "POST" and reflection.is_mine:
        return save(request, context, section)
    typed = kept.recall(request)
    draft = Typed.of(section) if typed is None else Typed.from_post(typed, section, context)
    return show(request, context, section, draft, was_kept=typed is not None)


def show(request, context, section, typed, *, status=200, **more):
    """The page, with `typed` in the fields."""
    reflection = context.reflection
    if typed is not section:
        # So that what lacks is counted of what is on the page.
        context.sections[section.kind].data = typed.data
    page = Page(context, section.kind, typed, theirs=more.get("theirs"), tie=request.GET.get("koppel", ""))
    may_edit = reflection.is_mine and (reflection.is_editable or "refused" in more)
    return render(
        request,
        "volgspot/section.html",
        {
            "reflection": reflection,
            "section": section,
            "type": page.type,
            "page": page,
            "typed": typed,
            "audiences": Audience.choices,
            "progress": list(progress_of(context)),
            "place": list(SECTIONS).index(section.kind) + 1,
            "next": following(reflection, section.kind),
            "may_edit": may_edit,
            "content": None if may_edit else content_of_section(section.kind, context),
            "triangle": draw(content_of_section(section.kind, context))
            if section.kind == SectionKind.TRIANGLE
            else None,
            "removed": removed_row(request, section),
            "saved": saved_words(section),
            "who_saved": who_saved(request, more.get("theirs")),
            "mark": kept.mark_for(request),
            "mark_name": kept.MARK,
            **more,
        },
        status=status,
    )


def following(reflection, kind):
    """Where one goes on: the next section, and after the last one the overview."""
    kinds = list(SECTIONS)
    place = kinds.index(kind) + 1
    return reflection.get_edit_url(kinds[place] if place < len(kinds) else "")


# --- saving


def save(request, context, section):
    """Save what was sent, and do what its button says."""
    typed = Typed.from_post(request.POST, section, context)
    anchor = change_rows(request, section, typed)
    try:
        with transaction.atomic():
            saved = drafts.save_section(
                section,
                by=request.user,
                version=typed.version,
                data=typed.data,
                audience=typed.audience,
                skipped_because=typed.skipped_because,
                context=context,
            )
            answer_remarks(request, context.reflection, section.kind)
    except drafts.Stale as stale:
        return say_stale(request, context.reflection, stale.section, typed)
    except Refused as refused:
        if wants_json(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        fresh = Context(reflection_for(request.user, context.pact.slug, context.round.slug))
        return show(request, fresh, fresh.sections[section.kind], typed, refused=str(refused), status=409)
    kept.forget(request)
    if wants_json(request):
        now = next(p for p in progress_of(context) if p.kind == section.kind)
        return JsonResponse(
            {"version": saved.version, "saved": saved_words(saved), "sign": now.sign, "progress": now.words}
        )
    return redirect(where_to(request, context, saved, anchor))


def wants_json(request):
    return request.headers.get("Accept") == "application/json"


def saved_words(section):
    if section.saved_at is None:
        return ""
    moment = timezone.localtime(section.saved_at)
    on = "" if moment.date() == timezone.localdate() else f" op {date_format(moment, 'j F')}"
    return f"Bewaard{on} om {moment:%H.%M} uur"


def who_saved(request, theirs):
    """Who saved meanwhile: a colleague by name, or this person in another window."""
    if theirs is None or theirs.saved_by is None:
        return "Iemand anders"
    return "U (in een ander venster)" if theirs.saved_by == request.user else str(theirs.saved_by)


def say_stale(request, reflection, current, typed):
    """Somebody else saved meanwhile: both texts on one page, to choose from."""
    if wants_json(request):
        who = who_saved(request, current)
        problem = f"{who} bewaarde dit onderdeel intussen. Druk op Bewaar: u ziet dan beide teksten en er gaat niets verloren."
        return JsonResponse({"problem": problem}, status=409)
    context = Context(reflection)
    section = context.sections[current.kind]
    typed.data = merged(SECTIONS[current.kind], typed.data, current.data)
    typed.version = current.version
    return show(request, context, section, typed, theirs=current, status=409)


# --- rows come and go


def change_rows(request, section, typed):
    """Add, remove or put back a row, as the button says; gives the field or heading where one goes on."""
    kind, post = SECTIONS[section.kind], request.POST
    if (rows := kind.rows_named(post.get("add", ""))) and rows.can_be_added:
        return add_row(rows, typed.data)
    name, _, pk = post.get("remove", "").partition(" ")
    if (rows := kind.rows_named(name)) and rows.can_be_added:
        return remove_row(request, section, rows, pk, typed.data)
    if "restore" in post and (removed := removed_row(request, section)):
        return put_back(request, removed, typed.data)
    return ""


def add_row(rows, data):
    found = data.setdefault(rows.name, [])
    if len(found) >= MOST_ROWS:
        return f"rijen-{rows.name}"
    pk = new_row_id()
    found.append({"id": pk})
    return f"id_{rows.name}-{pk}-{rows.first_field}"


def remove_row(request, section, rows, pk, data):
    """What was in it can be put back, for as long as this person stays logged in or removes another one."""
    found = data.get(rows.name, [])
    place = next((i for i, row in enumerate(found) if row["id"] == pk), None)
    if place is None or is_empty(row := found.pop(place)):
        return f"rijen-{rows.name}"
    request.session[REMOVED] = {"section": section.pk, "rows": rows.name, "place": place, "row": row}
    return "verwijderd"


def removed_row(request, section):
    removed = request.session.get(REMOVED)
    if not removed or removed["section"] != section.pk:
        return None
    rows = SECTIONS[section.kind].rows_named(removed["rows"])
    return removed | {"name": f"{rows.one} “{name_of(removed['row'])}”"}


def put_back(request, removed, data):
    del request.session[REMOVED]
    found, row = data.setdefault(removed["rows"], []), removed["row"]
    if all(other["id"] != row["id"] for other in found):
        found.insert(removed["place"], row)
    return f"{removed['rows']}-{row['id']}"


# --- remarks of the team


def answer_remarks(request, reflection, kind):
    """Keep the answers that stand beside the remarks, and solve the one whose button was pressed."""
    post = request.POST
    if not any(name.startswith("answer-") for name in post):
        return
    for remark in reflection.comments.filter(section=kind, sent_at__isnull=False):
        answer = clean_text(post.get(f"answer-{remark.pk}", remark.answer))
        solved = post.get("solve") == str(remark.pk)
        opened = post.get("reopen") == str(remark.pk)
        if answer == remark.answer and not solved and not opened:
            continue
        remark.answer = answer
        if solved or opened:
            remark.resolved_at = timezone.now() if solved else None
            remark.resolved_by = request.user if solved else None
        remark.save(update_fields=["answer", "resolved_at", "resolved_by"])


# --- where to go on


def where_to(request, context, section, anchor):
    """After saving: to what was asked for; without a wish to the next section, unless something here is wrong."""
    post = request.POST
    here = context.reflection.get_edit_url(section.kind)
    if tie := post.get("koppel"):
        return f"{here}?{urlencode({'koppel': tie})}#{tie}"
    if anchor:
        return f"{here}#{anchor}"
    if remark := post.get("solve") or post.get("reopen"):
        return f"{here}#opmerking-{remark}"
    if Page(context, section.kind, section).errors:
        return f"{here}#fouten"
    return f"{here}#bewaard" if "stay" in post else following(context.reflection, section.kind)
