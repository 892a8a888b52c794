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
            for field in model._meta.local_many_to_many:
                if field.remote_field.through._meta.auto_created:
                    name_links(field)


def name_links(field):
    """What Django makes for a many-to-many has no name; the page that says what is removed along must say what it is."""
    link = field.remote_field.through
    link._meta.verbose_name, link._meta.verbose_name_plural = "koppeling", "koppelingen"
    owner, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    link.__str__ = lambda row: f"{getattr(row, owner)}, {field.verbose_name}: {getattr(row, other)}"


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
