"""Read the files of `content/`; where something is wrong, find its line."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ruamel.yaml import YAML, YAMLError

from .kinds import KINDS


@dataclass
class Entry:
    """One record as a file has it."""

    path: Path
    number: int
    data: dict
    is_sample: bool

    @property
    def file(self):
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def name(self):
        for key in ("slug", "number", "pact", "koploper"):
            if key in self.data:
                return str(self.data[key])
        return f"record {self.number + 1}"

    def line(self, name="", item=None):
        """Where `name` stands, or its item of that number, or else the record; counted from 1."""
        places = getattr(self._nodes[self.number], "lc", None) and self._nodes[self.number].lc.data or {}
        if name not in places:
            return self._nodes.lc.data[self.number][0] + 1
        if item is not None and (items := getattr(self._nodes[self.number][name], "lc", None)) and items.data:
            return items.data[item - 1][0] + 1
        return places[name][0] + 1

    @cached_property
    def _nodes(self):
        # Slow, so only for a file in which something is wrong.
        return YAML(typ="rt").load(self.path.read_text(encoding="utf-8"))


@dataclass
class Files:
    entries: dict = field(default_factory=dict)
    # As (file, line, record, field, message).
    problems: list = field(default_factory=list)

    def of(self, name):
        return self.entries.get(name, [])


def read_files(folder, *, samples):
    """All records of `folder` by kind, the samples after the real ones."""
    folder, files = Path(folder), Files()
    known = {kind.name: kind.key for kind in KINDS}
    places = [(folder, False, known)]
    if samples:
        places.append((folder / "samples", True, known | {"values": None}))
    for place, is_sample, names in places:
        for path in sorted(place.glob("*.yaml")):
            label = f"{place.name}/{path.name}"
            if path.stem not in names:
                files.problems.append(
                    (label, 1, "bestand", "", f"Onbekende soort. Kies uit: {', '.join(sorted(names))}.")
                )
                continue
            _read(path, label, is_sample, names[path.stem], files)
    return files


def _read(path, label, is_sample, key, files):
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or []
    except UnicodeDecodeError:
        files.problems.append((label, 1, "bestand", "", "Dit bestand is geen UTF-8."))
        return
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        files.problems.append(
            (label, line, "bestand", "", f"Dit is geen geldige YAML: {getattr(error, 'problem', error)}.")
        )
        return
    if not isinstance(data, list):
        files.problems.append((label, 1, "bestand", "", "Hier hoort een lijst van records."))
        return
    entries = files.entries.setdefault(path.stem, [])
    seen = {str(entry.data.get(key)) for entry in entries} if key else set()
    for number, record in enumerate(data):
        entry = Entry(path, number, record, is_sample)
        if not isinstance(record, dict):
            files.problems.append((label, entry.line(), f"record {number + 1}", "", "Hier horen velden te staan."))
            continue
        if key and str(record.get(key)) in seen:
            files.problems.append((label, entry.line(key), entry.name, key, "Deze naam komt al voor."))
            continue
        seen.add(str(record.get(key)))
        entries.append(entry)
