from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from programme.models import Versioned


class MinistryQuerySet(models.QuerySet):
    def of(self, user):
        """For which `user` is an officer: by the role."""
        return self.filter(role__in=user.groups.values("name"))


class Ministry(Versioned):
    """A ministry that answers questions, and what it agreed on about that."""

    public_fields = ("name", "abbreviation", "slug", "position")

    name = models.CharField("naam", max_length=120, unique=True)
    abbreviation = models.CharField("afkorting", max_length=10, unique=True, help_text="Bijvoorbeeld: OCW.")
    slug = models.SlugField("korte naam", max_length=10, unique=True, help_text="Bijvoorbeeld: ocw.")
    role = models.CharField(
        "rol van de ambtenaren",
        max_length=150,
        unique=True,
        help_text="De naam van de rol, bijvoorbeeld: ambtenaar OCW. Wie die rol heeft, beantwoordt de vragen.",
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    assign_days = models.PositiveSmallIntegerField(
        "werkdagen om toe te wijzen", default=2, help_text="Binnen zoveel werkdagen heeft een vraag een behandelaar."
    )
    answer_days = models.PositiveSmallIntegerField(
        "werkdagen om te antwoorden", default=10, help_text="Binnen zoveel werkdagen krijgt de vrager antwoord."
    )
    sends_at_once = models.BooleanField(
        "verstuurt meteen na akkoord",
        default=False,
        help_text="Aan: het antwoord gaat weg zodra de tweede lezer akkoord geeft. Uit: iemand verstuurt het zelf.",
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = MinistryQuerySet.as_manager()

    class Meta:
        verbose_name = "ministerie"
        verbose_name_plural = "ministeries"
        ordering = ["position", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__gte=1) & Q(assign_days__gte=1),
                name="ministry_terms_are_a_day_or_more",
                violation_error_message="Een termijn is minstens één werkdag.",
            )
        ]

    def __str__(self):
        return self.abbreviation

    @property
    def officers(self):
        """The accounts that answer for this ministry and can log in."""
        return get_user_model().objects.filter(groups__name=self.role, is_active=True)


class FreeDay(models.Model):
    """A day on which the ministries are closed, beside the public holidays. The due dates follow."""

    public_fields = ("date", "name")

    date = models.DateField("dag", unique=True)
    name = models.CharField("waarom", max_length=80, help_text="Bijvoorbeeld: verplichte vrije dag na Hemelvaart.")

    class Meta:
        verbose_name = "extra vrije dag"
        verbose_name_plural = "extra vrije dagen"
        ordering = ["date"]

    def __str__(self):
        return f"{self.name} ({self.date})"
