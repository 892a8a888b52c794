from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Prefetch, Q, Value, When
from django.utils import timezone

from geography.models import Province
from kopgroep.models import Koploper
from programme.fields import PartialDateField
from programme.models import Published, PublishedQuerySet, Sampled, Source, Versioned
from regions.models import Phase, RegionalPact
from themes.models import Theme
from zorgpact.how_many import up_to

from .ministry import Ministry

CLOSES_SOON = timedelta(days=30)


def used_by_any(koplopers):
    """The numbers of the schemes that one of `koplopers` used or got something from, for the page of a koploper and for the list."""
    named = Scheme.koplopers.through.objects.filter(koploper__in=koplopers).values("scheme")
    granted = Grant.objects.filter(koploper__in=koplopers).order_by().values("scheme")
    return named.order_by().union(granted)


class SchemeQuerySet(PublishedQuerySet):
    def with_state(self, today=None):
        """With `state_now`: the slug of `Scheme.State` as it is today."""
        today = today or timezone.localdate()
        state = Scheme.State
        return self.annotate(
            state_now=Case(
                When(closes_on__lt=today, then=Value(state.CLOSED)),
                When(opens_on__gt=today, then=Value(state.PLANNED)),
                When(closes_on__lte=today + CLOSES_SOON, then=Value(state.CLOSING)),
                When(Q(opens_on=None) & Q(closes_on=None), then=Value(state.UNKNOWN)),
                default=Value(state.OPEN),
                output_field=models.CharField(),
            )
        )

    def for_rows(self):
        """With what a row in a list shows, but for the names that hang on it."""
        return self.select_related("ministry")

    def used_by(self, koploper):
        """What it used or got something from; `theirs` is what it got."""
        theirs = Grant.objects.filter(koploper=koploper).select_related("source")
        used = self.filter(pk__in=used_by_any([koploper.pk]))
        return used.prefetch_related(Prefetch("grants", theirs, to_attr="theirs"))

    def per_pact(self):
        """To annotate a pact with: from how many of these something was granted there, as `up_to` counts."""
        return up_to(Grant.objects.filter(scheme__in=self), "pact", what="scheme")

    def with_link_to_check(self):
        return self.exclude(official_url="")


class Scheme(Published, Versioned, Sampled):
    """A subsidy or another way to pay for it. What it is today follows from its dates."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSING = "sluit-binnenkort", "sluit binnenkort"
        PLANNED = "gepland", "nog niet open"
        CLOSED = "gesloten", "gesloten"
        UNKNOWN = "onbekend", "niet bekend"

    public_fields = (
        "name", "slug", "ministry", "what", "for_whom", "amount", "opens_on", "closes_on", "period_note", "themes", "phases",
        "koplopers", "official_url", "link_checked_on", "sources", "is_sample",
    )  # fmt: skip

    name = models.CharField("naam", max_length=200, unique=True)
    slug = models.SlugField("adres", max_length=100, unique=True)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, null=True, blank=True, related_name="schemes", verbose_name="ministerie"
    )
    what = models.TextField("wat het is")
    for_whom = models.TextField("voor wie", blank=True)
    amount = models.CharField("bedrag", max_length=250, blank=True, help_text="Bijvoorbeeld: € 125 miljoen per jaar.")
    opens_on = models.DateField("open vanaf", null=True, blank=True)
    closes_on = models.DateField("open tot en met", null=True, blank=True)
    period_note = models.CharField(
        "looptijd in woorden", max_length=250, blank=True, help_text="Als de dagen niet bekend zijn: 2014 tot 2018."
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="schemes", verbose_name="thema’s")
    phases = models.ManyToManyField(Phase, blank=True, related_name="schemes", verbose_name="past bij fase")
    koplopers = models.ManyToManyField(
        Koploper, blank=True, related_name="schemes", verbose_name="koplopers die dit gebruikten"
    )
    official_url = models.URLField("officiële pagina", max_length=500, blank=True)
    link_checked_on = models.DateField("link nagekeken op", null=True, blank=True)
    link_works = models.BooleanField("link werkt", null=True, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="+", verbose_name="bronnen")
    internal_note = models.TextField("interne notitie", blank=True, help_text="Komt nooit op de site.")

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "regeling"
        verbose_name_plural = "regelingen"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="scheme_closes_after_it_opens",
                violation_error_message="De regeling kan niet sluiten voordat zij opent.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/ruimte-in-de-regels/regelingen/{self.slug}/"

    def state_on(self, day):
        if self.closes_on and self.closes_on < day:
            return self.State.CLOSED
        if self.opens_on and self.opens_on > day:
            return self.State.PLANNED
        if self.closes_on:
            return self.State.CLOSING if self.closes_on <= day + CLOSES_SOON else self.State.OPEN
        return self.State.OPEN if self.opens_on else self.State.UNKNOWN

    @property
    def state(self):
        return self.state_on(timezone.localdate())


class Grant(Sampled):
    """What was granted from a scheme, to whom and where; tied to a region, a koploper and a theme where that is known."""

    public_fields = (
        "title", "amount", "granted_on", "region", "province", "pact", "koploper", "theme", "source", "is_sample"
    )  # fmt: skip

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="grants", verbose_name="regeling")
    title = models.CharField("waarvoor", max_length=250)
    amount = models.CharField("bedrag", max_length=100, blank=True)
    granted_on = PartialDateField("toegekend")
    region = models.CharField("regio in woorden", max_length=150, blank=True)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="provincie"
    )
    pact = models.ForeignKey(
        RegionalPact, on_delete=models.SET_NULL, null=True, blank=True, related_name="grants", verbose_name="pact"
    )
    koploper = models.ForeignKey(
        Koploper, on_delete=models.SET_NULL, null=True, blank=True, related_name="grants", verbose_name="koploper"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thema"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "toekenning"
        verbose_name_plural = "toekenningen"
        ordering = ["-granted_on", "title", "pk"]

    def __str__(self):
        return self.title
