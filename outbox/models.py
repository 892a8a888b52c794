"""Every mail the portal sends: one table, one sender, one screen. It knows no other app."""

from django.apps import apps
from django.db import models
from django.utils import timezone


class MailQuerySet(models.QuerySet):
    def due(self, at=None):
        """What may be sent now: waiting, or left behind by a sender that died."""
        at = at or timezone.now()
        return self.filter(status__in=[Mail.Status.WAITING, Mail.Status.BUSY], not_before__lte=at).filter(
            models.Q(lease_until=None) | models.Q(lease_until__lt=at)
        )


class Mail(models.Model):
    """One mail to one reader."""

    class Status(models.TextChoices):
        WAITING = "wacht", "wacht op verzending"
        BUSY = "bezig", "wordt verstuurd"
        SENT = "verstuurd", "verstuurd"
        FAILED = "mislukt", "mislukt"
        UNREACHABLE = "onbereikbaar", "niet verstuurd: adres onbereikbaar"
        LAPSED = "vervallen", "vervallen: niet meer nodig"
        KEPT = "demo", "niet verstuurd: demo"

    kind = models.CharField("soort", max_length=100, blank=True, db_default="", db_index=True)
    about = models.CharField(
        "gaat over", max_length=100, blank=True, db_default="", db_index=True, help_text="Zoals “accounts.user:12”."
    )
    key = models.CharField(
        "sleutel", max_length=500, unique=True, help_text="Dezelfde mail om dezelfde reden kan zo niet twee keer weg."
    )
    to = models.EmailField("aan")
    subject = models.CharField("onderwerp", max_length=250)
    text = models.TextField("tekst", blank=True)
    html = models.TextField("opgemaakte tekst", blank=True)
    headers = models.JSONField("kopregels", default=dict, blank=True)
    is_secret = models.BooleanField(
        "bevat een geheime link",
        default=False,
        help_text="De inhoud is voor niemand te lezen en vervalt na verzending.",
    )
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0, editable=False)
    error = models.TextField("laatste fout", blank=True, editable=False)
    not_before = models.DateTimeField("niet eerder dan", default=timezone.now)
    lease_until = models.DateTimeField("vastgehouden tot", null=True, editable=False)
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        ordering = ["-created_at", "-pk"]
        permissions = [("retry_mail", "mag mislukte mails opnieuw laten versturen")]

    def __str__(self):
        return f"{self.subject} → {self.to}"

    @property
    def record(self):
        """What the mail is about, as it is now; none where it is gone."""
        label, _, pk = self.about.rpartition(":")
        return apps.get_model(label)._base_manager.filter(pk=pk).first() if label else None


class DeadAddress(models.Model):
    """No mail goes here until somebody takes the row away."""

    address = models.EmailField("e-mailadres", unique=True)
    reason = models.TextField("reden", help_text="Wat de mailserver antwoordde, of waarom u het adres zelf uitzet.")
    since = models.DateTimeField("sinds", auto_now_add=True)

    class Meta:
        verbose_name = "onbereikbaar adres"
        verbose_name_plural = "onbereikbare adressen"
        ordering = ["-since", "-pk"]

    def __str__(self):
        return self.address

    def clean(self):
        self.address = self.address.lower()
