"""The Volgspot: per pact and per round, what was meant, what came of it, and how the cooperation goes.

A draft lives in `Section`, as it was typed. Adopting it keeps a `Version`, word for word and for ever; the public
reads the part of it that is meant for everybody, once it is published. What outlives a round has a model of its
own: intended results, agreements and lessons. See `workflow.py` for the steps, `sections.py` for what is asked.
"""

import datetime

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation
from programme.fields import PartialDateField
from programme.models import Sampled
from regels.models import Question
from regions.models import Phase, RegionalPact
from themes.models import Theme, WorkingElement
from zorgpact.how_many import how_many
from zorgpact.written import moment


class Audience(models.TextChoices):
    """Who may read something, from wide to narrow."""

    PUBLIC = "iedereen", "Iedereen: het komt in het openbare verslag"
    PARTNERS = "partners", "Alleen onze partners"
    PROGRAMME = "programma", "Alleen het landelijke team"

    @property
    def rank(self):
        return list(type(self)).index(self)

    def sees(self, audience):
        """Whether a reader of this sort may read what is meant for `audience`."""
        return self.rank >= Audience(audience).rank


class SectionKind(models.TextChoices):
    """The nine sections, in the order of the report; the value is the last part of the address."""

    MEETINGS = "bijeenkomst", "Bijeenkomst"
    TRIANGLE = "vraag-en-driehoek", "Vraag en driehoek"
    ACTIVITIES = "activiteiten", "Activiteiten"
    RESULTS = "resultaten", "Resultaten"
    EFFECTS = "effecten", "Effecten"
    COOPERATION = "samenwerking", "Samenwerking"
    LESSONS = "succesfactoren-en-knelpunten", "Succesfactoren en knelpunten"
    AGREEMENTS = "afspraken", "Afspraken"
    INTENTIONS = "voornemens", "Voornemens"


class RoundQuerySet(models.QuerySet):
    def published(self, at=None):
        """Rounds that have begun."""
        return self.filter(opens__lte=timezone.localdate(at))

    def open(self, today=None):
        today = today or timezone.localdate()
        return self.filter(opens__lte=today, closes__gte=today)

    def for_pact(self, pact):
        """Rounds that ask this pact: those for every pact, and those that name it."""
        return self.filter(Q(pacts=None) | Q(pacts=pact)).distinct()

    def line_of(self, pact):
        """The rounds of a pact, the first one first, with `has_report` and `report_is_sample`."""
        reports = Version.objects.reports().filter(reflection__pact=pact, reflection__round=OuterRef("pk"))
        rounds = self.published().for_pact(pact).order_by("opens", "pk")
        return rounds.annotate(has_report=Exists(reports), report_is_sample=Exists(reports.filter(is_sample=True)))


class Round(Sampled):
    """A period in which pacts reflect. Planned, open and closed follow from its dates."""

    class State(models.TextChoices):
        PLANNED = "gepland", "gepland"
        OPEN = "open", "open"
        CLOSED = "gesloten", "gesloten"

    public_fields = ("name", "slug", "subject", "opens", "closes", "pacts", "is_sample")

    name = models.CharField("naam", max_length=80, unique=True, help_text="Bijvoorbeeld: ronde 3, najaar 2017.")
    slug = models.SlugField("adres", max_length=60, unique=True, help_text="Bijvoorbeeld: ronde-3.")
    subject = models.CharField("waar het om gaat", max_length=200, blank=True)
    opens = models.DateField("opent op")
    closes = models.DateField("sluit op", help_text="De laatste dag waarop een pact op tijd inlevert.")
    pacts = models.ManyToManyField(
        RegionalPact,
        blank=True,
        related_name="rounds",
        verbose_name="voor welke pacten",
        help_text="Kies niets als de ronde voor alle pacten is.",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="round_closes_after_it_opens",
                violation_error_message="De ronde kan niet sluiten voordat zij opent.",
            )
        ]

    def __str__(self):
        return self.name

    def asks(self, pact):
        """Whether this round is for `pact`; of a round that was read with its pacts."""
        chosen = self.pacts.all()
        return not chosen or pact in chosen

    def state_on(self, day):
        if day < self.opens:
            return self.State.PLANNED
        return self.State.OPEN if day <= self.closes else self.State.CLOSED

    @property
    def state(self):
        return self.state_on(timezone.localdate())

    @property
    def opened_at(self):
        """The moment that counts for what was intended when the round opened."""
        return timezone.make_aware(datetime.datetime.combine(self.opens, datetime.time.min))

    @property
    def days_left(self):
        """Days until the last one; below zero once it has closed."""
        return (self.closes - timezone.localdate()).days


class GuidingQuestion(models.Model):
    """What a round asks at a section, beside what every round asks."""

    public_fields = ("round", "section", "text", "position")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions", verbose_name="ronde")
    section = models.CharField("onderdeel", max_length=40, choices=SectionKind)
    text = models.CharField("vraag", max_length=300)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "vraag bij een ronde"
        verbose_name_plural = "vragen bij een ronde"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class ElementStep(models.Model):
    """One step of the short scale of a working element, in words."""

    public_fields = ("element", "step", "text")

    class Step(models.IntegerChoices):
        NOT_YET = 1, "nog niet"
        BEGINNING = 2, "begin"
        ON_THE_WAY = 3, "op weg"
        STRONG = 4, "sterk"

    element = models.ForeignKey(WorkingElement, on_delete=models.CASCADE, related_name="steps", verbose_name="element")
    step = models.PositiveSmallIntegerField("stap", choices=Step)
    text = models.CharField("hoe dat eruitziet", max_length=250)

    class Meta:
        verbose_name = "stap van een werkzaam element"
        verbose_name_plural = "stappen van de werkzame elementen"
        ordering = ["element__position", "step"]
        constraints = [models.UniqueConstraint(fields=["element", "step"], name="one_text_per_step_of_an_element")]

    def __str__(self):
        return f"{self.element}: {self.get_step_display()}"


class ReflectionQuerySet(models.QuerySet):
    def with_latest_version(self):
        """With `version_number` and `published_version` (its number), where there are any."""
        versions = Version.objects.filter(reflection=OuterRef("pk")).order_by("-number")
        return self.annotate(
            version_number=Subquery(versions.values("number")[:1]),
            published_version=Subquery(versions.published().values("number")[:1]),
        )

    def with_counts(self):
        """With `asked` and `answered`, how many partners were asked for their view and gave it, `remarks`, still to solve,
        and `attached`, how many evaluations of its own it has."""
        links = PartnerLink.objects.filter(Q(revoked_at=None) | Q(view__isnull=False))
        remarks = Comment.objects.filter(resolved_at=None, sent_at__isnull=False)
        return self.annotate(
            asked=how_many(links, "reflection"),
            answered=how_many(links.filter(view__isnull=False), "reflection"),
            remarks=how_many(remarks, "reflection"),
            attached=how_many(Evaluation.objects.current(), "reflection"),
        )

    def to_publish(self):
        """Adopted, and not yet to be read: "vastgesteld, nog niet gepubliceerd"."""
        return self.with_latest_version().filter(
            ~Q(version_number=F("published_version")) | Q(published_version=None), status=Reflection.Status.ADOPTED
        )


class Reflection(Sampled):
    """What one pact files in one round. Only `workflow.py` changes its status."""

    class Status(models.TextChoices):
        DRAFT = "concept", "concept"
        SUBMITTED = "ingediend", "ingediend"
        RETURNED = "teruggegeven", "teruggegeven"
        ADOPTED = "vastgesteld", "vastgesteld"

    EDITABLE = (Status.DRAFT, Status.RETURNED)
    public_fields = ()

    pact = models.ForeignKey(RegionalPact, on_delete=models.PROTECT, related_name="reflections", verbose_name="pact")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reflections", verbose_name="ronde")
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="wie het leest",
    )
    started_at = models.DateTimeField("begonnen op", auto_now_add=True)
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True, editable=False)
    submissions = models.PositiveSmallIntegerField("keren ingediend", default=0, editable=False)
    is_late = models.BooleanField("na sluiting ingediend", default=False, editable=False)
    correction_reason = models.CharField("waarom een correctie", max_length=500, blank=True, editable=False)
    # What the team had before it when it gave the text back: the next reading shows only what changed since.
    read_content = models.JSONField("gelezen tekst", null=True, blank=True, editable=False)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "reflectie"
        verbose_name_plural = "reflecties"
        ordering = ["-round__opens", "pact__name", "pk"]
        permissions = [("review_reflection", "Mag reflecties beoordelen")]
        constraints = [models.UniqueConstraint(fields=["pact", "round"], name="one_reflection_per_pact_and_round")]

    def __str__(self):
        return f"{self.pact}, {self.round}"

    def get_additional_data(self):
        return {"on": f"regions.regionalpact:{self.pact_id}"}

    def get_edit_url(self, section=""):
        names = [self.pact.slug, self.round.slug]
        return (
            reverse("volgspot:section", args=[*names, section]) if section else reverse("volgspot:overview", args=names)
        )

    @property
    def receipt(self):
        """The number on the receipt; every submission has its own."""
        return f"V-{self.round.opens.year}-{self.pk:04}-{self.submissions}"

    @property
    def is_editable(self):
        return self.status in self.EDITABLE

    @property
    def explanation(self):
        """What the status means, and who is next."""
        if self.status == self.Status.SUBMITTED:
            name = f"{self.reviewer} van het landelijke team leest" if self.reviewer_id else "Het landelijke team leest"
            return f"{name} wat u hebt ingediend. U hoort het als er iets moet veranderen."
        return {
            self.Status.DRAFT: "Dit is een concept. Het landelijke team beoordeelt het pas als u het indient.",
            self.Status.RETURNED: "Het landelijke team vraagt u iets te veranderen. Daarna dient u opnieuw in.",
            self.Status.ADOPTED: "Dit verslag staat vast.",
        }[self.Status(self.status)]


class Section(models.Model):
    """One section of a draft: what was typed, right or not yet right. `sections.py` says what is in `data`."""

    public_fields = ()

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField("onderdeel", max_length=40, choices=SectionKind)
    data = models.JSONField("tekst", default=dict, blank=True)
    audience = models.CharField("wie mag dit lezen", max_length=20, choices=Audience, default=Audience.PUBLIC)
    skipped_because = models.CharField("overgeslagen, omdat", max_length=500, blank=True)
    # How much it lacks for submitting, as counted when it was saved; `completeness.py` knows.
    lacking = models.PositiveSmallIntegerField("nog nodig", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("versie", default=0, editable=False)
    saved_at = models.DateTimeField("bewaard op", null=True, blank=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "onderdeel van een reflectie"
        verbose_name_plural = "onderdelen van een reflectie"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reflection", "kind"], name="section_once_in_a_reflection")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_skipped(self):
        return bool(self.skipped_because)


class VersionQuerySet(models.QuerySet):
    def published(self, at=None):
        """What everybody may read; of these, `public_content` alone."""
        return self.filter(published_at__lte=at or moment()).defer("content")

    def reports(self, at=None):
        """What is on the site: of pacts that are public themselves; a next version takes the place of an earlier one."""
        return (
            self.published(at)
            .latest_of_each()
            .filter(reflection__pact__in=RegionalPact.objects.published(at))
            .select_related("reflection__pact", "reflection__round")
        )

    def latest_of_each(self):
        """The last version of every reflection among these."""
        newer = self.model.objects.filter(reflection=OuterRef("reflection"), pk__in=self.values("pk"))
        return self.filter(number=Subquery(newer.order_by("-number").values("number")[:1]))


class Version(Sampled):
    """What was adopted, word for word. A next version stands beside it; this one is never changed."""

    public_fields = ("number", "public_content", "adopted_on", "is_sample")

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versie", default=1)
    content = models.JSONField("hele tekst")
    public_content = models.JSONField("openbare tekst")
    adopted_on = models.DateField("vastgesteld op", default=timezone.localdate)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    reason = models.CharField("waarom een nieuwe versie", max_length=500, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "vastgestelde versie"
        verbose_name_plural = "vastgestelde versies"
        # By the number of the reflection itself: its own order would join the pact and the round.
        ordering = ["reflection_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["reflection", "number"], name="version_number_once")]

    def __str__(self):
        return f"{self.reflection}, versie {self.number}"


class PrintedReportQuerySet(models.QuerySet):
    def waiting(self, at=None):
        """Not drawn yet, and nobody is at it."""
        is_free = Q(started_at=None) | Q(started_at__lt=(at or timezone.now()) - PrintedReport.LONGEST)
        return self.filter(is_free, pdf=None, tries__lt=PrintedReport.MOST_TRIES)


class PrintedReport(models.Model):
    """A report as a PDF, or how far the worker is with it."""

    MOST_TRIES = 3
    # After this nobody is drawing it any more: the worker stopped half-way.
    LONGEST = datetime.timedelta(minutes=10)

    public_fields = ()

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="on_paper")
    pdf = models.BinaryField(null=True, editable=False)
    step = models.PositiveSmallIntegerField("stap", default=0)
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)

    objects = PrintedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag op papier"
        verbose_name_plural = "verslagen op papier"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.version} op papier"

    @property
    def is_given_up(self):
        is_left = self.started_at is None or self.started_at < timezone.now() - self.LONGEST
        return self.pdf is None and self.tries >= self.MOST_TRIES and is_left


class IntendedResult(Sampled):
    """Something that a pact means to reach. What it says is kept as dated versions."""

    public_fields = ()

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="intended_results")
    # Where it was first written down; with the row, so that adopting a correction finds it again.
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="intended_results")
    row = models.CharField(max_length=20)

    class Meta:
        verbose_name = "beoogd resultaat"
        verbose_name_plural = "beoogde resultaten"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reflection", "row"], name="intended_result_once")]

    def __str__(self):
        return f"beoogd resultaat {self.pk}"


class IntendedResultVersionQuerySet(models.QuerySet):
    def valid_at(self, moment):
        """Of each intended result the text that held at `moment`: what was planned, in a round that opened then."""
        newest = self.model.objects.filter(result=OuterRef("result"), valid_from__lte=moment)
        return self.filter(pk=Subquery(newest.order_by("-valid_from", "-pk").values("pk")[:1]))


class IntendedResultVersion(models.Model):
    """What an intended result says from a moment on. Added, never changed: a later change needs a reason."""

    public_fields = ()

    class Kind(models.TextChoices):
        NUMBER = "getal", "een getal"
        WORDS = "woorden", "in woorden"

    result = models.ForeignKey(IntendedResult, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateTimeField("geldt vanaf", default=timezone.now)
    title = models.CharField("beoogd resultaat", max_length=300)
    kind = models.CharField("te meten als", max_length=20, choices=Kind, default=Kind.NUMBER)
    indicator = models.CharField("indicator", max_length=200, blank=True)
    unit = models.CharField("eenheid", max_length=60, blank=True)
    baseline = models.CharField("beginstand", max_length=60, blank=True)
    target = models.CharField("doel", max_length=200, blank=True)
    by_when = models.CharField("wanneer", max_length=10, blank=True)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.PUBLIC)
    is_dropped = models.BooleanField("vervallen", default=False)
    reason = models.CharField("waarom gewijzigd", max_length=500, blank=True)
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="+")

    objects = IntendedResultVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "tekst van een beoogd resultaat"
        verbose_name_plural = "teksten van beoogde resultaten"
        ordering = ["result", "valid_from", "pk"]

    def __str__(self):
        return self.title


class AgreementQuerySet(models.QuerySet):
    def open(self):
        return self.filter(fate__in=["", Agreement.Fate.CHANGED])

    def late(self, today=None):
        today = (today or timezone.localdate()).isoformat()
        return self.open().exclude(by_when="").filter(by_when__lt=today)


class Agreement(Sampled):
    """What a pact agreed to do better: what, which organisation, by when; and what came of it."""

    public_fields = ()

    class Fate(models.TextChoices):
        KEPT = "nagekomen", "nagekomen"
        CHANGED = "gewijzigd", "gewijzigd"
        DROPPED = "vervallen", "vervallen"

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="agreements")
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="agreements")
    row = models.CharField(max_length=20)
    text = models.CharField("afspraak", max_length=500)
    who = models.CharField("wie", max_length=200, blank=True)
    by_when = models.CharField("voor wanneer", max_length=10, blank=True)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.PUBLIC)
    fate = models.CharField("hoe het afliep", max_length=20, choices=Fate, blank=True)
    because = models.CharField("omdat", max_length=500, blank=True)
    fate_in = models.ForeignKey(Reflection, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reflection", "row"], name="agreement_once")]

    def __str__(self):
        return self.text


class Lesson(Sampled):
    """What a pact learned: what helped, what was in the way, what did not work. Written when a reflection is adopted."""

    public_fields = ()

    class Kind(models.TextChoices):
        SUCCESS = "succesfactor", "succesfactor"
        BOTTLENECK = "knelpunt", "knelpunt"
        FAILED = "werkte-niet", "werkte niet"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="lessons", verbose_name="ronde")
    row = models.CharField(max_length=20)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    text = models.TextField("wat")
    because = models.TextField("waarom", blank=True)
    is_beyond_region = models.BooleanField("groter dan de regio", default=False)
    audience = models.CharField("wie mag dit lezen", max_length=20, choices=Audience, default=Audience.PUBLIC)
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fase"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema’s")
    # Where a bottleneck was sent on to a ministry.
    question = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="vraag",
    )

    class Meta:
        verbose_name = "geleerde les"
        verbose_name_plural = "geleerde lessen"
        ordering = ["-reflection__round__opens", "kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["reflection", "row"], name="lesson_once")]

    def __str__(self):
        return self.text[:80]


class BottleneckManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(kind=Lesson.Kind.BOTTLENECK)


class Bottleneck(Lesson):
    """A lesson about what hindered a pact; it can be sent on as a question about a rule."""

    public_fields = ()
    objects = BottleneckManager()

    class Meta:
        proxy = True
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"


class Comment(models.Model):
    """A remark of the team at a field of a draft; solved one by one."""

    public_fields = ()

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField("onderdeel", max_length=40, choices=SectionKind)
    # The `id` of the field on the page, such as "results-r1-reached"; empty: about the whole section.
    field = models.CharField("veld", max_length=120, blank=True)
    text = models.TextField("opmerking")
    # Nobody where the remark is a sample.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    # Not to be seen by the pact before the text is given back.
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("antwoord van het pact", blank=True)
    resolved_at = models.DateTimeField("opgelost op", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]


class PartnerLinkQuerySet(models.QuerySet):
    def usable(self, at=None):
        return self.filter(revoked_at=None, lapses_at__gt=at or timezone.now())


class PartnerLink(Sampled):
    """A personal link for one organisation to one round: one form, and the partners' version to read. No account."""

    public_fields = ()

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField("e-mailadres", max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    # Of the first mail, once a reminder brought an address of its own: both open the same.
    earlier_hash = models.CharField(max_length=64, null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    reminded_at = models.DateTimeField("herinnerd op", null=True, blank=True)
    lapses_at = models.DateTimeField("vervalt op")
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PartnerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link voor een partner"
        verbose_name_plural = "links voor partners"
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reflection", "organisation", "email"],
                condition=Q(revoked_at=None),
                name="one_link_per_partner_and_round",
            )
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def is_usable(self):
        return self.revoked_at is None and self.lapses_at > timezone.now()


class PartnerView(Sampled):
    """How one partner sees the cooperation. Kept apart from the leader's text, and never averaged away."""

    class Share(models.TextChoices):
        NAMED = "met-naam", "De projectleider mag dit lezen, met de naam van onze organisatie"
        UNNAMED = "zonder-naam", "De projectleider mag dit lezen, zonder onze naam"
        TEAM = "landelijk-team", "Alleen het landelijke team mag dit lezen"

    public_fields = ()

    link = models.OneToOneField(PartnerLink, on_delete=models.CASCADE, related_name="view")
    # Slug of a working element → step 1 to 4.
    scores = models.JSONField(default=dict, blank=True)
    # Slug of a working element → words; "ambition" and "note" for the two free ones.
    words = models.JSONField(default=dict, blank=True)
    # The same keys, and "scores" → `Share`.
    shares = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    answered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "blik van een partner"
        verbose_name_plural = "blikken van partners"
        ordering = ["pk"]

    def __str__(self):
        return f"blik {self.pk}"


class EvaluationQuerySet(models.QuerySet):
    def current(self):
        """Without those that were taken away and stay for the sake of a version that names them."""
        return self.filter(removed_at=None)


class Evaluation(models.Model):
    """The pact's own evaluation, attached: what stands in it need not be typed again. A file, or a public page.

    A version that was adopted holds its title and for whom it is, as all else of it; see `content.py`.
    """

    public_fields = ()

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="evaluations")
    title = models.CharField("titel", max_length=200, help_text="Bijvoorbeeld: Evaluatie van het pact 2014–2018.")
    dated = PartialDateField("van wanneer", default="", db_default="")
    url = models.URLField(
        "of het adres van een openbare pagina",
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="Kies een bestand, of vul hier een adres in.",
        validators=[URLValidator(schemes=["https", "http"])],
    )
    file_name = models.CharField("naam van het bestand", max_length=200, blank=True)
    # A random name in a place of its own; see `zorgpact.uploads`.
    stored_as = models.CharField(max_length=80, unique=True, null=True, blank=True)
    size = models.PositiveIntegerField("grootte", default=0, db_default=0, help_text="In bytes.")
    audience = models.CharField("wie mag dit lezen", max_length=20, choices=Audience, default=Audience.PROGRAMME)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "eigen evaluatie"
        verbose_name_plural = "eigen evaluaties"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & Q(stored_as__isnull=False)) | (~Q(url="") & Q(stored_as=None)),
                name="evaluation_is_a_file_or_a_page",
                violation_error_message="Kies een bestand of vul een adres in, en niet allebei.",
            )
        ]

    def __str__(self):
        return self.title
