"""Put the content of files into the database, and leave alone what an editor changed or removed.

Of each loaded record two fingerprints are kept: of what the file said and of what then stood in the
database. If the record in the database differs from the second, an editor was there.
"""

import datetime
import difflib
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

from geography.models import Municipality, Place
from kopgroep.models import Koploper, KoploperTheme
from programme.history import history_may_change
from programme.models import LoadedRecord
from regions.models import (
    EarlierCooperation,
    Function,
    PactFunction,
    PactTheme,
    Phase,
    PhaseChange,
    RegionalPact,
)
from themes.models import Theme

from .files import read_files
from .geography import load_geography
from .kinds import KEYS, KINDS, OWN_FIELDS

# What comes from files was public before this site was: a fixed moment keeps “nieuwste eerst” honest.
PUBLISHED_AT = datetime.datetime(2018, 2, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


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
    def __init__(self, field, message):
        super().__init__(message)
        self.field, self.message = field, message


class _DryRun(Exception):
    pass


ADDED, CHANGED, SAME, EDITED, REMOVED, EXISTED, RESTORED = (
    "toegevoegd", "gewijzigd", "ongewijzigd", "met rust gelaten: gewijzigd in het beheer",
    "met rust gelaten: verwijderd in het beheer", "met rust gelaten: bestond al", "teruggezet",
)  # fmt: skip


def load_content(folder, *, samples=False, restore=False, dry_run=False):
    """Load all files of `folder`, with `samples` those in its folder samples too.

    `restore` brings back what an editor changed or removed; `dry_run` saves nothing. Returns a Counter of
    what happened by (kind, outcome). Raises ContentError, with everything that is wrong.
    """
    loader = _Loader(restore)
    try:
        with transaction.atomic():
            if not Municipality.objects.exists():
                load_geography()
            files = read_files(folder, samples=samples)
            if files.problems:
                raise ContentError([Problem(*p) for p in files.problems])
            loader.load(files)
            if loader.problems:
                raise ContentError(loader.problems)
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
        self.loaded = {(row.kind, row.key): row for row in LoadedRecord.objects.all()}
        self._by_key = {}

    def load(self, files):
        later = []
        for kind in KINDS:
            standing = _Standing(kind)
            for entry in files.of(kind.name):
                try:
                    with transaction.atomic():
                        self._load_record(kind, entry, standing, later)
                except _Wrong as wrong:
                    self._problem(entry, wrong.field, wrong.message)
            standing.forget()
            self._finish(kind, later)
            later = []
        for entry in files.of("values"):
            try:
                with transaction.atomic():
                    self._load_values(entry)
            except _Wrong as wrong:
                self._problem(entry, wrong.field, wrong.message)

    def _problem(self, entry, field, message):
        self.problems.append(Problem(entry.file, entry.line(field), entry.name, field, message))

    # --- One record -----------------------------------------------------------------------------

    def _load_record(self, kind, entry, standing, later):
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
        self.outcomes[kind.name, outcome] += 1
        if outcome in (ADDED, CHANGED, RESTORED):
            self._save(kind, entry, record)
            later.append((key, fingerprint))

    def _finish(self, kind, saved):
        """Keep what now stands in the database as what was loaded."""
        if not saved or self.problems:
            return
        standing = _Standing(kind)
        self._by_key.pop(kind.model, None)
        for key, fingerprint in saved:
            LoadedRecord.objects.update_or_create(
                kind=kind.name,
                key=key,
                defaults={"file_fingerprint": fingerprint, "record_fingerprint": standing.fingerprint(key)},
            )

    def _save(self, kind, entry, record):
        data = dict(entry.data)
        hidden = data.pop("hidden", False)
        rows = {r.name: data.pop(r.name, []) for r in kind.rows}
        record = record or kind.model()
        many = self._fill(record, data, own=entry)
        if kind.is_published:
            record.published_at = None if hidden else PUBLISHED_AT
        if kind.is_tagged:
            record.is_sample = entry.is_sample
        _clean(record)
        record.save()
        self._by_key.setdefault(kind.model, None)
        self._remember(kind.model, getattr(record, kind.key), record.pk)
        for name, value in many.items():
            getattr(record, name).set(value)
        for spec in kind.rows:
            self._save_rows(record, spec, rows[spec.name], entry)

    def _save_rows(self, record, spec, items, entry):
        if not isinstance(items, list):
            raise _Wrong(spec.name, "Hier hoort een lijst.")
        old = spec.model.objects.filter(**{spec.owner: record})
        if spec.is_tagged and not entry.is_sample:
            old = old.filter(is_sample=False)
        if old.exists():
            with history_may_change(f"content of {record}"):
                old.delete()
        for number, item in enumerate(self._expanded(spec.name, items), start=1):
            if not isinstance(item, dict):
                if not spec.short:
                    raise _Wrong(spec.name, f"Item {number} hoort uit velden te bestaan.")
                item = {spec.short: item}
            row = spec.model(**{spec.owner: record})
            try:
                many = self._fill(row, dict(item), own=entry, owner=record)
                if spec.is_tagged:
                    row.is_sample = entry.is_sample or bool(item.get("is_sample"))
                if hasattr(row, "position") and "position" not in item:
                    row.position = number
                _clean(row)
            except _Wrong as wrong:
                raise _Wrong(spec.name, f"item {number}, {wrong.field}: {wrong.message}") from None
            row.save()
            for name, value in many.items():
                getattr(row, name).set(value)

    def _expanded(self, name, items):
        """A list of municipalities may name whole provinces: the municipalities of today."""
        if name not in ("area", "municipalities"):
            return items
        found = []
        for item in items:
            if isinstance(item, str) and item.startswith("province:"):
                slug = item.removeprefix("province:")
                within = Municipality.objects.current().filter(province__slug=slug)
                slugs = list(within.values_list("slug", flat=True))
                if not slugs:
                    raise _Wrong(name, f"Er is geen provincie “{slug}”.")
                found += slugs
            else:
                found.append(item)
        return found

    # --- One field ------------------------------------------------------------------------------

    def _fill(self, record, data, own, owner=None):
        """Set what `data` says; what it does not say gets its default. Returns the many-to-many values for later."""
        many = {}
        for name in data:
            try:
                field = record._meta.get_field(name)
            except FieldDoesNotExist:
                known = [f.name for f in record._meta.get_fields() if getattr(f, "editable", False)]
                raise _Wrong(name, f"Dit veld bestaat niet.{_nearest(name, known)}") from None
            if name in OWN_FIELDS or field.auto_created:
                raise _Wrong(name, "Dit veld kan niet in een bestand staan.")
        for field in record._meta.get_fields():
            if field.auto_created or field.name in OWN_FIELDS or field.name in ("id", "published_at", "is_sample"):
                continue
            if field.many_to_many:
                if not field.remote_field.through._meta.auto_created:
                    continue
                values = self._expanded(field.name, _as_list(field.name, data.get(field.name)))
                many[field.name] = [self._pk(field, value, owner, own) for value in values]
            elif field.is_relation:
                if owner is not None and field.remote_field.model is type(owner) and field.name not in data:
                    continue
                value = data.get(field.name)
                setattr(record, field.attname, None if value in (None, "") else self._pk(field, value, owner, own))
            elif field.name in data:
                setattr(record, field.name, _as_value(field, data[field.name]))
            elif record.pk:
                setattr(record, field.name, field.get_default())
        return many

    def _pk(self, field, value, owner, own):
        model = field.remote_field.model
        if model is Place:
            return self._place(value)
        if owner is not None and model not in KEYS:
            found = model.objects.filter(slug=value, **{_owner_of(model, owner): owner}).values_list("pk", flat=True)
            if not found:
                raise _Wrong(field.name, f"“{value}” staat niet bij dit record.")
            return found[0]
        known = self._known(model)
        if str(value) not in known:
            raise _Wrong(field.name, f"“{value}” bestaat niet.{_nearest(str(value), known)}")
        return known[str(value)]

    def _known(self, model):
        if self._by_key.get(model) is None:
            self._by_key[model] = {str(k): pk for k, pk in model.objects.values_list(KEYS.get(model, "slug"), "pk")}
        return self._by_key[model]

    def _remember(self, model, key, pk):
        if self._by_key.get(model) is not None:
            self._by_key[model][str(key)] = pk

    def _place(self, value):
        if not isinstance(value, dict) or set(value) != {"name", "municipality"}:
            raise _Wrong("place", "Schrijf naam en gemeente: {name: Rilland, municipality: reimerswaal}.")
        found = Place.objects.filter(name=value["name"], municipality__slug=value["municipality"])
        if not found:
            raise _Wrong("place", f"Er is geen plaats {value['name']} in {value['municipality']}.")
        return found[0].pk

    # --- Sample values on real records ----------------------------------------------------------

    def _load_values(self, entry):
        """Tagged rows without text on a record that is real. Once loaded they come back only when asked."""
        data = dict(entry.data)
        what = "pact" if "pact" in data else "koploper"
        slug = data.pop(what, "")
        model = {"pact": RegionalPact, "koploper": Koploper}[what]
        record = model.objects.filter(slug=slug).first()
        key, fingerprint = f"{what}:{slug}", _fingerprint(entry.data)
        loaded = self.loaded.get(("values", key))
        if loaded and loaded.file_fingerprint == fingerprint and not self.restore:
            self.outcomes["values", SAME] += 1
            return
        if record is None:
            if loaded or self.loaded.get((f"{what}s", slug)):
                self.outcomes["values", REMOVED] += 1
                return
            raise _Wrong(what, f"“{slug}” bestaat niet.")
        self._save_values(record, what, data)
        LoadedRecord.objects.update_or_create(
            kind="values", key=key, defaults={"file_fingerprint": fingerprint, "record_fingerprint": ""}
        )
        self.outcomes["values", CHANGED if loaded else ADDED] += 1

    def _save_values(self, record, what, data):
        allowed = {"pact": {"phase", "functions", "themes", "earlier_cooperation"}, "koploper": {"themes", "adopted"}}
        for name in data:
            if name not in allowed[what]:
                raise _Wrong(name, "Dit mag niet verzonnen worden bij een echt record.")
        tag = {what: record, "is_sample": True}
        if "phase" in data:
            with history_may_change(f"sample values of {record}"):
                PhaseChange.objects.filter(**tag).delete()
            phase = self._one(Phase, data["phase"].get("phase"), "phase")
            PhaseChange.objects.create(**tag, phase_id=phase, since=str(data["phase"].get("since")))
        if "functions" in data:
            PactFunction.objects.filter(**tag).delete()
            for slug in data["functions"]:
                PactFunction.objects.create(**tag, function_id=self._one(Function, slug, "functions"))
        if "themes" in data:
            rows = PactTheme if what == "pact" else KoploperTheme
            rows.objects.filter(**tag).delete()
            for slug in data["themes"]:
                rows.objects.create(**tag, theme_id=self._one(Theme, slug, "themes"))
        if "earlier_cooperation" in data:
            EarlierCooperation.objects.filter(**tag).delete()
            EarlierCooperation.objects.create(**tag, builds_on_it=bool(data["earlier_cooperation"]))
        if data.get("adopted"):
            record.adoptions.filter(is_sample=True).delete()
            record.adoptions.create(is_sample=True)

    def _one(self, model, slug, field):
        known = self._known(model)
        if slug not in known:
            raise _Wrong(field, f"“{slug}” bestaat niet.{_nearest(str(slug), known)}")
        return known[slug]


class _Standing:
    """The records of one kind as they stand in the database, each with its fingerprint; few queries for all of them."""

    def __init__(self, kind):
        self.kind = kind
        self.records = {str(getattr(record, kind.key)): record for record in kind.model.objects.all()}
        self._parts = None

    def forget(self):
        self.records, self._parts = {}, None

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
                # Rows of the same record point at each other by number, which changes with each load.
                values = {
                    name: value for name, value in values.items() if not name.endswith(("vraagstuk_id", "subregion_id"))
                }
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
    skipped = OWN_FIELDS | {"id", "confirmed_on"}
    return {
        f.attname: getattr(record, f.attname)
        for f in record._meta.concrete_fields
        if f.name not in skipped and f.attname not in ("confirmed_by_id", "recorded_by_id")
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


def _clean(record):
    """Check the record itself; what it points at was checked on the way, and uniqueness the database keeps."""
    try:
        record.full_clean(validate_unique=True, validate_constraints=True)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise _Wrong("" if name == "__all__" else name, " ".join(messages)) from None


def _nearest(name, known):
    found = difflib.get_close_matches(name, [str(k) for k in known], n=1)
    return f" Bedoelde u “{found[0]}”?" if found else ""
