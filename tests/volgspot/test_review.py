"""The team's side: the overview, reading and judging, and the lessons of all regions."""

import datetime
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.roles import ADMINISTRATOR, OCW, set_roles
from organisations.models import Employment
from tests.factories import (
    AgreementFactory,
    CommentFactory,
    EvaluationFactory,
    IntendedResultVersionFactory,
    LessonFactory,
    PactLeaderFactory,
    PactParticipationFactory,
    PartnerLinkFactory,
    PartnerViewFactory,
    PhaseChangeFactory,
    PhaseFactory,
    ReflectionFactory,
    RoundFactory,
    SectionFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
)
from tests.queries import assert_same_queries, queries_of
from tests.site.test_numbers import NONSENSE
from volgspot import workflow
from volgspot.models import Audience, Comment, Lesson, Reflection, SectionKind, Version
from zorgpact.workflow import note_step

BOARD = "/beheer/volgspot/reflection/overzicht/"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def desk(member):
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.user = member
    return client


@pytest.fixture
def submitted(filled, leader):
    return workflow.submit(filled, by=leader)


def page_of(reflection):
    return reverse("admin:volgspot_reflection_change", args=[reflection.pk])


def text(response):
    return response.content.decode()


def test_the_board_says_how_each_pact_stands(desk, submitted):
    page = text(desk.get(BOARD))
    assert "Zorgpact Merenland" in page
    assert "ingediend" in page
    assert BOARD in text(desk.get("/beheer/"))
    assert BOARD in text(desk.get("/beheer/volgspot/reflection/"))


def test_the_board_tags_a_sample_of_a_real_pact(desk, submitted):
    assert "tag-sample" not in text(desk.get(BOARD))
    Reflection.objects.update(is_sample=True)
    assert "tag-sample" in text(desk.get(BOARD))


def test_the_board_can_be_narrowed(desk, submitted):
    assert "Zorgpact Merenland" in text(desk.get(BOARD, {"stand": "ingediend"}))
    assert "Geen pact past bij deze keuze" in text(desk.get(BOARD, {"stand": "concept"}))
    assert "Geen pact past bij deze keuze" in text(desk.get(BOARD, {"ronde": "onzin", "stand": "concept"}))


def test_the_page_shows_what_the_pact_wrote_and_the_steps(desk, submitted):
    page = text(desk.get(page_of(submitted)))
    assert "Hoe leiden wij genoeg mensen op?" in page
    assert "Annie de Geheime" not in page
    for button in ("Ik lees dit verslag", "Stel vast", "Geef terug"):
        assert button in page


def test_the_team_reads_a_concept_along_and_can_do_nothing(desk, filled):
    page = text(desk.get(page_of(filled)))
    assert "Dit is een concept" in page
    assert "Hoe leiden wij genoeg mensen op?" in page
    assert "U kunt nu niets doen." in page
    before = filled.status
    for step in ("take_up", "give_back", "adopt", "publish", "comment"):
        desk.post(page_of(filled), {"step": step, "section": "resultaten", "text": "Waarom?", "reason": "Te kort."})
    filled.refresh_from_db()
    assert filled.status == before
    assert not Comment.objects.exists()


def test_a_remark_waits_until_the_text_is_given_back(desk, submitted):
    desk.post(page_of(submitted), {"step": "comment", "section": "resultaten", "text": "Waar komt dit vandaan?"})
    assert Comment.objects.get().sent_at is None
    desk.post(page_of(submitted), {"step": "give_back", "reason": "Nog één ding."})
    assert Comment.objects.get().sent_at is not None
    assert Reflection.objects.get().status == "teruggegeven"


def test_a_remark_stands_at_the_field_that_was_chosen(desk, submitted, leader):
    page = text(desk.get(page_of(submitted)))
    assert '<option value="results-r1-target">Doel' in page
    assert '<optgroup label="Beoogd resultaat 1: Plaatsen in een wijkleerbedrijf">' in page
    assert "results-r1-audience" not in page
    desk.post(
        page_of(submitted),
        {"step": "comment", "section": "vraag-en-driehoek", "field": "results-r1-target", "text": "Waarom 40?"},
    )
    assert "bij: Doel" in text(desk.get(page_of(submitted)))
    workflow.give_back(submitted, by=desk.user, reason="Nog één ding.")
    client = Client()
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    editor = text(client.get(submitted.get_edit_url("vraag-en-driehoek")))
    field, remark, after = (
        editor.index(found) for found in ('name="results-r1-target"', "Waarom 40?", 'name="results-r1-by_when"')
    )
    assert field < remark < after or after < field < remark


def test_a_remark_at_a_field_that_is_not_there_is_refused(desk, submitted):
    response = desk.post(
        page_of(submitted),
        {"step": "comment", "section": "voornemens", "field": "results-r1-target", "text": "Waarom?"},
    )
    assert response.status_code == 409
    assert "Kies een veld van dit onderdeel" in text(response)
    assert not Comment.objects.exists()


def test_who_may_not_give_back_is_not_offered_fields(desk, submitted, pact, member):
    PactLeaderFactory(pact=pact, user=member)
    assert 'name="field"' not in text(desk.get(page_of(submitted)))


def test_a_remark_can_be_taken_away_before_it_is_sent(desk, submitted):
    desk.post(page_of(submitted), {"step": "comment", "section": "resultaten", "text": "Toch niet."})
    desk.post(page_of(submitted), {"step": "uncomment", "comment": Comment.objects.get().pk})
    assert not Comment.objects.exists()


def test_giving_back_needs_a_reason_and_keeps_the_page(desk, submitted):
    response = desk.post(page_of(submitted), {"step": "give_back", "reason": " "})
    assert response.status_code == 409
    assert "Schrijf op waarom" in text(response)
    assert 'href="#reden-terug"' in text(response)
    assert Reflection.objects.get().status == "ingediend"


def test_the_second_reading_shows_what_changed(desk, submitted, leader):
    desk.post(page_of(submitted), {"step": "give_back", "reason": "Nog één ding."})
    submitted.sections.filter(kind=SectionKind.INTENTIONS).update(data={"text": "Wij gaan nog harder door."})
    workflow.submit(submitted, by=leader)
    page = text(desk.get(page_of(submitted)))
    assert "nog harder" in page
    assert "<ins>" in page
    assert "Hoe leiden wij genoeg mensen op?" not in page
    assert "Hoe leiden wij genoeg mensen op?" in text(desk.get(page_of(submitted), {"alles": ""}))


def test_the_second_reading_shows_a_remark_that_was_answered_without_a_change(desk, submitted, leader):
    desk.post(page_of(submitted), {"step": "comment", "section": "voornemens", "text": "Wie doet dit?"})
    desk.post(page_of(submitted), {"step": "give_back", "reason": "Nog één ding."})
    submitted.comments.update(answer="Dat staat bij de afspraken.")
    workflow.submit(submitted, by=leader)
    page = text(desk.get(page_of(submitted)))
    assert "Dat staat bij de afspraken." in page
    assert "Hoe leiden wij genoeg mensen op?" not in page


def test_adopt_publish_and_next_in_the_queue(desk, submitted):
    response = desk.post(page_of(submitted), {"step": "adopt"})
    assert response.url == reverse("admin:volgspot_reflection_changelist")
    assert "Vastgesteld, nog niet gepubliceerd" in text(desk.get("/beheer/"))
    desk.post(page_of(submitted), {"step": "publish"})
    assert Version.objects.get().published_at
    assert "/regionale-pacten/merenland/volgspot/ronde-2/" in text(desk.get(page_of(submitted)))
    again = desk.post(page_of(submitted), {"step": "publish"})
    assert "al gepubliceerd" in text(again)
    assert "Zorg dicht bij huis" in text(desk.get(page_of(submitted), {"versie": "1"}))


def test_who_is_tied_reads_and_does_not_judge(desk, member, submitted, pact):
    Employment.objects.create(user=member, organisation=pact.participations.first().organisation)
    page = text(desk.get(page_of(submitted)))
    assert "U bent zelf bij dit pact betrokken" in page
    assert "Stel vast" not in page
    desk.post(page_of(submitted), {"step": "adopt"})
    assert Reflection.objects.get().status == "ingediend"


def test_an_administrator_reads_and_does_not_judge(desk, member, submitted):
    set_roles(member, [ADMINISTRATOR])
    assert "Stel vast" not in text(desk.get(page_of(submitted)))
    assert desk.post(page_of(submitted), {"step": "adopt"}).status_code == 403


@pytest.mark.norm("ASVS-8.2.2")
@pytest.mark.parametrize("roles", [[OCW], []])
def test_nobody_else_gets_in(submitted, roles):
    user = UserFactory()
    set_roles(user, roles)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in (BOARD, page_of(submitted), "/beheer/volgspot/lesson/", "/beheer/volgspot/lesson/lijst.csv"):
        assert client.get(address).status_code == 403, address


def test_lessons_of_all_regions_are_found_and_exported(desk, submitted):
    desk.post(page_of(submitted), {"step": "adopt"})
    assert Lesson.objects.count() == 3
    assert "De roosters zijn te vol" in text(desk.get("/beheer/volgspot/lesson/", {"kind__exact": "knelpunt"}))
    assert "De roosters zijn te vol" not in text(desk.get("/beheer/volgspot/lesson/", {"q": "klein"}))
    csv = text(desk.get("/beheer/volgspot/lesson/lijst.csv", {"kind__exact": "knelpunt"}))
    assert "De roosters zijn te vol" in csv
    assert "Klein beginnen" not in csv


def test_a_file_of_lessons_does_not_say_that_anybody_may_use_them(desk, submitted):
    desk.post(page_of(submitted), {"step": "adopt"})
    book = load_workbook(io.BytesIO(desk.get("/beheer/volgspot/lesson/lijst.xlsx").content))
    assert book["Lijst"].max_row == 4
    assert "licentie" not in [row[0] for row in book["Kolommen"].iter_rows(values_only=True)]
    assert desk.get("/beheer/volgspot/lesson/lijst.json").status_code == 404


def test_the_page_of_a_report_takes_the_same_queries_for_one_and_three_steps(desk, submitted):
    few = len(queries_of(desk, page_of(submitted)))
    for _ in range(2):
        note_step(submitted, by=UserFactory(), step="gelezen")
    assert len(queries_of(desk, page_of(submitted))) == few


def hang_on(reflection):
    """One of everything that its page in the admin shows and that somebody else may have made."""
    CommentFactory(reflection=reflection, section=SectionKind.RESULTS, sent_at=timezone.now(), answer="Uit de telling.")
    CommentFactory(reflection=reflection, section=SectionKind.LESSONS)
    earlier = ReflectionFactory(pact=reflection.pact, round__opens=datetime.date(2020, 1, 1))
    AgreementFactory(reflection=earlier)
    IntendedResultVersionFactory(result__reflection=earlier)
    EvaluationFactory(reflection=reflection)
    VersionFactory(reflection=reflection, number=reflection.versions.count() + 1, adopted_by=UserFactory())
    organisation = PactParticipationFactory(pact=reflection.pact).organisation
    PartnerViewFactory(
        link=PartnerLinkFactory(reflection=reflection, organisation=organisation),
        scores={f"element-{n}": 2 for n in range(1, 6)}, words={"element-1": "Wij missen de gemeente.", "note": "Ga zo door."},
    )  # fmt: skip
    note_step(reflection, by=UserFactory(), step="gelezen")


@pytest.mark.parametrize("query", ["", "?alles", "?versie=1"])
def test_a_report_takes_the_same_queries_for_more_remarks_agreements_and_views(desk, submitted, query):
    hang_on(submitted)
    assert_same_queries(desk, page_of(submitted) + query, lambda: [hang_on(submitted), hang_on(submitted)], at_most=40)


@pytest.mark.parametrize("audience", Audience.values)
def test_a_preview_takes_the_same_queries_for_more_of_everything(submitted, leader, audience):
    client = Client()
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("volgspot:preview", args=[submitted.pact.slug, submitted.round.slug, audience])
    hang_on(submitted)
    assert_same_queries(client, address, lambda: [hang_on(submitted), hang_on(submitted)], at_most=25)


def test_the_board_takes_the_same_queries_for_one_and_three(desk, submitted, elements):
    """More pacts, and more rounds of each of them."""

    def more():
        for n in range(2):
            round = RoundFactory(opens=datetime.date(2021 + n, 1, 1), closes=datetime.date(2021 + n, 3, 1))
            for reflection in (
                ReflectionFactory(round=submitted.round),
                ReflectionFactory(pact=submitted.pact, round=round),
            ):
                Reflection.objects.filter(pk=reflection.pk).update(reviewer=UserFactory(), status="vastgesteld")
                SectionFactory(reflection=reflection, kind=SectionKind.TRIANGLE, data={})
                SectionFactory(reflection=reflection, kind=SectionKind.COOPERATION, data={"phase": PhaseFactory().slug})
                AgreementFactory(reflection=reflection, by_when="2020-01-01")
                PartnerViewFactory(link__reflection=reflection)
                VersionFactory(reflection=reflection)
                PhaseChangeFactory(pact=reflection.pact)

    assert_same_queries(desk, BOARD, more, at_most=18)


@pytest.mark.parametrize("nonsense", NONSENSE[1:])
def test_what_is_no_number_names_no_record(desk, submitted, nonsense):
    assert desk.get(f"/beheer/volgspot/reflection/{nonsense}/change/").status_code == 404
    # A query of thousands of signs is refused before anybody reads it.
    assert desk.get(page_of(submitted), {"versie": nonsense}).status_code in (404, 414)
    assert desk.post(page_of(submitted), {"step": "uncomment", "comment": nonsense}).status_code == 302


@pytest.mark.parametrize("address", ["/beheer/volgspot/lesson/", "/beheer/volgspot/lesson/lijst.csv"])
def test_the_lessons_take_the_same_queries_for_one_and_three(desk, elements, address):
    def more(number=2):
        for _ in range(number):
            LessonFactory(reflection=ReflectionFactory()).themes.add(ThemeFactory())

    more(1)
    assert_same_queries(desk, address, more, at_most=18)
