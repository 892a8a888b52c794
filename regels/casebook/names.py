"""The names that hang on cases, obstacles and schemes, for many records in one query."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from organisations.models import OrganisationKind
from regels.models import Rule
from regions.models import Phase
from themes.models import Theme
from zorgpact.written import WrittenOnce, among, as_value

# What may hang on a record, by the name of the field; where only some are public, how those are found.
PUBLIC = {"themes": Theme, "rules": Rule, "organisation_kinds": OrganisationKind, "phases": Phase}


@dataclass(frozen=True)
class Name:
    """One of them, as a page names it."""

    name: str
    slug: str


def fill(records, *fields):
    """Give each record, for every one of `fields`, a list of names under `names`; one query."""
    records = list(records)
    if not records:
        return records
    found = defaultdict(list)
    rows = _names(type(records[0]), fields)(as_value(record.pk for record in records))
    for owner, field, _position, name, slug in sorted(rows):
        found[owner, field].append(Name(name, slug))
    for record in records:
        record.names = {field: found[record.pk, field] for field in fields}
    return records


@lru_cache(maxsize=32)
def _names(model, fields):
    """The rows of these fields for the records with the numbers that it takes."""
    owner = f"{model._meta.model_name}__in"

    def rows(numbers):
        first, *rest = [_rows(model, field).filter(**{owner: among(numbers)}) for field in fields]
        return first.union(*rest, all=True)

    return WrittenOnce(rows)


def _rows(model, field):
    """(owner, field, position, name, slug) of all that is public."""
    through, other = getattr(model, field).through, PUBLIC[field]
    link = other._meta.model_name
    rows = through.objects.order_by()
    if hasattr(other.objects, "published"):
        rows = rows.filter(**{f"{link}__in": other.objects.published()})
    has_position = any(f.name == "position" for f in other._meta.fields)
    position = F(f"{link}__position") if has_position else Value(0)
    return rows.values_list(
        model._meta.model_name,
        Value(field),
        position,
        Cast(f"{link}__name", CharField()),
        Cast(f"{link}__slug", CharField()),
    )
