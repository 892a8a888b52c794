"""The columns of a spreadsheet: how a value is written, and read back.

A cell that says what already stands in the database changes nothing. That is what makes a round trip exact, whatever
the spreadsheet did to the order of names in a cell or to the ends of lines.
"""

import difflib
import re

from django.core.exceptions import ValidationError
from django.db import models

from geography.models import Place

YES, NO = "ja", "nee"


class Known:
    """The records that cells point at, by how a cell names them; each kind is read once for a whole file."""

    def __init__(self):
        self._by_name = {}

    def all(self, model):
        if model not in self._by_name:
            records = model._default_manager.all()
            if model is Place:
                records = records.select_related("municipality").order_by("-pk")
            self._by_name[model] = {name_of(record): record for record in records}
        return self._by_name[model]

    def one(self, model, name):
        known = self.all(model)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Bedoelde u “{near[0]}”?" if near else ""
            raise ValidationError(f"“{name}” bestaat niet als {model._meta.verbose_name}.{hint}")
        return known[name]


def name_of(record):
    """How a cell names a record."""
    if record is None:
        return ""
    if isinstance(record, Place):
        return f"{record.name}, {record.municipality.slug}"
    return record.slug


class Column:
    """A plain field of the record."""

    prefetch = ()
    # How to fill the cell, where its name does not say it.
    hint = ""

    def __init__(self, field):
        self.field = field
        self.name = str(field.verbose_name).lower()

    def text(self, record):
        """What the cell says of `record`."""
        return plain(self.field, getattr(record, self.field.name))

    def same(self, old, new):
        return tidy(old) == tidy(new)

    def value(self, text, known, record):
        """What a cell stands for; raises ValidationError."""
        return parsed(self.field, text, known)

    def put(self, record, value):
        setattr(record, self.field.name, value)

    def put_later(self, record, value):
        """What can only be saved once the record is."""


class SlugColumn(Column):
    """By this a row finds its record."""

    hint = "hieraan herkennen wij het record"


class ManyColumn(Column):
    """Several records, named one after the other."""

    hint = "korte namen met een komma ertussen"

    @property
    def prefetch(self):
        return (self.field.name,)

    def text(self, record):
        return ", ".join(sorted(name_of(other) for other in getattr(record, self.field.name).all()))

    def same(self, old, new):
        return set(names_in(old)) == set(names_in(new))

    def value(self, text, known, record):
        return all_of(lambda name: known.one(self.field.related_model, name), names_in(text))

    def put(self, record, value):
        pass

    def put_later(self, record, value):
        getattr(record, self.field.name).set(value)


class RowsColumn(Column):
    """Rows on the record, one a line: `parts` between upright strokes, of which the first `key` tell rows apart."""

    def __init__(self, name, relation, parts, key=1, hint=""):
        self.name, self.relation, self.key, self.hint = name, relation, key, hint
        self.model, self.owner = relation.related_model, relation.field.name
        self.fields = [self.model._meta.get_field(part) for part in parts]

    @property
    def prefetch(self):
        related = [field.name for field in self.fields if field.many_to_one]
        return (
            models.Prefetch(self.relation.get_accessor_name(), self.model._default_manager.select_related(*related)),
        )

    def text(self, record):
        return "\n".join(self.line(row) for row in getattr(record, self.relation.get_accessor_name()).all())

    def line(self, row):
        cells = [plain(field, getattr(row, field.name)).replace("\n", " ") for field in self.fields]
        return re.sub(r"[ |]+$", "", " | ".join(cells))

    def same(self, old, new):
        return sorted(lines_of(old)) == sorted(lines_of(new))

    def value(self, text, known, record):
        """What has to happen: rows that go, and rows to save, those that end first."""
        stand = [(tidy(self.line(row)), row) for row in self._rows_of(record)]
        wanted = []
        for line in lines_of(text):
            same = next((found for found in stand if found[0] == line), None)
            if same:
                stand.remove(same)
            else:
                wanted.append(line)
        drafts = all_of(lambda line: self._row(line, known), wanted)
        self._check([*self._kept(record, stand), *drafts])
        return self._paired(drafts, [row for _line, row in stand])

    def _rows_of(self, record):
        return list(getattr(record, self.relation.get_accessor_name()).all()) if record.pk else []

    def _kept(self, record, going):
        gone = {row.pk for _line, row in going}
        return [row for row in self._rows_of(record) if row.pk not in gone]

    def _row(self, line, known):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > len(self.fields):
            raise ValidationError(f"“{line}”: hier passen hooguit {len(self.fields)} delen tussen streepjes.")
        row = self.model()
        try:
            for field, cell in zip(self.fields, cells + [""] * (len(self.fields) - len(cells)), strict=True):
                value = parsed(field, cell, known) if cell or field.blank or field.null else field.get_default()
                setattr(row, field.name, value)
            row.clean_fields(exclude=[f.name for f in self.model._meta.fields if f not in self.fields])
        except ValidationError as error:
            raise ValidationError([f"“{line}”: {message}" for message in error.messages]) from None
        return row

    def _check(self, rows):
        """Rules about all rows of a record together; the database has them too."""
        seen = set()
        for row in rows:
            if getattr(row, "ended", getattr(row, "until", "")):
                continue
            key = tuple(name_or_value(row, field) for field in self.fields[: self.key])
            if key in seen:
                raise ValidationError(f"“{' | '.join(key)}” staat er twee keer.")
            seen.add(key)
        if sum(getattr(row, "role", "") == "trekker" and not row.ended for row in rows) > 1:
            raise ValidationError("Er is één trekker tegelijk. Geef de vorige een datum bij “tot”.")

    def _paired(self, drafts, going):
        """A row that only got another date stays the same row."""
        save = []
        for draft in drafts:
            same = next((row for row in going if self._key(row) == self._key(draft)), None)
            if same:
                going.remove(same)
                for field in self.fields:
                    setattr(same, field.name, getattr(draft, field.name))
            save.append(same or draft)
        return going, sorted(save, key=lambda row: not (getattr(row, "ended", "") or getattr(row, "until", "")))

    def _key(self, row):
        return [name_or_value(row, field) for field in self.fields[: self.key]]

    def put(self, record, value):
        pass

    def put_later(self, record, value):
        going, save = value
        for row in going:
            row.delete()
        for row in save:
            setattr(row, self.owner, record)
            row.save()


class FixedColumn(Column):
    """To read only: a file cannot change it."""

    hint = "alleen om te lezen"

    def __init__(self, name, text):
        self.name, self._text = name, text

    def text(self, record):
        return self._text(record) if record.pk else NO

    def same(self, old, new):
        return tidy(old) == tidy(new) or not new

    def value(self, text, known, record):
        raise ValidationError("Deze kolom kan niet met een bestand worden gewijzigd. Doe dat in het beheer.")


def columns_of(model, names, rows=()):
    """The columns of `model`: the slug first, then `names`, then `rows`, then what is there to read only."""
    found = [SlugColumn(model._meta.get_field("slug"))]
    for name in names:
        field = model._meta.get_field(name)
        found.append(ManyColumn(field) if field.many_to_many else Column(field))
    found += rows
    found.append(FixedColumn("op de site", lambda record: YES if record.is_published else NO))
    found.append(FixedColumn("voorbeeld", lambda record: YES if record.is_sample else NO))
    return found


def plain(field, value):
    if value is None:
        return ""
    if isinstance(field, models.BooleanField):
        return YES if value else NO
    return tidy(name_of(value) if field.many_to_one else str(value))


def parsed(field, text, known):
    """The value of a field; an empty cell empties it."""
    if field.many_to_one:
        return known.one(field.related_model, text) if text else None
    if isinstance(field, models.BooleanField):
        return _yes_or_no(field, text.lower())
    if field.choices and text:
        return _choice(field, text)
    if not text:
        return None if field.null and not isinstance(field, models.CharField | models.TextField) else ""
    return field.to_python(text)


def _yes_or_no(field, text):
    if text in (YES, NO):
        return text == YES
    if text:
        raise ValidationError(f"“{text}” is niet duidelijk. Schrijf {YES} of {NO}.")
    return None if field.null else field.get_default()


def _choice(field, text):
    for value, label in field.flatchoices:
        if text.lower() in (str(value).lower(), str(label).lower()):
            return value
    raise ValidationError(f"“{text}” kan niet. Kies uit: {', '.join(str(v) for v, _ in field.flatchoices)}.")


def name_or_value(row, field):
    value = getattr(row, field.name)
    return name_of(value) if field.many_to_one else str(value)


def tidy(text):
    """Text without what a spreadsheet may do to it: other ends of lines, spaces around it."""
    return re.sub(r"[ \t]*\r?\n", "\n", text).strip(" \n\r")


def names_in(text):
    return [name.strip() for name in re.split(r"[,;\n]", text) if name.strip()]


def lines_of(text):
    return [
        re.sub(r"\s*\|\s*", " | ", re.sub(r"[ |]+$", "", line.strip())) for line in text.splitlines() if line.strip()
    ]


def all_of(find, parts):
    """`find` of each part; every part that is wrong is named, not only the first."""
    found, wrong = [], []
    for part in parts:
        try:
            found.append(find(part))
        except ValidationError as error:
            wrong += error.messages
    if wrong:
        raise ValidationError(wrong)
    return found
