from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrackedConfig(AppConfig):
    """A part of which the history keeps every model, but those that `untracked` names."""

    untracked = ()

    def ready(self):
        from .history import track

        for model in self.get_models():
            if model.__name__ not in self.untracked:
                track(model)


class ProgrammeConfig(TrackedConfig):
    default = True
    name = "programme"
    verbose_name = "Programma"
    untracked = ("LoadedRecord", "HistorySwitch", "ContentVersion", "Tries")

    def ready(self):
        from . import addresses
        from .version import restore

        super().ready()
        post_migrate.connect(restore, sender=self, dispatch_uid="programme.version")
        addresses.follow()
