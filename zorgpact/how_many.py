"""How many hang on a record, and the first few of them, at a cost that does not grow with all there is."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from .numbers import MoreThan

# Nobody needs the number beyond this, and to count on takes longer the more there are.
COUNTED = 100
# Of those that hang on a record the first few are chosen among so many of the newest.
NEWEST = 50


def how_many(rows, owner, *, what="pk"):
    """To annotate with: how many of `rows` point at the record by their field `owner`.

    `what` is the field of which each value counts once. A join counts slower: it multiplies all that hangs on a record.
    """
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(mine.annotate(n=Count(what, distinct=what != "pk")).values("n")), 0)


def up_to(rows, owner, *, what="pk"):
    """The same, but not beyond `COUNTED`: of more than that it says `MoreThan` so many."""
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by().values(what)
    return _UpTo((mine if what == "pk" else mine.distinct())[: COUNTED + 1])


def tied_to(rows, field, records):
    """Those of `rows` of which `field` points at one of `records`.

    Looked up row by row, so that who needs a few stops in time: for `field__in` SQLite first lists all records.
    """
    return rows.filter(Exists(records.filter(pk=OuterRef(field))))


class _UpTo(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    # Where nothing can be tied to it.
    empty_result_set_value = 0

    def get_db_converters(self, connection):
        return [lambda number, _expression, _connection: MoreThan(COUNTED) if number > COUNTED else number]


def first_few(listed, number, *order):
    """The first of `listed` in an order, or in that of their model, to annotate with what their rows show.

    By their keys: annotated at once, a database may work that out for all that it then leaves out.
    """
    order = order or listed.model._meta.ordering
    keys = listed.order_by(*order).values("pk")[:number]
    return listed.model.objects.filter(pk__in=keys).order_by(*order)


def newest_of(listed):
    """The keys of the newest of `listed`, to choose a few from."""
    return listed.order_by("-pk").values("pk")[:NEWEST]


def newest(rows, owner, records, **of):
    """The keys of the newest of `records` that `rows` tie, by their field `owner`, to the record in `of`: to choose a few from."""
    return tied_to(rows.filter(**of), owner, records).order_by(f"-{owner}_id").values(owner)[:NEWEST]
