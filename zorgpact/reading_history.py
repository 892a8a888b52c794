"""The history as somebody reads it: who, when, which step, and what from what to what."""

import datetime
import difflib
import re
from collections import defaultdict
from itertools import zip_longest

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from programme.history import NOT_KEPT
from zorgpact.workflow import ASKER

# Above this length only what differs is marked, within the text.
SHORT = 80
VERBS = {LogEntry.Action.CREATE: "nieuw", LogEntry.Action.UPDATE: "gewijzigd", LogEntry.Action.DELETE: "verwijderd"}


def who(entry):
    """A person, a job of the computer, or nobody who was logged in."""
    if entry.actor:
        return str(entry.actor)
    job = (entry.additional_data or {}).get("job")
    if job == ASKER:
        return job
    return f"de computer ({job})" if job else entry.actor_email or "de computer"


def verb_of(entry):
    """The step that was taken, or what was done with the record."""
    return (entry.additional_data or {}).get("step") or VERBS.get(entry.action, "")


def lines(entries, record=None):
    """What a page of the history shows of `entries`; few queries for all of them. `record` is whose page it is."""
    entries = list(entries)
    names = _names(entries)
    return [_line(entry, names, record) for entry in entries]


def _line(entry, names, record):
    model = entry.content_type.model_class()
    more = entry.additional_data or {}
    return {
        "when": entry.timestamp,
        "who": who(entry),
        "what": capfirst(model._meta.verbose_name) if model else entry.content_type.name,
        "name": entry.object_repr,
        "is_row": record is not None and not isinstance(record, model or ()),
        "verb": verb_of(entry),
        "reason": more.get("reason", ""),
        "changes": [
            {"label": _label(model, name), "shown": _shown(model, name, change, names)}
            for name, change in _sorted(model, entry.changes or {})
            if _says_something(model, name, change)
        ],
        "is_long": entry.action != LogEntry.Action.UPDATE,
    }


def _field(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(model, name):
    field = _field(model, name)
    return capfirst(field.verbose_name) if field else name


def _sorted(model, changes):
    """In the order of the fields of the model."""
    order = {f.name: place for place, f in enumerate((*model._meta.fields, *model._meta.many_to_many))} if model else {}
    return sorted(changes.items(), key=lambda item: order.get(item[0], len(order)))


def _says_something(model, name, change):
    if isinstance(change, dict):
        return True
    field = _field(model, name)
    is_number = field is not None and field.primary_key
    return not is_number and any(value not in (None, "", "None") for value in change)


def _names(entries):
    """What each record is called that a change points at: one query per kind of record."""
    wanted = defaultdict(set)
    for entry in entries:
        model = entry.content_type.model_class()
        for name, change in (entry.changes or {}).items():
            field = _field(model, name)
            if field and field.many_to_one and isinstance(change, list):
                wanted[field.related_model] |= {str(value) for value in change if str(value).isdecimal()}
    return {
        (model, str(record.pk)): str(record)
        for model, keys in wanted.items()
        for record in model._base_manager.filter(pk__in=keys)
    }


def _shown(model, name, change, names):
    if isinstance(change, dict):
        words = {"add": "erbij", "delete": "eraf"}.get(change.get("operation"), "")
        return f"{words}: {', '.join(change.get('objects', []))}"
    old, new = (_in_words(_field(model, name), value, names) for value in change)
    if NOT_KEPT in (old, new):
        return "gewijzigd; de tekst zelf staat niet in de geschiedenis"
    return from_to(old, new)


def _in_words(field, value, names):
    if value in (None, "", "None"):
        return ""
    if field is None or value == NOT_KEPT:
        return str(value)
    if field.many_to_one:
        return names.get((field.related_model, str(value)), f"nummer {value}, dat er niet meer is")
    if isinstance(field, models.BooleanField):
        return "ja" if value in (True, "True") else "nee"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = datetime.datetime.fromisoformat(value)
        return formats.localize(timezone.localtime(moment.replace(tzinfo=moment.tzinfo or datetime.UTC)))
    if isinstance(field, models.DateField):
        return formats.localize(datetime.date.fromisoformat(value))
    return str(value)


def from_to(old, new):
    """A change: two short values beside each other, of long ones the words that went and came."""
    if max(len(old), len(new)) > SHORT and old and new:
        return marked(old, new)
    if not old:
        return format_html("<ins>{}</ins>", new)
    if not new:
        return format_html("<del>{}</del> → leeg", old)
    return format_html("<del>{}</del> → <ins>{}</ins>", old, new)


# Of a sentence that shares fewer of its words than this with the old one, the whole is marked.
MUCH_THE_SAME = 0.5


def marked_by_sentence(old, new):
    """The whole of `new`: sentences that came and went, and in one that stayed much the same the words."""
    before, after = (re.split(r"(?<=[.!?])(?=\s)", text) for text in (old, new))
    parts = []
    for what, i, j, k, m in _matcher([s.strip() for s in before], [s.strip() for s in after]).get_opcodes():
        if what == "equal":
            parts.append(escape("".join(after[k:m])))
        else:
            pairs = zip_longest(before[i:j], after[k:m], fillvalue="")
            parts += [_marked_sentence(gone, came) for gone, came in pairs]
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped above


def _marked_sentence(gone, came):
    if _matcher(gone.split(), came.split()).ratio() >= MUCH_THE_SAME:
        return marked(gone, came, whole=True)
    return format_html_join(" ", "<{0}>{1}</{0}>", [(n, t) for n, t in (("del", gone), ("ins", came)) if t])


def _matcher(before, after):
    return difflib.SequenceMatcher(None, before, after, autojunk=False)


def marked(old, new, *, whole=False):
    """`new` with the words that came in <ins>, and those that went in <del>; unchanged stretches are cut short, unless `whole`."""
    before, after = (re.findall(r"\s*\S+", text) for text in (old, new))
    parts = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, before, after).get_opcodes():
        gone, came = "".join(before[i:j]), "".join(after[k:m])
        if what == "equal":
            parts.append(escape(gone if whole or len(gone) <= SHORT * 2 else f"{gone[:SHORT]} … {gone[-SHORT:]}"))
        else:
            parts.append(
                format_html_join("", "<{0}>{1}</{0}>", [(n, t) for n, t in (("del", gone), ("ins", came)) if t])
            )
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped above
