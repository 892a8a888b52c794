"""The columns of a spreadsheet with regional pacts. Phases, vraagstukken and agenda are filled in on the form."""

from organisations.exchange import participants_column
from zorgpact.exchange.columns import RowsColumn, columns_of

from .models import RegionalPact

FIELDS = [
    "name", "area_name", "summary", "story", "ambition", "national_tie", "government_role", "municipality_gain", "structure",
    "agreement", "administrators_involved", "project_groups", "governance", "means", "refinancing", "refinanced_until", "website",
    "started", "ended", "how_to_join", "participants_complete", "working_elements", "sources",
]  # fmt: skip


def pact_columns():
    relation = RegionalPact._meta.get_field
    rows = [
        RowsColumn("functies", relation("function_rows"), ["function"], hint="één per regel"),
        RowsColumn("thema’s", relation("theme_rows"), ["theme", "for_whom"], hint="thema | voor wie, één per regel"),
        RowsColumn(
            "gemeenten",
            relation("area"),
            ["municipality", "since", "until"],
            hint="gemeente | sinds | tot, één per regel",
        ),
        participants_column(RegionalPact),
    ]
    return columns_of(RegionalPact, FIELDS, rows)
