"""Spreadsheets as rows of text, out and in: CSV and Excel, in one form."""

import csv
import datetime
import io
import re
import zipfile

import tablib
from django.utils import timezone

BIGGEST = 2_000_000
UNPACKED = 40_000_000
MOST_ROWS = 1000
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet would run, also behind an apostrophe that somebody typed: so that one more can come off again.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Signs that Excel's format cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Unreadable(Exception):
    """The file cannot be read; the message says why, for who chose it."""


def defused(text):
    """The text of a cell, in a form that no spreadsheet runs."""
    text = CONTROL.sub("", text)
    return f"'{text}" if FORMULA.match(text) else text


def fused(text):
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def write(headers, rows, kind):
    """The bytes of a file; Dutch spreadsheets expect a semicolon between cells."""
    data = tablib.Dataset(*([defused(cell) for cell in row] for row in rows), headers=headers)
    if kind == "csv":
        return data.export("csv", delimiter=";").encode("utf-8-sig")
    return data.export("xlsx")


def read(file):
    """Headers and rows of an uploaded file, every cell as text; raises `Unreadable`."""
    if file.size > BIGGEST:
        raise Unreadable(f"Het bestand is groter dan {BIGGEST // 1_000_000} MB. Splits het in delen.")
    name, data = file.name.lower(), file.read()
    if name.endswith(".xlsx"):
        rows = _from_excel(data)
    elif name.endswith(".csv"):
        rows = _from_csv(data)
    else:
        raise Unreadable("Kies een bestand dat eindigt op .csv of .xlsx.")
    rows = [[fused(_text(cell)) for cell in row] for row in rows]
    rows = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if len(rows) < 2:
        raise Unreadable("In het bestand staan geen rijen onder de kolomnamen.")
    if len(rows) - 1 > MOST_ROWS:
        raise Unreadable(f"Het bestand heeft meer dan {MOST_ROWS} rijen. Splits het in delen.")
    headers = [header.strip().lower() for header in rows[0][1]]
    return headers, rows[1:]


def _from_excel(data):
    wrong = "Dit is geen Excelbestand, of het is beschadigd. Bewaar het opnieuw als .xlsx."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise Unreadable("Het bestand is uitgepakt te groot. Splits het in delen.")
        found = tablib.Dataset().load(data, format="xlsx", headers=False)
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes of the library
        raise Unreadable(wrong) from error
    return [list(row) for row in found]


def _from_csv(data):
    if b"\x00" in data:
        raise Unreadable("Dit is geen CSV-bestand. Bewaar het in uw spreadsheet als CSV (UTF-8).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As Excel writes it where nobody asked for UTF-8.
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable("Het CSV-bestand klopt niet: een aanhalingsteken is niet gesloten.") from error


def _text(cell):
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell).replace("\r\n", "\n").strip(" \n")


def file_name(what, kind):
    return f"{what}-{timezone.localdate().isoformat()}.{kind}"
