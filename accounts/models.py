"""Who logs in, and with what kind of browser. Who works where, and leads what, stands elsewhere."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserQuerySet(models.QuerySet):
    def who_may(self, permission):
        """Who has it by a role, and can log in."""
        part, _, name = permission.partition(".")
        has_it = {"groups__permissions__content_type__app_label": part, "groups__permissions__codename": name}
        return self.filter(is_active=True, **has_it).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        """A user who logs in with `email`. Without a password the account waits for its one-time link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Users are deactivated, never deleted: their history hangs on them."""

    email = models.EmailField("e-mailadres", max_length=254, unique=True)
    name = models.CharField("naam", max_length=150, blank=True)
    is_staff = models.BooleanField("mag in het beheer", default=False, editable=False, help_text="Volgt uit de rollen.")
    is_active = models.BooleanField(
        "actief", default=True, help_text="Zet uit wanneer iemand stopt. Accounts worden niet verwijderd."
    )
    joined_at = models.DateTimeField("sinds", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email_address")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


class Device(models.Model):
    """A kind of browser with which somebody logged in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices", verbose_name="account")
    kind = models.CharField("soort", max_length=100)
    first_seen = models.DateTimeField("eerst gezien", auto_now_add=True)
    last_seen = models.DateTimeField("laatst gezien")

    class Meta:
        verbose_name = "apparaat"
        verbose_name_plural = "apparaten"
        ordering = ["-last_seen", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="once_a_device_of_an_account")]

    def __str__(self):
        return self.kind
