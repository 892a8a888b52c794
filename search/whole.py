"""The index as a whole: make it anew, or compare it with what is public and put right what differs."""

import datetime
from collections import Counter

from django.db import transaction
from django.utils import timezone

from . import registry
from .analysis import RULES, columns_of, words_of
from .indexing import BATCH, catch_up_all, count, document_of, new_version, schedule
from .lexicon import Lexicon
from .models import Change, Document, IndexState, Term, Word
from .storages import storage

CHECK_EVERY = datetime.timedelta(days=1)


def rebuild():
    """Make the index anew from what is public now. Returns how many documents it holds."""
    with transaction.atomic():
        _lock()
        _empty()
        for kind in registry.kinds():
            for documents in _batches(_public(kind)):
                Document.objects.bulk_create(documents, batch_size=BATCH)
        analyse_again(count_words())
        _schedule_all()
        new_version()
    return IndexState.objects.get(pk=IndexState.ROW).documents


def check(*, repair=True):
    """Compare the index with what is public now, and put right what differs. Returns what differed, as (what, number) pairs."""
    with transaction.atomic():
        _lock()
        if not IndexState.objects.filter(pk=IndexState.ROW, rules=RULES).exists():
            found = [("regels van het zoeken gewijzigd", 1)]
        else:
            found = [(what, number) for what, number in _differences().items() if number]
        if found and repair:
            rebuild()
        IndexState.objects.filter(pk=IndexState.ROW).update(checked_at=timezone.now())
    return found


def keep_right():
    """What the worker does: read again what changed, and once a day compare everything."""
    catch_up_all()
    checked_at = IndexState.objects.filter(pk=IndexState.ROW).values_list("checked_at", flat=True).first()
    if checked_at is None or checked_at < timezone.now() - CHECK_EVERY:
        check()


def _lock():
    IndexState.objects.get_or_create(pk=IndexState.ROW)
    IndexState.objects.select_for_update().get(pk=IndexState.ROW)


def _empty():
    storage().clear()
    for model in (Document, Word, Term, Change):
        model.objects.all().delete()


def _public(kind):
    at = timezone.now()
    for record in kind.published(at).order_by("pk").iterator(chunk_size=BATCH):
        yield document_of(kind, record)


def _batches(items):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def count_words():
    """Find and count the words of all stored documents; they make the lexicon with which those are analysed."""
    words = Counter()
    for documents in _batches(Document.objects.order_by("pk").iterator(chunk_size=BATCH)):
        for document in documents:
            found = words_of(document)
            words.update(found)
            document.words = " ".join(found)
        Document.objects.bulk_update(documents, ["words"], batch_size=20)
    Word.objects.all().delete()
    count(Word, words)
    return Lexicon(dict(words))


def analyse_again(lexicon):
    """Analyse all stored documents with these words, and count the terms."""
    terms = Counter()
    for documents in _batches(Document.objects.order_by("pk").iterator(chunk_size=BATCH)):
        entries = [(document, columns_of(document, lexicon)) for document in documents]
        for document, columns in entries:
            found = columns.distinct()
            terms.update(found)
            document.terms = " ".join(found)
        Document.objects.bulk_update(documents, ["terms"], batch_size=20)
        storage().put([(document.pk, columns) for document, columns in entries])
    Term.objects.all().delete()
    count(Term, terms)


def _schedule_all():
    at = timezone.now()
    for kind in registry.kinds():
        schedule(kind, kind.model.objects.order_by().values("pk"), at)


def _differences():
    """What is not as it would be in an index made anew."""
    found, standing = Counter(), dict(Document.objects.values_list("pk", "fingerprint"))
    by_record = {(kind, pk): id for kind, pk, id in Document.objects.values_list("kind", "object_id", "pk")}
    words, terms = Counter(), Counter()
    for kind in registry.kinds():
        for document in _public(kind):
            pk = by_record.pop((kind.name, document.object_id), None)
            if pk is None:
                found["ontbreekt"] += 1
            elif standing[pk] != document.fingerprint:
                found["verouderd"] += 1
            words.update(words_of(document))
    found["hoort er niet in"] = len(by_record)
    lexicon = Lexicon(dict(words))
    for document in Document.objects.order_by("pk").iterator(chunk_size=BATCH):
        again = columns_of(document, lexicon).distinct()
        terms.update(again)
        found["anders ontleed"] += document.terms.split() != again
    found["woorden verkeerd geteld"] = _miscounted(Word, words)
    found["termen verkeerd geteld"] = _miscounted(Term, terms)
    missing, orphans = storage().ids_without_terms()
    found["niet in de opslag"], found["alleen in de opslag"] = len(missing), len(orphans)
    return found


def _miscounted(model, counts):
    stored = dict(model.objects.values_list("text", "count"))
    return sum(stored.get(text) != counts.get(text) for text in {*stored, *counts})
