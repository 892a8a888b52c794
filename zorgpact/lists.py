"""Lists that can be narrowed: filters with counts, chips of what is on, sorting, pages.

A facet is defined once, by rows that tie an owner to a choice; both the filter and its counts come from
those rows, so a count always equals the list behind it.
"""

import copy
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django_filters.views import FilterView

from search.finding import records_of

from .union import Union
from .written import WrittenOnce, among, as_value, select_of

PER_PAGE = 12
# The order of the search, for who searches only.
BEST = "best-passend"
# So many of what was found have a place of their own in that order; nobody reads further.
PLACED = 200
# So many records may be named to count with; of more, each facet asks the database again which they are.
NAMED = 20_000
# More choices of one facet than this are nobody's, and not worth to keep a query for.
AT_ONCE = 8
# Stands between the choices of several facets, and in no slug.
BETWEEN = "|"


class AnyValuesField(forms.MultipleChoiceField):
    """Takes any values: one that does not exist gives an empty list that says so, never an error page."""

    def valid_value(self, value):
        return True


class Facet(django_filters.Filter):
    """One kind of choice, such as the theme.

    `rows` gives a queryset, or a callable that makes one, in which `owner` is the field that points at the
    listed record and `choice` the slug of what can be chosen. `choices` is either `(slug, label)` pairs or
    a callable that gives a queryset of records with slug and name. A `quiet` one offers no choices of its own: pages link to
    it, and it shows as a chip.
    """

    field_class = AnyValuesField
    unless_chosen = ()

    def __deepcopy__(self, memo):
        # django-filter copies its filters for each visitor; of ours nothing changes but whose they are.
        return copy.copy(self)

    def __init__(self, *, label, rows, choice, choices, owner="pk", quiet=False, **kwargs):
        super().__init__(label=label, required=False, **kwargs)
        self.rows, self.choice, self.choices, self.owner, self.quiet = rows, choice, choices, owner, quiet
        self.written_pairs, self.written_choices = WrittenOnce(self.pairs), WrittenOnce(self.stored)
        self.written_owners = WrittenOnce(lambda *value: self.owners(value).order_by())

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(pk__in=self.owners(value))

    def owners(self, value):
        return self.rows().filter(**{f"{self.choice}__in": value}).values(self.owner)

    def pairs(self):
        """What is counted, as a query with two columns: the number of an owner and what is chosen.

        A choice that is a record is counted by its number: in a large list grouping by slugs takes half as long again.
        """
        rows = self.rows().order_by()
        if self.record:
            # Most organisations have no branch: without this, each of them is a row to count.
            rows = rows.filter(**{f"{self.record}__isnull": False})
        return rows.values_list(self.owner, self.record or self.choice)

    def let(self, union, name):
        """Lets `name` stand for those pairs, in the columns (owner, choice)."""
        union.let_written(f"{name} (owner, choice)", self.written_pairs)

    def counted(self, name, where="1 = 1", sign=""):
        """Counts the table of this facet, in the columns that all parts of the tally share."""
        slug, record = ("''", "choice") if self.record else ("choice", "0")
        # The plus keeps SQLite from walking along every owner, which it thinks is cheap where rows are distinct.
        columns = "DISTINCT +owner, choice" if self.can_repeat else "owner, choice"
        pairs = f"SELECT {columns} FROM {name} WHERE {where}"  # noqa: S608
        return f"SELECT '{name}', {slug}, {record}, {sign}COUNT(*) FROM ({pairs}) AS pairs GROUP BY choice"  # noqa: S608

    @property
    def record(self):
        """The relation to the record that is chosen; empty where the choice is no record."""
        return "" if self.is_fixed or not self.choice.endswith("__slug") else self.choice.removesuffix("__slug")

    @property
    def can_repeat(self):
        """Whether one listed record can have the same choice in two rows, as far as the database knows."""
        return self.owner != "pk" and not _once(self.rows, self.owner, self.record)

    def stored(self):
        """The choices that stand in the database, as a query with four columns."""
        choices = self.choices().order_by()
        has_position = any(field.name == "position" for field in choices.model._meta.fields)
        return choices.values_list("slug", "name", "position" if has_position else Value(0), "pk")

    @property
    def is_fixed(self):
        return not callable(self.choices)


@cache
def _once(rows, owner, record):
    """Whether the database lets two of these rows have the same two values."""
    options = rows().model._meta
    unique = [*map(set, options.unique_together), *(set(c.fields) for c in options.total_unique_constraints)]
    return {owner, record} in unique


class LinkedFacet(Facet):
    """A choice of which the record that a row points at can have many, such as the branches of an organisation.

    Counted without that record itself: Django would look up each organisation to find its branches, which takes a third of
    the time.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.written_links = WrittenOnce(self.links)

    def links(self):
        """The owner and the number of what it is linked to, as a query."""
        link, _many = self.record.split("__")
        return self.rows().order_by().values_list(self.owner, link)

    def let(self, union, name):
        choice, table, link = _many(self.rows, self.record)
        union.let_written(f"{name}_links (owner, link)", self.written_links)
        pairs = f"SELECT owner, {choice} FROM {name}_links JOIN {table} ON {table}.{link} = {name}_links.link"  # noqa: S608
        union.let_rows(f"{name} (owner, choice)", pairs, [])


@cache
def _many(rows, record):
    """Of the last relation in `record`, that is to many: the column of the choice, the table, and the column of its owner."""
    link, many = record.split("__")
    choices = rows().model._meta.get_field(link).related_model._meta.get_field(many)
    return choices.m2m_reverse_name(), choices.m2m_db_table(), choices.m2m_column_name()


class OwnFacet(Facet):
    """A choice that stands on the listed record itself, or that `annotate` adds to a queryset of them: it needs no other rows.

    Who chooses nothing gets those of `unless_chosen`, where there are such.
    """

    def __init__(self, *, choice, annotate=lambda queryset: queryset, unless_chosen=(), **kwargs):
        super().__init__(rows=None, choice=choice, **kwargs)
        self.annotate, self.unless_chosen = annotate, unless_chosen

    def filter(self, queryset, value):
        value = value or self.unless_chosen
        return self.annotate(queryset).filter(**{f"{self.choice}__in": value}) if value else queryset

    can_repeat = False


def _numbers(queryset):
    """The numbers of the records of `queryset`, as many as may be named and one more."""
    return queryset.order_by().values_list("pk", flat=True)[: NAMED + 1]


@lru_cache(maxsize=64)
def _own_choices(filterset_class, names):
    """The choices of these facets of the records themselves, for the records with the numbers that it takes."""
    facets = [filterset_class.base_filters[name] for name in names]

    def choices(numbers):
        rows = filterset_class._meta.model.objects.filter(pk__in=among(numbers)).order_by()
        for facet in facets:
            rows = facet.annotate(rows)
        return rows.values_list("pk", *(facet.choice for facet in facets))

    return WrittenOnce(choices)


@lru_cache(maxsize=256)
def _in_order(filterset_class, sorting, shape, part):
    """What `shape` makes of the records with the numbers that it takes, or of a part of them, in one of the orders."""
    order = filterset_class.sortings[sorting][1]

    def rows(numbers):
        records = filterset_class._meta.model.objects.filter(pk__in=among(numbers))
        return shape(records).order_by(*order)[slice(*part)]

    return WrittenOnce(rows)


@lru_cache(maxsize=64)
def _every(filterset_class, names):
    """All that is published, with its choices in these facets of the records themselves."""
    facets = [filterset_class.base_filters[name] for name in names]

    def choices():
        records = filterset_class._meta.model.objects.published().order_by()
        for facet in facets:
            records = facet.annotate(records)
        return records.values_list("pk", *(facet.choice for facet in facets))

    return WrittenOnce(choices)


@lru_cache(maxsize=16)
def _whole(filterset_class):
    """The numbers of the list with nothing on."""
    return WrittenOnce(lambda: _numbers(filterset_class.untouched(filterset_class._meta.model.objects.published())))


@lru_cache(maxsize=16)
def _rows_of(model):
    """What a row shows of the records with the numbers that it takes."""
    return WrittenOnce(lambda numbers: model.objects.for_rows().filter(pk__in=among(numbers)))


def numbers_of(records):
    """A shape for `ListFilter.in_order`."""
    return records.values_list("pk", flat=True)


def rows_of(records):
    """Another: with what a row shows."""
    return records.for_rows()


@lru_cache(maxsize=256)
def _rows_of_part(filterset_class, sorting, part):
    """What a row shows of a part of the records with the numbers that it takes, worked out for that part alone."""
    model, order = filterset_class._meta.model, filterset_class.sortings[sorting][1]

    def rows(numbers):
        shown = model.objects.filter(pk__in=among(numbers)).order_by(*order)[slice(*part)]
        return model.objects.for_rows().filter(pk__in=shown.values("pk")).order_by(*order)

    return WrittenOnce(rows)


@dataclass
class Option:
    """One choice of a facet as the page shows it."""

    slug: str
    label: str
    count: int
    is_on: bool


@dataclass
class Chip:
    """Something that is on, and the query without it."""

    label: str
    query: str


class ListFilter(django_filters.FilterSet):
    """Facets, a plain search and a sorting, all by the names that are permanent in the address."""

    q = django_filters.CharFilter(label="Zoeken", method="search")

    # Names to the field they sort on, the first is the default. A subclass fills it in.
    sortings = {}
    # The kinds of the search that this list holds.
    kinds = ()
    # Whether the list is of all that is published but for what is on.
    is_of_all = True

    def search(self, queryset, name, value):
        return queryset.filter(pk__in=self.found)

    @cached_property
    def found(self):
        """The numbers of what the search finds, the best first."""
        return records_of(self.data.get("q", ""), self.kinds)

    @property
    def ordering(self):
        if self.sorting == BEST:
            places = [When(pk=pk, then=place) for place, pk in enumerate(self.found[:PLACED])]
            last = Value(len(places))
            return [Case(*places, default=last, output_field=IntegerField()) if places else last, "pk"]
        return self.sortings[self.sorting][1] if self.sortings else self.queryset.model._meta.ordering

    @property
    def queryset_in_order(self):
        return self.qs.order_by(*self.ordering)

    def in_order(self, shape, part=(None, None)):
        """What `shape` makes of the records of the list, in order; or of a part of them, (first, last + 1).

        `shape` is a function of a module, from a queryset to a queryset: what it makes is written once.
        """
        if self.is_short and self.sorting in self.sortings:
            return _in_order(type(self), self.sorting, shape, part)(as_value(self.named))
        return list(shape(self.qs).order_by(*self.ordering)[slice(*part)])

    def rows(self, part):
        """A part of the records, in order, with what a row shows worked out for those alone."""
        if self.is_short and self.sorting in self.sortings:
            return _rows_of_part(type(self), self.sorting, part)(as_value(self.named))
        numbers = self.in_order(numbers_of, part)
        found = {record.pk: record for record in _rows_of(self.queryset.model)(as_value(numbers))}
        return [found[number] for number in numbers if number in found]

    @classmethod
    def untouched(cls, records):
        """The list with nothing on."""
        for facet in cls.base_filters.values():
            if isinstance(facet, Facet):
                records = facet.filter(records, ())
        return records

    def facets(self):
        return {name: f for name, f in self.filters.items() if isinstance(f, Facet)}

    def chosen(self, name):
        return list(dict.fromkeys(value for value in self.data.getlist(name) if value))

    def on(self, name):
        """What a facet leaves: what is chosen of it, or what it leaves by itself."""
        return self.chosen(name) or list(self.filters[name].unless_chosen)

    @cached_property
    def tally(self):
        """Counts by facet and slug, and the length of the list under ("", ""): one query for all of them."""
        self.form.is_valid()
        union, counts = Union(), Counter()
        self._count_together(union)
        self._count_others(union)
        for facet, slug, record, n in union.rows(kept=self.is_short):
            if facet:
                counts[facet, self._slugs.get((facet, record), slug)] += n
            else:
                counts["", ""] += n
                counts.update(dict.fromkeys(zip(self._together, slug.split(BETWEEN), strict=False), n))
        return counts

    @cached_property
    def _together(self):
        """The facets of the records themselves that count the list as it is: one reading of it is enough for all."""
        return [name for name, facet in self.facets().items() if isinstance(facet, OwnFacet) and not self.on(name)]

    def _count_together(self, union):
        """How many of the list have the same choice in each of those facets; together they are the whole list."""
        table = f"own ({', '.join(['pk', *self._together])})"
        if self.is_short:
            union.let_written(table, _own_choices(type(self), tuple(self._together)), as_value(self.named))
        else:
            rows, choices = self.listed, []
            for name in self._together:
                rows = self.filters[name].annotate(rows)
                choices.append(self.filters[name].choice)
            union.let(table, rows.values_list("pk", *choices))
        joined = f" || '{BETWEEN}' || ".join([*(f"COALESCE({name}, '')" for name in self._together), "''"])
        # Grouped before they are joined: to compare the longer texts takes longer.
        counted = f"SELECT {', '.join([*self._together, 'COUNT(*) AS n'])} FROM own"  # noqa: S608
        counted += f" GROUP BY {', '.join(self._together)}" if self._together else ""
        union.add(f"SELECT '', {joined}, 0, n FROM ({counted}) AS counted")  # noqa: S608

    def _count_others(self, union):
        """The counts of each other facet, each from a table by its name."""
        if self.is_short:
            union.let_rows("listed (pk)", select_of(), [as_value(self.named)], once=True)
        elif self._left_out is None:
            union.let("listed (pk)", self.listed.values_list("pk"), once=True)
        else:
            union.let_rows("left_out (pk)", select_of(), [as_value(self._left_out)], once=True)
        narrowed = self._narrowed(union)
        for name, facet in self.facets().items():
            if facet.quiet or name in self._together:
                continue
            if name in narrowed and isinstance(facet, OwnFacet):
                union.let_rows(f"{name} (owner, choice)", *narrowed[name](f"pk, {name}"))
                union.add(facet.counted(name))
                continue
            facet.let(union, name)
            if name in narrowed:
                union.let_rows(f"{name}_listed (pk)", *narrowed[name]("pk"))
                # As a question with an answer: as a join, PostgreSQL would look up one owner after another.
                union.add(facet.counted(name, f"(owner IN (SELECT pk FROM {name}_listed)) IS TRUE"))  # noqa: S608
            elif self._left_out is None:
                union.add(facet.counted(name, "owner IN (SELECT pk FROM listed)"))
            else:
                union.add(facet.counted(name))
                union.add(facet.counted(name, "owner IN (SELECT pk FROM left_out)", sign="-"))

    def _narrowed(self, union):
        """For each facet that leaves something out: columns → SELECT and parameters of the list as it is without that one.

        One table holds all that is published with, of each record, which facets leave it out: where only one does so, the
        record is in the list without that one.
        """
        own, leaves = self._weighed_by(union)
        if len(leaves) < 2:
            return {name: lambda columns: (f"SELECT {columns} FROM every", []) for name in leaves}  # noqa: S608
        weights = [f"CASE WHEN {keeps} THEN 0 ELSE 1 END" for keeps, _values in leaves.values()]
        union.let_rows(
            f"weighed ({', '.join(['pk', *own, *(f'out_by_{name}' for name in leaves)])})",
            f"SELECT {', '.join(['pk', *own, *weights])} FROM every",  # noqa: S608
            [value for _keeps, values in leaves.values() for value in values],
            kept=True,
        )

        def without(name, columns):
            # To compare with a number that is small: PostgreSQL then thinks it is a third, where it would think of a few.
            others = " + ".join(f"out_by_{other}" for other in leaves if other != name)
            return f"SELECT {columns} FROM weighed WHERE {others} < 1", []  # noqa: S608

        return {name: partial(without, name) for name in leaves}

    def _weighed_by(self, union):
        """Puts all that is published into `union` as `every`, with its choices of the facets of its own that are on.

        Gives the names of those, and of each facet that is on the condition to be in the list, with its parameters.
        """
        records, own, leaves = self.queryset.order_by(), {}, {}
        facets = self.facets()
        for name, value in self.form.cleaned_data.items():
            if name not in facets:
                records = self.filters[name].filter(records, value)
        for name, facet in facets.items():
            if not (values := self.on(name)):
                continue
            if isinstance(facet, OwnFacet):
                records, own[name] = facet.annotate(records), facet.choice
                leaves[name] = (f"{name} IN ({', '.join(['%s'] * len(values))})", values)
            else:
                if len(values) <= AT_ONCE:
                    union.let_written(f"{name}_on (pk)", facet.written_owners, *values)
                else:
                    union.let(f"{name}_on (pk)", facet.owners(values).order_by())
                leaves[name] = (f"pk IN (SELECT pk FROM {name}_on)", [])  # noqa: S608
        table = f"every ({', '.join(['pk', *own])})"
        if self.is_of_all and not self._is_searched:
            union.let_written(table, _every(type(self), tuple(own)))
        else:
            union.let(table, records.values_list("pk", *own.values()))
        return own, leaves

    @cached_property
    def listed(self):
        """The records of the list without anything beside them, in no order."""
        if not self.is_short:
            return self.qs.order_by()
        return self.queryset.model.objects.filter(pk__in=among(as_value(self.named))).order_by()

    @cached_property
    def named(self):
        """The numbers of the records in the list, where those are few: looked for once instead of for each facet."""
        if self._is_searched:
            return None
        if self.is_whole:
            found = _whole(type(self))()
        else:
            found = self._passing() if self.is_of_all else list(_numbers(self.qs))
        return found if len(found) <= NAMED else None

    def _passing(self):
        """The numbers of what every facet keeps, as many as may be named and one more; of what is written once."""
        union = Union()
        _own, leaves = self._weighed_by(union)
        where = " AND ".join(keeps for keeps, _values in leaves.values()) or "1 = 1"
        union.let_rows(
            "passing (pk)",
            f"SELECT pk FROM every WHERE {where} LIMIT {NAMED + 1}",  # noqa: S608
            [value for _keeps, values in leaves.values() for value in values],
        )
        union.add("SELECT pk FROM passing")
        return [number for (number,) in union.rows()]

    @property
    def is_whole(self):
        """Whether nothing is on."""
        return self.is_of_all and self.form.is_valid() and not any(self.form.cleaned_data.values())

    @property
    def is_short(self):
        return self.named is not None

    @cached_property
    def _left_out(self):
        """The numbers of all others, where those are few and the list is long: then all rows are counted but theirs."""
        if self.is_short or self._is_searched:
            return None
        found = list(_numbers(self._others))
        return found if len(found) <= NAMED else None

    @property
    def _others(self):
        records = self.queryset.model.objects
        if not self.is_whole:
            return records.exclude(Exists(self.listed.filter(pk=OuterRef("pk"))))
        # What the list with nothing on leaves out stands on the record, and so in an index: no need to look each one up.
        left_out = records.hidden()
        for facet in self.facets().values():
            if facet.unless_chosen:
                left_out |= facet.annotate(records.all()).exclude(**{f"{facet.choice}__in": facet.unless_chosen})
        return left_out

    @property
    def _is_searched(self):
        """The search names what it found itself."""
        return bool(self.data.get("q", "").strip())

    @cached_property
    def labels(self):
        """The choices of each facet as ordered (slug, label) pairs."""
        found = {name: list(f.choices) for name, f in self.facets().items() if f.is_fixed}
        for name, slug, label, _position, _record in sorted(self._stored, key=lambda row: (row[3], row[2])):
            found.setdefault(name, []).append((slug, label))
        return found

    @cached_property
    def _stored(self):
        """The choices that stand in the database: one query for those of all facets."""
        union = Union()
        for name, facet in self.facets().items():
            if not facet.is_fixed and (not facet.quiet or self.chosen(name)):
                table = f"{name} (slug, label, position, pk)"
                if facet.quiet:
                    union.let(table, facet.stored().filter(slug__in=self.chosen(name)))
                else:
                    union.let_written(table, facet.written_choices)
                union.add(f"SELECT '{name}', slug, label, position, pk FROM {name}")  # noqa: S608
        return union.rows(kept=True)

    @cached_property
    def _slugs(self):
        return {(name, record): slug for name, slug, _label, _position, record in self._stored}

    def options(self, name):
        chosen = self.chosen(name)
        return [
            Option(slug, label, self.tally.get((name, slug), 0), slug in chosen)
            for slug, label in self.labels.get(name, [])
        ]

    def groups(self):
        """The facets for the page: name, label, options and how many are on."""
        return [
            {"name": name, "label": facet.label, "options": self.options(name), "is_open": bool(self.chosen(name))}
            for name, facet in self.facets().items()
            if not facet.quiet
        ]

    @property
    def provinces(self):
        """The provinces that hold something of the list, for a map to zoom in on."""
        return [option for option in self.options("provincie") if option.count]

    def carried(self):
        """What is on without a choice on the page, as (name, value) pairs that a form must send along."""
        return [(name, value) for name, facet in self.facets().items() if facet.quiet for value in self.chosen(name)]

    def chips(self):
        """What is on, each with the query that takes it off; unknown values too, so that they can be taken off."""
        chips = []
        for name in self.facets():
            known = dict(self.labels.get(name, []))
            chips += [Chip(known.get(v, f"“{v}” (onbekend)"), self._query_without(name, v)) for v in self.chosen(name)]
        text = self.data.get("q", "").strip()
        return chips + ([Chip(f"“{text}”", self._query_without("q", None))] if text else [])

    def _query_without(self, name, value):
        query = self.data.copy()
        query.pop("pagina", None)
        rest = [] if value is None else [v for v in query.getlist(name) if v != value]
        query.setlist(name, rest)
        return query.urlencode()

    @property
    def unknown(self):
        """Values in the address that no choice has."""
        return [v for name in self.facets() for v in self.chosen(name) if v not in dict(self.labels.get(name, []))]

    @property
    def has_only_choices(self):
        """Whether nothing in the address was typed: of such addresses there are so many and no more."""
        known = {
            "sorteer": ["", *self.sortings],
            "pagina": None,
            **{name: dict(self.labels.get(name, [])) for name in self.facets()},
        }
        return all(
            name in known
            and len(values) == len(set(values))
            and (known[name] is None or set(values) <= set(known[name]))
            for name, values in self.data.lists()
        )

    @property
    def sorting(self):
        """Whoever searches sees what fits best first, unless another order was asked for."""
        wanted = self.data.get("sorteer")
        return wanted if wanted in self.sortings else self.usual_sorting

    @property
    def usual_sorting(self):
        return BEST if self.data.get("q", "").strip() else next(iter(self.sortings), None)

    def sort_options(self):
        """The usual one has no name in the form: whoever then types what to search for, asked for no other order."""
        names = [(name, label) for name, (label, _order) in self.sortings.items()]
        if self.usual_sorting == BEST:
            names.insert(0, (BEST, "Best passend"))
        return [("" if name == self.usual_sorting else name, label, name == self.sorting) for name, label in names]

    @property
    def clear_query(self):
        """The query with nothing on but the sorting."""
        return f"sorteer={self.sorting}" if self.data.get("sorteer") in self.sortings else ""

    @property
    def total(self):
        return self.tally.get(("", ""), 0)


class CountedPaginator(Paginator):
    """Pages of a list whose length is already known; a page out of range is the last one."""

    def __init__(self, object_list, per_page, *, count, **kwargs):
        super().__init__(object_list, per_page, **kwargs)
        self.count = count

    def window(self, number, around=2):
        """Page numbers to show: the first, the last and those around this one; None is a gap."""
        shown = sorted({1, self.num_pages, *range(max(1, number - around), min(self.num_pages, number + around) + 1)})
        return [n for a, b in zip([0, *shown], shown, strict=False) for n in ([None, b] if b - a > 1 else [b])]


class FilteredListView(FilterView):
    """A public list: the filter decides what, the page shows a part of it."""

    paginate_by = PER_PAGE
    page_kwarg = "pagina"
    strict = False
    # Where there may be very many: what a row shows is worked out for those of the page alone.
    numbers_first = False

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        response.keeps_query = self.filterset.has_only_choices and self._page_is_there(
            response.context_data["page_obj"]
        )
        return response

    def _page_is_there(self, page):
        return self.request.GET.get(self.page_kwarg, str(page.number)) == str(page.number)

    def get_filterset_kwargs(self, filterset_class):
        return {**super().get_filterset_kwargs(filterset_class), "data": self.request.GET}

    def get_context_data(self, **kwargs):
        filterset = self.filterset
        paginator = CountedPaginator((), self.paginate_by, count=filterset.total)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        page.object_list = self.filled(self.on_page((max(0, page.start_index() - 1), page.end_index())))
        return {
            "view": self,
            "filter": filterset,
            "page_obj": page,
            "pages": paginator.window(page.number),
            "page_query": self.query_without_page(),
            "chips": filterset.chips(),
            **(self.extra_context or {}),
            **kwargs,
        }

    def on_page(self, part):
        """The records of one page, in their order."""
        if part[0] == part[1]:
            return []
        if not self.numbers_first:
            return self.filterset.in_order(rows_of, part)
        return self.filterset.rows(part)

    def filled(self, records):
        """The records of one page with the names that hang on them; a subclass reads those in one query."""
        return records

    def query_without_page(self):
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        return f"{query.urlencode()}&" if query else ""
