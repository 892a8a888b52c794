from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from auditlog.registry import auditlog

        from . import signals
        from .roles import write_roles

        autodiscover_modules("own_data")
        post_migrate.connect(write_roles, sender=self, dispatch_uid="accounts.write_roles")
        post_migrate.connect(signals.create_cache_table, sender=self, dispatch_uid="accounts.create_cache_table")
        # Rights are kept in the history; passwords and moments of login are not.
        auditlog.register(
            self.get_model("User"), include_fields=["email", "name", "is_staff", "is_active"], m2m_fields={"groups"}
        )
