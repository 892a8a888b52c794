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
