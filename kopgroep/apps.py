from django.db.models.signals import m2m_changed, post_save

from programme.apps import TrackedConfig


class KopgroepConfig(TrackedConfig):
    default = True
    name = "kopgroep"
    verbose_name = "Kopgroep"

    def ready(self):
        super().ready()
        from .models import Koploper

        post_save.connect(_keep_place, sender=Koploper, dispatch_uid="koploper_place")
        m2m_changed.connect(_keep_place, sender=Koploper.municipalities.through, dispatch_uid="koploper_place")


def _keep_place(sender, instance, raw=False, action="post_add", reverse=False, **kwargs):
    """The municipality of a koploper's place is always one of its municipalities: the province follows from those."""
    if raw or reverse or not action.startswith("post_") or not instance.place_id:
        return
    if not instance.municipalities.filter(pk=instance.place.municipality_id).exists():
        instance.municipalities.add(instance.place.municipality_id)
