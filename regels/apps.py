from programme.apps import TrackedConfig


class RegelsConfig(TrackedConfig):
    default = True
    name = "regels"
    verbose_name = "Ruimte in de regels"
    # What people asked and wrote is not kept in the history; `workflow` writes the steps. Nor is what visitors press.
    untracked = (
        "Answer",
        "AnswerVersion",
        "AlsoMine",
        "Attachment",
        "Draft",
        "Follower",
        "Handover",
        "LookupHelped",
        "Message",
        "Note",
        "ObstacleMove",
        "Pause",
        "Presence",
        "Question",
        "StatusLink",
        "Verdict",
        "YearNumber",
    )
