"""Queries that Django writes out once a day.

To put a query together and to write it as SQL takes Django longer than it takes a database to answer: half of what a
page costs that does not come from memory. A page asks the same each time, but for the moment, and for which records.
Those stand as stand-ins in what is kept, and are filled in each time.

What is kept also holds what follows from the day alone, such as since when a confirmation is too old: so it is kept for
the day. A function that makes such a query may depend on nothing else, and may not branch on its values.
"""

import copy
import json
import re
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import update_wrapper
from weakref import WeakSet

from django.core.signals import setting_changed
from django.db import connection, connections
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils import timezone

from .prepared import prepared

# The stand-in for now: were it ever left in a query, that would show nothing, rather than too much.
LONG_AGO = datetime(1815, 12, 10, 1, 2, 3, 456789, tzinfo=UTC)
LOOKS_LIKE_A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
# The stand-ins for numbers start here: what every kind of key can be, and none is.
NUMBER = 2_000_000_011

_moment = ContextVar("moment", default=None)
_all = WeakSet()


def moment():
    """Now. A query takes it from here, so that it can be part of one that is written once."""
    return _moment.get() or timezone.now()


def forget(**_kwargs):
    """Write everything anew; for tests, where settings and constants change."""
    for written in _all:
        written._kept = {}


setting_changed.connect(forget)


class WrittenOnce:
    """To decorate a function from values to a queryset: called, it gives the rows of that queryset as a list.

    The values are numbers, words, or what `as_value` makes of many numbers. Raises TypeError for a queryset that
    prefetches, as that makes queries of its own, for one with a moment that does not come from `moment()`, and for one
    that does not ask for each value as it is.
    """

    def __init__(self, make):
        update_wrapper(self, make)
        self._make, self._kept = make, {}
        _all.add(self)

    def __call__(self, *values):
        query = self._query(values)
        return list(query.queryset._iterable_class(_Rows(query, query.filled(values), self.__name__)))

    def sql(self, *values):
        """The same as a SELECT with its parameters, to be part of another query."""
        query = self._query(values)
        return query.sql, query.filled(values)

    def __deepcopy__(self, memo):
        # django-filter copies its filters for each visitor: what is written is for all.
        return self

    def _query(self, values):
        key = timezone.localdate(), connection.alias, connection.vendor, tuple(map(type, values))
        query = self._kept.get(key)
        if query is None:
            query = self._write(values)
            # Of earlier days nothing is needed any more. What another thread kept meanwhile is written again.
            self._kept = {kept: it for kept, it in self._kept.items() if kept[0] == key[0]} | {key: query}
        return query

    def _write(self, values):
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        token = _moment.set(LONG_AGO)
        try:
            queryset = self._make(*stand_ins)
            if queryset._prefetch_related_lookups:
                raise TypeError(f"{self.__name__} reads more than one query.")
            # A filter that nothing can pass would raise an error: here it gives no rows.
            compiler = queryset.query.get_compiler(connection=connection, elide_empty=False)
            sql, params = compiler.as_sql()
        finally:
            _moment.reset(token)
        slots = [self._slot(param, stand_ins) for param in params]
        if lost := set(range(len(values))) - {slot.place for slot in slots if isinstance(slot, _Slot)}:
            raise TypeError(f"{self.__name__} changes or leaves out value {min(lost) + 1} of its values.")
        return _Query(queryset, compiler, sql, slots)

    def _slot(self, param, stand_ins):
        if param == _in_database(LONG_AGO):
            return _NOW
        for place, stand_in in enumerate(stand_ins):
            if type(param) is type(stand_in) and param == stand_in:
                return _Slot(place)
        if isinstance(param, datetime) or (isinstance(param, str) and LOOKS_LIKE_A_MOMENT.match(param)):
            raise TypeError(f"{self.__name__} holds a moment that does not come from moment().")
        return param


@dataclass(frozen=True)
class _Slot:
    """Where a value goes; the moment has a place of its own."""

    place: int


_NOW = _Slot(-1)


@dataclass(frozen=True)
class _Query:
    """What is kept: the SQL, its parameters and slots, and what Django needs to make records of the rows."""

    queryset: object
    compiler: object
    sql: str
    params: list

    def filled(self, values):
        now = _in_database(moment())
        return [
            param if not isinstance(param, _Slot) else now if param is _NOW else values[param.place]
            for param in self.params
        ]


class _Rows:
    """As much of a queryset, and of its query, as Django needs to read the rows."""

    def __init__(self, query, params, label):
        self.db, self.model = query.queryset.db, query.queryset.model
        self._known_related_objects = {}
        self.query, self._written, self._params, self._label = self, query, params, label

    def get_compiler(self, using):
        compiler = copy.copy(self._written.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: prepared(self._written.sql, self._params, self._label)
        return compiler


def the_one(rows):
    """The only one of `rows`; raises Http404 where there is none."""
    if not rows:
        raise Http404
    return rows[0]


def as_value(numbers):
    """However many numbers as one value: a database takes only so many of those."""
    # As one text: PostgreSQL takes long to plan with an array of which it has to read each number by itself.
    return f"{{{','.join(map(str, numbers))}}}" if connection.vendor == "postgresql" else json.dumps(list(numbers))


def among(value):
    """To filter with: the numbers in what `as_value` gave."""
    return RawSQL(select_of(), [value])  # noqa: S611


def select_of():
    """A SELECT of the numbers in its one parameter."""
    return "SELECT unnest(%s::bigint[])" if connection.vendor == "postgresql" else "SELECT value FROM json_each(%s)"


def _stand_in(value, place):
    """Something that is found back among the parameters of a query."""
    if type(value) is int:
        return NUMBER + place
    if type(value) is str:
        return f"{NUMBER + place}-stands-in"
    raise TypeError(f"{value!r} is no value for a query that is written once.")


def _in_database(when):
    return connection.ops.adapt_datetimefield_value(when)
