"""What happened to a pact or koploper, told to whoever leads it: one sentence for each step in the history."""

import datetime

from auditlog.models import LogEntry
from django.utils import formats
from django.utils.text import capfirst

from programme.history import KEPT_TOO
from zorgpact.reading_history import who

CREATE, UPDATE, DELETE = LogEntry.Action.CREATE, LogEntry.Action.UPDATE, LogEntry.Action.DELETE

# Per step: what the sentence says, `on` being the pact or koploper and `what` the record of the step. None: told otherwise.
STEPS = {
    "workplace.proposal": {
        "voorgesteld": "{who} deed een voorstel voor {on}: {what}",
        "overgenomen": "{who} nam een voorstel voor {on} over: {what}",
        "teruggegeven": "{who} gaf een voorstel voor {on} terug: {what}",
        "ingetrokken": "{who} trok een voorstel voor {on} in: {what}",
    },
    "volgspot.reflection": {
        "begonnen": "{who} begon aan het verslag {what}",
        "ingediend": "{who} diende het verslag {what} in",
        "teruggehaald": "{who} haalde het verslag {what} terug",
        "in behandeling genomen": "{who} nam het verslag {what} in behandeling",
        "teruggegeven": "{who} gaf het verslag {what} terug",
        "vastgesteld": "{who} stelde het verslag {what} vast",
        "gepubliceerd": "{who} zette het verslag {what} op de site",
        "correctie begonnen": "{who} begon aan een correctie van het verslag {what}",
        "eigen evaluatie toegevoegd": "{who} voegde een eigen evaluatie toe aan het verslag {what}",
        "eigen evaluatie gewijzigd": "{who} wijzigde de eigen evaluatie bij het verslag {what}",
        "eigen evaluatie vervangen": "{who} verving de eigen evaluatie bij het verslag {what}",
        "eigen evaluatie weggehaald": "{who} haalde de eigen evaluatie weg bij het verslag {what}",
    },
}
STEPS["regions.regionalpact"] = STEPS["kopgroep.koploper"] = {
    "projectleider uitgenodigd": "{who} nodigde iemand uit als projectleider van {on}",
    "uitnodiging van een projectleider opnieuw verstuurd": "{who} stuurde een uitnodiging voor een projectleider van {on} opnieuw",
    "uitnodiging van een projectleider ingetrokken": "{who} trok een uitnodiging voor een projectleider van {on} in",
    # The leadership itself is a row with a line of its own.
    "is projectleider geworden": None,
}
JOBS = {"inhoud inlezen": "De computer las de gegevens van {on} in"}
# Rows that are called something else in a sentence than as the heading of a list.
ONE = {
    "regions.phasechange": "fase",
    "regions.pactfunction": "functie",
    "regions.pacttheme": "thema",
    "kopgroep.koplopertheme": "thema",
    "kopgroep.koplopereffect": "effect",
}
ROWS = {
    CREATE: "{who} voegde bij {on} een {one} toe: “{what}”",
    UPDATE: "{who} wijzigde bij {on} een {one}: “{what}” ({fields})",
    DELETE: "{who} haalde bij {on} een {one} weg: “{what}”",
}


def told(entries, records, reader):
    """(when, sentence) of the steps that say something to `reader`, who leads `records`. No queries."""
    known = {f"{record._meta.label_lower}:{record.pk}": str(record) for record in records}
    for entry in entries:
        sentence = _sentence(entry, known, reader)
        if sentence:
            reason = (entry.additional_data or {}).get("reason")
            yield entry.timestamp, f"{sentence}. Reden: {reason}" if reason else f"{sentence}."


def _sentence(entry, known, reader):
    """Without the full stop; nothing where there is nothing to tell."""
    model, more = entry.content_type.model_class(), entry.additional_data or {}
    label = model._meta.label_lower
    by = "u" if entry.actor_id == reader.pk else who(entry)
    words = {
        "who": capfirst(by),
        "by": by,
        "on": known.get(more.get("on") or f"{label}:{entry.object_id}", entry.object_repr),
        "what": entry.object_repr,
    }
    if step := more.get("step"):
        return _of_step(label, step, more.get("job"), words)
    if label in ("regions.pactleader", "kopgroep.koploperleader"):
        return _of_leader(entry, words, reader)
    fields = _fields(model, entry.changes or {})
    if entry.action == UPDATE and not fields:
        return ""
    words["fields"] = ", ".join(fields)
    if "on" in more:
        return ROWS[entry.action].format(one=ONE.get(label, model._meta.verbose_name), **words)
    return _of_record(entry, words)


def _of_step(label, step, job, words):
    if job in JOBS:
        return JOBS[job].format(**words)
    if label == "workplace.proposal":
        words["what"] = words["what"].rpartition(": ")[2]
    sentence = STEPS.get(label, {}).get(step, "{what}: {step}, door {by}")
    return sentence and sentence.format(step=step, **words)


def _of_leader(entry, words, reader):
    """Somebody became a leader, or is one no longer. Whoever accepted an invitation did that without being logged in."""
    changes, is_me = entry.changes or {}, False
    if entry.action == CREATE:
        person = changes.get("user", ["", ""])[1]
        is_me = str(person) == str(reader.pk)
        if entry.actor_id and str(entry.actor_id) != str(person):
            return f"{words['who']} maakte {'u' if is_me else words['what']} projectleider van {words['on']}"
        return f"{'U bent' if is_me else words['what'] + ' is'} projectleider geworden van {words['on']}"
    if entry.action == DELETE:
        return f"{words['who']} haalde {words['what']} weg als projectleider van {words['on']}"
    until = changes.get("until", ["", ""])[1]
    if until not in (None, "", "None"):
        day = formats.date_format(datetime.date.fromisoformat(until), "j F Y")
        return f"{words['what']} is projectleider van {words['on']} tot en met {day}{_by(entry, words)}"
    return f"{words['who']} wijzigde hoe lang {words['what']} projectleider is van {words['on']}"


def _by(entry, words):
    return f". {words['who']} legde dat vast" if entry.actor_id else ""


def _of_record(entry, words):
    changes = entry.changes or {}
    if entry.action == CREATE:
        return "{who} maakte de pagina van {on}".format(**words)
    if entry.action == DELETE:
        return ""
    if "published_at" in changes:
        _, new = changes["published_at"]
        if new in (None, "", "None"):
            return "{who} haalde {on} van de site".format(**words)
        return "{who} koos vanaf wanneer {on} op de site staat".format(**words)
    if set(changes) <= {"confirmed_on", "confirmed_by"}:
        return "{who} bevestigde dat de gegevens van {on} kloppen".format(**words)
    return "{who} wijzigde {on}: {fields}".format(**words)


def _fields(model, changes):
    """What changed, by the names that the page has for it; not what only the team sees."""
    shown = {*model.public_fields, *KEPT_TOO, *getattr(model, "history_fields", ())}
    return [
        str(field.verbose_name)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.name in changes and field.name in shown
    ]
