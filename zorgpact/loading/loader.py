"""Put the content of files into the database, and leave alone what an editor changed or removed.

Of each loaded record two fingerprints are kept: of what the file said and of what then stood in the
database. If the record in the database differs from the second, an editor was there.
"""

import contextlib
import datetime
import difflib
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from auditlog.context import disable_auditlog
from django.core.exceptions import ValidationError
from django.db import models, transaction

from geography.models import Municipality, Place, Province
from kopgroep.models import Adoption, Koploper, KoploperTheme
from programme.history import history_may_change, note_job
from programme.models import LoadedRecord, Versioned
from regels.models import ObstacleMove
from regions.models import EarlierCooperation, PactFunction, PactTheme, PhaseChange, RegionalPact

from .dates import dated
from .files import read_files
from .geography import load_geography
from .kinds import KEYS, KINDS, OWN_FIELDS
from .leaders import load_leaders
from .questions import load_questions
from .reflections import load_reflections

# What comes from files was public before this site was: a fixed moment keeps “nieuwste eerst” honest.
HERE = ZoneInfo("Europe/Amsterdam")
PUBLISHED_AT = datetime.datetime(2018, 2, 1, 12, tzinfo=HERE)
# Steps that are public history, to which rows are only added.
HISTORIES = (PhaseChange, ObstacleMove)


@dataclass
class Problem:
    """One thing that is wrong in a file, for a person to mend."""

    file: str
    line: int
    record: str
    field: str
    message: str

    def __str__(self):
        where = f", veld {self.field}" if self.field else ""
        return f"{self.file}, regel {self.line}, {self.record}{where}: {self.message}"


class ContentError(Exception):
    """The content cannot be loaded; nothing was saved. `problems` holds all that is wrong."""

    def __init__(self, problems):
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class _Wrong(Exception):
    def __init__(self, field, message, item=None):
        super().__init__(message)
        self.field, self.message, self.item = field, message, item


class _Gone(Exception):
    """What is pointed at was loaded once and removed by an editor since."""


class _Follows(Exception):
    """What is pointed at is wrong itself, and that has been said."""


class _DryRun(Exception):
    pass


ADDED, CHANGED, SAME, EDITED, REMOVED, ORPHANED, EXISTED, RESTORED = (
    "toegevoegd", "gewijzigd", "ongewijzigd", "met rust gelaten: gewijzigd in het beheer",
    "met rust gelaten: verwijderd in het beheer", "met rust gelaten: hoort bij iets dat is verwijderd",
    "met rust gelaten: bestond al", "teruggezet",
)  # fmt: skip
KIND_OF = {kind.model: kind.name for kind in KINDS}
# What may be made up of a real record, each as the rows that say it: the name in the file, their model, and
# which field of theirs the file gives.
MADE_UP = {
    "pact": (RegionalPact, [
        ("phase", PhaseChange, None), ("functions", PactFunction, "function"), ("themes", PactTheme, "theme"),
        ("earlier_cooperation", EarlierCooperation, "builds_on_it"),
    ]),
    "koploper": (Koploper, [("themes", KoploperTheme, "theme"), ("adopted", Adoption, None)]),
}  # fmt: skip


def load_content(folder, *, samples=False, restore=False, dry_run=False):
    """Load all files of `folder`, with `samples` those in its folder samples too.

    `restore` brings back what an editor changed or removed; `dry_run` saves nothing. Returns a Counter of
    what happened by (kind, outcome). Raises ContentError, with everything that is wrong.

    The history gets one line for each record that was added, changed or put back, and none for its fields and rows.
    """
    loader = _Loader(restore)
    try:
        with transaction.atomic(), disable_auditlog():
            if not Municipality.objects.exists():
                load_geography()
            files = read_files(folder, samples=samples)
            if files.problems:
                raise ContentError([Problem(*p) for p in files.problems])
            loader.load(files)
            if loader.problems:
                raise ContentError(loader.problems)
            if samples:
                more = ((load_reflections, "volgspot"), (load_questions, "vragen"), (load_leaders, "projectleider"))
                for load_more, name in more:
                    for what, number in load_more(Path(folder) / "samples" / name, restore=restore).items():
                        loader.outcomes[what, ADDED] += number
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return loader.outcomes


class _Loader:
    def __init__(self, restore):
        self.restore = restore
        self.outcomes = Counter()
        self.problems = []
        self.noted = defaultdict(list)
        self.loaded = {(row.kind, row.key): row for row in LoadedRecord.objects.all()}
        self._by_key = {}
        # Records that are wrong, as (model, key).
        self._failed = set()
        # What records of one kind say of each other, for when all of them are there.
        self._links = []

    def load(self, files):
        for kind in KINDS:
            entries, saved = files.of(kind.name), []
            if not entries:
                continue
            standing = _Standing(kind)
            for entry in entries:
                with self._attempt(entry, kind.model, entry.data.get(kind.key)):
                    self._load_record(kind, entry, standing, saved)
            self._save_links()
            self._finish(kind, saved)
        for entry in files.of("values"):
            with self._attempt(entry):
                self._load_values(entry)
        if not self.problems:
            for outcome, records in self.noted.items():
                note_job(records, job="inhoud inlezen", step=outcome)

    @contextlib.contextmanager
    def _attempt(self, entry, model=None, key=None):
        """Whatever is wrong with this entry becomes a problem, and the next entry has its turn."""
        try:
            with transaction.atomic():
                yield
        except _Wrong as wrong:
            line = entry.line(wrong.field, wrong.item)
            self.problems.append(Problem(entry.file, line, entry.name, wrong.field, wrong.message))
            self._failed.add((model, str(key)))
        except _Follows:
            self._failed.add((model, str(key)))

    # --- One record -----------------------------------------------------------------------------

    def _load_record(self, kind, entry, standing, saved):
        key = str(entry.data.get(kind.key, ""))
        if not key:
            raise _Wrong(kind.key, "Dit veld is nodig: het is de naam waaronder het record bekend is.")
        loaded, record = self.loaded.get((kind.name, key)), standing.records.get(key)
        fingerprint = _fingerprint([entry.data, entry.is_sample])
        if loaded is None:
            outcome = EXISTED if record else ADDED
        elif record is None:
            outcome = RESTORED if self.restore else REMOVED
        elif standing.fingerprint(key) != loaded.record_fingerprint:
            outcome = RESTORED if self.restore else EDITED
        else:
            outcome = SAME if fingerprint == loaded.file_fingerprint else CHANGED
        if outcome in (ADDED, CHANGED, RESTORED):
            try:
                self.noted[outcome].append(self._save(kind, entry, record))
            except _Gone:
                outcome = ORPHANED
            else:
                saved.append((key, fingerprint))
        self.outcomes[kind.name, outcome] += 1

    def _save_links(self):
        for entry, record, field, values in self._links:
            with self._attempt(entry, type(record)):
                getattr(record, field.name).set(self._pks(field, values))
        self._links = []

    def _finish(self, kind, saved):
        """Keep what now stands in the database as what was loaded."""
        if not saved or self.problems:
            return
        standing = _Standing(kind)
        for key, fingerprint in saved:
            LoadedRecord.objects.update_or_create(
                kind=kind.name,
                key=key,
                defaults={"file_fingerprint": fingerprint, "record_fingerprint": standing.fingerprint(key)},
            )

    def _save(self, kind, entry, record):
        data = dated(entry.data) if entry.is_sample else dict(entry.data)
        hidden, published_at = data.pop("hidden", False), _published_at(data.pop("published_on", None))
        rows = {spec.name: _as_list(spec.name, data.pop(spec.name, None)) for spec in kind.rows}
        is_new, record = record is None, record or kind.model()
        many = self._fill(record, data, also=rows)
        if kind.is_published:
            record.published_at = None if hidden else published_at
        if kind.is_tagged:
            record.is_sample = entry.is_sample
        if isinstance(record, Versioned) and not is_new:
            # Whoever has the form open must not write over this.
            record.version += 1
        _clean(record)
        record.save()
        if kind.model in self._by_key:
            self._by_key[kind.model][str(getattr(record, kind.key))] = record.pk
        for field, values in many:
            if field.remote_field.model is kind.model:
                self._links.append((entry, record, field, values))
            else:
                getattr(record, field.name).set(self._pks(field, values))
        if not is_new:
            self._clear_rows(record, kind, rows, entry)
        for spec in kind.rows:
            for number, item in self._numbered(spec.name, rows[spec.name]):
                self._save_row(record, spec, item, number, entry)
        return record

    def _clear_rows(self, record, kind, rows, entry):
        """What was made up of a real record stays, until the file says how it really is."""
        # Backwards: an agenda item points at a vraagstuk.
        for spec in reversed(kind.rows):
            old = spec.model.objects.filter(**{spec.owner: record})
            if spec.is_tagged and not entry.is_sample and not rows[spec.name]:
                old = old.filter(is_sample=False)
            _clear(old, f"content of {record}")

    def _save_row(self, record, spec, item, number, entry):
        if not isinstance(item, dict):
            if not spec.short:
                raise _Wrong(spec.name, f"item {number}: hier horen velden te staan.", number)
            item = {spec.short: item}
        row = spec.model(**{spec.owner: record})
        try:
            many = self._fill(row, item, owner=record)
            if spec.is_tagged:
                row.is_sample = entry.is_sample
            if spec.is_published:
                row.published_at = record.published_at
            if hasattr(row, "position") and "position" not in item:
                row.position = number
            _clean(row)
            row.save()
            for field, values in many:
                getattr(row, field.name).set(self._pks(field, values))
        except _Wrong as wrong:
            what = f"item {number}, {wrong.field}" if wrong.field else f"item {number}"
            raise _Wrong(spec.name, f"{what}: {wrong.message}", number) from None
        except _Gone:
            # A partner that an editor removed does not take part.
            return

    def _numbered(self, name, items):
        """Each item with its number in the file. A list of municipalities may name whole provinces: those of today."""
        for number, item in enumerate(items, start=1):
            if name in ("area", "municipalities") and str(item).startswith("province:"):
                slug = item.removeprefix("province:")
                within = Municipality.objects.current().filter(province__slug=slug)
                if not within:
                    known = Province.objects.values_list("slug", flat=True)
                    message = f"item {number}: er is geen provincie “{slug}”.{_nearest(slug, known)}"
                    raise _Wrong(name, message, number)
                yield from ((number, municipality.slug) for municipality in within)
            else:
                yield number, item

    # --- One field ------------------------------------------------------------------------------

    def _fill(self, record, data, owner=None, also=()):
        """Set what `data` says; what it does not say gets its default. Returns the many-to-many fields with their values."""
        fields = {field.name: field for field in record._meta.get_fields() if _is_written(field, owner)}
        for name in data:
            if name not in fields:
                raise _Wrong(name, f"Dit veld bestaat niet.{_nearest(name, [*fields, *also])}")
        many = []
        for name, field in fields.items():
            if field.many_to_many:
                many.append((field, _as_list(name, data.get(name))))
            elif name not in data and record.pk is None:
                continue
            elif name == "confirmed_on" and (name not in data or record.confirmed_by_id):
                continue  # A person may have confirmed it since.
            elif field.is_relation:
                setattr(record, field.attname, self._related(field, data.get(name), owner))
            else:
                setattr(record, name, _as_value(field, data[name]) if name in data else field.get_default())
        return many

    def _related(self, field, value, owner):
        if value in (None, ""):
            return None
        try:
            return self._pk(field, value, owner)
        except _Gone:
            if not field.null:
                raise
            return None

    def _pks(self, field, values):
        """Without those that an editor removed: the others still hold."""
        found = []
        for _number, value in self._numbered(field.name, values):
            with contextlib.suppress(_Gone):
                found.append(self._pk(field, value))
        return found

    def _pk(self, field, value, owner=None):
        model = field.remote_field.model
        if model is Place:
            return self._place(value)
        if isinstance(value, dict | list):
            raise _Wrong(field.name, "Hier hoort één naam.")
        if owner is not None and model not in KEYS:
            known = dict(model.objects.filter(**{_owner_of(model, owner): owner}).values_list("slug", "pk"))
        else:
            known = self._known(model)
        if str(value) in known:
            return known[str(value)]
        if (model, str(value)) in self._failed:
            raise _Follows
        if (KIND_OF.get(model), str(value)) in self.loaded:
            raise _Gone
        raise _Wrong(field.name, f"“{value}” bestaat niet.{_nearest(str(value), known)}")

    def _known(self, model):
        if model not in self._by_key:
            self._by_key[model] = {str(k): pk for k, pk in model.objects.values_list(KEYS[model], "pk")}
        return self._by_key[model]

    def _place(self, value):
        if not isinstance(value, dict) or set(value) != {"name", "municipality"}:
            raise _Wrong("place", "Schrijf naam en gemeente: {name: Rilland, municipality: reimerswaal}.")
        found = Place.objects.filter(name=value["name"], municipality__slug=value["municipality"])
        if not found:
            raise _Wrong("place", f"Er is geen plaats {value['name']} in {value['municipality']}.")
        return found[0].pk

    # --- Sample values on real records ----------------------------------------------------------

    def _load_values(self, entry):
        """Tagged rows without text on a record that is real, where nothing is known for real."""
        what = next((name for name in MADE_UP if name in entry.data), None)
        if what is None:
            raise _Wrong("", "Schrijf bij welk pact of welke koploper deze waarden horen.")
        model, specs = MADE_UP[what]
        key = str(entry.data[what])
        loaded, record = self.loaded.get(("values", f"{what}:{key}")), model.objects.filter(slug=key).first()
        fingerprint = _fingerprint(entry.data)
        if record is None and (loaded or (KIND_OF[model], key) in self.loaded):
            self.outcomes["values", REMOVED] += 1
            return
        if record is None or record.is_sample:
            real = model.objects.filter(is_sample=False).values_list("slug", flat=True)
            raise _Wrong(what, f"“{key}” is geen echt record.{_nearest(key, real)}")
        stands = _made_up(record, what, specs)
        if loaded is None:
            outcome = ADDED
        elif _fingerprint(stands) != loaded.record_fingerprint:
            outcome = RESTORED if self.restore else EDITED if any(stands) else REMOVED
        else:
            outcome = SAME if fingerprint == loaded.file_fingerprint else CHANGED
        self.outcomes["values", outcome] += 1
        if outcome not in (ADDED, CHANGED, RESTORED):
            return
        self._save_values(record, what, entry.data)
        self.noted[CHANGED].append(record)
        LoadedRecord.objects.update_or_create(
            kind="values",
            key=f"{what}:{key}",
            defaults={
                "file_fingerprint": fingerprint,
                "record_fingerprint": _fingerprint(_made_up(record, what, specs)),
            },
        )

    def _save_values(self, record, what, data):
        specs = MADE_UP[what][1]
        for name in data:
            if name not in (what, *(spec[0] for spec in specs)):
                raise _Wrong(name, "Dit mag niet verzonnen worden bij een echt record.")
        for name, model, short in specs:
            owned = model.objects.filter(**{what: record})
            _clear(owned.filter(is_sample=True), f"sample values of {record}")
            if owned.exists():
                continue
            for item in _value_items(name, data.get(name), short):
                row = model(**{what: record, "is_sample": True})
                if set(item) - {short, "phase", "since"}:
                    raise _Wrong(name, "Hier mag geen tekst verzonnen worden.")
                try:
                    self._fill(row, item, owner=record)
                    _clean(row)
                except _Wrong as wrong:
                    raise _Wrong(name, wrong.message) from None
                row.save()


def _value_items(name, value, short):
    """The rows that one sample value stands for, as a file would write them."""
    if value is None or (name == "adopted" and value is False):
        return []
    if name == "adopted" and value is True:
        return [{}]
    if name == "earlier_cooperation" and isinstance(value, bool):
        return [{short: value}]
    if name == "phase" and isinstance(value, dict):
        return [value]
    if name in ("functions", "themes"):
        return [{short: slug} for slug in _as_list(name, value)]
    raise _Wrong(name, "Deze waarde kan hier niet.")


def _published_at(day):
    """At noon of a day that the file gives, or else the moment of all content."""
    if day is None:
        return PUBLISHED_AT
    if not isinstance(day, datetime.date):
        raise _Wrong("published_on", "Schrijf een dag, bijvoorbeeld 2018-02-01.")
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=HERE)


def _clear(rows, reason):
    """Rows of a history are only added; a file that changed is an exception that is logged."""
    if rows.model in HISTORIES and rows.exists():
        with history_may_change(reason):
            rows.delete()
    else:
        rows.delete()


def _made_up(record, what, specs):
    """What is made up of a real record now, per kind of row."""
    return [
        sorted(
            json.dumps(_values(row), sort_keys=True, default=_plain)
            for row in model.objects.filter(**{what: record, "is_sample": True})
        )
        for _name, model, _short in specs
    ]


class _Standing:
    """The records of one kind as they stand in the database, each with its fingerprint; few queries for all of them."""

    def __init__(self, kind):
        self.kind = kind
        self.records = {str(getattr(record, kind.key)): record for record in kind.model.objects.all()}
        self._parts = None

    def fingerprint(self, key):
        if self._parts is None:
            self._parts = self._read()
        record = self.records[key]
        return _fingerprint([_values(record), *self._parts[record.pk]])

    def _read(self):
        parts = defaultdict(list)
        owners = {record.pk: record for record in self.records.values()}
        for name, pairs in _many(self.kind.model):
            for owner, others in pairs.items():
                parts[owner].append([name, others])
        for spec in self.kind.rows:
            inner = _many(spec.model)
            for row in spec.model.objects.order_by("pk"):
                owner = owners.get(getattr(row, f"{spec.owner}_id"))
                if owner is None or (spec.is_tagged and row.is_sample and not owner.is_sample):
                    continue
                values = _values(row)
                values.pop(f"{spec.owner}_id")
                parts[owner.pk].append([spec.name, values, [[name, pairs.get(row.pk, [])] for name, pairs in inner]])
        for found in parts.values():
            found.sort(key=lambda part: json.dumps(part, default=str, sort_keys=True))
        return parts


def _many(model):
    """For each plain many-to-many of `model`: its name, and the sorted numbers at the other side by owner."""
    found = []
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        if not through._meta.auto_created:
            continue
        pairs = defaultdict(list)
        names = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
        for owner, other in through.objects.order_by(names[1]).values_list(*names):
            pairs[owner].append(other)
        found.append((field.name, pairs))
    return found


def _values(record):
    """What stands in a record, without what is empty: a field that is added later must not look like an edit."""
    values = {field.attname: (getattr(record, field.attname), field) for field in record._meta.concrete_fields}
    return {
        name: value
        for name, (value, field) in values.items()
        if field.name not in (*OWN_FIELDS, "id", "confirmed_on") and value != field.get_default()
    }


def _fingerprint(value):
    text = json.dumps(value, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    """The same text for a value from a file and from either database."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return str(value)


def _as_list(name, value):
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise _Wrong(name, "Hier hoort een lijst.")
    return value


def _as_value(field, value):
    if value is None:
        return field.get_default() if not field.null else None
    if isinstance(field, models.CharField | models.TextField):
        if isinstance(value, list | dict):
            raise _Wrong(field.name, "Hier hoort tekst.")
        return str(value).strip()
    return value


def _owner_of(model, owner):
    return next(f.name for f in model._meta.concrete_fields if f.remote_field and f.remote_field.model is type(owner))


def _is_written(field, owner):
    """Whether a file may say it. A many-to-many with rows of its own is written as those rows."""
    if field.auto_created or field.name in (*OWN_FIELDS, "published_at", "is_sample"):
        return False
    if owner is not None and field.is_relation and field.remote_field.model is type(owner):
        return False
    return not field.many_to_many or field.remote_field.through._meta.auto_created


def _clean(record):
    """As `full_clean` does, without looking up again what a relation points at: that was just found."""
    found = {field.name for field in record._meta.fields if field.is_relation and getattr(record, field.attname)}
    try:
        record.clean_fields(exclude=found)
        record.clean()
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        whole = {"__all__": error.messages}
        name, messages = next(iter((error.message_dict if hasattr(error, "error_dict") else whole).items()))
        raise _Wrong("" if name == "__all__" else name, " ".join(messages)) from None


def _nearest(name, known):
    found = difflib.get_close_matches(name, [str(k) for k in known], n=1)
    return f" Bedoelde u “{found[0]}”?" if found else ""
