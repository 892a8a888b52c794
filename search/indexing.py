"""Keep the index equal to what is public.

Whatever changes, a trigger notes it (`triggers.py`). What was noted is read again before the next search, and
by `manage.py work`; until then it does not show. So nothing that was withdrawn can be found, in any process.
"""

import hashlib
import json
import logging
import uuid
from collections import Counter, defaultdict
from dataclasses import asdict

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, Q
from django.utils import timezone

from . import facets, registry
from .analysis import RULES, columns_of, words_of
from .dutch.words import composed
from .lexicon import Lexicon
from .models import Change, Document, IndexState, Term, Word
from .storages import storage
from .synonyms import NOTED_AS

log = logging.getLogger(__name__)

# So many records are read at once; a visitor never waits for more than one such batch.
BATCH = 100
# Bulk changes note a record once for each of its rows.
MOST_CHANGES = 5000


def catch_up():
    """Bring the index up to date, one batch. Returns the state of it, with `is_behind`: whether something is still waiting."""
    state = _state()
    if state.is_behind:
        _step()
        state = _state()
    return state


def catch_up_all():
    """The same until nothing is left, or somebody else is at it; not for a request of a visitor."""
    while _step():
        pass


def _state():
    state = IndexState.objects.annotate(is_behind=Exists(Change.objects.due())).filter(pk=IndexState.ROW).first()
    return state or IndexState(version="")


def _step():
    """Read again one batch of what changed. Returns how many changes that were."""
    try:
        with transaction.atomic():
            # Somebody else may be at it: then this process does not wait, and leaves out what is noted.
            if not IndexState.objects.select_for_update(skip_locked=True).filter(pk=IndexState.ROW).exists():
                return 0
            return _take(list(Change.objects.due().order_by("pk")[:MOST_CHANGES]))
    except DatabaseError:
        log.exception("The index could not be brought up to date; what changed stays hidden.")
        return 0


def _take(changes):
    """Read the records of these changes again, up to a batch of them, and forget those changes."""
    by_kind, done = defaultdict(set), []
    for change in changes:
        ids = by_kind[change.kind]
        if change.object_id in ids or sum(map(len, by_kind.values())) < BATCH:
            ids.add(change.object_id)
            done.append(change.pk)
    for name, ids in by_kind.items():
        kind = registry.kind_named(name)
        if kind and ids:
            _read(kind, ids)
        elif name == NOTED_AS:
            new_version()
    for start in range(0, len(done), 500):
        Change.objects.filter(pk__in=done[start : start + 500]).delete()
    return len(done)


def _read(kind, ids):
    """Bring the documents of these records in line with what is public now."""
    at = timezone.now()
    fresh = {record.pk: document_of(kind, record) for record in kind.published(at).filter(pk__in=ids)}
    standing = {d.object_id: d for d in Document.objects.filter(kind=kind.name, object_id__in=ids)}
    _write(
        [
            _onto(standing.get(pk), document)
            for pk, document in fresh.items()
            if pk not in standing or standing[pk].fingerprint != document.fingerprint
        ],
        gone=[document for pk, document in standing.items() if pk not in fresh],
    )
    schedule(kind, ids, at)


def document_of(kind, record):
    """What of a public record can be found, not yet stored."""
    content = kind.content(record)
    said = json.dumps([RULES, kind.name, asdict(content)], ensure_ascii=False, default=str)
    return Document(
        kind=kind.name,
        object_id=record.pk,
        facets=" ".join(facets.terms_of(kind.name, content)),
        title=composed(content.title),
        url=content.url,
        is_sample=content.is_sample,
        summary=composed(content.summary),
        answer=composed(content.answer),
        body=composed(content.text),
        fingerprint=hashlib.sha256(said.encode()).hexdigest(),
    )


def _onto(standing, document):
    """The new document in the place of the old one, which says what was counted of it."""
    if standing:
        document.pk, document.words, document.terms = standing.pk, standing.words, standing.terms
    return document


def _write(documents, gone=()):
    """Store documents, remove others, and keep the counts; inside the lock on the state."""
    if not documents and not gone:
        return
    words, terms = Counter(), Counter()
    for document in gone:
        words.subtract(document.words.split())
        terms.subtract(document.terms.split())
    for document in documents:
        words.subtract(document.words.split())
        found = words_of(document)
        words.update(found)
        document.words = " ".join(found)
    count(Word, words)
    lexicon = Lexicon(dict(Word.objects.values_list("text", "count")))
    _store(documents, lexicon, terms)
    Document.objects.filter(pk__in=[document.pk for document in gone]).delete()
    count(Term, terms)
    new_version()


def _store(documents, lexicon, terms):
    """Analyse and store; the change in the counts of terms is added to `terms`."""
    entries = [(document, columns_of(document, lexicon)) for document in documents]
    for document, columns in entries:
        terms.subtract(document.terms.split())
        found = columns.distinct()
        terms.update(found)
        document.terms = " ".join(found)
    new = [document for document, _columns in entries if not document.pk]
    Document.objects.bulk_create(new, batch_size=BATCH)
    changed = [field.name for field in Document._meta.concrete_fields if not field.primary_key]
    old = [document for document, _columns in entries if document not in new]
    Document.objects.bulk_update(old, changed, batch_size=20)
    if entries:
        storage().put([(document.pk, columns) for document, columns in entries])


def count(model, delta):
    """Add to the counts of words or terms, and forget those of which nothing is left."""
    rows = sorted((text, number) for text, number in delta.items() if number)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 400):
            part = rows[start : start + 400]
            cursor.execute(
                f"""INSERT INTO {table} (text, count) VALUES {", ".join(["(%s, %s)"] * len(part))}
                    ON CONFLICT (text) DO UPDATE SET count = {table}.count + excluded.count""",  # noqa: S608
                [value for row in part for value in row],
            )
    if any(number < 0 for _text, number in rows):
        model.objects.filter(count__lte=0).delete()


def new_version():
    IndexState.objects.update_or_create(
        pk=IndexState.ROW,
        defaults={"version": uuid.uuid4().hex, "documents": Document.objects.count(), "rules": RULES},
    )


def schedule(kind, ids, at):
    """Note when each of these records changes by the clock: it, or something that is told of it, becomes public."""
    moments = {}
    for lookup in kind.clock:
        later = kind.model.objects.order_by().filter(Q(pk__in=ids), Q((f"{lookup}__gt", at)))
        for pk, moment in later.values_list("pk", lookup):
            moments[pk] = min(moment, moments.get(pk, moment))
    known = set(
        Change.objects.filter(kind=kind.name, object_id__in=moments, due_at__gt=at).values_list("object_id", "due_at")
    )
    Change.objects.bulk_create(
        [
            Change(kind=kind.name, object_id=pk, due_at=moment)
            for pk, moment in moments.items()
            if (pk, moment) not in known
        ]
    )
