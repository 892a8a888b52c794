"""The Kopgroep: front-runner projects, what they reached and who took them over."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.functional import cached_property

from geography.models import Municipality, Place
from organisations.models import Employment, Organisation, Participation, Tenure, with_corners
from programme.fields import PartialDateField
from programme.models import Confirmed, Published, PublishedQuerySet, Sampled, Source, Versioned
from regions.models import RegionalPact, ThemeRowQuerySet
from themes.models import Theme, WorkingElement
from zorgpact.addresses import address


class CooperationForm(models.Model):
    """The form a cooperation takes, such as a wijkleerbedrijf."""

    public_fields = ("name", "slug", "description", "position")

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    description = models.CharField("uitleg", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "vorm van samenwerking"
        verbose_name_plural = "vormen van samenwerking"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class Challenge(models.Model):
    """What koplopers find hard."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=120, unique=True, help_text="Bijvoorbeeld: financiering.")
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "uitdaging"
        verbose_name_plural = "uitdagingen"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class ResultArea(models.Model):
    """What a result is about."""

    class Group(models.TextChoices):
        EDUCATION = "scholing", "scholing en onderwijs"
        SECTOR = "sector", "toekomst van de sector"

    public_fields = ("name", "slug", "group", "in_top_four", "position")

    name = models.CharField("naam", max_length=120, unique=True)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    group = models.CharField("groep", max_length=20, choices=Group)
    in_top_four = models.BooleanField("in de top 4 van de publicatie", default=False)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "resultaatgebied"
        verbose_name_plural = "resultaatgebieden"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class Effect(models.Model):
    """A change for students, care users or care workers that a cooperation aims at."""

    class Group(models.TextChoices):
        STUDENTS = "studenten", "studenten"
        CARE_USERS = "zorggebruikers", "zorggebruikers"
        CARE_WORKERS = "zorgmedewerkers", "zorgmedewerkers"

    public_fields = ("name", "slug", "group", "position")

    name = models.CharField("naam", max_length=150)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    group = models.CharField("voor wie", max_length=20, choices=Group)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "effect"
        verbose_name_plural = "effecten"
        ordering = ["group", "position", "name", "pk"]

    def __str__(self):
        return self.name


class SustainingAgreement(models.Model):
    """How partners make sure that the gains last."""

    public_fields = ("name", "slug", "position")

    name = models.CharField("naam", max_length=150, unique=True)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "afspraak om te bestendigen"
        verbose_name_plural = "afspraken om te bestendigen"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class KoploperQuerySet(PublishedQuerySet):
    def counted(self):
        """Koplopers alone: another good example is never counted among them."""
        return self.filter(kind=Koploper.Kind.KOPLOPER)

    def led_by(self, user, today=None):
        """Of which `user` is a project leader today."""
        return self.filter(pk__in=KoploperLeader.objects.current(today).filter(user=user).values("koploper"))

    def tied_to(self, user, today=None):
        """Which `user` may not judge: leads it, or works for an organisation that takes part."""
        employers = Employment.objects.current(today).filter(user=user).values("organisation")
        takes_part = KoploperParticipation.objects.current().filter(organisation__in=employers).values("koploper")
        leads = KoploperLeader.objects.current(today).filter(user=user).values("koploper")
        return self.filter(Q(pk__in=leads) | Q(pk__in=takes_part))

    def with_adoption(self):
        """With `taken_over`: “ja” or “nog-niet”, as the filter of that name has it."""
        adoptions = Adoption.objects.filter(koploper=OuterRef("pk"))
        return self.annotate(
            taken_over=Case(
                When(Exists(adoptions), then=Value("ja")),
                default=Value("nog-niet"),
                output_field=models.CharField(),
            )
        )

    def with_result(self):
        """With `first_result`: what it reached, in one sentence."""
        results = Result.objects.filter(koploper=OuterRef("pk")).order_by("position", "pk")
        return self.annotate(first_result=Subquery(results.values("title")[:1]))

    def with_corners(self):
        return with_corners(self, KoploperParticipation.objects.public(), "koploper")

    def for_rows(self):
        """All that a row in a list shows, but for the names of `fill_rows`."""
        return self.without_texts().with_result().with_corners().select_related("place")

    def for_files(self):
        """All that a row of a file holds, in a fixed number of queries."""
        participations = KoploperParticipation.objects.public().select_related("organisation__kind")
        return self.select_related("place").prefetch_related(
            models.Prefetch("municipalities", Municipality.objects.select_related("province")),
            models.Prefetch("theme_rows", KoploperTheme.objects.public()),
            models.Prefetch("pacts", RegionalPact.objects.published()),
            models.Prefetch("participations", participations),
            "forms",
            "challenges",
            "results",
            "adoptions",
        )


class Koploper(Published, Versioned, Confirmed, Sampled):
    """A front-runner project that others can learn from; or another good example, which is never counted among them."""

    class Kind(models.TextChoices):
        KOPLOPER = "koploper", "koploper"
        GOOD_EXAMPLE = "goed-voorbeeld", "ander goed voorbeeld"

    class Confirmation(models.TextChoices):
        CERTAIN = "zeker", "bevestigd door een bron"
        TO_CONFIRM = "nog-te-bevestigen", "nog te bevestigen"

    class Programme(models.TextChoices):
        ZORGPACT = "zorgpact", "Zorgpact"
        ACTIE_LEER_NETWERK = "actie-leer-netwerk", "Actie Leer Netwerk"

    class Agreement(models.TextChoices):
        COALITION = "meedoen", "één trekker, anderen doen mee"
        HARD = "hard", "project met harde afspraken"
        LIGHT = "licht", "lichte afspraken"

    class Status(models.TextChoices):
        ACTIVE = "actief", "actief"
        ENDED = "geeindigd", "geëindigd"
        UNKNOWN = "onbekend", "niet bekend of het nog loopt"

    reserved_slugs = ("criteria", "vergelijken", "aanmelden", "verhalen", *Published.reserved_slugs)
    public_fields = (
        "kind", "title", "slug", "summary", "story", "place", "municipalities", "area_name", "started", "joined_on", "joined_note",
        "joined_programme", "confirmation", "confirmation_note", "forms", "agreement", "themes", "pacts", "participants_complete",
        "challenges", "challenges_note", "sustaining", "sustaining_note", "method", "advice", "inspired_by", "needs_conditions",
        "needs_people", "needs_money", "time_to_first_result", "what_went_wrong", "status", "ended", "afterlife", "website",
        "working_elements", "sources", "confirmed_on", "is_sample",
    )  # fmt: skip

    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.KOPLOPER)
    title = models.CharField("naam", max_length=200, unique=True)
    slug = models.SlugField(
        "adres",
        max_length=100,
        unique=True,
        help_text="Het laatste deel van het adres, bijvoorbeeld: zeeuwse-huiskamer.",
    )
    summary = models.CharField(
        "in één zin", max_length=250, help_text="Wat het is, voor wie niets weet. Staat in lijsten."
    )
    story = models.TextField("verhaal", blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="koplopers", verbose_name="plaats"
    )
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        related_name="koplopers",
        verbose_name="gemeenten",
        help_text="Waar de koploper werkt; hieruit volgt de provincie.",
    )
    area_name = models.CharField(
        "gebied in woorden",
        max_length=150,
        blank=True,
        help_text="Als er meer dan één gemeente is, bijvoorbeeld: Twente.",
    )
    started = PartialDateField("gestart")
    joined_on = PartialDateField("in de Kopgroep sinds")
    joined_note = models.CharField("wie dat meldde", max_length=200, blank=True)
    joined_programme = models.CharField(
        "programma van toen", max_length=20, choices=Programme, default=Programme.ZORGPACT
    )
    confirmation = models.CharField("zekerheid", max_length=20, choices=Confirmation, default=Confirmation.CERTAIN)
    confirmation_note = models.CharField("waarom nog niet zeker", max_length=250, blank=True)
    forms = models.ManyToManyField(CooperationForm, blank=True, related_name="koplopers", verbose_name="vormen")
    agreement = models.CharField("afspraken", max_length=20, choices=Agreement, blank=True)
    themes = models.ManyToManyField(Theme, through="KoploperTheme", related_name="koplopers", verbose_name="thema’s")
    pacts = models.ManyToManyField(RegionalPact, blank=True, related_name="koplopers", verbose_name="regionale pacten")
    participants = models.ManyToManyField(
        Organisation, through="KoploperParticipation", related_name="koplopers", verbose_name="deelnemers"
    )
    participants_complete = models.BooleanField(
        "lijst van deelnemers is compleet",
        default=False,
        help_text="Aan: een lege hoek van de driehoek betekent dat er niemand meedoet. Uit: dat is nog niet bekend.",
    )
    challenges = models.ManyToManyField(Challenge, blank=True, related_name="koplopers", verbose_name="uitdagingen")
    challenges_note = models.TextField("toelichting op de uitdagingen", blank=True)
    sustaining = models.ManyToManyField(
        SustainingAgreement, blank=True, related_name="koplopers", verbose_name="afspraken om te bestendigen"
    )
    sustaining_note = models.TextField("toelichting op die afspraken", blank=True)
    method = models.TextField("eigen werkwijze of visie", blank=True)
    advice = models.TextField("advies aan anderen", blank=True)
    inspired_by = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="inspired", verbose_name="geïnspireerd door"
    )
    needs_conditions = models.TextField("wat er geregeld moet zijn", blank=True)
    needs_people = models.TextField("welke mensen ervoor nodig zijn", blank=True)
    needs_money = models.TextField("wat het kost en wie betaalt", blank=True)
    time_to_first_result = models.CharField(
        "tijd tot het eerste resultaat", max_length=100, blank=True, help_text="Bijvoorbeeld: een half jaar."
    )
    what_went_wrong = models.TextField("wat er misging", blank=True)
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.UNKNOWN)
    ended = PartialDateField("geëindigd")
    afterlife = models.TextField("wat ervan werd", blank=True)
    website = models.URLField("website", max_length=300, blank=True)
    working_elements = models.ManyToManyField(
        WorkingElement, blank=True, related_name="koplopers", verbose_name="voorbeeld van werkzaam element"
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name="bronnen")
    internal_note = models.TextField(
        "interne notitie", blank=True, help_text="Alleen voor het landelijke team; komt nooit op de site."
    )

    objects = KoploperQuerySet.as_manager()

    class Meta:
        verbose_name = "koploper"
        verbose_name_plural = "koplopers"
        ordering = ["title", "pk"]
        # To count what is public, and to walk it in the order of a list and of a choice of a few, real ones first.
        indexes = [
            # What the list counts of the record itself stands in it too: the table is wide.
            models.Index(
                fields=["kind", "published_at", "is_sample", "status", "confirmed_on", "place", "id"],
                name="koploper_public",
            ),
            models.Index(fields=["kind", "title"], name="koploper_by_title"),
            models.Index(fields=["kind", "is_sample", "title"], name="koploper_real_first"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("kopgroep:detail", self.slug)

    @cached_property
    def municipality_names(self):
        return [m.name for m in self.municipalities.all()]

    @property
    def where(self):
        """Where it works, in words; empty is not known."""
        if self.area_name:
            return self.area_name
        names = self.municipality_names
        if self.place:
            return self.place.name if self.place.name in names or not names else f"{self.place.name} ({names[0]})"
        return " en ".join(", ".join(names).rsplit(", ", 1))


class KoploperTheme(Sampled):
    public_fields = ("theme", "is_sample")

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="theme_rows", verbose_name="koploper")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="koploper_rows", verbose_name="thema")

    objects = ThemeRowQuerySet.as_manager()

    class Meta:
        verbose_name = "thema van de koploper"
        verbose_name_plural = "thema’s van de koploper"
        ordering = ["theme__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["koploper", "theme"], name="theme_once_in_a_koploper")]
        indexes = [models.Index(fields=["theme", "koploper"], name="koplopers_of_theme")]

    def __str__(self):
        return str(self.theme)


class KoploperParticipation(Participation):
    koploper = models.ForeignKey(
        Koploper, on_delete=models.CASCADE, related_name="participations", verbose_name="koploper"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="koploper_participations", verbose_name="organisatie"
    )

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["koploper"],
                condition=Q(role=Participation.Role.LEAD, ended=""),
                name="one_current_lead_per_koploper",
                violation_error_message="Een koploper heeft één trekker tegelijk. Vul bij de vorige trekker in tot wanneer.",
            ),
            models.UniqueConstraint(
                fields=["koploper", "organisation", "role"],
                condition=Q(ended=""),
                name="one_current_role_in_a_koploper",
            ),
        ]


class KoploperLeader(Tenure):
    """A project leader of a koploper; there may be several at once."""

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="leaders", verbose_name="koploper")

    class Meta:
        verbose_name = "projectleider"
        verbose_name_plural = "projectleiders"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["koploper", "user"], condition=Q(until=None), name="once_leader_of_a_koploper"
            )
        ]


class Result(Sampled):
    """Something a koploper reached, with a number where there is one."""

    public_fields = ("title", "area", "number", "unit", "year", "source", "position", "is_sample")

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="results", verbose_name="koploper")
    title = models.CharField(
        "wat", max_length=200, help_text="Als hele zin, bijvoorbeeld: 130 mensen haalden een mbo-diploma."
    )
    area = models.ForeignKey(
        ResultArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="resultaatgebied",
    )
    number = models.DecimalField("getal", max_digits=12, decimal_places=1, null=True, blank=True)
    unit = models.CharField("eenheid", max_length=60, blank=True, help_text="Bijvoorbeeld: studenten.")
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None) | ~Q(unit=""),
                name="result_number_has_a_unit",
                violation_error_message="Schrijf bij een getal de eenheid, bijvoorbeeld: studenten.",
            ),
        ]

    def __str__(self):
        return self.title


class KoploperEffect(Sampled):
    """An effect this koploper aims at, or saw, and how strong the evidence is."""

    class Evidence(models.TextChoices):
        NONE = "geen", "niet onderzocht"
        EXPERIENCE = "ervaring", "ervaring van betrokkenen"
        COUNT = "telling", "geteld of gevraagd"
        RESEARCH = "onderzoek", "onderzocht"

    public_fields = ("effect", "is_intended", "is_seen", "evidence", "note", "source", "is_sample")

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="effects", verbose_name="koploper")
    effect = models.ForeignKey(Effect, on_delete=models.PROTECT, related_name="rows", verbose_name="effect")
    is_intended = models.BooleanField("beoogd", default=True)
    is_seen = models.BooleanField("gezien", default=False)
    evidence = models.CharField("bewijs", max_length=20, choices=Evidence, default=Evidence.NONE)
    note = models.CharField("toelichting", max_length=300, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "effect van de koploper"
        verbose_name_plural = "effecten van de koploper"
        ordering = ["effect__group", "effect__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["koploper", "effect"], name="effect_once_in_a_koploper"),
            models.CheckConstraint(
                condition=Q(is_intended=True) | Q(is_seen=True),
                name="effect_is_intended_or_seen",
                violation_error_message="Kies beoogd, gezien of allebei.",
            ),
        ]

    def __str__(self):
        return str(self.effect)


class Voice(Sampled):
    """What a student or care user says of it, without a name."""

    public_fields = ("text", "who", "source", "is_sample")

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="voices", verbose_name="koploper")
    text = models.TextField("wat zij of hij zegt")
    who = models.CharField(
        "wie", max_length=150, help_text="Geen naam, bijvoorbeeld: derdejaars student verpleegkunde."
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "stem van een gebruiker"
        verbose_name_plural = "stemmen van gebruikers"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class Adoption(Sampled):
    """Another region took over (part of) the concept. All but the fact itself may be unknown."""

    public_fields = (
        "organisation",
        "by_whom",
        "municipality",
        "which_part",
        "what_changed",
        "since",
        "still_running",
        "source",
        "is_sample",
    )

    koploper = models.ForeignKey(Koploper, on_delete=models.CASCADE, related_name="adoptions", verbose_name="koploper")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name="door welke organisatie",
    )
    by_whom = models.CharField(
        "door wie", max_length=200, blank=True, help_text="Als de organisatie niet in de lijst staat."
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions", verbose_name="waar"
    )
    which_part = models.TextField("welk deel", blank=True)
    what_changed = models.TextField("wat er anders is", blank=True)
    since = PartialDateField("sinds")
    still_running = models.BooleanField("loopt nog", null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bron"
    )

    class Meta:
        verbose_name = "overname"
        verbose_name_plural = "overnames"
        ordering = ["since", "pk"]

    def __str__(self):
        return str(self.organisation or self.by_whom or "overgenomen elders")
