"""What the portal keeps of one question and its asker, for the asker: readable by people and programs."""

import json

from django.core.serializers.json import DjangoJSONEncoder

FIELDS = (
    "question", "goal", "said_by_note", "written_where", "rule_text", "tried", "organisation_name", "email", "name",
    "may_become_case", "withdrawn_reason", "submitted_at", "confirmed_at", "answered_at", "closed_at",
)  # fmt: skip


def as_json(question):
    return json.dumps(data_of(question), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def data_of(question):
    """By the words that the pages use. Notes among colleagues are not the asker's."""
    label = question._meta.get_field
    said = {str(label(name).verbose_name): getattr(question, name) for name in FIELDS}
    chosen = ("rule", "organisation_kind", "pact", "koploper", "ministry")
    said |= {str(label(name).verbose_name): str(getattr(question, name) or "") for name in chosen}
    return {
        "nummer": question.reference,
        "stand": question.get_status_display(),
        "uitkomst": question.get_outcome_display(),
        "wie zegt dat het niet mag": question.get_said_by_display(),
        **said,
        "thema’s": [str(theme) for theme in question.themes.all()],
        "bijlagen": [
            {"naam": one.file_name, "bytes": one.size, "toegevoegd op": one.added_at}
            for one in question.attachments.all()
        ],
        "berichten": [
            {"soort": one.get_kind_display(), "tekst": one.text, "verzonden op": one.sent_at}
            for one in question.messages.all()
        ],
    }
