from django.db.models.signals import post_delete

from programme.apps import TrackedConfig


class VolgspotConfig(TrackedConfig):
    default = True
    name = "volgspot"
    verbose_name = "Volgspot"
    # What people wrote to each other is not kept in the history; `workflow.py` writes the steps.
    untracked = (
        "Reflection",
        "Section",
        "Version",
        "PrintedReport",
        "IntendedResult",
        "IntendedResultVersion",
        "Agreement",
        "Lesson",
        "Bottleneck",
        "Comment",
        "PartnerLink",
        "PartnerView",
        "Evaluation",
    )

    def ready(self):
        super().ready()
        post_delete.connect(_remove_file, sender=self.get_model("Evaluation"), dispatch_uid="evaluation_file")


def _remove_file(sender, instance, **kwargs):
    """The file goes with its row, also when the whole report goes."""
    from zorgpact import uploads

    if instance.stored_as:
        uploads.remove(instance.stored_as)
