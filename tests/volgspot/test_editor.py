"""Filling in a reflection: every section saves, nothing typed is lost, and nobody else gets in."""

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outbox.models import Mail
from regions.models import AgendaItem
from tests.factories import AgendaItemFactory, PactLeaderFactory, PactParticipationFactory, UserFactory
from tests.loaded import put_content
from tests.queries import queries_of
from volgspot import workflow
from volgspot.models import Comment, Reflection, Section, SectionKind
from volgspot.sections import SECTIONS

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/mijn/volgspot/merenland/ronde-2/"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


def desk_of(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def desk(leader):
    return desk_of(leader)


def text(response):
    return response.content.decode()


def section(kind):
    return Section.objects.get(kind=kind)


def send(desk, kind, *, version=None, **fields):
    if version is None:
        version = section(kind).version
    return desk.post(f"{HERE}{kind}/", {"version": version, "audience": "iedereen", "skipped_because": "", **fields})


def test_a_round_is_begun_with_a_button(desk, pact, open_round):
    assert "begin" in text(desk.get(HERE)).lower()
    assert not Reflection.objects.exists()
    desk.post(HERE, {"step": "start"})
    assert Reflection.objects.get().sections.count() == len(SectionKind)


@pytest.mark.parametrize("kind", SectionKind)
def test_every_section_opens_empty_and_filled(desk, filled, kind):
    assert desk.get(f"{HERE}{kind}/").status_code == 200
    Section.objects.update(data={})
    assert desk.get(f"{HERE}{kind}/").status_code == 200


def test_a_heading_with_nothing_to_fill_in_says_why(desk, draft, pact):
    AgendaItem.objects.all().delete()
    assert "Er staat nog niets op de actieagenda van het pact." in text(desk.get(f"{HERE}activiteiten/"))
    assert "Er ligt nog geen resultaat vast." in text(desk.get(f"{HERE}vraag-en-driehoek/"))
    assert "Er ligt nog geen beoogd resultaat vast." in text(desk.get(f"{HERE}resultaten/"))
    assert "Er zijn geen afspraken van eerder." in text(desk.get(f"{HERE}afspraken/"))


def test_a_section_is_saved_and_leads_on(desk, draft):
    response = send(desk, SectionKind.TRIANGLE, question="Hoe leiden wij mensen op?")
    assert section(SectionKind.TRIANGLE).data["question"] == "Hoe leiden wij mensen op?"
    assert response.status_code == 302
    assert "Hoe leiden wij mensen op?" in text(desk.get(f"{HERE}vraag-en-driehoek/"))


def test_what_is_wrong_is_kept_and_said(desk, draft, earlier_result):
    name = f"results-result-{earlier_result.pk}"
    send(desk, SectionKind.RESULTS, results=f"result-{earlier_result.pk}", **{f"{name}-reached": "bijna honderd"})
    page = text(desk.get(f"{HERE}resultaten/"))
    assert "bijna honderd" in page
    assert "Vul een getal in" in page
    assert f'href="#id_{name}-reached"' in page


def test_a_date_that_is_none_is_answered_with_an_example(desk, draft):
    send(desk, SectionKind.MEETINGS, meetings="r1", **{"meetings-r1-held_on": "gisteren"})
    page = text(desk.get(f"{HERE}bijeenkomst/"))
    assert "Datum: Vul een datum in, bijvoorbeeld 31-12-2026." in page


def test_an_ambition_says_where_to_name_activities_when_there_are_none(desk, draft):
    send(desk, SectionKind.TRIANGLE, ambitions="r1", **{"ambitions-r1-text": "Zorg dicht bij huis."})
    assert "Noem ze eerst bij Activiteiten" not in text(desk.get(f"{HERE}vraag-en-driehoek/"))
    AgendaItem.objects.all().delete()
    assert "Noem ze eerst bij Activiteiten" in text(desk.get(f"{HERE}vraag-en-driehoek/"))


def test_what_changes_a_result_is_folded_until_it_says_something(desk, draft, earlier_result):
    name = f"results-result-{earlier_result.pk}"

    def change_of_result():
        page = text(desk.get(f"{HERE}resultaten/"))
        return page.split("Het doel verandert of vervalt")[0].rpartition("<details")[2]

    assert "open" not in change_of_result()
    send(desk, SectionKind.RESULTS, results=f"result-{earlier_result.pk}", **{f"{name}-new_target": "50"})
    assert "open" in change_of_result()


def test_rows_come_and_go_and_come_back(desk, draft):
    send(desk, SectionKind.LESSONS, add="success")
    row = section(SectionKind.LESSONS).data["success"][0]["id"]
    send(desk, SectionKind.LESSONS, success=row, **{f"success-{row}-text": "Klein beginnen."})
    send(desk, SectionKind.LESSONS, success=row, remove=f"success {row}", **{f"success-{row}-text": "Klein beginnen."})
    assert section(SectionKind.LESSONS).data["success"] == []
    send(desk, SectionKind.LESSONS, restore="1")
    assert section(SectionKind.LESSONS).data["success"][0]["text"] == "Klein beginnen."


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_was_removed_is_told_where_it_stood(desk, draft, place):
    rows = [{"id": f"r{n}", "text": f"Les {n}"} for n in range(3)]
    draft.sections.filter(kind=SectionKind.LESSONS).update(data={"success": rows})
    typed = {f"success-r{n}-text": f"Les {n}" for n in range(3)}
    response = send(desk, SectionKind.LESSONS, success=["r0", "r1", "r2"], remove=f"success r{place}", **typed)
    assert response.url.endswith("#verwijderd")
    page = text(desk.get(f"{HERE}{SectionKind.LESSONS}/"))
    assert page.count("Verwijderd: ") == 1
    left = [f'id="success-r{n}"' for n in range(3) if n != place]
    marks = sorted([*left, 'id="verwijderd"'], key=page.index)
    assert marks.index('id="verwijderd"') == place


@pytest.mark.parametrize(("number", "is_long"), [(10, False), (11, True)])
def test_in_many_rows_one_can_go_to_each_and_to_the_button(desk, draft, number, is_long):
    rows = [{"id": f"r{n}", "text": f"Les <{n}>"} for n in range(number)]
    draft.sections.filter(kind=SectionKind.LESSONS).update(data={"success": rows})
    page = text(desk.get(f"{HERE}{SectionKind.LESSONS}/"))
    assert ('href="#bewaren"' in page) is is_long
    assert page.count("Ga naar een van de") == is_long
    for n in range(number):
        assert (f'<a href="#success-r{n}">' in page) is is_long
        assert page.count(f'id="success-r{n}"') == 1
    assert ("Succesfactor 3: Les &lt;2&gt;</a>" in page) is is_long


def test_two_windows_show_both_texts_and_lose_neither(desk, draft):
    send(desk, SectionKind.INTENTIONS, version=0, text="De tekst van de eerste.")
    response = send(desk, SectionKind.INTENTIONS, version=0, text="De tekst van de tweede.")
    assert response.status_code == 409
    assert "De tekst van de eerste." in text(response)
    assert "De tekst van de tweede." in text(response)
    assert section(SectionKind.INTENTIONS).data["text"] == "De tekst van de eerste."
    send(desk, SectionKind.INTENTIONS, version=1, text="Allebei.")
    assert section(SectionKind.INTENTIONS).data["text"] == "Allebei."


def test_the_script_saves_and_hears_of_somebody_else(desk, draft):
    def save(version, words):
        return desk.post(
            f"{HERE}voornemens/", {"version": version, "text": words}, headers={"Accept": "application/json"}
        )

    answer = save(0, "Wij gaan door.")
    assert json.loads(answer.content)["version"] == 1
    assert save(0, "Iets anders.").status_code == 409
    assert section(SectionKind.INTENTIONS).data["text"] == "Wij gaan door."


def test_text_survives_a_login_that_ended(desk, draft, leader):
    page = text(desk.get(f"{HERE}voornemens/"))
    mark = page.split('name="_form" value="')[1].split('"')[0]
    desk.logout()
    response = desk.post(f"{HERE}voornemens/", {"version": 0, "text": "Bijna verloren.", "_form": mark})
    assert response.status_code == 302
    assert "/inloggen/" in response.url
    assert section(SectionKind.INTENTIONS).data == {}
    session = desk.session
    kept = dict(session["kept_forms"])
    desk.force_login(leader, backend=BACKEND)
    session = desk.session
    session["kept_forms"] = kept
    session.save()
    assert "Bijna verloren." in text(desk.get(f"{HERE}voornemens/", {"bewaard": next(iter(kept))}))


@pytest.mark.norm("ASVS-8.2.2")
@pytest.mark.parametrize("path", ["", "resultaten/", "bekijken/iedereen/"])
def test_somebody_else_finds_nothing(draft, path):
    other = PactLeaderFactory(since=datetime.date(2020, 1, 1)).user
    for user in (other, UserFactory()):
        assert desk_of(user).get(f"{HERE}{path}").status_code == 404
    former = PactLeaderFactory(pact=draft.pact, since=datetime.date(2020, 1, 1), until=datetime.date(2021, 1, 1)).user
    assert desk_of(former).get(f"{HERE}{path}").status_code == 404
    assert desk_of(former).post(f"{HERE}voornemens/", {"version": 0, "text": "Van mij."}).status_code == 404
    assert section(SectionKind.INTENTIONS).data == {}


def test_the_team_reads_along_only_in_what_was_sent(draft, member, filled, leader):
    assert desk_of(member).get(HERE).status_code == 404
    workflow.submit(filled, by=leader)
    assert desk_of(member).get(HERE).status_code == 200
    desk_of(member).post(f"{HERE}voornemens/", {"version": 0, "text": "Van het team."})
    assert section(SectionKind.INTENTIONS).data["text"] == "Wij gaan door."


def test_submitting_gives_a_receipt_and_closes_the_draft(desk, filled):
    desk.post(HERE, {"step": "submit"})
    reflection = Reflection.objects.get()
    assert reflection.status == "ingediend"
    assert reflection.receipt in text(desk.get(HERE)) + text(desk.get(HERE))
    assert Mail.objects.count() == 1
    assert send(desk, SectionKind.INTENTIONS, text="Te laat.").status_code == 409
    assert section(SectionKind.INTENTIONS).data["text"] == "Wij gaan door."
    desk.post(HERE, {"step": "take_back"})
    assert Reflection.objects.get().status == "concept"


def test_what_is_missing_leads_to_its_field(desk, draft):
    send(desk, SectionKind.EFFECTS, add="effects")
    row = section(SectionKind.EFFECTS).data["effects"][0]["id"]
    send(desk, SectionKind.EFFECTS, effects=row, **{f"effects-{row}-seen": "Zij zijn er blij mee."})
    page = text(desk.get(HERE))
    assert f'href="{HERE}effecten/#id_effects-{row}-group"' in page
    # Sections that are empty are named together.
    needed = page.split("8 lege onderdelen")[1].partition("</section>")[0]
    assert f'href="{HERE}afspraken/"' in needed
    assert f'href="{HERE}effecten/"' not in needed
    assert desk.post(HERE, {"step": "submit"}).status_code == 409
    assert Reflection.objects.get().status == "concept"


def test_a_remark_is_answered_and_solved(desk, filled, member, leader):
    submitted = workflow.submit(filled, by=leader)
    remark = Comment.objects.create(
        reflection=submitted, section=SectionKind.INTENTIONS, text="Wat precies?", made_by=member
    )
    workflow.give_back(submitted, by=member, reason="Nog één ding.")
    overview = text(desk.get(HERE))
    assert "Nog één ding." in overview
    assert f"voornemens/#opmerking-{remark.pk}" in overview
    assert "Wat precies?" in text(desk.get(f"{HERE}voornemens/"))
    send(desk, SectionKind.INTENTIONS, text="Dit.", solve=remark.pk, **{f"answer-{remark.pk}": "Staat er nu bij."})
    remark.refresh_from_db()
    assert remark.answer == "Staat er nu bij."
    assert remark.resolved_at


@pytest.mark.norm("ASVS-8.2.3")
def test_previews_hide_what_is_not_for_the_reader(desk, filled):
    Section.objects.filter(kind=SectionKind.INTENTIONS).update(audience="partners")
    assert "Wij gaan door." not in text(desk.get(f"{HERE}bekijken/iedereen/"))
    assert "Wij gaan door." in text(desk.get(f"{HERE}bekijken/partners/"))
    assert desk.get(f"{HERE}bekijken/niemand/").status_code == 404


@pytest.mark.norm("NCSC-U/WA.03")
@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * 200_000},
        {"text": "<script>alert(1)</script>"},
        {"text": "a\u202egnp.exe\x0b"},
        {"audience": "niemand", "text": "ja"},
        {"version": "een"},
        {"version": "99999999999999999999"},
        {"add": "bestaat-niet"},
        {"remove": "x y z"},
        {"restore": "1"},
    ],
)
def test_nonsense_is_no_error(desk, draft, fields):
    response = desk.post(f"{HERE}voornemens/", {"version": 0, **fields})
    assert response.status_code in (200, 302, 409)
    assert "<script>alert" not in text(desk.get(f"{HERE}voornemens/"))
    kept = section(SectionKind.INTENTIONS)
    assert kept.audience in ("iedereen", "partners", "programma")
    assert "\u202e" not in kept.data.get("text", "")


def test_rows_that_nobody_knows_are_left_out(desk, draft):
    send(desk, SectionKind.RESULTS, results="result-999999", **{"results-result-999999-reached": "1"})
    assert section(SectionKind.RESULTS).data["results"] == []


def with_rows(number):
    """So many rows in each set of every section."""
    for found in Section.objects.all():
        sets = [rows for rows in SECTIONS[found.kind].rows if rows.can_be_added]
        for rows in sets:
            found.data[rows.name] = [{"id": f"r{n}", rows.first_field: "Iets"} for n in range(number)]
        found.save()


@pytest.mark.parametrize("kind", ["", *SectionKind])
def test_takes_the_same_queries_for_one_row_and_three(desk, pact, draft, kind):
    address = f"{HERE}{kind}/" if kind else HERE
    with_rows(1)
    desk.get(address)
    few = queries_of(desk, address)
    with_rows(3)
    AgendaItemFactory.create_batch(2, pact=pact)
    PactParticipationFactory.create_batch(2, pact=pact)
    many = queries_of(desk, address)
    assert len(few) == len(many) <= 15, "\n".join(many)


@pytest.fixture
def large(db):
    """The large draft of the samples, with somebody who leads its pact."""
    put_content()
    reflection = Reflection.objects.get(pact__slug="voorbeeldpact-beken-en-kanalen", round__slug="ronde-3")
    user = PactLeaderFactory(pact=reflection.pact, since=datetime.date(2020, 1, 1)).user
    return reflection, desk_of(user)


def test_the_large_reflection_opens_and_saves_in_few_queries(large):
    reflection, desk = large
    here = reflection.get_edit_url()
    desk.get(here)
    assert len(queries_of(desk, here)) <= 15
    for kind in SectionKind:
        address = f"{here}{kind}/"
        assert len(queries_of(desk, address)) <= 15, kind
        found = reflection.sections.get(kind=kind)
        fields = {"version": found.version, "audience": found.audience, "skipped_because": ""}
        with CaptureQueriesContext(connection) as captured:
            response = desk.post(address, fields, headers={"Accept": "application/json"})
        assert response.status_code == 200, kind
        saved = [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(saved) <= 12, (kind, [q["sql"][:100] for q in saved])
