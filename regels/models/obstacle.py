from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from geography.models import Province
from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from programme.fields import PartialDateField
from programme.models import Published, PublishedQuerySet, Sampled, Source, Versioned
from regions.models import RegionalPact
from themes.models import Theme
from zorgpact.how_many import how_many

from .ministry import Ministry
from .rule import Rule


class ObstacleQuerySet(PublishedQuerySet):
    def with_cases(self, at=None):
        """With `cases_count`: how many public cases are about it."""
        from .case import Case

        return self.annotate(cases_count=how_many(Case.objects.published(at), "obstacle"))

    def with_counts(self, at=None):
        """With `also_mine` (how many people said it plays with them too), `cases_count` and `moved_on`."""
        moves = ObstacleMove.objects.filter(obstacle=OuterRef("pk")).order_by("-on", "-pk")
        return self.with_cases(at).annotate(
            also_mine=how_many(AlsoMine.objects.all(), "obstacle"),
            moved_on=Subquery(moves.values("on")[:1]),
        )

    def for_rows(self, at=None):
        """With what a row in a list shows, but for the names that hang on it."""
        return self.select_related("ministry").with_counts(at)

    def solved(self):
        return self.filter(status__in=Obstacle.SOLVED)

    def without_case(self, at=None):
        from .case import Case

        return self.exclude(Exists(Case.objects.published(at).filter(obstacle=OuterRef("pk"))))


class Obstacle(Published, Versioned, Sampled):
    """What stands in the way, counted and public. Only `workflow` moves its status."""

    class Status(models.TextChoices):
        KNOWN = "bekend", "bekend"
        EXAMINED = "in-onderzoek", "in onderzoek"
        SOLVED_WITHIN = "opgelost-binnen-de-regels", "opgelost binnen de regels"
        SOLVED_OTHERWISE = "opgelost-andere-weg", "opgelost langs een andere weg"
        CHANGED = "gewijzigd", "de regel is gewijzigd"
        STAYS = "blijft", "blijft"

    SOLVED = (Status.SOLVED_WITHIN, Status.SOLVED_OTHERWISE, Status.CHANGED)
    public_fields = (
        "title", "slug", "summary", "status", "status_since", "ministry", "rules", "themes", "organisation_kinds", "pact",
        "koploper", "reported_on", "sources", "is_sample",
    )  # fmt: skip
    reserved_slugs = ("volgen", *Published.reserved_slugs)

    title = models.CharField(
        "belemmering", max_length=200, unique=True, help_text="In één zin, zonder namen. Wat kan of mag er niet?"
    )
    slug = models.SlugField("adres", max_length=100, unique=True)
    summary = models.TextField("uitleg", blank=True, help_text="Korte zinnen, zonder namen van mensen.")
    status = models.CharField("stand", max_length=30, choices=Status, default=Status.KNOWN, editable=False)
    status_since = PartialDateField("stand sinds", editable=False)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="ministerie"
    )
    rules = models.ManyToManyField(Rule, blank=True, related_name="obstacles", verbose_name="regels")
    themes = models.ManyToManyField(Theme, blank=True, related_name="obstacles", verbose_name="thema’s")
    organisation_kinds = models.ManyToManyField(
        OrganisationKind, blank=True, related_name="+", verbose_name="voor welke soort organisaties"
    )
    pact = models.ForeignKey(
        RegionalPact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="obstacles",
        verbose_name="pact dat dit meldde",
    )
    koploper = models.ForeignKey(
        Koploper,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="obstacles",
        verbose_name="koploper die dit meldde",
    )
    reported_on = PartialDateField("gemeld")
    sources = models.ManyToManyField(Source, blank=True, related_name="+", verbose_name="bronnen")
    internal_note = models.TextField("interne notitie", blank=True, help_text="Komt nooit op de site.")

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        verbose_name = "belemmering"
        verbose_name_plural = "belemmeringen"
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["status"], name="obstacle_by_status")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/ruimte-in-de-regels/belemmeringen/{self.slug}/"

    @property
    def explanation(self):
        """What the status means, and who is next."""
        return {
            self.Status.KNOWN: "Deze belemmering is gemeld. Er is nog geen uitkomst bekend. Een ministerie is aan zet.",
            self.Status.EXAMINED: "Een ministerie onderzoekt dit nu.",
            self.Status.SOLVED_WITHIN: "Het bleek te mogen. De casus vertelt hoe.",
            self.Status.SOLVED_OTHERWISE: "De regel bleef, maar het lukte op een andere manier.",
            self.Status.CHANGED: "De regel is veranderd.",
            self.Status.STAYS: "De regel blijft zoals hij is. Wij vertellen waarom.",
        }[self.Status(self.status)]


class ObstacleMove(Sampled):
    """One move of an obstacle: from what to what, when and why. Added, never changed."""

    public_fields = ("before", "after", "on", "reason", "source", "is_sample")

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="moves", verbose_name="belemmering")
    before = models.CharField("van", max_length=30, choices=Obstacle.Status, blank=True)
    after = models.CharField("naar", max_length=30, choices=Obstacle.Status)
    on = PartialDateField("op", blank=False)
    reason = models.TextField("waarom", help_text="Komt op de site. Geen namen.")
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "stap van een belemmering"
        verbose_name_plural = "stappen van een belemmering"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="obstacle_moves_for_a_reason"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="obstacle_moves_elsewhere"),
        ]

    def __str__(self):
        return f"{self.get_after_display()} ({self.on})"


class HelpedWords(Published, Sampled):
    """What somebody who was helped says of it, in their own words and without a name."""

    public_fields = ("obstacle", "words", "who", "said_on", "source", "is_sample")

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="words", verbose_name="belemmering")
    words = models.TextField("wat zij of hij zegt")
    who = models.CharField("wie", max_length=150, help_text="Geen naam, bijvoorbeeld: teamleider van een wijkteam.")
    said_on = PartialDateField("gezegd")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "woorden van wie geholpen is"
        verbose_name_plural = "woorden van wie geholpen is"
        ordering = ["-said_on", "-pk"]

    def __str__(self):
        return self.words[:60]


class AlsoMineQuerySet(models.QuerySet):
    def with_old_hash(self, before):
        return self.filter(said_at__lt=before, person_hash__isnull=False)


class AlsoMine(Sampled):
    """“Dit speelt bij mij ook”: one press of one person, without an account.

    `person_hash` keeps one person from counting twice for a while; then it is thrown away and the press stays.
    """

    public_fields = ("obstacle", "province")

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="also", verbose_name="belemmering")
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="provincie"
    )
    person_hash = models.CharField(max_length=64, null=True, editable=False)
    said_at = models.DateTimeField("gezegd op", default=timezone.now, editable=False)

    objects = AlsoMineQuerySet.as_manager()

    class Meta:
        verbose_name = "“dit speelt bij mij ook”"
        verbose_name_plural = "“dit speelt bij mij ook”"
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["obstacle", "person_hash"], name="also_mine_once_a_person")]

    def __str__(self):
        return f"{self.obstacle}"


class FollowerQuerySet(models.QuerySet):
    def told(self):
        """Who pressed the button in the mail, so that the address is theirs."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed_since(self, moment):
        return self.filter(confirmed_at=None, added_at__lt=moment)


class Follower(Sampled):
    """Who wants to hear when an obstacle moves. Told apart from what they pressed, so that the count knows no addresses."""

    public_fields = ()

    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.CASCADE, related_name="followers", verbose_name="belemmering"
    )
    email = models.EmailField("e-mailadres", max_length=254)
    added_at = models.DateTimeField("sinds", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "volger van een belemmering"
        verbose_name_plural = "volgers van een belemmering"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["obstacle", "email"], name="follows_an_obstacle_once")]

    def __str__(self):
        return f"volger {self.pk}"
