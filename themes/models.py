"""The themes of the programme, what was learnt about them, and what makes cooperation work."""

from django.db import models

from programme.models import Published, Sampled, Source, Versioned
from zorgpact.addresses import address


class Theme(Published, Versioned, Sampled):
    """What a pact or koploper works on. The programme started with four; another may be added."""

    public_fields = ("name", "slug", "summary", "definition", "also_called", "position", "sources", "is_sample")

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField(
        "adres",
        max_length=80,
        unique=True,
        help_text="Het laatste deel van het adres, bijvoorbeeld: leren-in-de-praktijk.",
    )
    summary = models.CharField("in één zin", max_length=200, help_text="Staat op de voorpagina en in lijsten.")
    definition = models.TextField("wat het is", help_text="In eigen woorden, korte zinnen.")
    also_called = models.CharField(
        "ook wel", max_length=150, blank=True, help_text="Andere namen, bijvoorbeeld: een leven lang leren."
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="bronnen")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("themes:detail", self.slug)


class Insight(Published, Versioned, Sampled):
    """What the programme learnt about a theme."""

    public_fields = ("theme", "slug", "title", "text", "source", "position", "is_sample")

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="insights", verbose_name="thema")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    title = models.CharField("titel", max_length=150)
    text = models.TextField("tekst")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="insights", verbose_name="bron")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "inzicht"
        verbose_name_plural = "inzichten"
        ordering = ["theme__position", "position", "pk"]

    def __str__(self):
        return self.title


class CommonTrait(Published, Versioned, Sampled):
    """What the good examples of a theme have in common."""

    public_fields = ("theme", "slug", "text", "source", "position", "is_sample")

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="traits", verbose_name="thema")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    text = models.CharField("kenmerk", max_length=250)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="traits", verbose_name="bron")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "gemeenschappelijk kenmerk"
        verbose_name_plural = "gemeenschappelijke kenmerken"
        ordering = ["theme__position", "position", "pk"]

    def __str__(self):
        return self.text


class Tool(Published, Versioned, Sampled):
    """A guide, an advice or an example study programme that helps with a theme."""

    class Kind(models.TextChoices):
        GUIDE = "handreiking", "handreiking"
        ADVICE = "advies", "advies"
        STUDY = "opleiding", "voorbeeld van een opleiding"

    public_fields = ("slug", "kind", "title", "text", "url", "themes", "source", "position", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    title = models.CharField("titel", max_length=200)
    text = models.TextField("waar het bij helpt")
    url = models.URLField("adres", max_length=500, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="tools", verbose_name="thema’s")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="tools", verbose_name="bron"
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "hulpmiddel"
        verbose_name_plural = "hulpmiddelen"
        ordering = ["position", "title", "pk"]

    def __str__(self):
        return self.title


class WorkingElement(Published, Versioned, Sampled):
    """One of the five elements that make a cooperation work, or of the four that start a movement."""

    class Group(models.TextChoices):
        COOPERATION = "samenwerking", "Wat een samenwerking laat werken"
        MOVEMENT = "beweging", "Wat een beweging op gang brengt"

    public_fields = ("slug", "group", "title", "text", "questions", "source", "position", "is_sample")

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    group = models.CharField("groep", max_length=20, choices=Group)
    title = models.CharField("titel", max_length=150)
    text = models.TextField("uitleg")
    questions = models.TextField("vragen om uzelf te stellen", blank=True, help_text="Eén vraag per regel.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="elements", verbose_name="bron")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "werkzaam element"
        verbose_name_plural = "werkzame elementen"
        ordering = ["-group", "position", "pk"]

    def __str__(self):
        return self.title


class ElementExample(Published, Versioned, Sampled):
    """How a working element shows in practice."""

    public_fields = ("element", "slug", "text", "source", "position", "is_sample")

    element = models.ForeignKey(
        WorkingElement, on_delete=models.CASCADE, related_name="examples", verbose_name="element"
    )
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    text = models.TextField("voorbeeld")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="element_examples", verbose_name="bron")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "voorbeeld bij een element"
        verbose_name_plural = "voorbeelden bij de elementen"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]
