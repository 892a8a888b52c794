"""The workplace of project leaders: who is asked to lead what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kopgroep.models import Koploper
from regions.models import RegionalPact


class InvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those of which the link still works."""
        return self.filter(used_at=None, withdrawn_at=None, lapses_at__gt=at or timezone.now())


class Invitation(models.Model):
    """Somebody is asked to lead a pact or a koploper; with `replaces`, in the place of who hands it over."""

    class State(models.TextChoices):
        OPEN = "open", "verstuurd"
        USED = "gebruikt", "gebruikt"
        LAPSED = "verlopen", "verlopen"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    public_fields = ()

    pact = models.ForeignKey(
        RegionalPact, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="pact"
    )
    koploper = models.ForeignKey(
        Koploper, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="koploper"
    )
    email = models.EmailField("e-mailadres", max_length=254)
    name = models.CharField("naam", max_length=150, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField("verstuurd op", default=timezone.now, editable=False)
    lapses_at = models.DateTimeField("vervalt op", editable=False)
    used_at = models.DateTimeField("gebruikt op", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="door"
    )
    replaces = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="in de plaats van",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pact=None, koploper__isnull=False) | Q(pact__isnull=False, koploper=None),
                name="invitation_to_a_pact_or_a_koploper",
                violation_error_message="Kies een pact of een koploper, en niet allebei.",
            )
        ]

    def __str__(self):
        return f"{self.email} voor {self.target}"

    @property
    def target(self):
        return self.pact or self.koploper

    @property
    def state(self):
        if self.used_at:
            return self.State.USED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.lapses_at > timezone.now() else self.State.LAPSED
