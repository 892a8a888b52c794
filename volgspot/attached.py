"""The evaluations that a pact attaches to what it files: adding, changing, taking away."""

from django.db import transaction
from django.utils import timezone

from zorgpact.uploads import store
from zorgpact.workflow import Refused, lock, note_step

from .content import evaluation_in

MOST = 5
# The reason that is offered for skipping a section, once an evaluation is attached.
IN_EVALUATION = "Staat in onze eigen evaluatie."


def _may_change(reflection):
    """The reflection, for this transaction alone."""
    reflection = lock(reflection)
    if not reflection.is_editable:
        raise Refused(f"Dit verslag kunt u nu niet wijzigen: de stand is “{reflection.get_status_display()}”.")
    return reflection


@transaction.atomic
def save(evaluation, upload, *, by):
    """Keep a new evaluation or a changed one. Another file or page takes the place of the earlier one."""
    reflection = _may_change(evaluation.reflection)
    before = reflection.evaluations.current().filter(pk=evaluation.pk).first() if evaluation.pk else None
    if before is None and reflection.evaluations.current().count() >= MOST:
        raise Refused(f"U kunt hoogstens {MOST} evaluaties toevoegen.")
    if upload:
        evaluation.url, evaluation.file_name, evaluation.size = "", upload.name, upload.size
        evaluation.stored_as = store(upload)
    elif evaluation.url:
        evaluation.stored_as, evaluation.file_name, evaluation.size = None, "", 0
    is_other = before and (before.stored_as, before.url) != (evaluation.stored_as, evaluation.url)
    if is_other:
        _take_away(before)
        evaluation.pk = None
    if evaluation.pk is None:
        evaluation.added_by = by
    evaluation.save()
    step = (
        "eigen evaluatie vervangen"
        if is_other
        else "eigen evaluatie gewijzigd"
        if before
        else "eigen evaluatie toegevoegd"
    )
    note_step(reflection, by=by, step=step)


@transaction.atomic
def remove(evaluation, *, by):
    reflection = _may_change(evaluation.reflection)
    _take_away(evaluation)
    note_step(reflection, by=by, step="eigen evaluatie weggehaald")


def _take_away(evaluation):
    """Gone, file and all; unless a version that was adopted names it: that one stays as it is."""
    versions = evaluation.reflection.versions.only("content", "reflection")
    if any(evaluation_in(version.content, evaluation.pk) for version in versions):
        evaluation.removed_at = timezone.now()
        evaluation.save(update_fields=["removed_at"])
    else:
        evaluation.delete()
