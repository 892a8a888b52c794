"""HTML that is written in Python: what is typed stays text, and the choices of a filter say what they do."""

from datetime import date

import pytest

from zorgpact.filling import filled
from zorgpact.lists import Option
from zorgpact.templatetags.portal import choices, day_in_words, linked, opening, tags, thousands

NASTY = "<script>alert('x')</script>&\""


def test_what_is_filled_in_stays_text():
    html = filled([('<p title="{}">{}</p>', NASTY, 7)])

    assert html == '<p title="&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;&quot;">7</p>'
    assert filled([("<b>{}</b>", html)]).startswith("<b>&lt;p")


def test_a_template_shows_it_as_it_is():
    assert filled([("<i>{}</i>", "a"), ("<b>{}</b>", "b")]).__html__() == "<i>a</i><b>b</b>"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (Option("a", NASTY, 3, True), " checked>"),
        (Option("a", NASTY, 0, True), " checked>"),
        (Option("a", NASTY, 3, False), '"a">'),
        (Option("a", NASTY, 0, False), " disabled>"),
    ],
)
def test_a_choice_says_whether_it_is_on_and_gives_nothing(option, said):
    html = choices("thema", [option])

    assert f'<input type="checkbox" name="thema" value="a"{said.removeprefix(chr(34) + "a" + chr(34))}' in html
    assert ('class="none"' in html) == (said == " disabled>")
    assert "<script>" not in html
    assert f'<span class="count">{option.count}</span>' in html


class Thing:
    def __init__(self, is_sample):
        self.is_sample = is_sample


def test_what_is_made_up_about_a_real_thing_is_one_tag():
    names = [("Echt", False), (NASTY, True), ("Ook", True)]

    assert tags(Thing(False), names).count('class="tag"') == 1
    assert "voorbeeld: &lt;script&gt;" in tags(Thing(False), names)
    assert tags(Thing(False), names).endswith(", Ook</span>")
    assert tags(Thing(True), names).count('class="tag"') == 3
    assert tags(Thing(False), []) == ""


def test_links_of_a_list():
    assert linked([(NASTY, '/"/')]).startswith('<li><a href="/&quot;/">&lt;script&gt;')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kort.", "Kort."),
        ("\n\n  Kort.  \nMeer.", "Kort."),
        ("", ""),
        ("Een zin die te lang is.", "Een zin die te…"),
        ("Meervoudigepersoonlijkheid", "Meervoudigepers…"),
        ("precies zestien!", "precies zestien!"),
    ],
)
def test_the_opening_of_a_text_ends_at_a_word(text, said):
    assert opening(text, 16) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (999, "999"), (1234567, "1.234.567"), (2.5, "2,5"), ("", "")])
def test_points_between_the_thousands(number, said):
    assert thousands(number) == said


def test_a_day_in_words():
    assert [day_in_words(date(2026, 3, 7)), day_in_words(None)] == ["7 maart 2026", ""]
