"""What somebody with bad intentions sends to the forms that need no account."""

import io
import zipfile

from hypothesis import strategies as st

from tests.regels.asking import ASK
from tests.site.test_uploads import BAD, GOOD

SCRIPT = "<script>alert(1)</script>"
RIGHT_TO_LEFT = "‮gpj.exe"
HUGE = 120_000
# The test looks whether this file was made: then something was carried out that was only text.
CANARY = "zorgpact-kanarie"
TEXTS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "'; DROP TABLE regels_question; --",
    "1 OR 1=1",
    '" UNION SELECT token_hash FROM regels_draft --',
    "{{ settings.SECRET_KEY }}{% load static %}",
    "{0.__class__.__mro__}%s%n%x",
    f"$(touch /tmp/{CANARY}) `touch /tmp/{CANARY}` ; touch /tmp/{CANARY}",
    f"__import__('os').system('touch /tmp/{CANARY}')",
    "../../../../etc/passwd",
    "vrager@voorbeeld.example\r\nBcc: allen@voorbeeld.example",
    "a\0b",
    RIGHT_TO_LEFT,
    "Z̸͎̈ä̴́lgo 👩‍👩‍👧 ﷽ 𐀀 \ufffe \u200b",
    "111222333",
    "=HYPERLINK(0)",
    "null",
    "-1",
    "9" * 400,
    "a" * HUGE,
    "<p>" * 5000,
    " ",
    "",
]
ADDRESSES = [
    "geen",
    "a@b",
    "vrager@voorbeeld.example",
    "a" * 300 + "@b.example",
    '"x\r\ny"@b.example',
    "é@ü.example",
    "@",
]
# Of each field some that are no choice in it.
FIELDS = (
    "question", "goal", "said_by", "said_by_note", "written_where", "rule", "rule_text", "tried", "themes",
    "organisation_name", "organisation_kind", "pact", "koploper", "email", "name", "may_become_case", "website", "text",
    "reason", "stand", "weg", "helpt", "file", "toch", "nagaan", "onbekend",
)  # fmt: skip
BUTTONS = (
    "kijk", "verder", "terug", "erbij", "versturen", "weggooien", "bevestig", "bericht", "intrekken", "ja", "nee", "",
)  # fmt: skip
# Files most often: of what is sent with them little is a file that is kept.
PLACES = (
    "", "vraag/", "regel/", "waar/", *["bijlagen/"] * 4, "antwoord/", "controle/", "verstuurd/", "bestaat-niet/", "mine", "mine data",
    "mine file", "guess",
)  # fmt: skip


def both(first, second):
    """One file that is two things."""
    return first + second


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def files():
    from tests.regels.test_asking_attachments import BAD_PICTURES, PICTURES

    png, jpg = PICTURES["scherm.png"], PICTURES["foto.jpg"]
    many = [(name, content) for name, content, *_code in (BAD | BAD_PICTURES).values()]
    many += [(f"goed.{kind}", content) for kind, content in GOOD.items()]
    many += [("goed.png", png), ("goed.jpg", jpg)]
    many += [
        ("beide.jpg", both(jpg, GOOD["docx"])),
        ("beide.png", both(png, b"<?php system($_GET[0]); ?>" + SCRIPT.encode())),
        ("beide.pdf", both(GOOD["pdf"], GOOD["docx"])),
        ("beide.docx", both(GOOD["docx"], b"MZ\x90\x00")),
        ("verslag.pdf.docx", GOOD["pdf"]),
        ("foto.php.jpg", jpg),
        ("foto.jpg\0.php", jpg),
        (f"../../../tmp/{CANARY}.pdf", GOOD["pdf"]),
        (f"$(touch {CANARY}).pdf", GOOD["pdf"]),
        (RIGHT_TO_LEFT + ".pdf", GOOD["pdf"]),
        (SCRIPT + ".pdf", GOOD["pdf"]),
        ("x" * 5000 + ".pdf", GOOD["pdf"]),
        ("", GOOD["pdf"]),
        (".", b""),
        ("plaatje.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("bom.odt", zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>" * 2_000_000})),
    ]
    return many


TEXT = st.sampled_from(TEXTS) | st.text(max_size=60)
VALUES = TEXT | st.sampled_from(ADDRESSES) | st.lists(TEXT, max_size=3)


@st.composite
def submissions(draw, corpus):
    """(place, fields, file or None, how it is sent)."""
    fields = draw(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6))
    if button := draw(st.sampled_from(BUTTONS)):
        fields[button] = draw(st.just("ja") | TEXT)
    place = draw(st.sampled_from(PLACES))
    file = draw(st.sampled_from(corpus)) if place == "bijlagen/" or draw(st.integers(0, 9)) == 0 else None
    return place, fields, file, draw(st.sampled_from(("form", "form", "form", "plain", "raw", "json")))


def path_of(place, draft, link, guess):
    return {
        "": ASK,
        "mine": link,
        "mine data": f"{link}gegevens/",
        "mine file": f"{link}bijlage/1/",
        "guess": f"{ASK}{guess}/vraag/",
    }.get(place, f"{draft}{place}")
