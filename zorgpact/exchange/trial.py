"""Putting a spreadsheet into the database: first as a trial that saves nothing, then for real."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from zorgpact.reading_history import from_to
from zorgpact.slugs import check_slug

from .columns import FixedColumn, Known, SlugColumn

TWICE = "Deze rij heeft dezelfde korte naam als regel {}. Elk record staat één keer in het bestand."


@dataclass
class Line:
    """One row of the file: what it would change, and what is wrong with it."""

    number: int
    slug: str
    name: str = ""
    is_new: bool = False
    # (column, what changes, as it is shown)
    changes: list = field(default_factory=list)
    # (column, message)
    errors: list = field(default_factory=list)


@dataclass
class Outcome:
    lines: list
    # Things that are wrong with the file as a whole.
    problems: list
    # Slug → version of each record that the trial saw.
    versions: dict
    # Names of records that somebody changed after the trial.
    stale: list = field(default_factory=list)

    @property
    def is_right(self):
        return not self.problems and not self.wrong and not self.stale

    @property
    def wrong(self):
        return [line for line in self.lines if line.errors]

    @property
    def changed(self):
        return [line for line in self.lines if line.changes or line.is_new]

    @property
    def unchanged(self):
        return [line for line in self.lines if not line.changes and not line.is_new and not line.errors]


class _Undo(Exception):
    pass


def bring_in(model, columns, headers, rows, *, versions=None, save=False):
    """What the rows would change; with `save`, and only if all is right, they do.

    `versions` are those of an earlier trial: a record that has another one now was changed in between.
    """
    outcome = Outcome([], problems_of(columns, headers), {})
    if outcome.problems:
        return outcome
    try:
        with transaction.atomic():
            _Import(model, columns, headers, outcome).run(rows, versions)
            if not save or not outcome.is_right:
                raise _Undo
    except _Undo:
        pass
    return outcome


def problems_of(columns, headers):
    known = {column.name: column for column in columns}
    slug = columns[0].name
    problems = [f"De kolom “{name}” kennen wij niet." for name in headers if name and name not in known]
    problems += [f"De kolom “{name}” staat er twee keer." for name, n in Counter(headers).items() if name and n > 1]
    if "" in headers:
        problems.append("Er is een kolom zonder naam.")
    if slug not in headers:
        problems.append(f"De kolom “{slug}” ontbreekt; daaraan herkennen wij een record.")
    return problems


class _Import:
    def __init__(self, model, columns, headers, outcome):
        self.model, self.outcome = model, outcome
        by_name = {column.name: column for column in columns}
        self.columns = [by_name[name] for name in headers]
        self.place_of_slug = headers.index(columns[0].name)
        self.known = Known()

    def run(self, rows, versions):
        slugs = [row[self.place_of_slug] for _number, row in rows if len(row) > self.place_of_slug]
        stand = self.model.objects.select_for_update().filter(slug__in=slugs).order_by("pk")
        prefetch = [name for column in self.columns for name in column.prefetch]
        records = {record.slug: record for record in stand.prefetch_related(*prefetch)}
        self.outcome.versions = {slug: record.version for slug, record in records.items()}
        if versions is not None:
            self.outcome.stale = [slug for slug in slugs if versions.get(slug) != self.outcome.versions.get(slug)]
        seen = {}
        for number, row in rows:
            row = row + [""] * (len(self.columns) - len(row))
            slug = row[self.place_of_slug]
            line = Line(number, slug)
            self.outcome.lines.append(line)
            first = seen.setdefault(slug, number)
            if first != number:
                line.errors.append((self.columns[self.place_of_slug].name, TWICE.format(first)))
            elif len(row) > len(self.columns):
                line.errors.append(("", "Deze rij heeft meer cellen dan er kolommen zijn."))
            else:
                self._bring_in(line, records.get(slug), row)

    def _bring_in(self, line, record, row):
        line.is_new = record is None
        record = record or self.model()
        line.name = "" if line.is_new else str(record)
        puts = []
        for column, cell in zip(self.columns, row, strict=True):
            old = "" if line.is_new and not isinstance(column, FixedColumn) else column.text(record)
            if column.same(old, cell):
                continue
            try:
                if isinstance(column, SlugColumn):
                    check_slug(cell)
                puts.append((column, column.value(cell, self.known, record)))
            except ValidationError as error:
                line.errors += [(column.name, message) for message in error.messages]
            else:
                line.changes.append((column.name, from_to(old, cell)))
        if not line.errors and (puts or line.is_new):
            self._save(line, record, puts)
        line.name = line.name or str(record)

    def _save(self, line, record, puts):
        for column, value in puts:
            column.put(record, value)
        try:
            with transaction.atomic():
                record.full_clean()
                if not line.is_new:
                    record.version += 1
                record.save()
                for column, value in puts:
                    column.put_later(record, value)
        except ValidationError as error:
            self._name_errors(line, error)
        except IntegrityError:
            line.errors.append(("", "De database weigert deze rij: iets staat dubbel of spreekt elkaar tegen."))

    def _name_errors(self, line, error):
        names = {column.field.name: column.name for column in self.columns if hasattr(column, "field")}
        for name, messages in error.message_dict.items():
            if name == NON_FIELD_ERRORS:
                where = ""
            else:
                where = names.get(name) or str(self.model._meta.get_field(name).verbose_name).lower()
            line.errors += [(where, message) for message in messages]
