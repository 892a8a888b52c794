"""Files that people send in: what is taken, what is refused, and what is left of it."""

import io
import stat
import zipfile
import zlib

import pikepdf
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from zorgpact import uploads
from zorgpact.uploads import DOCX_MAIN, MB, TYPES, UploadField, clean_name, looked_into

RELS = "http://schemas.openxmlformats.org"


def pdf(change=None, **options):
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Annie de Geheime"
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def zipped(parts, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | more).items():
            archive.writestr(name, text)
    return out.getvalue()


ODT = {
    "mimetype": TYPES["odt"],
    "content.xml": "<office><p>Onze evaluatie</p></office>",
    "meta.xml": "<meta><creator>Annie de Geheime</creator></meta>",
    "META-INF/manifest.xml": "<manifest/>",
}
DOCX = {
    "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{DOCX_MAIN}"/></Types>',
    "word/document.xml": "<document><p>Onze evaluatie</p></document>",
    "word/_rels/document.xml.rels": f'<Relationships><Relationship Type="{RELS}/hyperlink" TargetMode="External" Target="https://voorbeeld.example"/></Relationships>',
    "docProps/core.xml": "<core><creator>Annie de Geheime</creator></core>",
}
GOOD = {"pdf": pdf(), "odt": zipped(ODT), "docx": zipped(DOCX)}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_taken_without_who_made_it(kind):
    upload = looked_into(f"Evaluatie 2026.{kind}", GOOD[kind])
    assert upload.name == f"Evaluatie 2026.{kind}"
    assert b"Annie" not in upload.content
    if kind == "pdf":
        assert len(pikepdf.open(io.BytesIO(upload.content)).pages) == 1
    else:
        archive = zipfile.ZipFile(io.BytesIO(upload.content))
        assert not any(b"Annie" in archive.read(name) for name in archive.namelist())
        assert any(b"Onze evaluatie" in archive.read(name) for name in archive.namelist())
    # What comes out goes in again.
    assert looked_into(upload.name, upload.content)


def open_with(action):
    return lambda document: document.Root.__setitem__("/OpenAction", pikepdf.Dictionary(action))


def script(document):
    document.Root.Names = pikepdf.Dictionary({"/JavaScript": pikepdf.Dictionary({"/Names": pikepdf.Array()})})


def attach(document):
    document.attachments["virus.exe"] = b"MZ"


def act_on_page(document):
    document.pages[0].AA = pikepdf.Dictionary({"/O": pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript})})


def link_that_launches(document):
    launch = pikepdf.Dictionary({"/S": pikepdf.Name.Launch, "/F": pikepdf.String("calc.exe")})
    link = pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/A": launch})
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def swell(document):
    packed = zlib.compress(b"\0" * (100 * MB))
    for _ in range(4):
        stream = document.make_stream(packed)
        stream.Filter = pikepdf.Name.FlateDecode
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        document.pages[0][f"/Swell{_}"] = stream


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa">]><office>&a;</office>'
TEMPLATE = f'<Relationships><Relationship Type="{RELS}/attachedTemplate" TargetMode="External" Target="https://elders.example/x"/></Relationships>'
BAD = {
    "empty pdf": ("a.pdf", b"", "broken"),
    "text as pdf": ("a.pdf", b"zomaar tekst", "broken"),
    "half a pdf": ("a.pdf", GOOD["pdf"][:200], "broken"),
    "picture that is a pdf too": ("a.pdf", b"GIF89a" + GOOD["pdf"], "broken"),
    "page that is a pdf too": ("a.pdf", b"<html><script>alert(1)</script>" + GOOD["pdf"], "broken"),
    "zip called pdf": ("a.pdf", GOOD["docx"], "broken"),
    "pdf called docx": ("a.docx", GOOD["pdf"], "broken"),
    "odt called docx": ("a.docx", GOOD["odt"], "broken"),
    "docx called odt": ("a.odt", GOOD["docx"], "broken"),
    "pdf with a password": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "locked"),
    "pdf that nobody may change": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="")), "locked"),
    "pdf with a script": ("a.pdf", pdf(script), "active"),
    "pdf that opens a script": ("a.pdf", pdf(open_with({"/S": pikepdf.Name.JavaScript, "/JS": "x"})), "active"),
    "pdf that acts on a page": ("a.pdf", pdf(act_on_page), "active"),
    "pdf with a link to a program": ("a.pdf", pdf(link_that_launches), "active"),
    "pdf with an attachment": ("a.pdf", pdf(attach), "active"),
    "zip bomb": ("a.docx", zipped(DOCX, **{"word/media/groot.png": b"\0" * (30 * MB)}), "bomb"),
    "pdf bomb": ("a.pdf", pdf(swell), "bomb"),
    "very many parts": ("a.docx", zipped(DOCX, **{f"word/{n}.txt": "" for n in range(2001)}), "bomb"),
    "half a docx": ("a.docx", GOOD["docx"][:300], "broken"),
    "something before the zip": ("a.docx", b"<html>" + GOOD["docx"], "broken"),
    "part that leads out": ("a.docx", zipped(DOCX, **{"../../etc/cron": "x"}), "broken"),
    "entities": ("a.odt", zipped(ODT, **{"content.xml": ENTITY}), "broken"),
    "xml that is none": ("a.docx", zipped(DOCX, **{"word/document.xml": "<a>"}), "broken"),
    "macro in docx": ("a.docx", zipped(DOCX, **{"word/vbaProject.bin": "x"}), "active"),
    "docm called docx": ("a.docx", zipped(DOCX, **{"[Content_Types].xml": '<T><O ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></T>'}), "active"),
    "template from elsewhere": ("a.docx", zipped(DOCX, **{"word/_rels/settings.xml.rels": TEMPLATE}), "active"),
    "program in docx": ("a.docx", zipped(DOCX, **{"word/embeddings/oleObject1.bin": "x"}), "active"),
    "macro in odt": ("a.odt", zipped(ODT, **{"Basic/script-lc.xml": "<x/>"}), "active"),
    "odt with a password": ("a.odt", zipped(ODT, **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "locked"),
    "program": ("virus.exe", b"MZ", "kind"),
    "two extensions": ("verslag.pdf.exe", GOOD["pdf"], "kind"),
    "page": ("a.html", b"<script>alert(1)</script>", "kind"),
    "drawing": ("a.svg", b"<svg onload='x'/>", "kind"),
    "no extension": ("verslag", GOOD["pdf"], "kind"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0", "kind"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_what_it_says_or_acts_by_itself_is_refused(what):
    name, content, code = BAD[what]
    with pytest.raises(ValidationError) as problem:
        looked_into(name, content)
    assert problem.value.code == code


def test_what_stood_behind_a_pdf_is_gone():
    upload = looked_into("a.pdf", GOOD["pdf"] + b"\n<script>alert(1)</script>")
    assert b"<script>" not in upload.content


def test_opening_at_a_page_is_no_harm():
    def opens_at_a_page(document):
        document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])

    upload = looked_into("a.pdf", pdf(opens_at_a_page))
    assert "/OpenAction" not in pikepdf.open(io.BytesIO(upload.content)).Root


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Mijn map\\verslag.PDF", "verslag.pdf"),
        ("ver\0slag\r\n.pdf", "verslag.pdf"),
        ("verslag.exe.pdf", "verslag-exe.pdf"),
        ('"; rm -rf <x>.pdf', "rm -rf -x.pdf"),
        ("évaluatie (2).odt", "évaluatie (2).odt"),
        ("‮fdp.pdf", "fdp.pdf"),
        (".pdf", "bestand.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_nothing_more(sent, kept):
    assert clean_name(sent) == kept


class Form(forms.Form):
    file = UploadField(largest=1 * MB)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "Dit bestand is leeg."),
        ("a.pdf", b"%PDF-" + b"x" * (2 * MB), "Dit bestand is 3 MB groot. Het mag hoogstens 1 MB zijn."),
        ("a.txt", b"tekst", "Kies een pdf, odt of docx."),
    ],
)
def test_a_form_says_what_is_wrong(name, content, said):
    form = Form({}, {"file": SimpleUploadedFile(name, content)})
    assert said in form.errors["file"][0]


def test_a_form_gives_what_was_looked_into():
    form = Form({}, {"file": SimpleUploadedFile("verslag.pdf", GOOD["pdf"])})
    assert form.is_valid()
    assert form.cleaned_data["file"].name == "verslag.pdf"
    assert "Kies een bestand." in Form({}, {}).errors["file"]


def test_a_file_is_kept_apart_and_given_back_to_keep(settings, tmp_path, django_capture_on_commit_callbacks, db):
    settings.PORTAL_UPLOADS_DIR = tmp_path / "apart"
    upload = looked_into("verslag.pdf", GOOD["pdf"])
    name = uploads.store(upload)
    assert len(name) == 32
    assert stat.S_IMODE((tmp_path / "apart").stat().st_mode) == 0o700
    response = uploads.answer(name, "verslag.pdf")
    assert b"".join(response.streaming_content) == upload.content
    assert response["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["X-Content-Type-Options"] == "nosniff"
    with django_capture_on_commit_callbacks(execute=True):
        uploads.remove(name)
    with pytest.raises(Http404):
        uploads.answer(name, "verslag.pdf")


@pytest.mark.parametrize("name", ["", None, "../../settings.py", "x" * 32, "a" * 31])
def test_no_other_file_can_be_asked_for(name):
    with pytest.raises(Http404):
        uploads.answer(name, "verslag.pdf")


def test_the_place_is_not_served(settings):
    for served in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not settings.PORTAL_UPLOADS_DIR.is_relative_to(served)
