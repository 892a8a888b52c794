"""The regional pacts: where, who, in which phase, and what they work on."""

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from geography.models import Municipality
from organisations.models import Employment, Organisation, Participation, Tenure, with_corners
from programme.fields import PartialDateField
from programme.models import Confirmed, Published, PublishedQuerySet, Sampled, Source, Versioned
from themes.models import Theme, WorkingElement
from zorgpact.addresses import address
from zorgpact.written import moment


class Phase(models.Model):
    """A phase of cooperation. Three names come from the source, the fourth is this site's own."""

    # The phase in which plans are being carried out, of which the front page shows the number.
    RUNNING = "mobiliseren"

    public_fields = ("name", "slug", "position", "description", "is_from_source", "source")

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", unique=True)
    description = models.TextField("uitleg", blank=True)
    is_from_source = models.BooleanField(
        "naam uit de bron", default=True, help_text="Uit: de naam is van deze site zelf, en de site zegt dat erbij."
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="phases", verbose_name="bron"
    )

    class Meta:
        verbose_name = "fase"
        verbose_name_plural = "fasen"
        ordering = ["position"]

    def __str__(self):
        return self.name


class Function(models.Model):
    """What a pact is for its region: platform, podium, trekker; combinable."""

    public_fields = ("name", "slug", "description", "position")

    name = models.CharField("naam", max_length=40, unique=True)
    slug = models.SlugField("korte naam", max_length=40, unique=True)
    description = models.CharField("uitleg", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "functie"
        verbose_name_plural = "functies"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class RegionLayout(models.Model):
    """Another way the country is divided, such as labour-market regions; an open list."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=80, unique=True, help_text="Bijvoorbeeld: arbeidsmarktregio.")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "andere regio-indeling"
        verbose_name_plural = "andere regio-indelingen"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class FundingStream(models.Model):
    """Where money for an agenda item comes from."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=80, unique=True, help_text="Bijvoorbeeld: middelen van de gemeente.")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "geldstroom"
        verbose_name_plural = "geldstromen"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class RegionalPactQuerySet(PublishedQuerySet):
    def with_phase(self, today=None):
        """With `phase_slug` and `phase_name` of the phase that the pact is in now; None is not known."""
        today = (today or timezone.localdate()).isoformat()
        newest = PhaseChange.objects.filter(pact=OuterRef("pk"), since__lte=today).order_by("-since", "-pk")
        return self.annotate(
            phase_slug=Subquery(newest.values("phase__slug")[:1]),
            phase_name=Subquery(newest.values("phase__name")[:1]),
            phase_is_sample=Subquery(newest.values("is_sample")[:1]),
        )

    def led_by(self, user, today=None):
        """Of which `user` is a project leader today."""
        return self.filter(pk__in=PactLeader.objects.current(today).filter(user=user).values("pact"))

    def tied_to(self, user, today=None):
        """Which `user` may not judge: leads it, or works for an organisation that takes part."""
        employers = Employment.objects.current(today).filter(user=user).values("organisation")
        takes_part = PactParticipation.objects.current().filter(organisation__in=employers).values("pact")
        leads = PactLeader.objects.current(today).filter(user=user).values("pact")
        return self.filter(Q(pk__in=leads) | Q(pk__in=takes_part))

    def with_lead(self):
        """With `lead_name` and `lead_role` of who leads; where nobody is named as lead, of who keeps the pact going."""
        rank = Case(
            When(role=Participation.Role.LEAD, then=Value(0)),
            When(role=Participation.Role.SECRETARY, then=Value(1)),
            When(role=Participation.Role.FACILITATOR, then=Value(2)),
        )
        leads = (
            PactParticipation.objects.public()
            .filter(pact=OuterRef("pk"), role__in=LEADING_ROLES)
            .order_by(rank, "organisation__name")
        )
        return self.annotate(
            lead_name=Subquery(leads.values("organisation__name")[:1]), lead_role=Subquery(leads.values("role")[:1])
        )

    def with_corners(self):
        return with_corners(self, PactParticipation.objects.public(), "pact")

    def for_rows(self):
        """All that a row in a list shows, but for the names of `fill_rows`."""
        return self.without_texts().with_phase().with_lead().with_corners()

    def for_files(self):
        """All that a row of a file holds, in a fixed number of queries."""
        area = AreaMunicipality.objects.filter(until="").select_related("municipality__province")
        participations = PactParticipation.objects.public().select_related("organisation__kind")
        return self.with_phase().prefetch_related(
            models.Prefetch("area", area),
            models.Prefetch("function_rows", PactFunction.objects.select_related("function")),
            models.Prefetch("theme_rows", PactTheme.objects.public()),
            models.Prefetch("participations", participations),
            "earlier_cooperations",
        )


# Whoever keeps a pact going, in the order in which a page names one of them.
LEADING_ROLES = [Participation.Role.LEAD, Participation.Role.SECRETARY, Participation.Role.FACILITATOR]


class RegionalPact(Published, Versioned, Confirmed, Sampled):
    """A cooperation of care, education and government in a region of their own choice."""

    class Structure(models.TextChoices):
        OWN = "eigen", "een eigen overlegstructuur"
        TAKEN_OVER = "overgenomen", "een bestaand overleg dat is overgenomen"

    class Agreement(models.TextChoices):
        LIGHT = "licht", "lichte afspraken"
        FORMAL = "formeel", "formele afspraken"

    reserved_slugs = ("volgspot", "alle-regionale-pacten", "verhalen", *Published.reserved_slugs)
    public_fields = (
        "name", "slug", "summary", "area_name", "story", "ambition", "national_tie", "government_role", "municipality_gain",
        "structure", "agreement", "administrators_involved", "project_groups", "governance", "means", "refinancing", "refinanced_until",
        "website", "started", "ended", "how_to_join", "participants_complete", "working_elements", "sources", "confirmed_on", "is_sample",
    )  # fmt: skip

    name = models.CharField(
        "naam", max_length=150, unique=True, help_text="Zoals het pact zichzelf noemt, bijvoorbeeld: Zorgpact Zeeland."
    )
    slug = models.SlugField(
        "adres", max_length=100, unique=True, help_text="Het laatste deel van het adres, bijvoorbeeld: zeeland."
    )
    summary = models.CharField(
        "in één zin", max_length=250, blank=True, help_text="Waar het pact om draait. Staat in lijsten."
    )
    area_name = models.CharField(
        "gebied in woorden", max_length=200, help_text="Bijvoorbeeld: Groningen, Drenthe en Friesland."
    )
    municipalities = models.ManyToManyField(
        Municipality, through="AreaMunicipality", related_name="pacts", verbose_name="gemeenten"
    )
    story = models.TextField(
        "verhaal", blank=True, help_text="Waarom het pact er is, welk vraagstuk het aanpakt en voor wie."
    )
    ambition = models.TextField("ambitie", blank=True)
    national_tie = models.TextField("hoe de ambitie past bij de landelijke", blank=True)
    government_role = models.TextField("rol van de overheid in de ambitie", blank=True)
    municipality_gain = models.TextField("wat een gemeente eraan heeft", blank=True)
    structure = models.CharField("overleg", max_length=20, choices=Structure, blank=True)
    agreement = models.CharField("afspraken", max_length=20, choices=Agreement, blank=True)
    administrators_involved = models.BooleanField("bestuurders actief betrokken", null=True, blank=True)
    project_groups = models.TextField("projectgroepen", blank=True, help_text="Eén per regel.")
    governance = models.TextField("bestuur en organisatie", blank=True)
    functions = models.ManyToManyField(Function, through="PactFunction", related_name="pacts", verbose_name="functies")
    themes = models.ManyToManyField(Theme, through="PactTheme", related_name="pacts", verbose_name="thema’s")
    means = models.TextField(
        "middelen", blank=True, help_text="Bijvoorbeeld: uren van de partners, geld van de provincie."
    )
    refinancing = models.TextField("nieuwe financiering", blank=True)
    refinanced_until = PartialDateField("gefinancierd tot")
    website = models.URLField("website", max_length=300, blank=True)
    started = PartialDateField("gestart")
    ended = PartialDateField("geëindigd")
    how_to_join = models.TextField("meedoen", blank=True, help_text="Wie het pact zoekt en hoe iemand zich aansluit.")
    participants = models.ManyToManyField(
        Organisation, through="PactParticipation", related_name="pacts", verbose_name="deelnemers"
    )
    participants_complete = models.BooleanField(
        "lijst van deelnemers is compleet",
        default=False,
        help_text="Aan: een lege hoek van de driehoek betekent dat er niemand meedoet. Uit: dat is nog niet bekend.",
    )
    working_elements = models.ManyToManyField(
        WorkingElement, blank=True, related_name="pacts", verbose_name="voorbeeld van werkzaam element"
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name="bronnen")
    internal_note = models.TextField(
        "interne notitie", blank=True, help_text="Alleen voor het landelijke team; komt nooit op de site."
    )

    objects = RegionalPactQuerySet.as_manager()

    class Meta:
        verbose_name = "regionaal pact"
        verbose_name_plural = "regionale pacten"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("regions:detail", self.slug)


class AreaMunicipality(models.Model):
    """A municipality in the area of a pact, for a time; areas may overlap."""

    public_fields = ("municipality", "since", "until")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="area", verbose_name="pact")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="in_areas", verbose_name="gemeente"
    )
    since = PartialDateField("sinds")
    until = PartialDateField("tot")

    class Meta:
        verbose_name = "gemeente in het gebied"
        verbose_name_plural = "gemeenten in het gebied"
        ordering = ["municipality__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pact", "municipality"], condition=Q(until=""), name="municipality_once_in_an_area"
            ),
        ]

    def __str__(self):
        return str(self.municipality)


class Subregion(Sampled):
    """A named part of a pact's area, as its agenda uses it."""

    public_fields = ("name", "slug", "municipalities", "is_sample")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="subregions", verbose_name="pact")
    name = models.CharField("naam", max_length=100)
    slug = models.SlugField("korte naam", max_length=100)
    municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="subregions", verbose_name="gemeenten"
    )

    class Meta:
        verbose_name = "subregio"
        verbose_name_plural = "subregio’s"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["pact", "slug"], name="subregion_once_in_a_pact")]

    def __str__(self):
        return self.name


class LayoutOverlap(Sampled):
    """A region of another layout that the pact overlaps."""

    public_fields = ("layout", "name", "is_sample")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="overlaps", verbose_name="pact")
    layout = models.ForeignKey(RegionLayout, on_delete=models.PROTECT, related_name="overlaps", verbose_name="indeling")
    name = models.CharField("naam van die regio", max_length=120)

    class Meta:
        verbose_name = "overlap met een andere indeling"
        verbose_name_plural = "overlap met andere indelingen"
        ordering = ["layout__position", "name", "pk"]

    def __str__(self):
        return f"{self.layout}: {self.name}"


class EarlierCooperation(Sampled):
    """Whether the pact builds on an earlier cooperation, and on which one if that is known. No row: not known."""

    public_fields = ("builds_on_it", "name", "source", "is_sample")

    pact = models.ForeignKey(
        RegionalPact, on_delete=models.CASCADE, related_name="earlier_cooperations", verbose_name="pact"
    )
    builds_on_it = models.BooleanField(
        "bouwt erop voort", default=True, help_text="Uit: het pact begon zonder eerdere samenwerking."
    )
    name = models.CharField("welke samenwerking", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "eerdere samenwerking"
        verbose_name_plural = "eerdere samenwerkingen"
        ordering = ["pk"]

    def __str__(self):
        return self.name or self.in_words

    @property
    def in_words(self):
        return "Op een eerdere samenwerking" if self.builds_on_it else "Het pact begon zonder eerdere samenwerking"


class PactFunction(Sampled):
    public_fields = ("function", "is_sample")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="function_rows", verbose_name="pact")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="rows", verbose_name="functie")

    class Meta:
        verbose_name = "functie van het pact"
        verbose_name_plural = "functies van het pact"
        ordering = ["function__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["pact", "function"], name="function_once_in_a_pact")]

    def __str__(self):
        return str(self.function)


class ThemeRowQuerySet(models.QuerySet):
    def public(self, at=None):
        """Rows of which the theme may be shown."""
        return self.filter(theme__published_at__lte=at or moment()).select_related("theme")


class PactTheme(Sampled):
    """A theme of a pact, and for whom it matters."""

    public_fields = ("theme", "for_whom", "is_sample")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="theme_rows", verbose_name="pact")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="pact_rows", verbose_name="thema")
    for_whom = models.CharField("voor wie dit telt", max_length=200, blank=True)

    objects = ThemeRowQuerySet.as_manager()

    class Meta:
        verbose_name = "thema van het pact"
        verbose_name_plural = "thema’s van het pact"
        ordering = ["theme__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["pact", "theme"], name="theme_once_in_a_pact")]

    def __str__(self):
        return str(self.theme)


class PactParticipation(Participation):
    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="participations", verbose_name="pact")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pact_participations", verbose_name="organisatie"
    )

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pact"],
                condition=Q(role=Participation.Role.LEAD, ended=""),
                name="one_current_lead_per_pact",
                violation_error_message="Een pact heeft één trekker tegelijk. Vul bij de vorige trekker in tot wanneer.",
            ),
            models.UniqueConstraint(
                fields=["pact", "organisation", "role"], condition=Q(ended=""), name="one_current_role_in_a_pact"
            ),
        ]


class PactLeader(Tenure):
    """A project leader of a pact; there may be several at once."""

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="leaders", verbose_name="pact")

    class Meta:
        verbose_name = "projectleider"
        verbose_name_plural = "projectleiders"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pact", "user"], condition=Q(until=None), name="once_leader_of_a_pact")
        ]


class PhaseChange(Sampled):
    """The pact entered a phase on a date, for a reason. Rows are added, never changed: the phase of today is the newest one."""

    public_fields = ("phase", "since", "reason", "is_sample")

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="phase_changes", verbose_name="pact")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="changes", verbose_name="fase")
    since = PartialDateField("sinds", blank=False)
    reason = models.TextField("waarom", blank=True, help_text="Waaraan is te zien dat het pact in deze fase is?")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="vastgelegd door",
    )
    recorded_at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    class Meta:
        verbose_name = "fase met datum"
        verbose_name_plural = "fasen met datum"
        ordering = ["since", "pk"]

    def __str__(self):
        return f"{self.phase} (sinds {self.since})"


class Vraagstuk(Sampled):
    """An issue that a pact works on, with its own scale, time and coalition."""

    class Scale(models.TextChoices):
        NEIGHBOURHOOD = "wijk", "wijk of dorp"
        MUNICIPALITY = "gemeente", "gemeente"
        SUBREGION = "subregio", "subregio"
        REGION = "regio", "hele regio"
        BEYOND = "bovenregionaal", "groter dan de regio"

    class Coalition(models.TextChoices):
        BASE = "basis", "de basiscoalitie"
        OWN = "eigen", "een eigen coalitie"

    public_fields = (
        "title",
        "slug",
        "text",
        "scale",
        "started",
        "ended",
        "coalition",
        "is_explicit",
        "parties",
        "is_sample",
    )

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="vraagstukken", verbose_name="pact")
    title = models.CharField("vraagstuk", max_length=200, help_text="Bijvoorbeeld: genoeg mensen in de zomer.")
    slug = models.SlugField("korte naam", max_length=100)
    text = models.TextField("toelichting", blank=True)
    scale = models.CharField("schaal", max_length=20, choices=Scale, blank=True)
    started = PartialDateField("speelt sinds")
    ended = PartialDateField("speelde tot")
    coalition = models.CharField("wie pakt het op", max_length=20, choices=Coalition, default=Coalition.BASE)
    is_explicit = models.BooleanField(
        "coalitie is uitgesproken",
        default=True,
        help_text="Uit: de partijen werken samen zonder dat het zo is afgesproken.",
    )
    parties = models.ManyToManyField(
        Organisation, blank=True, related_name="vraagstukken", verbose_name="eigen coalitie"
    )

    class Meta:
        verbose_name = "vraagstuk"
        verbose_name_plural = "vraagstukken"
        ordering = ["pact", "pk"]
        constraints = [models.UniqueConstraint(fields=["pact", "slug"], name="vraagstuk_once_in_a_pact")]

    def __str__(self):
        return self.title


class AgendaItem(Sampled):
    """A project or activity on the action agenda of a pact."""

    class Kind(models.TextChoices):
        PROJECT = "project", "project"
        ACTIVITY = "activiteit", "activiteit"

    class Domain(models.TextChoices):
        EDUCATION = "onderwijs", "onderwijs"
        LABOUR = "arbeidsmarkt", "arbeidsmarkt"
        CARE = "zorg", "zorg"
        WELFARE = "welzijn", "welzijn"

    class Status(models.TextChoices):
        NOT_YET = "nog-niet", "nog niet begonnen"
        RUNNING = "loopt", "loopt"
        DONE = "klaar", "klaar"
        STOPPED = "gestopt", "gestopt"
        POSTPONED = "uitgesteld", "uitgesteld"

    public_fields = (
        "title", "slug", "vraagstuk", "goal", "kind", "domain", "theme", "subregion", "coalition", "funding", "planned_from", "planned_until",
        "preconditions", "status", "status_reason", "is_sample",
    )  # fmt: skip

    pact = models.ForeignKey(RegionalPact, on_delete=models.CASCADE, related_name="agenda", verbose_name="pact")
    title = models.CharField("wat", max_length=200)
    slug = models.SlugField("korte naam", max_length=100)
    vraagstuk = models.ForeignKey(
        Vraagstuk,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="agenda",
        verbose_name="voor welk vraagstuk",
    )
    goal = models.TextField("doel", blank=True)
    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.PROJECT)
    domain = models.CharField("terrein", max_length=20, choices=Domain, blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda", verbose_name="thema"
    )
    subregion = models.ForeignKey(
        Subregion, on_delete=models.RESTRICT, null=True, blank=True, related_name="agenda", verbose_name="subregio"
    )
    coalition = models.ManyToManyField(Organisation, blank=True, related_name="agenda", verbose_name="coalitie")
    funding = models.ManyToManyField(FundingStream, blank=True, related_name="agenda", verbose_name="geldstromen")
    planned_from = PartialDateField("planning van")
    planned_until = PartialDateField("planning tot")
    preconditions = models.TextField("voorwaarden", blank=True)
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.NOT_YET)
    status_reason = models.CharField(
        "reden",
        max_length=200,
        blank=True,
        help_text="Verplicht bij gestopt en uitgesteld, bijvoorbeeld: geen begeleiders.",
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "punt op de actieagenda"
        verbose_name_plural = "actieagenda"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pact", "slug"], name="agenda_item_once_in_a_pact"),
            models.CheckConstraint(
                condition=~Q(status__in=["gestopt", "uitgesteld"]) | ~Q(status_reason=""),
                name="stopped_agenda_item_has_a_reason",
                violation_error_message="Schrijf op waarom dit punt is gestopt of uitgesteld.",
            ),
        ]

    def __str__(self):
        return self.title
