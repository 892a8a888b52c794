import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from programme.models import Published, PublishedQuerySet, Sampled, Source, Versioned
from zorgpact.how_many import tied_to, up_to

from .choices import Origin
from .ministry import Ministry

JCI = re.compile(r"jci1\.3:[cv]:BWB[RV]\d{7}(&[a-z]+=[^&\s]+)*")
is_bwb = RegexValidator(r"^BWB[RV]\d{7}$", "Schrijf het nummer zoals wetten.overheid.nl, bijvoorbeeld BWBR0005416.")
is_place = RegexValidator(
    r"^[a-z]+=[^&\s]+(&[a-z]+=[^&\s]+)*$",
    "Schrijf de plaats van groot naar klein, bijvoorbeeld titeldeel=III&artikel=147.",
)


class RuleQuerySet(PublishedQuerySet):
    def with_counts(self, at=None):
        """With `cases_count` and `obstacles_count`: how many public ones hang on the rule, as `up_to` counts."""
        from .case import Case, CaseRule
        from .obstacle import Obstacle

        return self.annotate(
            cases_count=up_to(tied_to(CaseRule.objects, "case", Case.objects.published(at)), "rule"),
            obstacles_count=up_to(
                tied_to(Obstacle.rules.through.objects, "obstacle", Obstacle.objects.published(at)), "rule"
            ),
        )

    def with_link_to_check(self):
        """Of which the official text can be looked up."""
        return self.exclude(bwb_id="")


class Rule(Published, Versioned, Sampled):
    """A rule that people run into, with where its official text stands."""

    public_fields = (
        "name", "slug", "law", "bwb_id", "place", "origin", "explanation", "ministry", "version_on", "link_checked_on",
        "sources", "is_sample",
    )  # fmt: skip

    name = models.CharField("naam", max_length=150, unique=True, help_text="Bijvoorbeeld: onderwijstijd in het mbo.")
    slug = models.SlugField("adres", max_length=100, unique=True)
    law = models.CharField(
        "wet, regeling of cao",
        max_length=200,
        blank=True,
        help_text="Bijvoorbeeld: Wet educatie en beroepsonderwijs (WEB).",
    )
    origin = models.CharField("van wie de regel is", max_length=20, choices=Origin, default=Origin.LAW)
    bwb_id = models.CharField(
        "BWB-nummer", max_length=11, blank=True, validators=[is_bwb], help_text="Bijvoorbeeld: BWBR0007625."
    )
    place = models.CharField(
        "plaats in de wet",
        max_length=200,
        blank=True,
        validators=[is_place],
        help_text="Van groot naar klein, bijvoorbeeld: hoofdstuk=7&artikel=7.2.7&lid=3.",
    )
    explanation = models.TextField("in gewone woorden", blank=True)
    ministry = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name="ministerie",
        help_text="Wie de casussen nakijkt als de regel verandert.",
    )
    version_on = models.DateField(
        "nieuwste versie van",
        null=True,
        blank=True,
        editable=False,
        help_text="De dag waarop de nieuwste versie ingaat; volgt uit de versies.",
    )
    link_checked_on = models.DateField("link nagekeken op", null=True, blank=True)
    link_works = models.BooleanField("link werkt", null=True, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="+", verbose_name="bronnen")
    internal_note = models.TextField("interne notitie", blank=True, help_text="Komt nooit op de site.")

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "regels"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place="") | ~Q(bwb_id=""),
                name="rule_place_needs_a_law",
                violation_error_message="Vul bij een plaats ook het BWB-nummer in.",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.bwb_id and not JCI.fullmatch(self.jci()):
            raise ValidationError({"place": "Van dit nummer en deze plaats kunnen wij geen link maken."})

    def get_absolute_url(self):
        # The address is permanent; see the site map.
        return f"/ruimte-in-de-regels/regels/{self.slug}/"

    def jci(self, on=None):
        """The official identifier: of today's text, or as the text was on a day."""
        place = f"&{self.place}" if self.place else ""
        day = f"&z={on.isoformat()}&g={on.isoformat()}" if on else ""
        return f"jci1.3:c:{self.bwb_id}{place}{day}" if self.bwb_id else ""

    def official_url(self, on=None):
        return f"https://wetten.overheid.nl/{self.jci(on)}" if self.bwb_id else ""

    @property
    def where(self):
        """The place in words: “hoofdstuk 7, artikel 7.2.7, lid 3”."""
        return ", ".join(level.replace("=", " ", 1) for level in self.place.split("&")) if self.place else ""


class RuleVersion(models.Model):
    """A new text of a rule: from its day on, cases that were checked against an older one may be outdated."""

    public_fields = ("rule", "valid_from", "what_changed")

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="versions", verbose_name="regel")
    valid_from = models.DateField("geldt vanaf")
    what_changed = models.CharField("wat er anders is", max_length=300, blank=True)
    is_imported = models.BooleanField("ingelezen", default=False, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="vastgelegd door",
    )
    noted_at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    class Meta:
        verbose_name = "versie van een regel"
        verbose_name_plural = "versies van een regel"
        ordering = ["-valid_from", "-pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "valid_from"], name="one_version_of_a_rule_a_day")]

    def __str__(self):
        return f"{self.rule}, vanaf {self.valid_from}"
