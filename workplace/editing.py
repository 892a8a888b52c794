"""A project leader changes the public page of the own pact or koploper, part by part.

What was typed is never lost: not by an error, somebody else's save, a row that went, or a login that ended.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zorgpact import kept
from zorgpact.admin_forms import KEPT, STATE, THEIRS, differences, error_summary
from zorgpact.numbers import number_of
from zorgpact.slugs import free_slug
from zorgpact.workflow import lock

from . import changes
from .models import Proposal
from .pages import PAGES

MOST_PROPOSALS = 30
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def page(request, kind, slug):
    """What stands on the page now, with the way to change each part of it."""
    record = PAGES[kind].find(request.user, slug)
    parts = PAGES[kind].parts.values()
    return render(
        request,
        "workplace/page.html",
        {
            "kind": kind,
            "record": record,
            "parts": [(part, told(part, record)) for part in parts],
            "proposed": changes.kinds_for(record),
            "proposals": Proposal.objects.about(record).order_by("-made_at", "-pk")[:MOST_PROPOSALS],
        },
    )


def told(part, record):
    """What a part says now: its rows, or its fields as (label, text)."""
    if part.rows:
        return list(getattr(record, part.rows).all())
    form = part.form(instance=record)
    return [(bound.label, form.initial[bound.name]) for bound in form]


@FORM
@kept.login_required
def part(request, kind, slug, part):
    """One part of which the fields stand on the record itself."""
    record, part = find(request, kind, slug, part)
    if part.rows:
        return redirect(f"{address_of(kind, record)}#{part.slug}")
    return answer(request, kind, record, part, lambda record: record)


@FORM
@kept.login_required
def row(request, kind, slug, part, row):
    """One row of a part, or a new one. A row that somebody removed meanwhile comes back as a new one, not yet saved."""
    record, part = find(request, kind, slug, part)
    if not part.rows:
        raise Http404
    is_new = row == "nieuw"
    if request.method == "GET" and not is_new and not row_of(part, record, row):
        raise Http404
    return answer(
        request,
        kind,
        record,
        part,
        lambda record: row_of(part, record, row) or new_row(kind, part, record),
        is_new=is_new,
    )


def find(request, kind, slug, part):
    record = PAGES[kind].find(request.user, slug)
    if part not in PAGES[kind].parts:
        raise Http404
    return record, PAGES[kind].parts[part]


def row_of(part, record, pk):
    return getattr(record, part.rows).filter(pk=number_of(pk)).first()


def new_row(kind, part, record):
    """What hangs on a sample is one too."""
    return part.form._meta.model(**{kind: record, "is_sample": record.is_sample})


def address_of(kind, record):
    return reverse("workplace:page", args=[kind, record.slug])


# --- showing and saving


def answer(request, kind, record, part, instance_of, *, is_new=False):
    """The page of a form, or what comes of sending it. `instance_of` finds what is changed, once the record is locked."""
    if request.method != "POST":
        typed = kept.recall(request)
        if typed is not None:
            typed[KEPT] = "1"
        return show(request, kind, record, part, part.form(typed, instance=instance_of(record)))
    with transaction.atomic():
        record = lock(record)
        form = part.form(request.POST, instance=instance_of(record))
        is_gone = not is_new and form.instance.pk is None
        if form.is_valid() and not is_gone:
            keep(request, kind, part, record, form)
            kept.forget(request)
            messages.success(request, said_of(record, is_removed="remove" in request.POST))
            return redirect(f"{address_of(kind, record)}#{part.slug}")
    return show(request, kind, record, part, form, is_gone=is_gone)


def keep(request, kind, part, record, form):
    """Save what was changed; a changed row counts as a change of the record."""
    if part.rows and "remove" in request.POST and part.can_be_removed:
        form.instance.delete()
    elif part.rows:
        save_row(kind, part, record, form)
    record.version += 1
    record.save()


def save_row(kind, part, record, form):
    row = form.save(commit=False)
    if row.pk is None:
        if hasattr(row, "position"):
            row.position = (getattr(record, part.rows).aggregate(last=Max("position"))["last"] or 0) + 1
        if hasattr(row, "slug"):
            row.slug = free_slug(row, kind)
    row.save()


def said_of(record, is_removed):
    done = "Verwijderd" if is_removed else "Bewaard"
    return (
        f"{done}. Het staat zo op de site." if record.is_published else f"{done}. De pagina staat nog niet op de site."
    )


def show(request, kind, record, part, form, *, is_gone=False):
    is_stale = form.has_code("stale")
    return render(
        request,
        "workplace/part.html",
        {
            "kind": kind,
            "record": record,
            "part": part,
            "form": form,
            "row": form.instance if part.rows and form.instance.pk else None,
            # What came back after a login was typed on an older state: saving it must say so.
            "state": form.data.get(STATE, "") if form.has_code("kept") else form.state,
            "state_name": STATE,
            "theirs_name": THEIRS,
            "mark": kept.mark_for(request),
            "mark_name": kept.MARK,
            "was_kept": form.has_code("kept"),
            "is_gone": is_gone,
            "is_stale": is_stale,
            "stale": differences(form) if is_stale else [],
            "summary": list(error_summary(form, [])) if form.is_bound else [],
        },
        status=409 if is_stale or is_gone else 400 if request.method == "POST" else 200,
    )
