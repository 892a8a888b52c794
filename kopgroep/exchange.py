"""The columns of a spreadsheet with koplopers. Results, effects, adoptions and voices are filled in on the form."""

from organisations.exchange import participants_column
from zorgpact.exchange.columns import RowsColumn, columns_of

from .models import Koploper

FIELDS = [
    "title", "kind", "summary", "website", "place", "municipalities", "area_name", "pacts", "started", "ended", "status", "afterlife",
    "joined_on", "joined_programme", "joined_note", "story", "method", "forms", "agreement", "challenges", "challenges_note",
    "sustaining", "sustaining_note", "needs_conditions", "needs_people", "needs_money", "time_to_first_result", "what_went_wrong",
    "advice", "inspired_by", "participants_complete", "confirmation", "confirmation_note", "working_elements", "sources",
]  # fmt: skip


def koploper_columns():
    rows = [
        RowsColumn("thema’s", Koploper._meta.get_field("theme_rows"), ["theme"], hint="één per regel"),
        participants_column(Koploper),
    ]
    return columns_of(Koploper, FIELDS, rows)
