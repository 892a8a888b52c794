"""What an asker may add, where it stays, and who gets it."""

import io
import socketserver
import threading

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from regels import attachments, nightly, retention
from regels.attachments import looked_into, scan_waiting
from regels.models import Attachment, Draft, Question
from tests.factories import ThemeFactory
from tests.queries import assert_same_queries
from tests.regels.asking import TYPED, Asker, last_link
from tests.site.test_uploads import BAD, GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.PORTAL_ASKING_TAKES_SECONDS = 0


@pytest.fixture
def asker():
    return Asker()


def picture(form, **save):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, form, **save)
    return out.getvalue()


def with_place():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Annies telefoon", 6
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"Annie")


def with_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Annie de Geheime")
    return picture("PNG", pnginfo=words)


PICTURES = {"foto.jpg": with_place(), "Foto.JPEG": with_place(), "scherm.png": with_words()}


def files():
    return sorted(path.name for path in retention.folder().glob("*")) if retention.folder().exists() else []


def to_files(asker):
    draft = asker.start()
    for step in ("vraag", "regel", "waar"):
        asker.fill(draft, step)
    return draft


def add(asker, draft, name="brief.pdf", content=GOOD["pdf"], **more):
    return asker.post(f"{draft}bijlagen/", {"file": SimpleUploadedFile(name, content), "erbij": "ja"} | more)


# --- What is looked into --------------------------------------------------------------------------


@pytest.mark.norm("AVG-5.1")
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_anew_without_who_made_it(name):
    upload = looked_into(name, PICTURES[name] + b"<script>alert(1)</script>")
    assert b"Annie" not in upload.content
    assert b"script" not in upload.content
    with Image.open(io.BytesIO(upload.content)) as redrawn:
        assert dict(redrawn.getexif()) == {}
        # Turned the way it was looked at.
        assert redrawn.size == ((30, 40) if "oto" in name else (40, 30))
    assert upload.name.endswith((".jpg", ".png"))
    assert looked_into(upload.name, upload.content)


@pytest.mark.norm("AVG-5.1")
@pytest.mark.parametrize("kind", GOOD)
def test_a_document_loses_who_made_it(kind):
    assert b"Annie" not in looked_into(f"brief.{kind}", GOOD[kind]).content


def bomb():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


BAD_PICTURES = {
    "png called jpg": ("a.jpg", picture("PNG")),
    "jpg called png": ("a.png", picture("JPEG")),
    "gif called png": ("a.png", picture("GIF")),
    "pdf called jpg": ("a.jpg", GOOD["pdf"]),
    "page called png": ("a.png", b"<html><script>alert(1)</script>"),
    "page before a png": ("a.png", b"<html>" + picture("PNG")),
    "beginning of a png": ("a.png", picture("PNG")[:40]),
    "beginning of a jpg": ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50),
    "very many dots": ("a.png", bomb()),
    "empty": ("a.png", b""),
    "gif": ("a.gif", picture("GIF")),
    "webp": ("a.webp", picture("WEBP")),
    "png and then a program": ("a.png.exe", picture("PNG")),
}


@pytest.mark.norm("ASVS-5.2.2", "ASVS-5.2.3")
@pytest.mark.parametrize("what", [*BAD, *BAD_PICTURES])
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(what, asker):
    name, content, *_code = (BAD | BAD_PICTURES)[what]
    with pytest.raises(ValidationError):
        looked_into(name, content)
    draft = to_files(asker)
    response = add(asker, draft, name, content)
    assert response.status_code == 400
    assert "Dit klopt nog niet" in response.content.decode()
    assert (files(), Attachment.objects.count()) == ([], 0)


# --- With a draft ---------------------------------------------------------------------------------


@pytest.mark.norm("ASVS-5.2.1", "ASVS-5.3.2")
def test_three_files_and_no_more(asker):
    draft = to_files(asker)
    for name in ("een.pdf", "twee.pdf", "drie.pdf"):
        assert add(asker, draft, name).status_code == 302
    response = add(asker, draft, "vier.pdf")
    assert response.status_code == 400
    assert "hoogstens 3 bestanden" in response.content.decode()
    assert [one.file_name for one in Attachment.objects.all()] == ["een.pdf", "twee.pdf", "drie.pdf"]
    assert files() == sorted(one.stored_as for one in Attachment.objects.all())
    assert all(len(name) == 32 for name in files())


def test_the_same_file_twice_is_one(asker):
    draft = to_files(asker)
    for _ in range(2):
        add(asker, draft)
    assert Attachment.objects.count() == len(files()) == 1


def page_saying(letter):
    document = pikepdf.new()
    page = document.add_blank_page()
    page.contents_add(f"BT ({letter * 40}) Tj ET".encode())
    out = io.BytesIO()
    # Without it a file holds the moment it was made.
    document.save(out, deterministic_id=True)
    return out.getvalue()


def test_another_file_with_the_same_name_and_size_is_another_attachment(asker):
    draft = to_files(asker)
    for letter in ("a", "b", "a"):
        add(asker, draft, content=page_saying(letter))
    first, second = Attachment.objects.all()
    assert (first.file_name, first.size) == (second.file_name, second.size)


def test_a_file_that_was_chosen_goes_along_with_the_next_step(asker):
    draft = to_files(asker)
    response = asker.post(f"{draft}bijlagen/", {"file": SimpleUploadedFile("a.odt", GOOD["odt"]), "verder": "ja"})
    assert response["Location"] == f"{draft}antwoord/"
    assert "a.odt" in asker.client.get(f"{draft}bijlagen/").content.decode()


def test_a_file_can_be_taken_away(asker):
    from django.test import TestCase

    draft = to_files(asker)
    add(asker, draft)
    with TestCase.captureOnCommitCallbacks(execute=True):
        asker.post(f"{draft}bijlagen/", {"weg": Attachment.objects.get().pk})
    assert (files(), Attachment.objects.count()) == ([], 0)


def test_nobody_takes_away_the_file_of_another(asker):
    draft = to_files(asker)
    add(asker, draft)
    other = to_files(Asker())
    for number in (Attachment.objects.get().pk, "9" * 30, "x"):
        Asker().post(f"{other}bijlagen/", {"weg": number})
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("data", [{"erbij": "ja"}, {"erbij": "ja", "file": "tekst"}])
def test_no_file_at_all(asker, data):
    draft = to_files(asker)
    assert asker.post(f"{draft}bijlagen/", data).status_code == 400


@pytest.mark.norm("ASVS-5.1.1", "ASVS-5.2.1")
def test_a_file_that_is_too_large_is_said_in_words(asker):
    draft = to_files(asker)
    response = add(asker, draft, content=b"%PDF-" + b"0" * (10 * 1024 * 1024))
    assert response.status_code == 400
    assert "Het mag hoogstens 10 MB zijn." in response.content.decode()
    response = asker.client.post(
        f"{draft}bijlagen/", b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(2**40)
    )
    assert response.status_code == 413
    assert files() == []


def test_a_row_that_fails_leaves_no_file(asker, monkeypatch):
    to_files(asker)
    upload = looked_into("a.pdf", GOOD["pdf"])
    monkeypatch.setattr(type(upload), "size", 11 * 1024 * 1024)
    with pytest.raises(Exception, match="attachment_is_no_larger|CHECK"):
        attachments.add(Draft.objects.get(), upload)
    assert files() == []


@pytest.mark.norm("AVG-5.3")
def test_files_go_with_the_draft_that_nobody_sends(asker):
    from django.test import TestCase
    from django.utils import timezone

    draft = to_files(asker)
    add(asker, draft)
    with TestCase.captureOnCommitCallbacks(execute=True):
        nightly.tend(timezone.now() + timezone.timedelta(days=31))
    assert (files(), Draft.objects.count()) == ([], 0)


# --- After it was sent ----------------------------------------------------------------------------


@pytest.fixture
def link(asker):
    draft = to_files(asker)
    add(asker, draft, "mijn brief.pdf")
    asker.post(f"{draft}bijlagen/", {"verder": "ja"})
    asker.fill(draft, "antwoord")
    asker.send(draft)
    asker.post(last_link(), {"bevestig": "ja"})
    return last_link("regels.received")


@pytest.fixture
def path(link):
    return f"{link}bijlage/{Question.objects.get().attachments.get().pk}/"


def verdict(value):
    Attachment.objects.update(scan=value)


@pytest.mark.norm("ASVS-5.4.3", "BIO-8.07.04")
@pytest.mark.parametrize("scan", [*Attachment.Scan])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_a_file_before_the_word_of_the_scanner(asker, path, scan, method):
    verdict(scan)
    response = getattr(asker.client, method)(path)
    assert (response.status_code == 200) == (scan == Attachment.Scan.CLEAN)
    assert ("attachment" in response.get("Content-Disposition", "")) == (scan == Attachment.Scan.CLEAN)


@pytest.mark.norm("ASVS-3.2.1", "ASVS-5.4.1")
def test_a_file_is_given_to_keep_and_never_as_a_page(asker, path):
    verdict("schoon")
    response = asker.client.get(path)
    assert response["Content-Disposition"] == 'attachment; filename="mijn brief.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert len(pikepdf.open(io.BytesIO(b"".join(response.streaming_content))).pages) == 1


def test_in_a_demo_without_a_scanner_after_a_warning(asker, path, settings):
    settings.PORTAL_DEMO = True
    response = asker.client.get(path)
    assert "niet op virussen nagekeken" in response.content.decode()
    assert "Content-Disposition" not in response
    assert "attachment" in asker.post(path)["Content-Disposition"]
    verdict("besmet")
    assert asker.post(path).status_code == 403
    verdict("wacht")
    settings.PORTAL_CLAMD = "127.0.0.1:1"
    assert asker.post(path).status_code == 403


# --- The scanner ----------------------------------------------------------------------------------


class Clamd(socketserver.BaseRequestHandler):
    """Speaks as clamd does: takes pieces until an empty one, and says what it found."""

    def handle(self):
        assert self.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.read(4), "big"):
            content += self.read(size)
        self.server.seen.append(content)
        self.request.sendall(self.server.says)

    def read(self, size):
        found = b""
        while len(found) < size:
            found += self.request.recv(size - len(found))
        return found


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen, server.says = [], b"stream: OK\0"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PORTAL_CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.mark.norm("ASVS-5.4.3", "BIO-8.07.04")
@pytest.mark.parametrize(
    ("says", "scan"),
    [
        (b"stream: OK\0", "schoon"),
        (b"stream: Eicar-Signature FOUND\0", "besmet"),
        (b"INSTREAM size limit exceeded. ERROR\0", "mislukt"),
        (b"stream: OK FOUND\0", "besmet"),
        (b"iets anders\0", "mislukt"),
        (b"", "wacht"),
    ],
)
def test_the_scanner_decides(clamd, link, says, scan):
    from django.test import TestCase

    stored = files()
    clamd.says = says
    with TestCase.captureOnCommitCallbacks(execute=True):
        scan_waiting()
    assert Attachment.objects.get().scan == scan
    assert files() == ([] if scan == "besmet" else stored)
    assert clamd.seen[0].startswith(b"%PDF-")


@pytest.mark.norm("ASVS-16.5.3")
def test_while_the_scanner_is_away_everything_waits(link, settings, caplog):
    settings.PORTAL_CLAMD = "127.0.0.1:1"
    assert scan_waiting() == 0
    settings.PORTAL_CLAMD = "/nergens/clamd.sock"
    assert scan_waiting() == 0
    assert Attachment.objects.get().scan == "wacht"
    assert "does not answer" in caplog.text


def test_without_a_scanner_nothing_is_called_clean(link):
    assert scan_waiting() == 0
    assert Attachment.objects.get().scan == "wacht"


def test_what_is_gone_is_not_called_clean(clamd, link):
    (retention.folder() / Attachment.objects.get().stored_as).unlink()
    scan_waiting()
    assert Attachment.objects.get().scan == "mislukt"


@pytest.mark.norm("ASVS-5.3.1")
def test_the_place_is_not_served(settings):
    for served in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not retention.folder().is_relative_to(served)


def test_the_last_look_takes_the_same_queries_for_one_and_three(asker):
    """Attachments, and the themes that were chosen."""
    themes = ThemeFactory.create_batch(3)
    draft = to_files(asker)
    asker.fill(draft, "waar", TYPED["waar"] | {"themes": [themes[0].slug]})
    add(asker, draft)
    asker.post(f"{draft}bijlagen/", {"verder": "ja"})
    asker.fill(draft, "antwoord")

    def more():
        asker.fill(draft, "waar", TYPED["waar"] | {"themes": [theme.slug for theme in themes]})
        for name in ("foto.jpg", "scherm.png"):
            add(asker, draft, name, PICTURES[name])

    assert_same_queries(asker.client, f"{draft}controle/", more, at_most=10)
    page = asker.client.get(f"{draft}controle/").content.decode()
    assert all(word in page for word in ("foto.jpg", "scherm.png", *map(str, themes)))
