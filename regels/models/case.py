import datetime
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from programme.models import Published, PublishedQuerySet, Sampled, Source, Versioned
from regions.models import RegionalPact
from themes.models import Theme
from zorgpact.how_many import up_to

from .choices import Origin, Outcome
from .ministry import Ministry
from .obstacle import Obstacle
from .rule import Rule, RuleVersion

UP_TO_DATE, OUTDATED = "actueel", "verouderd"
# What the filters offer, by the name in the address.
FRESHNESS = [(UP_TO_DATE, "Actueel"), (OUTDATED, "Mogelijk verouderd")]
AGES = [
    ("half-jaar", "In het laatste half jaar"),
    ("jaar", "Een half jaar tot een jaar geleden"),
    ("langer", "Langer dan een jaar geleden"),
    ("nooit", "Nog niet, of niet bekend wanneer"),
]


class CaseQuerySet(PublishedQuerySet):
    """`published()` is what the public reads; a revision beside a case has no date of publication."""

    def withdrawn(self):
        """What stood on the site; its page says why it went."""
        return self.filter(status=Case.Status.WITHDRAWN)

    def announced(self, at=None):
        """Approved, and to appear on a day that lies ahead."""
        return self.filter(status=Case.Status.PUBLISHED, published_at__gt=at or timezone.now())

    def perhaps_outdated(self, today=None):
        """Public ones of which a rule has a newer text than was looked at, or the next check is due."""
        return self.filter(status=Case.Status.PUBLISHED).filter(_is_outdated(today or timezone.localdate()))

    def with_freshness(self, today=None):
        """With `freshness`: one of `FRESHNESS`, as it is today."""
        is_outdated = models.When(_is_outdated(today or timezone.localdate()), then=models.Value(OUTDATED))
        up_to_date = models.Value(UP_TO_DATE)
        return self.annotate(freshness=models.Case(is_outdated, default=up_to_date, output_field=models.CharField()))

    def with_age(self, today=None):
        """With `age`: one of `AGES`, how long ago somebody looked whether it still holds."""
        today = today or timezone.localdate()
        half, year = (models.Value(today - timedelta(days=days)) for days in (182, 365))
        return self.annotate(
            age=models.Case(
                models.When(checked_on=None, then=models.Value("nooit")),
                models.When(checked_on__gte=half, then=models.Value("half-jaar")),
                models.When(checked_on__gte=year, then=models.Value("jaar")),
                default=models.Value("langer"),
                output_field=models.CharField(),
            )
        )

    def per(self, owner):
        """To annotate a pact, koploper or obstacle with: how many public cases it has, as `up_to` counts."""
        return up_to(self.published(), owner)

    def for_rows(self):
        """With what a row in a list shows, but for the names that hang on it."""
        return self.select_related("ministry").with_freshness()

    def to_review(self, user=None):
        """Waiting for a second reader; of these, what `user` did not write."""
        waiting = self.filter(status=Case.Status.SECOND_READER)
        return waiting.exclude(writers=user) if user else waiting

    def of_ministry(self, *ministries):
        return self.filter(ministry__in=ministries)

    def to_look_at_for(self, version):
        """Public ones that this version of a rule makes outdated, from the day that it holds."""
        links = CaseRule.objects.filter(rule=version.rule_id, checked_version_on__lt=version.valid_from)
        return self.filter(status=Case.Status.PUBLISHED, pk__in=links.values("case"))


def _is_outdated(today):
    return Exists(CaseRule.objects.behind(today).filter(case=OuterRef("pk"))) | Q(check_due_on__lt=today)


class Case(Published, Versioned, Sampled):
    """The public text: a question that many have, and what may be done. Written as its own text, without names.

    A revision is a case of its own beside the one it `revises`, until it takes its place. Only `workflow` changes
    the status. From the second reader on the text is read-only.
    """

    class Status(models.TextChoices):
        DRAFT = "concept", "concept"
        SECOND_READER = "tweede-lezer", "bij de tweede lezer"
        PUBLISHED = "gepubliceerd", "gepubliceerd"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    public_fields = (
        "question", "slug", "answer", "context", "room", "what_you_can_do", "conditions", "origin", "origin_note", "outcome",
        "obstacle", "rules", "ministry", "themes", "organisation_kinds", "pact", "koploper", "checked_on", "check_due_on",
        "sources", "withdrawn_reason", "withdrawn_on", "is_sample",
    )  # fmt: skip
    # Words that the site map has at the place of a case.
    reserved_slugs = (
        "vraag-stellen", "mijn-vraag", "regelingen", "regels", "belemmeringen", *Published.reserved_slugs
    )  # fmt: skip
    # What a revision takes over, and gives back when it is published.
    TEXTS = (
        "question", "answer", "context", "room", "what_you_can_do", "conditions", "origin", "origin_note", "outcome",
        "obstacle", "ministry", "pact", "koploper",
    )  # fmt: skip
    LISTS = ("themes", "organisation_kinds", "sources")

    question = models.CharField(
        "de vraag in één zin", max_length=250, help_text="Zoals veel mensen hem stellen, zonder namen of plaatsen."
    )
    slug = models.SlugField("adres", max_length=100, unique=True)
    answer = models.TextField(
        "het antwoord", help_text="Eerst het antwoord, bijvoorbeeld: Ja, dat mag als de school het toestaat."
    )
    context = models.TextField("waar het om gaat", blank=True)
    room = models.TextField("welke ruimte er is", blank=True)
    what_you_can_do = models.TextField("wat u kunt doen", blank=True)
    conditions = models.TextField("voorwaarden", blank=True)
    origin = models.CharField("van wie de regel echt was", max_length=20, choices=Origin, default=Origin.UNKNOWN)
    origin_note = models.CharField("toelichting daarop", max_length=250, blank=True)
    outcome = models.CharField("uitkomst", max_length=30, choices=Outcome)
    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name="belemmering"
    )
    rules = models.ManyToManyField(Rule, through="CaseRule", blank=True, related_name="cases", verbose_name="regels")
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="ministerie"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="cases", verbose_name="thema’s")
    organisation_kinds = models.ManyToManyField(
        OrganisationKind, blank=True, related_name="+", verbose_name="voor welke soort organisaties"
    )
    pact = models.ForeignKey(
        RegionalPact, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name="pact"
    )
    koploper = models.ForeignKey(
        Koploper, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name="koploper"
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="+", verbose_name="bronnen")
    checked_on = models.DateField("laatst nagekeken op", null=True, blank=True, editable=False)
    check_due_on = models.DateField("opnieuw nakijken op", null=True, blank=True)
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    revises = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="revision",
        verbose_name="herziening van",
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="+", verbose_name="schrijvers"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="tweede lezer",
    )
    returned_reason = models.CharField("waarom teruggegeven", max_length=1000, blank=True, editable=False)
    withdrawn_reason = models.CharField("waarom ingetrokken", max_length=1000, blank=True, editable=False)
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True, editable=False)
    internal_note = models.TextField("interne notitie", blank=True, help_text="Komt nooit op de site.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"
        ordering = ["question", "pk"]
        permissions = [("publish_case", "Mag casussen schrijven, toetsen en publiceren")]
        indexes = [
            models.Index(fields=["status", "published_at"], name="case_by_status"),
            # To walk those of an obstacle or a pact from the newest, without the wide rows themselves.
            models.Index(fields=["obstacle", "id", "published_at"], name="cases_of_obstacle"),
            models.Index(fields=["pact", "id", "published_at"], name="cases_of_pact"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="gepubliceerd", published_at__isnull=False)
                | (~Q(status="gepubliceerd") & Q(published_at=None)),
                name="case_is_public_when_published_only",
            ),
            models.CheckConstraint(
                condition=~Q(status="ingetrokken") | ~Q(withdrawn_reason=""), name="case_is_withdrawn_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(pk=F("revises")), name="case_revises_another_one"),
        ]

    def __str__(self):
        return self.question or "nog zonder vraag"

    def get_absolute_url(self):
        return f"/ruimte-in-de-regels/{self.slug}/"

    @property
    def is_editable(self):
        return self.status == self.Status.DRAFT

    @property
    def is_revision(self):
        return self.revises_id is not None

    @property
    def is_check_due(self):
        return self.check_due_on is not None and self.check_due_on < timezone.localdate()

    @property
    def explanation(self):
        """What the status means, and who is next."""
        return {
            self.Status.DRAFT: "Dit is een concept. Niemand anders dan de ministeries en het team ziet het.",
            self.Status.SECOND_READER: "Iemand anders dan de schrijver leest dit en publiceert het, of geeft het terug.",
            self.Status.PUBLISHED: "Deze casus is gepubliceerd.",
            self.Status.WITHDRAWN: "Deze casus is ingetrokken. Op de pagina staat waarom.",
        }[self.Status(self.status)]

    def changed_rules(self, today=None):
        """The links to rules of which there is a newer text than this case was checked against."""
        return self.rule_links.behind(today or timezone.localdate()).select_related("rule")


class CaseRuleQuerySet(models.QuerySet):
    def behind(self, today):
        """Checked against a text that is no longer the newest one."""
        return self.filter(_newer_text(today))

    def for_page(self, today=None):
        """Of public rules, each with `is_behind`: whether there is a newer text than was looked at."""
        return (
            self.filter(rule__in=Rule.objects.published())
            .select_related("rule")
            .annotate(is_behind=_newer_text(today or timezone.localdate()))
        )


def _newer_text(today):
    """Whether a text came into force after the one that was looked at.

    A version that somebody enters late, from a day before that text, is one that whoever looked had already passed:
    it says nothing new of the case. From a day after it, however late it is entered, it does.
    """
    newer = RuleVersion.objects.filter(valid_from__lte=today, valid_from__gt=OuterRef("checked_version_on"))
    return Exists(newer.filter(rule=OuterRef("rule")))


# Stands for: nobody noted which text it was checked against.
NOT_NOTED = datetime.date(1900, 1, 1)


class CaseRule(Sampled):
    """A rule that a case is about, and which text of it the case was checked against."""

    public_fields = ("rule", "checked_version_on", "is_sample")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rule_links", verbose_name="casus")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="case_links", verbose_name="regel")
    checked_version_on = models.DateField(
        "nagekeken tegen de tekst van", default=NOT_NOTED, help_text="De dag waarop die tekst inging."
    )

    objects = CaseRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van de casus"
        verbose_name_plural = "regels van de casus"
        ordering = ["rule__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="rule_once_in_a_case")]
        # To walk the cases of a rule from the newest.
        indexes = [models.Index(fields=["rule", "case"], name="cases_of_rule")]

    def __str__(self):
        return str(self.rule)

    @property
    def checked_on(self):
        """The day of the text that it was checked against, where somebody noted that."""
        return None if self.checked_version_on == NOT_NOTED else self.checked_version_on

    @property
    def checked_url(self):
        """The official text as it was then."""
        return self.rule.official_url(self.checked_on) if self.checked_on else ""


class VerdictQuerySet(models.QuerySet):
    def to_read(self):
        """With a remark that nobody has dealt with."""
        return self.exclude(remark="").filter(handled_at=None)

    def with_old_hash(self, before):
        return self.filter(said_at__lt=before, person_hash__isnull=False)


class Verdict(Sampled):
    """“Was dit nuttig?”, of one visitor, with a remark for the ministry."""

    public_fields = ()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts", verbose_name="casus")
    is_useful = models.BooleanField("nuttig")
    remark = models.TextField("opmerking", blank=True, max_length=2000)
    person_hash = models.CharField(max_length=64, null=True, editable=False)
    said_at = models.DateTimeField("gezegd op", default=timezone.now, editable=False)
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = "oordeel van een lezer"
        verbose_name_plural = "oordelen van lezers"
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case", "person_hash"], name="verdict_once_a_person")]

    def __str__(self):
        return f"{'nuttig' if self.is_useful else 'niet nuttig'}: {self.case}"
