from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Zoeken"
    default = True

    def ready(self):
        from auditlog.registry import auditlog

        from . import triggers
        from .models import Synonym

        auditlog.register(Synonym, include_fields=["word", "also", "both_ways"])
        autodiscover_modules("findable")
        # Once a run: as the last, when the tables of all parts are there.
        pre_migrate.connect(triggers.remove, sender=self, dispatch_uid="search_triggers")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="search_triggers")
