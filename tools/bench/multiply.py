"""Make the portal large: copies of what is there, with all that hangs on it.

The index of the search stays as it was: to make it of so many records takes longer than all the rest.
"""

import sys

from django.db import connection, transaction
from django.utils import timezone

from kopgroep.models import Koploper
from organisations.models import Organisation
from regels.models import Case, Question
from regions.models import RegionalPact
from search.models import Change, IndexState

BATCH = 2000
# Between the numbers of a question and of its copy: more than there are questions in a year.
APART = 10_000


def multiply(times, pacts):
    """So many times as many koplopers, organisations, cases and questions, and so many times as many pacts, all told."""
    organisations = _copies(Organisation, times, lambda o, n: {"name": f"{o.name} {n}", "slug": f"{o.slug[:90]}-{n}"})
    _copies(RegionalPact, pacts, lambda p, n: {"name": f"{p.name} {n}", "slug": f"{p.slug[:90]}-{n}"}, organisations)
    _copies(Koploper, times, lambda k, n: {"title": f"{k.title} {n}", "slug": f"{k.slug[:90]}-{n}"}, organisations)
    _copies(
        Case,
        times,
        lambda c, n: {"question": f"{c.question[:240]} {n}", "slug": f"{c.slug[:90]}-{n}", "revises_id": None},
    )
    _copies(Question, times, lambda q, n: {"number": q.number and q.number + n * APART})
    # So that no worker begins on the index while something is measured.
    Change.objects.all().delete()
    IndexState.objects.update(checked_at=timezone.now())
    # As the databases do by themselves, or the worker does, after a while.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _copies(model, times, changed, organisations=None):
    """Returns the numbers of the originals with those of their copies, one list for each round."""
    originals = list(model.objects.order_by("pk"))
    rounds = []
    for first in range(1, times, max(1, BATCH // len(originals))):
        numbers = range(first, min(times, first + max(1, BATCH // len(originals))))
        with transaction.atomic():
            made = model.objects.bulk_create(
                [_copy(record, changed(record, number)) for number in numbers for record in originals]
            )
            for place in range(len(numbers)):
                copies = made[place * len(originals) : (place + 1) * len(originals)]
                pairs = {record.pk: copy.pk for record, copy in zip(originals, copies, strict=True)}
                rounds.append(pairs)
            for relation in model._meta.related_objects:
                if _is_part(relation):
                    _rows(relation.related_model, relation.field, rounds[-len(numbers) :], numbers, organisations)
            for field in model._meta.many_to_many:
                through = field.remote_field.through
                if through._meta.auto_created and field.related_model is not model:
                    owner = through._meta.get_field(field.m2m_field_name())
                    _rows(through, owner, rounds[-len(numbers) :], numbers, organisations)
        sys.stderr.write(f"\r  {model._meta.verbose_name_plural}: {len(originals) * numbers[-1] + len(originals)}   ")
    sys.stderr.write("\n")
    return rounds


def _is_part(relation):
    """Whether the rows of `relation` go with a record, and hang on nothing else that is not copied, such as a report."""
    field_names = {field.name for field in relation.related_model._meta.concrete_fields}
    is_owned = relation.one_to_many and relation.field.remote_field.on_delete.__name__ == "CASCADE"
    return is_owned and "reflection" not in field_names


def _copy(record, values):
    copy = type(record)(
        **{f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key}
    )
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


def _rows(model, owner, rounds, numbers, organisations):
    # Rows that point at other rows of the same record would need those first; pages cost the same without them.
    inner = [f.name for f in model._meta.concrete_fields if f.name in ("vraagstuk", "subregion", "answer")]
    unique = [f for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    rows, made = list(model.objects.filter(**{f"{owner.attname}__in": list(rounds[0])})), []
    for pairs, number in zip(rounds, numbers, strict=True):
        for row in rows:
            values = {owner.attname: pairs[getattr(row, owner.attname)], **{f"{name}_id": None for name in inner}}
            values |= {f.name: f"{number}-{getattr(row, f.name)}"[: f.max_length] for f in unique}
            if organisations and hasattr(row, "organisation_id") and row.organisation_id:
                values["organisation_id"] = organisations[(number - 1) % len(organisations)][row.organisation_id]
            made.append(_copy(row, values))
    model.objects.bulk_create(made, batch_size=BATCH)
