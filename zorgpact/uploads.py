"""Files that people send in. Each is opened by the library of its kind, written anew without metadata, and kept under a
random name in a place that no web server serves. It is given back as a file to keep, never as a page.

Text, SVG and HTML have no signature, and a picture has to be drawn anew (`regels/attachments.py` does): they are refused.
"""

import io
import re
import secrets
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers import expat

import pikepdf
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404

MB = 1024 * 1024
LARGEST = 10 * MB
# Of what a zip unpacks to: all of it, one part beside how it was packed, and how many parts.
LARGEST_UNPACKED, HIGHEST_RATIO, MOST_PARTS = 100 * MB, 200, 2000
# Small things may be packed as tight as they like.
RATIO_COUNTS_FROM = 1 * MB
LARGEST_IN_PDF, CHUNK = 300 * MB, 64 * 1024
LONGEST_NAME = 120

TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
IN_WORDS = "pdf, odt of docx"
BROKEN = "Dit bestand is beschadigd, of het is iets anders dan de naam zegt. Sla het opnieuw op als {kind} en kies het nog eens."
LOCKED = "Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord en kies het nog eens."
ACTIVE = "In dit bestand zit iets dat zelf begint te werken, zoals een macro, een script of een bijlage. Sla het op zonder dat en kies het nog eens."
TOO_LARGE_INSIDE = "Dit bestand is uitgepakt te groot. Maak het kleiner en kies het nog eens."
POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Upload:
    """A file that was looked into: the name it may be given back with, and what is kept of it."""

    name: str
    content: bytes

    @property
    def size(self):
        return len(self.content)


class UploadField(forms.FileField):
    """Gives an `Upload`. No more is read than fits."""

    in_words, kinds = IN_WORDS, tuple(TYPES)
    default_error_messages = {"too_large": "Dit bestand is {size} MB groot. Het mag hoogstens {largest} MB zijn."}

    def __init__(self, *, largest=LARGEST, **kwargs):
        self.largest = largest
        kwargs.setdefault("help_text", f"Een {self.in_words} van hoogstens {largest // MB} MB.")
        widget = forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in self.kinds)})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data, initial=None):
        sent = super().clean(data, initial)
        if not sent:
            return None
        if sent.size > self.largest:
            words = {"size": -(-sent.size // MB), "largest": self.largest // MB}
            raise ValidationError(self.error_messages["too_large"].format(**words), code="too_large")
        return self.looked_into(sent.name, sent.read())

    def looked_into(self, name, content):
        return looked_into(name, content)


def looked_into(name, content, *, in_words=IN_WORDS):
    """The `Upload` of what was sent; a `ValidationError` says what is wrong with it."""
    name = clean_name(name)
    kind = name.rpartition(".")[2]
    if kind not in TYPES:
        raise ValidationError(f"Kies een {in_words}. “{name}” is iets anders.", code="kind")
    return Upload(name, CHECKS[kind](content))


def clean_name(name):
    """The name of a file and nothing more: no folders, no signs that mean something elsewhere, one extension."""
    stem, _, kind = re.split(r"[/\\]", str(name))[-1].rpartition(".")
    stem = re.sub(r"[^\w() -]+", "-", "".join(sign for sign in stem if sign.isprintable())).strip(" -")
    return f"{stem[:LONGEST_NAME] or 'bestand'}.{re.sub(r'[^a-z0-9]', '', kind.lower())[:10]}"


def broken(kind):
    return ValidationError(BROKEN.format(kind=kind), code="broken")


# --- PDF


def checked_pdf(content):
    """A PDF without anything that acts by itself; what stood before or after it in the file is gone."""
    if not content.startswith(b"%PDF-"):
        raise broken("pdf")
    if unpacked_size(content) > LARGEST_IN_PDF:
        raise ValidationError(TOO_LARGE_INSIDE, code="bomb")
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise ValidationError(LOCKED, code="locked")
            if not len(document.pages):
                raise broken("pdf")
            if acts(document):
                raise ValidationError(ACTIVE, code="active")
            for name in ("/Metadata", "/OpenAction"):
                if name in document.Root:
                    del document.Root[name]
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            out = io.BytesIO()
            # The same file twice gives the same bytes.
            document.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise ValidationError(LOCKED, code="locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        raise broken("pdf") from None
    return out.getvalue()


def unpacked_size(content):
    """How big the packed streams of a PDF are together, or as soon as it is too much: the library itself would unpack them."""
    view, total = memoryview(content), 0
    for found in re.finditer(rb"stream\r?\n", content):
        inflater, place = zlib.decompressobj(), found.end()
        try:
            while not inflater.eof and place < len(view) and total <= LARGEST_IN_PDF:
                piece, place = view[place : place + CHUNK], place + CHUNK
                while piece and not inflater.eof and total <= LARGEST_IN_PDF:
                    total += len(inflater.decompress(piece, MB))
                    piece = inflater.unconsumed_tail
        except zlib.error:
            pass  # packed in another way, or not at all
    return total


def acts(document):
    """Whether it runs a script, opens a program, or carries other files. Opening at a page is no harm."""
    names = document.Root.get("/Names", {})
    if any(name in document.Root for name in ("/AA", "/AF")) or any(
        n in names for n in ("/JavaScript", "/EmbeddedFiles")
    ):
        return True
    return any(_acts(thing) for thing in document.objects)


def _acts(thing):
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    action = thing.get("/OpenAction")
    inner = [thing, *(one for one in (action, thing.get("/A")) if isinstance(one, pikepdf.Dictionary))]
    return any(
        "/JS" in one
        or "/AA" in one
        or one.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/GoToE")
        or one.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen")
        or one.get("/Type") == "/EmbeddedFile"
        for one in inner
    )


# --- odt and docx, which are zips


def parts_of(content, kind):
    """{name: bytes} of a zip that is no bigger inside than it may be."""
    if not content.startswith(b"PK\x03\x04"):
        raise broken(kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if _is_bomb(infos):
                raise ValidationError(TOO_LARGE_INSIDE, code="bomb")
            if any(info.flag_bits & 1 for info in infos):
                raise ValidationError(LOCKED, code="locked")
            names = [info.filename for info in infos]
            if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
                raise broken(kind)
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
        raise broken(kind) from None


def _is_bomb(infos):
    return (
        len(infos) > MOST_PARTS
        or sum(info.file_size for info in infos) > LARGEST_UNPACKED
        or any(
            info.file_size > RATIO_COUNTS_FROM and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)
            for info in infos
        )
    )


def _leads_out(name):
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def elements(xml, kind):
    """(name, attributes) of every element. A document that declares entities is refused: those can grow or read files."""
    found, parser = [], expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))

    def refuse(*_):
        raise broken(kind)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise broken(kind) from None
    return found


def packed(parts, first=()):
    """A zip of `parts`; those of `first` come first and are not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*first, *(name for name in parts if name not in first)]:
            method = zipfile.ZIP_STORED if name in first else zipfile.ZIP_DEFLATED
            # With a fixed date: when somebody sent it is not in the file either.
            archive.writestr(zipfile.ZipInfo(name), parts[name], method)
    return out.getvalue()


ODT_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>'
)


def checked_odt(content):
    parts = parts_of(content, "odt")
    needed = ("mimetype", "content.xml", "META-INF/manifest.xml")
    if any(name not in parts for name in needed) or parts["mimetype"].strip() != TYPES["odt"].encode():
        raise broken("odt")
    for name in [name for name in parts if name.endswith(".xml")]:
        elements(parts[name], "odt")
    if any(name == "encryption-data" for name, _ in elements(parts["META-INF/manifest.xml"], "odt")):
        raise ValidationError(LOCKED, code="locked")
    scripts = [name for name in parts if name.startswith(("Basic/", "Scripts/"))]
    if scripts or any(name == "event-listener" for name, _ in elements(parts["content.xml"], "odt")):
        raise ValidationError(ACTIVE, code="active")
    if "meta.xml" in parts:
        parts["meta.xml"] = ODT_META
    return packed(parts, first=["mimetype"])


PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
DOCX_META = {
    "docProps/core.xml": f'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="{PACKAGE}"/>'.encode(),
    "docProps/app.xml": f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{PROPERTIES}/extended-properties"/>'.encode(),
    "docProps/custom.xml": f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{PROPERTIES}/custom-properties"/>'.encode(),
}  # fmt: skip
DOCX_MAIN = f"{TYPES['docx']}.main+xml"


def checked_docx(content):
    parts = parts_of(content, "docx")
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        raise broken("docx")
    types = [attributes.get("ContentType", "") for _, attributes in elements(parts["[Content_Types].xml"], "docx")]
    if any("macroEnabled" in one or "vbaProject" in one for one in types):
        raise ValidationError(ACTIVE, code="active")
    if DOCX_MAIN not in types:
        raise broken("docx")
    for name in [name for name in parts if name.endswith((".xml", ".rels"))]:
        if any(_fetches(attributes) for tag, attributes in elements(parts[name], "docx") if tag == "Relationship"):
            raise ValidationError(ACTIVE, code="active")
    if any("vbaproject" in name.lower() or name.startswith("word/activeX/") or _carries(name) for name in parts):
        raise ValidationError(ACTIVE, code="active")
    return packed(parts | {name: text for name, text in DOCX_META.items() if name in parts})


def _carries(name):
    """Whether it is a file within the document; the figures behind a chart are no harm."""
    return name.startswith("word/embeddings/") and not name.endswith((".xlsx", "/"))


def _fetches(relation):
    """Whether opening the document gets something from elsewhere: a link that somebody follows is all it may have."""
    return relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink")


CHECKS = {"pdf": checked_pdf, "odt": checked_odt, "docx": checked_docx}


# --- keeping and giving back


def store(upload, folder=None):
    """Keep it, in the place for uploads unless `folder` is given; gives the random name by which it is found again."""
    name = new_name()
    write(name, upload.content, folder)
    return name


def new_name():
    return secrets.token_hex(16)


def write(name, content, folder=None):
    folder = folder or settings.PORTAL_UPLOADS_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / name, "xb") as file:
        file.write(content)


def remove(name):
    """Away, as soon as the transaction in which nobody points at it any more is done."""
    path = _path(name)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _path(name):
    if not re.fullmatch(r"[0-9a-f]{32}", name or ""):
        raise Http404
    return settings.PORTAL_UPLOADS_DIR / name


def answer(stored_as, name):
    """The file, to keep under `name`."""
    return to_keep(_path(stored_as), name)


def to_keep(path, name):
    """A file as an answer that a browser may not show as a page of ours; 404 where it is gone."""
    try:
        content = io.BytesIO(path.read_bytes())
    except FileNotFoundError:
        raise Http404 from None
    kind = name.rpartition(".")[2]
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=TYPES.get(kind, "application/octet-stream")
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
