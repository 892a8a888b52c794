"""How many hang on a record, and the first few of them, at a cost that does not grow with all there is."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def how_many(rows, owner, *, what="pk"):
    """To annotate with: how many of `rows` point at the record by their field `owner`.

    `what` is the field of which each value counts once. A join counts slower: it multiplies all that hangs on a record.
    """
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(mine.annotate(n=Count(what, distinct=what != "pk")).values("n")), 0)


def first_few(listed, number, *order):
    """The first of `listed` in an order, or in that of their model, to annotate with what their rows show.

    By their keys: annotated at once, a database may work that out for all that it then leaves out.
    """
    order = order or listed.model._meta.ordering
    keys = listed.order_by(*order).values("pk")[:number]
    return listed.model.objects.filter(pk__in=keys).order_by(*order)
