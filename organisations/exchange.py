"""The columns of a spreadsheet with organisations, and those that pacts and koplopers have of their participants."""

from zorgpact.exchange.columns import RowsColumn, columns_of

from .models import Organisation


def organisation_columns():
    return columns_of(Organisation, ["name", "kind", "branches", "levels", "municipality", "website", "sources"])


def participants_column(model):
    relation = model._meta.get_field("participations")
    parts = ["organisation", "role", "started", "ended", "source"]
    return RowsColumn(
        "deelnemers", relation, parts, key=2, hint="organisatie | rol | sinds | tot | bron, één per regel"
    )
