"""What askers add to a question: looked into, kept apart under a random name, and given to nobody before the scanner's word."""

import io
import logging
import warnings

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from zorgpact.uploads import Upload, UploadField, broken, clean_name, store, to_keep
from zorgpact.uploads import looked_into as document_looked_into
from zorgpact.workflow import Refused

from . import scanner
from .models import Attachment, Draft
from .retention import folder, remove_files

logger = logging.getLogger(__name__)

IN_WORDS = "pdf, odt, docx, png of jpg"
# A picture of a page, photographed well, has some twelve million dots.
MOST_DOTS = 50_000_000
TOO_LARGE = "Dit bestand is te groot. Maak het kleiner en kies het nog eens."


class AttachmentField(UploadField):
    """Takes pictures too."""

    in_words, kinds = IN_WORDS, (*UploadField.kinds, "png", "jpg", "jpeg")

    def __init__(self, **kwargs):
        super().__init__(largest=Attachment.MAX_SIZE, **kwargs)

    def looked_into(self, name, content):
        upload = looked_into(name, content)
        if upload.size > self.largest:
            raise ValidationError(TOO_LARGE, code="too_large")
        return upload


def looked_into(name, content):
    """The `Upload` of what was sent, without metadata; a `ValidationError` says what is wrong with it."""
    stem, _, kind = clean_name(name).rpartition(".")
    kind = {"jpeg": "jpg"}.get(kind, kind)
    if kind in PICTURES:
        return Upload(f"{stem}.{kind}", redrawn(kind, content))
    return document_looked_into(name, content, in_words=IN_WORDS)


# How each begins, and what Pillow calls it.
PICTURES = {"png": (b"\x89PNG\r\n\x1a\n", "PNG"), "jpg": (b"\xff\xd8\xff", "JPEG")}


def redrawn(kind, content):
    """The dots of a picture in a new file: where and with what it was made is gone, and so is what hid behind it."""
    begins, form = PICTURES[kind]
    if not content.startswith(begins):
        raise broken(kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[form]) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    raise ValidationError(
                        "Dit plaatje is te groot. Maak het kleiner en kies het nog eens.", code="bomb"
                    )
                upright = ImageOps.exif_transpose(picture)
                plain = upright.convert("RGBA" if kind == "png" and upright.has_transparency_data else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        TypeError,
        KeyError,
    ):
        raise broken(kind) from None
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, form, **({"quality": 90} if kind == "jpg" else {}))
    return out.getvalue()


# --- Keeping


def add(draft, upload):
    """Keep it with a draft. The same file twice is one attachment."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.is_sent:
            raise Refused("Deze vraag is al verstuurd.")
        present = draft.attachments.all()
        for known in present.filter(file_name=upload.name, size=upload.size):
            if _content_of(known) == upload.content:
                return known
        if present.count() >= Attachment.MOST:
            raise Refused(f"U kunt hoogstens {Attachment.MOST} bestanden toevoegen. Haal er eerst een weg.")
        return _keep(draft, upload)


def _keep(draft, upload):
    """The file first: a row never names what is not there. A row that fails leaves no file behind."""
    name = store(upload, folder())
    try:
        return draft.attachments.create(
            file_name=upload.name, stored_as=name, kind=upload.name.rpartition(".")[2], size=upload.size
        )
    except BaseException:
        (folder() / name).unlink()
        raise


def take_away(attachment):
    with transaction.atomic():
        remove_files([attachment])
        attachment.delete()


# --- Scanning


def scan_waiting():
    """The job of the worker: let the scanner look into what waits. While it is away, everything keeps waiting."""
    if not settings.PORTAL_CLAMD:
        return 0
    done = 0
    for attachment in Attachment.objects.to_scan().order_by("pk"):
        try:
            verdict = _verdict(attachment)
        except OSError as problem:
            logger.warning("The virus scanner does not answer: %s", type(problem).__name__)
            return done
        _note(attachment, verdict)
        done += 1
    return done


def _content_of(attachment):
    """The bytes that are kept of it; None where the file is gone."""
    try:
        return (folder() / attachment.stored_as).read_bytes()
    except FileNotFoundError:
        return None


def _verdict(attachment):
    content = _content_of(attachment)
    if content is None:
        return Attachment.Scan.FAILED
    answer = scanner.look_into(content)
    words = {scanner.CLEAN: Attachment.Scan.CLEAN, scanner.INFECTED: Attachment.Scan.INFECTED}
    return words.get(answer, Attachment.Scan.FAILED)


def _note(attachment, verdict):
    """What is infected does not stay."""
    with transaction.atomic():
        if verdict == Attachment.Scan.INFECTED:
            remove_files([attachment])
        Attachment.objects.filter(pk=attachment.pk).update(scan=verdict, scanned_at=timezone.now())


# --- Giving back


def is_downloadable(attachment):
    return attachment.scan == Attachment.Scan.CLEAN


def is_at_own_risk(attachment):
    """In a demo without a scanner, after a warning: there is nothing else to try it with."""
    return settings.PORTAL_DEMO and not settings.PORTAL_CLAMD and attachment.scan == Attachment.Scan.WAITING


def answer(attachment, *, at_own_risk=False):
    """The file, to keep; 404 for what nobody may have."""
    if not is_downloadable(attachment) and not (at_own_risk and is_at_own_risk(attachment)):
        raise Http404
    response = to_keep(folder() / attachment.stored_as, attachment.file_name)
    response["Cache-Control"] = "no-store"
    return response
