"""Where things are: provinces, municipalities (also those that ended) and places."""

from django.db import models
from django.db.models import Q


class Province(models.Model):
    public_fields = ("code", "name", "slug")

    code = models.CharField("code", max_length=4, unique=True, help_text="Code van het CBS, bijvoorbeeld PV29.")
    name = models.CharField("naam", max_length=40)
    slug = models.SlugField("korte naam", max_length=40, unique=True)

    class Meta:
        verbose_name = "provincie"
        verbose_name_plural = "provincies"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class MunicipalityQuerySet(models.QuerySet):
    def current(self):
        """The municipalities of today."""
        return self.filter(ended=None)


class Municipality(models.Model):
    """A municipality by its CBS code; names change and repeat, codes do not."""

    public_fields = ("code", "name", "other_name", "slug", "province", "lon", "lat", "ended")

    code = models.CharField("code", max_length=6, unique=True, help_text="Code van het CBS, bijvoorbeeld GM0363.")
    name = models.CharField(
        "naam", max_length=60, help_text="Zoals het CBS de gemeente schrijft, bijvoorbeeld Hengelo (O.)."
    )
    other_name = models.CharField(
        "andere naam", max_length=60, blank=True, help_text="Bijvoorbeeld: Den Haag bij ’s-Gravenhage."
    )
    slug = models.SlugField("korte naam", max_length=60, unique=True)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="municipalities", verbose_name="provincie"
    )
    lon = models.FloatField("lengtegraad", null=True, blank=True)
    lat = models.FloatField("breedtegraad", null=True, blank=True)
    ended = models.DateField("opgeheven op", null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="Reorganisation", symmetrical=False, related_name="predecessors", verbose_name="opvolgers"
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Reorganisation(models.Model):
    """An ended municipality and one that took over its land, or a part of it. It proposes; an editor decides."""

    public_fields = ("old", "new", "date", "area_share", "is_main_successor")

    old = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="ended_into", verbose_name="opgeheven gemeente"
    )
    new = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="came_from", verbose_name="opvolger")
    date = models.DateField("datum")
    area_share = models.DecimalField(
        "deel van het land", max_digits=4, decimal_places=2, help_text="Bij benadering, van 0 tot 1."
    )
    is_main_successor = models.BooleanField("voornaamste opvolger", default=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["-date", "old__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="one_reorganisation_per_pair")]

    def __str__(self):
        return f"{self.old} → {self.new} ({self.date.year})"


class Place(models.Model):
    """A town or village. Names repeat, so show the municipality beside it. Source: GeoNames, CC BY 4.0."""

    public_fields = ("name", "municipality", "lon", "lat")

    name = models.CharField("naam", max_length=80)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="places", verbose_name="gemeente"
    )
    lon = models.FloatField("lengtegraad")
    lat = models.FloatField("breedtegraad")
    geonames_id = models.PositiveIntegerField("nummer bij GeoNames", unique=True, null=True, blank=True)

    class Meta:
        verbose_name = "plaats"
        verbose_name_plural = "plaatsen"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__range=(3, 8)) & Q(lat__range=(50, 54)), name="place_lies_in_the_netherlands"
            ),
        ]

    def __str__(self):
        return self.name
