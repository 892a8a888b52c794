from auditlog.apps import AuditlogConfig
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core import checks


class ZorgpactConfig(AppConfig):
    name = "zorgpact"
    default = True

    def ready(self):
        # Registers the check of the accessibility statement.
        from . import (
            accessibility,  # noqa: F401
            form_words,
        )
        from .files import undescribed

        checks.register(undescribed)
        form_words.use()


class PortalAdminConfig(admin_apps.AdminConfig):
    """The admin, with a login of our own (through the accounts, second factor included)."""

    default = False
    default_site = "zorgpact.admin.PortalAdminSite"


class HistoryConfig(AuditlogConfig):
    """The history, which comes without Dutch words."""

    default = False
    verbose_name = "Geschiedenis"

    def ready(self):
        super().ready()
        entry = self.get_model("LogEntry")
        entry._meta.verbose_name, entry._meta.verbose_name_plural = "stap in de geschiedenis", "alle stappen"
        entry.add_to_class("__str__", lambda step: step.object_repr)
