"""What can be found, the words of it, and what people looked for in vain."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Document(models.Model):
    """One public record as the search knows it. Everything in it was taken from what a visitor may see."""

    kind = models.CharField("soort", max_length=40)
    object_id = models.BigIntegerField("nummer van het record")
    # The kind, themes and provinces as terms of the index, so that a filter is a part of the search itself.
    facets = models.TextField("kenmerken")
    title = models.CharField("titel", max_length=300)
    url = models.CharField("adres", max_length=500)
    is_sample = models.BooleanField("voorbeeld", default=False)
    summary = models.TextField("samenvatting", blank=True)
    answer = models.TextField("antwoord", blank=True)
    body = models.TextField("tekst", blank=True)
    # Of what the record said when it was read; equal means that nothing has to be done.
    fingerprint = models.CharField("vingerafdruk", max_length=64)
    # As they were counted, so that they can be taken off again.
    words = models.TextField("woorden", blank=True)
    terms = models.TextField("termen", blank=True)

    class Meta:
        verbose_name = "vindbaar record"
        verbose_name_plural = "vindbare records"
        ordering = ["kind", "object_id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_record")]

    def __str__(self):
        return self.title


class Word(models.Model):
    """A word as it stands in texts, and in how many: for typing errors, compounds and suggestions."""

    text = models.CharField("woord", max_length=80, primary_key=True)
    count = models.IntegerField("aantal records")

    class Meta:
        verbose_name = "woord"
        verbose_name_plural = "woorden"
        ordering = ["text"]

    def __str__(self):
        return self.text


class Term(models.Model):
    """A term of the index, and in how many documents it stands: a rare one says more."""

    text = models.CharField("term", max_length=80, primary_key=True)
    count = models.IntegerField("aantal records")

    class Meta:
        verbose_name = "term"
        verbose_name_plural = "termen"
        ordering = ["text"]

    def __str__(self):
        return self.text


class ChangeQuerySet(models.QuerySet):
    def due(self, at=None):
        """What has to be read again now."""
        return self.filter(Q(due_at=None) | Q(due_at__lte=at or timezone.now()))


class Change(models.Model):
    """A record to be read again: now, or at the moment when something of it becomes public.

    Triggers in the database add these, in the transaction of the change itself. Rows are never merged: one that
    is taken away may not take a later change along.
    """

    kind = models.CharField("soort", max_length=40)
    object_id = models.BigIntegerField("nummer van het record")
    due_at = models.DateTimeField("vanaf", null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging voor de zoekindex"
        verbose_name_plural = "wijzigingen voor de zoekindex"
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_at"], name="search_change_due")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class IndexState(models.Model):
    """The one row about the index as a whole; who holds its lock, writes the index."""

    ROW = 1

    # Another one with each change of the words or synonyms, so that every process knows when its own copy is old.
    version = models.CharField("versie", max_length=32, blank=True)
    documents = models.PositiveIntegerField("aantal records", default=0)
    # The rules of Dutch with which the index was made.
    rules = models.PositiveIntegerField("regels", default=0)
    checked_at = models.DateTimeField("nagekeken op", null=True)

    class Meta:
        verbose_name = "stand van de zoekindex"
        verbose_name_plural = "stand van de zoekindex"

    def __str__(self):
        return self.version


class Synonym(models.Model):
    """Another way to say it. An edit works at the next search."""

    public_fields = ("word", "also", "both_ways")

    word = models.CharField(
        "als iemand zoekt op", max_length=80, unique=True, help_text="Een woord of een paar woorden, bijvoorbeeld: bbl."
    )
    also = models.TextField(
        "zoek dan ook op",
        help_text="Eén per regel, bijvoorbeeld: beroepsbegeleidende leerweg.",
    )
    both_ways = models.BooleanField(
        "ook andersom",
        default=True,
        help_text="Aan: wie zoekt op wat hierboven staat, vindt ook het woord zelf. Zet dit uit als de andere woorden ruimer zijn.",
    )

    class Meta:
        verbose_name = "synoniem"
        verbose_name_plural = "synoniemen"
        ordering = ["word"]

    def __str__(self):
        return self.word


class Miss(models.Model):
    """What was searched for and not found. The words alone; nothing about who asked."""

    class Status(models.TextChoices):
        OPEN = "open", "te bekijken"
        SYNONYM = "synoniem", "synoniem gemaakt"
        IGNORED = "genegeerd", "genegeerd"

    text = models.CharField("gezocht", max_length=100, unique=True)
    count = models.PositiveIntegerField("hoe vaak", default=1)
    first_on = models.DateField("voor het eerst")
    last_on = models.DateField("voor het laatst")
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.OPEN, editable=False)

    class Meta:
        verbose_name = "zoekvraag zonder resultaat"
        verbose_name_plural = "zoekvragen zonder resultaat"
        ordering = ["-count", "-last_on", "text"]
        permissions = [("handle_miss", "mag zoekvragen zonder resultaat afhandelen")]

    def __str__(self):
        return self.text
