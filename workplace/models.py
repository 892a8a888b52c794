"""The workplace of project leaders: who is asked to lead what, and what they propose to change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kopgroep.models import Koploper
from programme.models import Sampled
from regions.models import RegionalPact


class AboutOne(models.Model):
    """Something about a pact or a koploper, and never about both."""

    pact = models.ForeignKey(
        RegionalPact, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name="pact"
    )
    koploper = models.ForeignKey(
        Koploper, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name="koploper"
    )

    class Meta:
        abstract = True

    @property
    def target(self):
        return self.pact or self.koploper


ONE_OF_BOTH = Q(pact=None, koploper__isnull=False) | Q(pact__isnull=False, koploper=None)


class InvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those of which the link still works."""
        return self.filter(used_at=None, withdrawn_at=None, lapses_at__gt=at or timezone.now())


class Invitation(AboutOne):
    """Somebody is asked to lead a pact or a koploper; with `replaces`, in the place of who hands it over."""

    class State(models.TextChoices):
        OPEN = "open", "verstuurd"
        USED = "gebruikt", "gebruikt"
        LAPSED = "verlopen", "verlopen"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    public_fields = ()

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
                condition=ONE_OF_BOTH,
                name="invitation_to_a_pact_or_a_koploper",
                violation_error_message="Kies een pact of een koploper, en niet allebei.",
            )
        ]

    def __str__(self):
        return f"{self.email} voor {self.target}"

    @property
    def state(self):
        if self.used_at:
            return self.State.USED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.lapses_at > timezone.now() else self.State.LAPSED


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """What waits for the team."""
        return self.filter(status=Proposal.Status.OPEN)

    def led_by(self, user):
        """About what `user` leads today."""
        return self.filter(
            Q(pact__in=RegionalPact.objects.led_by(user)) | Q(koploper__in=Koploper.objects.led_by(user))
        )

    def not_tied_to(self, user):
        """Which `user` may judge."""
        return self.exclude(
            Q(pact__in=RegionalPact.objects.tied_to(user))
            | Q(koploper__in=Koploper.objects.tied_to(user))
            | Q(made_by=user)
        )

    def about(self, target):
        return self.filter(**{"koploper" if isinstance(target, Koploper) else "pact": target})


class Proposal(AboutOne, Sampled):
    """A change of a public page that the team takes over or gives back. Only `workflow.py` changes its status.

    `changes.py` says what each kind asks and does. The text is never public; what comes of it is.
    """

    class Status(models.TextChoices):
        OPEN = "open", "voorgesteld"
        TAKEN_OVER = "overgenomen", "overgenomen"
        RETURNED = "teruggegeven", "teruggegeven"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    class Kind(models.TextChoices):
        JOINS = "nieuwe-deelnemer", "een nieuwe deelnemer"
        STOPS = "deelnemer-stopt", "een deelnemer stopt"
        LEAD = "andere-trekker", "een andere trekker"
        PHASE = "andere-fase", "een andere fase"

    JUDGE = "workplace.judge_proposal"
    public_fields = ()

    kind = models.CharField("wat er verandert", max_length=20, choices=Kind)
    # What was filled in, by the name of the field.
    data = models.JSONField("voorstel", default=dict)
    # What the page said of it when this was proposed, in words.
    before = models.TextField("wat er stond", blank=True)
    reason = models.TextField("waarom en waar het staat")
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.OPEN, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="door"
    )
    made_at = models.DateTimeField("voorgesteld op", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="besloten door",
    )
    decided_at = models.DateTimeField("besloten op", null=True, blank=True, editable=False)
    answer = models.TextField("antwoord van het team", blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["made_at", "pk"]
        permissions = [("judge_proposal", "Mag voorstellen beoordelen")]
        constraints = [
            models.CheckConstraint(condition=ONE_OF_BOTH, name="proposal_about_a_pact_or_a_koploper"),
        ]

    def __str__(self):
        return f"Voorstel voor {self.target}: {self.get_kind_display()}"

    def get_additional_data(self):
        """The history shows its steps on the record too; see `programme.history.track`."""
        return {"on": f"{self.target._meta.label_lower}:{self.target.pk}"}

    @property
    def explanation(self):
        """What the status means, and who is next."""
        decided = f"{self.decided_by or 'Iemand'} van het landelijke team"
        return {
            self.Status.OPEN: "Het landelijke team kijkt ernaar. U krijgt een mail als er een besluit is. Tot dan kunt u het intrekken.",
            self.Status.TAKEN_OVER: f"{decided} nam het over. Het staat op de pagina; u hoeft niets meer te doen.",
            self.Status.RETURNED: f"{decided} gaf het terug. Lees waarom, en doe een nieuw voorstel als dat nodig is.",
            self.Status.WITHDRAWN: "U of een mede-projectleider trok het in. Er is niets veranderd.",
        }[self.Status(self.status)]
