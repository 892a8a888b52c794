"""Every kind of mail there is, by its example: what a mail of a government must hold and must not."""

import copy
import html
import re

import pytest

from outbox.kinds import KINDS, register
from outbox.models import Mail
from outbox.parts import blocks, plain
from outbox.sending import send

pytestmark = pytest.mark.django_db
HOST = "https://zorgpact.example"


@pytest.fixture(params=sorted(KINDS))
def mail(request, settings):
    settings.PORTAL_URL, settings.PORTAL_CONTACT_EMAIL = HOST, "vraag@zorgpact.example"
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "NIET GEGEVEN: %s"
    kind = KINDS[request.param]
    send(kind, "lezer@zorg.example", kind.example(), key="een")
    return Mail.objects.get()


def words(text):
    return re.findall(r"[\w@:/.-]*\w", text)


@pytest.mark.norm("MAIL-6")
def test_example_gives_all_that_the_words_ask_for(mail):
    assert "NIET GEGEVEN" not in mail.subject + mail.text


@pytest.mark.norm("MAIL-2", "MAIL-3")
def test_text_says_who_sends_it_and_why_and_where_to_ask(mail):
    assert "Met vriendelijke groet,\nZorgpact\n" in mail.text
    assert "U krijgt deze mail omdat" in mail.text
    assert "schrijf naar vraag@zorgpact.example" in " ".join(mail.text.split())
    assert mail.headers["Reply-To"] == "vraag@zorgpact.example"
    assert mail.headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.norm("MAIL-1")
def test_lines_are_short_enough_except_where_an_address_stands(mail):
    assert [line for line in mail.text.splitlines() if len(line) > 78 and "://" not in line] == []


@pytest.mark.norm("MAIL-1")
def test_both_parts_say_the_same(mail):
    body = re.search(r"</h1>(.*)</main>", mail.html, re.DOTALL).group(1)
    assert words(html.unescape(re.sub("<[^>]+>", " ", body))) == words(mail.text)


@pytest.mark.norm("MAIL-1")
def test_formatted_part_fetches_nothing_and_leads_to_the_portal_only(mail):
    assert '<html lang="nl">' in mail.html
    assert len(re.findall("<h1", mail.html)) == 1
    assert not re.search(r"<img|<script|url\(|@import|style=", mail.html)
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', mail.html)
    assert [link for link in links if not link[0].startswith((HOST, "mailto:"))] == []
    assert [link for link in links if link[0].removeprefix("mailto:") != link[1]] == []


@pytest.mark.norm("MAIL-2")
def test_subject_holds_no_personal_data(mail):
    assert mail.subject
    assert "@" not in mail.subject
    assert "Jansen" not in mail.subject


@pytest.mark.norm("MAIL-6")
def test_words_say_u(mail):
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", mail.subject + mail.text, re.IGNORECASE)
    assert not re.search(r"['\"]", mail.text)


def test_every_kind_says_what_it_is():
    assert KINDS
    for kind in KINDS.values():
        for said in (kind.title, kind.purpose, kind.trigger, kind.to_whom, kind.not_sent_when):
            assert said.strip(), kind.name


def test_a_name_is_given_once():
    with pytest.raises(ValueError, match="accounts.invitation"):
        register(KINDS["accounts.invitation"])


def test_list_is_a_list():
    text = "Dit wacht op u:\n\n- de ronde van het voorjaar van pact Oost, die op 3 mei sluit, en die nog leeg is\n- het pact"
    assert list(blocks(text)) == [
        {"text": "Dit wacht op u:"},
        {"list": ["de ronde van het voorjaar van pact Oost, die op 3 mei sluit, en die nog leeg is", "het pact"]},
    ]
    assert plain(text).splitlines()[2:] == [
        "- de ronde van het voorjaar van pact Oost, die op 3 mei sluit, en die nog leeg",
        "  is",
        "- het pact",
    ]
