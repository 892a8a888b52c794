"""Remove everything that is made up, and nothing else."""

from collections import Counter

from auditlog.context import disable_auditlog
from django.apps import apps
from django.db import transaction

from kopgroep.models import Adoption, KoploperParticipation
from organisations.models import Organisation
from programme.history import history_may_change, note_job
from programme.models import Published
from regels.models import Attachment
from regels.retention import remove_files
from regions.models import PactParticipation

# What is pointed at goes after what points at it; models that are not named come in between.
FIRST = ["volgspot.Reflection", "regions.AgendaItem", "kopgroep.Koploper", "regions.RegionalPact"]
LAST = ["organisations.Organisation", "themes.Theme", "programme.Source"]


def sample_models():
    """Every model that can hold a sample, in the order in which they can go."""
    tagged = [m for m in apps.get_models() if any(f.name == "is_sample" for f in m._meta.fields)]
    order = {label: place for place, label in enumerate(FIRST)} | {label: 100 + n for n, label in enumerate(LAST)}
    return sorted(tagged, key=lambda model: (order.get(model._meta.label, 50), model._meta.label))


@transaction.atomic
def remove_samples():
    """Returns a Counter of removed records by their name. A link of a real record to a sample goes, the record stays.

    The history gets one line for each record that had a place of its own, and none for the rows on it.
    """
    removed = Counter()
    with history_may_change("removal of the samples"), disable_auditlog():
        made_up = Organisation.objects.filter(is_sample=True)
        for rows in (PactParticipation, KoploperParticipation):
            _delete(rows.objects.filter(organisation__in=made_up), removed)
        Adoption.objects.filter(organisation__in=made_up).update(organisation=None)
        remove_files(Attachment.objects.filter(question__is_sample=True))
        for model in sample_models():
            if issubclass(model, Published):
                note_job(
                    model.objects.filter(is_sample=True), job="voorbeelden verwijderen", step="verwijderd", removed=True
                )
            _delete(model.objects.filter(is_sample=True), removed)
    return removed


def _delete(queryset, removed):
    _total, by_label = queryset.delete()
    for label, number in by_label.items():
        removed[str(apps.get_model(label)._meta.verbose_name_plural)] += number
