from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programma"

    def ready(self):
        from .version import restore

        post_migrate.connect(restore, sender=self, dispatch_uid="programme.version")
