"""What the programme says of itself, and the small things that every public record shares."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zorgpact.written import WrittenOnce, moment

from .fields import PartialDateField


def texts_of(model):
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.TextField)]


class PublishedQuerySet(models.QuerySet):
    """The one place that says what the public sees; page, list, count and sitemap all start here."""

    def published(self, at=None):
        """What a visitor may see at the moment `at` (now). `published_at` empty means: not published."""
        return self.filter(published_at__lte=at or moment())

    def hidden(self):
        """All others."""
        return self.filter(models.Q(published_at=None) | models.Q(published_at__gt=moment()))

    def without_texts(self):
        """Without the long texts, which a row does not show: a third of the columns, and nearly all of the bytes."""
        return self.defer(*texts_of(self.model))

    def without_texts_of(self, *relations):
        """The same for what is read along, where a page only names it."""
        return self.defer(
            *(
                f"{name}__{text}"
                for name in relations
                for text in texts_of(self.model._meta.get_field(name).related_model)
            )
        )


class Published(models.Model):
    """A record with a page or a place of its own on the site.

    `public_fields` names what of it may be shown. The default is: nothing.
    """

    public_fields = ()
    # Words that the site map has below the list of these records, now or later.
    reserved_slugs = ("feed", "kaart", "lijst")

    published_at = models.DateTimeField(
        "gepubliceerd op",
        null=True,
        blank=True,
        help_text="Laat leeg zolang dit nog niet op de site mag staan. Kies een moment in de toekomst om het dan te laten verschijnen.",
    )
    # For the sitemap; empty on what was not saved since this is kept.
    updated_at = models.DateTimeField("laatst gewijzigd", null=True, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """The admin saves a record together with its rows, so a changed row counts as a change of the record."""
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if hasattr(self, "get_absolute_url") and self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"“{self.slug}” is al het adres van een andere pagina. Kies een ander woord."}
            )

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()


class Versioned(models.Model):
    """A record that two people may edit at once: a save with an older number is refused and shown beside the new text."""

    version = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        abstract = True


class Sampled(models.Model):
    """A record, or a row on a real record, that may be made up. It is tagged wherever it shows."""

    is_sample = models.BooleanField(
        "voorbeeld",
        default=False,
        editable=False,
        help_text="Verzonnen om te laten zien hoe de site eruitziet. Staat met het label “voorbeeld” op de site.",
    )

    class Meta:
        abstract = True


class Confirmed(models.Model):
    """A record of which somebody says now and then that it is still right."""

    confirmed_on = models.DateField(
        "bevestigd op",
        null=True,
        blank=True,
        help_text="De laatste dag waarop iemand zei dat deze gegevens nog kloppen.",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bevestigd door",
    )

    # For `order_by`: what nobody ever confirmed comes last on every database.
    last_confirmed_first = models.F("confirmed_on").desc(nulls_last=True)

    class Meta:
        abstract = True

    @property
    def freshness(self):
        """One of `FRESHNESS`."""
        if self.confirmed_on is None:
            return "nooit"
        return "verouderd" if self.is_stale else "actueel"

    @property
    def is_stale(self):
        """Not confirmed for `PORTAL_STALE_AFTER_MONTHS`, or never."""
        return self.confirmed_on is None or self.confirmed_on < stale_before()


# What the filter “bevestigd” offers, by the name in the address.
FRESHNESS = [
    ("actueel", "Pas nog bevestigd"),
    ("verouderd", "Lang niet bevestigd"),
    ("nooit", "Nog nooit bevestigd"),
]


def freshness_in_database(today=None):
    """An expression that gives the slug of `FRESHNESS` of a `Confirmed` record."""
    return models.Case(
        models.When(confirmed_on=None, then=models.Value("nooit")),
        models.When(confirmed_on__lt=stale_before(today), then=models.Value("verouderd")),
        default=models.Value("actueel"),
        output_field=models.CharField(),
    )


def stale_before(today=None):
    """The day before which a confirmation is too old."""
    today = today or timezone.localdate()
    months = today.year * 12 + today.month - 1 - settings.PORTAL_STALE_AFTER_MONTHS
    year, month = divmod(months, 12)
    return today.replace(year=year, month=month + 1, day=min(today.day, 28))


class Source(Published, Versioned, Sampled):
    """Where a fact comes from: a publication, a page, a news item."""

    class Kind(models.TextChoices):
        PUBLICATION = "publicatie", "publicatie"
        WEB_PAGE = "webpagina", "webpagina"
        NEWS = "nieuws", "nieuwsbericht"
        MAGAZINE = "magazine", "magazine"
        REGULATION = "regeling", "regeling"
        DATA = "data", "gegevens"

    public_fields = (
        "slug", "kind", "title", "subtitle", "publisher", "published", "commissioners", "makers", "licence",
        "disclaimer", "url", "note", "in_bibliography", "is_sample",
    )  # fmt: skip

    slug = models.SlugField("korte naam", max_length=80, unique=True, help_text="Bijvoorbeeld: platform31-2018.")
    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.WEB_PAGE)
    title = models.CharField("titel", max_length=250)
    subtitle = models.CharField("ondertitel", max_length=250, blank=True)
    publisher = models.CharField(
        "uitgever", max_length=150, blank=True, help_text="Bijvoorbeeld: Platform31, Den Haag."
    )
    published = PartialDateField("verschenen")
    commissioners = models.CharField("opdrachtgevers", max_length=250, blank=True)
    makers = models.TextField(
        "makers", blank=True, help_text="Welke organisatie welk deel maakte. Noem geen namen van personen."
    )
    licence = models.TextField("hergebruik", blank=True, help_text="Wat de uitgave zelf over hergebruik zegt.")
    disclaimer = models.TextField("voorbehoud", blank=True)
    url = models.URLField("adres", max_length=500, blank=True)
    note = models.TextField(
        "toelichting", blank=True, help_text="Wat wij uit deze bron gebruiken, of wat eraan ontbreekt."
    )
    in_bibliography = models.BooleanField(
        "literatuur van de publicatie", default=False, help_text="Staat in de literatuurlijst van de publicatie zelf."
    )

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title


def sources_of(model):
    """What gives the public sources of a record of `model`, by its number."""
    rows = model.sources.through.objects
    return WrittenOnce(
        lambda record: Source.objects.published().filter(
            pk__in=rows.filter(**{model._meta.model_name: record}).values("source")
        )
    )


class Fact(Published, Versioned, Sampled):
    """One thing the programme says of itself, with where it stands."""

    class Section(models.TextChoices):
        WHAT = "wat", "Wat het Zorgpact is"
        WHY = "waarom", "Waarom het er is"
        TASKS = "taken", "Wat het programma doet"
        MINISTRIES = "ministeries", "Wie het programma dragen"
        HISTORY = "verloop", "Hoe het verliep"
        PRINCIPLES = "uitgangspunten", "Uitgangspunten"

    public_fields = ("slug", "section", "title", "text", "position", "sources", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    section = models.CharField("onderdeel", max_length=20, choices=Section)
    title = models.CharField("titel", max_length=150)
    text = models.TextField("tekst", help_text="Korte, actieve zinnen.")
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="bronnen")

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        ordering = ["section", "position", "pk"]

    def __str__(self):
        return self.title


class Figure(Published, Versioned, Sampled):
    """A published number, word for word, with its date and source. Numbers that conflict share a `subject` and stand side by side."""

    public_fields = ("slug", "subject", "label", "value", "as_at", "source", "note", "position", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    subject = models.CharField(
        "waarover",
        max_length=120,
        help_text="Getallen met hetzelfde onderwerp staan naast elkaar, bijvoorbeeld: aantal regionale pacten.",
    )
    label = models.CharField(
        "wat is geteld", max_length=200, help_text="Bijvoorbeeld: regionale pacten met een Volgspotbijeenkomst."
    )
    value = models.CharField(
        "getal", max_length=60, help_text="Zoals de bron het zegt, bijvoorbeeld: 16, ruim 55 of € 125 miljoen."
    )
    as_at = PartialDateField("stand")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures", verbose_name="bron")
    note = models.CharField("toelichting", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "gepubliceerd getal"
        verbose_name_plural = "gepubliceerde getallen"
        ordering = ["position", "subject", "as_at", "pk"]

    def __str__(self):
        return f"{self.label}: {self.value}"


class Tip(Published, Versioned, Sampled):
    """A short piece of advice from the publication, placeable on any page."""

    public_fields = ("slug", "title", "text", "source", "position", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    title = models.CharField("titel", max_length=120)
    text = models.TextField("tekst")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="tips", verbose_name="bron"
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "tip"
        verbose_name_plural = "tips"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class Term(Published, Versioned, Sampled):
    """A word of education or care that not everybody knows."""

    class Kind(models.TextChoices):
        EDUCATION = "onderwijs", "onderwijs"
        PROFESSION = "beroep", "beroepen en niveaus"
        PROGRAMME = "programma", "het Zorgpact zelf"

    public_fields = ("slug", "name", "abbreviation", "kind", "definition", "source", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    name = models.CharField("woord", max_length=100)
    abbreviation = models.CharField("afkorting", max_length=20, blank=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    definition = models.TextField("uitleg", help_text="Eén of twee korte zinnen.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="terms", verbose_name="bron"
    )

    class Meta:
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"
        ordering = ["name", "pk"]

    def __str__(self):
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class LostPicture(Published, Versioned, Sampled):
    """A figure of the publication of which only number, caption and what the text says survive."""

    class Kind(models.TextChoices):
        SCHEMA = "schema", "schema"
        MAP = "kaart", "kaart"
        SURVEY = "enquete", "grafiek uit de enquête"
        TYPING = "typering", "indeling door het landelijke team"

    public_fields = ("number", "kind", "caption", "source_line", "asked_of", "known", "source", "is_sample")

    number = models.PositiveSmallIntegerField("nummer", unique=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    caption = models.CharField("bijschrift", max_length=250)
    source_line = models.CharField(
        "bronregel", max_length=250, blank=True, help_text="De bron zoals die onder de figuur stond."
    )
    asked_of = models.CharField("gevraagd aan", max_length=100, blank=True)
    known = models.TextField("wat de tekst erover zegt", blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="pictures", verbose_name="publicatie")

    class Meta:
        verbose_name = "verloren figuur"
        verbose_name_plural = "verloren figuren"
        ordering = ["number"]

    def __str__(self):
        return f"Figuur {self.number}: {self.caption}"


class LoadedRecord(models.Model):
    """What `load_content` put in the database, so that a next time it leaves alone what an editor changed or removed."""

    kind = models.CharField("soort", max_length=60)
    key = models.CharField("sleutel", max_length=200)
    file_fingerprint = models.CharField("vingerafdruk van het bestand", max_length=64)
    record_fingerprint = models.CharField("vingerafdruk na het laden", max_length=64)
    loaded_at = models.DateTimeField("geladen op", auto_now=True)

    class Meta:
        verbose_name = "geladen record"
        verbose_name_plural = "geladen records"
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_load_per_record")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class HistorySwitch(models.Model):
    """On SQLite: one row while the history may change. See `programme.history`."""

    class Meta:
        verbose_name = "schakelaar van de geschiedenis"
        verbose_name_plural = "schakelaar van de geschiedenis"
        default_permissions = ()

    def __str__(self):
        return "open"


class ContentVersion(models.Model):
    """One row: how often the content changed. Only triggers write it; see `programme.version`."""

    number = models.BigIntegerField("nummer", default=1)
    xid = models.BigIntegerField("laatste transactie", default=0)

    class Meta:
        verbose_name = "versie van de inhoud"
        verbose_name_plural = "versie van de inhoud"
        default_permissions = ()

    def __str__(self):
        return str(self.number)


class OldAddressManager(models.Manager):
    """What happens to the address of a record that a visitor can open."""

    def taken(self, path):
        """There is a page at `path` (again)."""
        self.filter(old_path=path).delete()

    def moved(self, old, new):
        """Who comes at `old`, or at what led there, is led to `new`."""
        self.taken(new)
        self.filter(new_path=old).update(new_path=new)
        self.update_or_create(old_path=old, defaults={"new_path": new})

    def removed(self, path):
        """The page at `path` is gone."""
        self.update_or_create(old_path=path, defaults={"new_path": ""})


class OldAddress(models.Model):
    """An address that once worked: it leads to the new one, or says that the page was removed."""

    public_fields = ("old_path", "new_path")

    old_path = models.CharField(
        "oud adres", max_length=300, unique=True, help_text="Met schuine strepen, bijvoorbeeld: /kopgroep/oude-naam/."
    )
    new_path = models.CharField(
        "nieuw adres",
        max_length=300,
        blank=True,
        help_text="Laat leeg als de pagina is verwijderd; de bezoeker leest dat dan (410).",
    )
    created_at = models.DateTimeField("sinds", auto_now_add=True)

    objects = OldAddressManager()

    class Meta:
        verbose_name = "oud adres"
        verbose_name_plural = "oude adressen"
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(condition=~Q(old_path=models.F("new_path")), name="old_address_leads_elsewhere"),
        ]

    def __str__(self):
        return self.old_path

    def clean(self):
        wrong = {
            name: "Schrijf een adres op deze site met een schuine streep aan het begin en aan het eind."
            for name in ("old_path", "new_path")
            if (path := getattr(self, name)) and not is_path(path)
        }
        others = OldAddress.objects.exclude(pk=self.pk)
        if "new_path" not in wrong and (next_one := others.filter(old_path=self.new_path).first()):
            wrong["new_path"] = (
                f"Dit adres leidt zelf door naar {next_one.new_path}. Vul dat in."
                if next_one.new_path
                else "De pagina op dit adres is verwijderd. Vul een adres in dat er nog is, of laat het leeg."
            )
        if "old_path" not in wrong and others.filter(new_path=self.old_path).exists():
            wrong["old_path"] = "Naar dit adres leidt al een ander oud adres. Wijzig dat eerst."
        if wrong:
            raise ValidationError(wrong)


def is_path(path):
    """Whether `path` can only be a page of this site: `//elders.nl/` is another one."""
    return bool(re.fullmatch(r"/(?:[\w.~-]+/)*", path))


class Tries(models.Model):
    """How often somebody did something in one stretch of time; see `limits`. No more is kept than a hash of who."""

    key_hash = models.CharField(max_length=64, unique=True)
    times = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "pogingen"
        verbose_name_plural = "pogingen"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.times} tot {self.ends_at}"
