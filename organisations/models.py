"""The parties: who they are, and how they take part."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from geography.models import Municipality
from programme.fields import PartialDateField
from programme.models import Published, Sampled, Source, Versioned
from zorgpact.written import moment


class Corner(models.TextChoices):
    """The corners of the golden triangle, and what lies outside it."""

    CARE = "zorg-en-welzijn", "Zorg en welzijn"
    EDUCATION = "onderwijs", "Onderwijs"
    GOVERNMENT = "overheid", "Overheid"
    OUTSIDE = "daarbuiten", "Buiten de driehoek"


TRIANGLE = (Corner.CARE, Corner.EDUCATION, Corner.GOVERNMENT)


class OrganisationKind(models.Model):
    """What an organisation is; the kind decides the corner of the triangle."""

    public_fields = ("name", "slug", "corner", "position")

    name = models.CharField("naam", max_length=80, unique=True, help_text="Bijvoorbeeld: gemeente.")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    corner = models.CharField("hoek van de driehoek", max_length=20, choices=Corner)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "soort organisatie"
        verbose_name_plural = "soorten organisaties"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class CareBranch(models.Model):
    """A part of care and welfare, such as elderly care."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "branche"
        verbose_name_plural = "branches"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class EducationLevel(models.Model):
    """A level of education, such as mbo."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=40, unique=True)
    slug = models.SlugField("korte naam", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "onderwijsniveau"
        verbose_name_plural = "onderwijsniveaus"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class Organisation(Published, Versioned, Sampled):
    """A party that may take part in several pacts and koplopers, each time with a role."""

    public_fields = ("name", "slug", "kind", "branches", "levels", "municipality", "website", "sources", "is_sample")

    name = models.CharField("naam", max_length=150, unique=True)
    slug = models.SlugField("korte naam", max_length=100, unique=True)
    kind = models.ForeignKey(
        OrganisationKind, on_delete=models.PROTECT, related_name="organisations", verbose_name="soort"
    )
    branches = models.ManyToManyField(
        CareBranch,
        blank=True,
        related_name="organisations",
        verbose_name="branches",
        help_text="Alleen voor zorg en welzijn.",
    )
    levels = models.ManyToManyField(
        EducationLevel,
        blank=True,
        related_name="organisations",
        verbose_name="onderwijsniveaus",
        help_text="Alleen voor onderwijs.",
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="gemeente",
    )
    website = models.URLField("website", max_length=300, blank=True)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="bronnen")
    internal_note = models.TextField(
        "interne notitie", blank=True, help_text="Alleen voor het landelijke team; komt nooit op de site."
    )

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name", "pk"]
        # To find the few that are hidden.
        indexes = [models.Index(fields=["published_at"], name="organisation_published")]

    def __str__(self):
        return self.name

    @property
    def corner(self):
        return Corner(self.kind.corner)


class ParticipationQuerySet(models.QuerySet):
    """Who takes part, in a pact or a koploper."""

    def published(self, at=None):
        """Rows of which the organisation may be shown; the pact or koploper is the caller's."""
        return self.filter(organisation__published_at__lte=at or moment())

    def current(self):
        return self.filter(ended="")

    def public(self, at=None):
        """Who takes part now, as far as a visitor may know it."""
        return self.published(at).current()

    def public_for_counts(self):
        """The same, for who counts very many of them."""
        if connection.vendor != "postgresql":
            return self.public()
        # Few organisations are hidden: to look those up takes PostgreSQL less than to ask it of each of the others.
        return self.current().exclude(organisation__in=Organisation.objects.hidden())


class Together(models.Aggregate):
    """Each value once, with commas between them."""

    function, allow_distinct = "GROUP_CONCAT", True
    output_field = models.TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="STRING_AGG(%(distinct)s%(expressions)s::text, ',')", **context
        )


def with_corners(queryset, rows, owner):
    """Annotate `queryset` with `corners`: those of who takes part, as one text.

    `rows` are participations of which the field `owner` points at a record of `queryset`.
    """
    corners = rows.filter(**{owner: models.OuterRef("pk")}).order_by().values(owner)
    corners = corners.annotate(found=Together("organisation__kind__corner", distinct=True)).values("found")
    return queryset.annotate(corners=models.Subquery(corners))


class Participation(Sampled):
    """An organisation in a pact or a koploper, in one role, for a time."""

    class Role(models.TextChoices):
        LEAD = "trekker", "trekker"
        SECRETARY = "penvoerder", "penvoerder"
        PARTNER = "partner", "partner"
        BOARD_LEAD = "bestuurlijke-trekker", "bestuurlijke trekker"
        FACILITATOR = "facilitator", "facilitator"
        AMBASSADOR = "ambassadeur", "ambassadeur"

    public_fields = ("organisation", "role", "started", "ended", "source", "is_sample")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=20, choices=Role, default=Role.PARTNER)
    started = PartialDateField("sinds")
    ended = PartialDateField("tot")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"


class TenureQuerySet(models.QuerySet):
    def current(self, today=None):
        """Who holds the place today: the last day counts."""
        today = today or timezone.localdate()
        return self.filter(since__lte=today).exclude(until__lt=today)

    def end(self):
        """From today on nobody any more; yesterday was the last day. One by one, for the history."""
        for tenure in self.current():
            tenure.until = timezone.localdate() - timedelta(days=1)
            tenure.save()


class Tenure(models.Model):
    """A person in a place, for a time. Rows end and stay, so that it can be seen who acted for whom."""

    public_fields = ()
    # Rights: the history keeps from whom to whom.
    history_fields = ("user", "since", "until")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="wie")
    since = models.DateField("sinds", default=timezone.localdate)
    until = models.DateField("tot en met", null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.user)


class Employment(Tenure):
    """Who works where: whoever works for an organisation that takes part does not judge what it files."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="employments", verbose_name="organisatie"
    )

    class Meta:
        verbose_name = "medewerker met een account"
        verbose_name_plural = "medewerkers met een account"
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=models.Q(until=None), name="one_current_employment"
            )
        ]


def people_tied_to(record, today=None):
    """The accounts that may not judge a pact or koploper, as a condition: `tied_to` of its model, asked from the other side."""
    takes_part = record.participations.current().values("organisation")
    works_there = Employment.objects.current(today).filter(organisation__in=takes_part).values("user")
    leads = record.leaders.current(today).values("user")
    return models.Q(pk__in=works_there) | models.Q(pk__in=leads)
