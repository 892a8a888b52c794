"""A list as a file: CSV, Excel or JSON of what the list shows, and a feed; each with the list's own query.

What a column holds is described once. The description goes into the file (JSON, Excel) and on the page about the
columns, and a column without one is an error of `manage.py check`.
"""

import csv
import datetime
import io
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import checks
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views import View
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from zorgpact.exchange.sheets import defused

KINDS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
NEWEST = 50
LICENCE = "CC0 1.0. De gegevens zijn vrij te gebruiken; noem het Zorgpact als bron."


@dataclass(frozen=True)
class Column:
    """One column: its name, what stands in it, and `value`, a function of the record.

    `field` is the field of the model that the value comes from; its help text is the description where no other is given.
    """

    name: str
    value: Any
    description: str = ""
    field: Any = None

    @property
    def text(self):
        return self.description or getattr(self.field, "help_text", "")


def column(model, field_name, name, description="", value=None):
    """The column of a field of `model`; the value is the field's unless another is given."""
    field = model._meta.get_field(field_name)
    return Column(name, value or (lambda record: getattr(record, field_name)), description, field)


def slug_of(model):
    return column(model, "slug", "korte naam", "De naam die nooit verandert zonder dat het oude adres blijft werken.")


def changed_of(model):
    return column(model, "updated_at", "laatst gewijzigd", "Wanneer deze gegevens het laatst wijzigden.")


ADDRESS = Column(
    "adres", lambda record: settings.PORTAL_URL + record.get_absolute_url(), "Het adres van de pagina op deze site."
)

# Lists that can be had as a file, for the check and for the page about the columns.
registered = []


def undescribed(**kwargs):
    """The check of `manage.py check`: every column says what stands in it."""
    return [
        checks.Error(f"The column {col.name!r} of {view.__name__} has no description.", id="zorgpact.E001")
        for view in registered
        for col in view.columns
        if not col.text
    ]


def plain(value):
    """A value as one cell of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


# --- spreadsheets


def sheet_of(columns, records, name, kind):
    """Records that are not public as CSV or Excel, to keep; 404 for another kind."""
    if kind not in SHEETS:
        raise Http404
    response = SHEETS[kind](columns, _rows(columns, records))
    _to_keep(response, name, kind)
    return response


def as_csv(columns, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(col.name for col in columns)
    writer.writerows([defused(plain(value)) for value in row] for row in rows)
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8; header=present")


def as_xlsx(columns, rows, licence=""):
    book = Workbook()
    sheet = book.active
    sheet.title = "Lijst"
    sheet.append([col.name for col in columns])
    for row in rows:
        sheet.append([value if type(value) is int else defused(plain(value)) for value in row])
    sheet.freeze_panes = "B2"
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    about = book.create_sheet("Kolommen")
    about.append(["kolom", "uitleg"])
    for col in columns:
        about.append([col.name, defused(col.text)])
    if licence:
        about.append(["licentie", licence])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 28, 100
    content = io.BytesIO()
    book.save(content)
    return HttpResponse(
        content.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


SHEETS = {"csv": as_csv, "xlsx": as_xlsx}


def _rows(columns, records):
    return [[col.value(record) for col in columns] for record in records]


def _to_keep(response, name, kind):
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate().isoformat()}.{kind}"'


# --- beside a list


class FileOfList:
    """Beside a `FilteredListView`: the whole list that the query leaves, as a file.

    A subclass says `columns`, `file_name` and `title`, and may narrow `get_queryset` to what the columns read.
    """

    columns = ()
    file_name = ""
    title = ""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.columns:
            registered.append(cls)

    def get(self, request, kind):
        self.filterset = self.get_filterset(self.get_filterset_class())
        records = self.with_columns(self.filterset.queryset_in_order)
        response = getattr(self, f"as_{kind}")(_rows(self.columns, records))
        _to_keep(response, self.file_name, kind)
        response["X-Robots-Tag"] = "noindex"
        response.keeps_query = self.filterset.has_only_choices
        return response

    def with_columns(self, records):
        """The records with all that the columns read; for what `get_queryset` cannot say."""
        return records

    def as_csv(self, rows):
        return as_csv(self.columns, rows)

    def as_xlsx(self, rows):
        return as_xlsx(self.columns, rows, licence=LICENCE)

    def as_json(self, rows):
        data = {
            "titel": self.title,
            "adres": settings.PORTAL_URL + self.request.get_full_path(),
            "stand": timezone.localtime().isoformat(timespec="minutes"),
            "licentie": LICENCE,
            "keuzes": [chip.label for chip in self.filterset.chips()],
            "kolommen": [{"naam": col.name, "uitleg": col.text} for col in self.columns],
            "rijen": [dict(zip((col.name for col in self.columns), map(_for_json, row), strict=True)) for row in rows],
        }
        return HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json")


def _for_json(value):
    return value if value is None or isinstance(value, (bool, int, list)) else plain(value)


class ColumnsOfList(View):
    """The page about the files of a list, those of the view `files`: what they are, and what stands in each column."""

    files = FileOfList

    def get(self, request):
        context = {
            "title": self.files.title,
            "columns": self.files.columns,
            "list_url": reverse(f"{request.resolver_match.namespace}:list"),
            "kinds": KINDS,
            "query": request.GET.urlencode(),
            "licence": LICENCE,
        }
        return render(request, "zorgpact/list_columns.html", context)


class FeedOfList:
    """Beside a `FilteredListView`: the newest of what the query leaves, as an Atom feed."""

    title = ""

    def get(self, request):
        self.filterset = self.get_filterset(self.get_filterset_class())
        chips = [chip.label for chip in self.filterset.chips()]
        address = settings.PORTAL_URL + reverse(f"{request.resolver_match.namespace}:list")
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        feed = Atom1Feed(
            title=": ".join([self.title, ", ".join(chips)] if chips else [self.title]),
            link=address + query,
            feed_url=settings.PORTAL_URL + request.get_full_path(),
            description="",
            language="nl",
        )
        for record in self.filterset.qs.order_by("-published_at", "-pk")[:NEWEST]:
            url = settings.PORTAL_URL + record.get_absolute_url()
            feed.add_item(
                title=f"{record}{' (voorbeeld)' if record.is_sample else ''}",
                link=url,
                unique_id=url,
                description=self.text_of(record),
                pubdate=record.published_at,
                updateddate=record.updated_at or record.published_at,
            )
        response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
        feed.write(response, "utf-8")
        response.keeps_query = self.filterset.has_only_choices
        return response

    def text_of(self, record):
        return record.summary
