"""The pact's own evaluation: attached as a file or a page, read by whom it is for, and a reason to skip a section."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import ADMINISTRATOR, set_roles
from programme.history import steps_on
from tests.admin.conftest import form_values
from tests.factories import EvaluationFactory, PactLeaderFactory, UserFactory
from tests.queries import queries_of
from tests.site.test_uploads import BAD, GOOD
from tests.workplace.conftest import desk_of, text
from volgspot import attached, partners, workflow
from volgspot.completeness import missing
from volgspot.context import Context
from volgspot.models import Audience, Evaluation, SectionKind

HERE = "/mijn/volgspot/merenland/ronde-2/evaluatie/"
REPORT = "/regionale-pacten/merenland/volgspot/ronde-2/"


@pytest.fixture(autouse=True)
def _demo(settings, tmp_path):
    settings.PORTAL_DEMO = True
    settings.PORTAL_UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def desk(leader):
    return desk_of(leader)


def pdf(name="evaluatie.pdf", kind="pdf"):
    return SimpleUploadedFile(name, GOOD[kind])


def send(desk, address=f"{HERE}nieuw/", **fields):
    return desk.post(address, {"title": "Onze evaluatie", "dated": "2018", "url": "", "audience": "iedereen"} | fields)


def edit(desk, evaluation, **fields):
    """Send the form of an evaluation as it stands, with `fields` changed."""
    return desk.post(f"{HERE}{evaluation.pk}/wijzigen/", opened(desk, evaluation) | fields)


def opened(desk, evaluation):
    page = desk.get(f"{HERE}{evaluation.pk}/wijzigen/")
    page._container = [part.replace(b'id="deel" method', b'id="deel_form" method') for part in page._container]
    return {name: values for name, values in form_values(page).items() if name != "file"}


def kept(settings):
    return sorted(path.name for path in settings.PORTAL_UPLOADS_DIR.glob("*"))


# --- adding, changing, taking away


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_is_attached(desk, draft, leader, settings, kind):
    assert send(desk, file=pdf(f"Evaluatie.{kind}", kind)).url == HERE
    evaluation = Evaluation.objects.get()
    assert (evaluation.file_name, evaluation.added_by, evaluation.url) == (f"Evaluatie.{kind}", leader, "")
    assert kept(settings) == [evaluation.stored_as]
    page = text(desk.get(HERE))
    assert "De evaluatie is bewaard." in page
    assert f'href="{HERE}{evaluation.pk}/"' in page
    assert "1 evaluatie toegevoegd" in text(desk.get(draft.get_edit_url()))
    assert steps_on(draft).first().additional_data["step"] == "eigen evaluatie toegevoegd"


def test_a_public_page_is_attached(desk, draft, settings):
    send(desk, url="voorbeeld.example/evaluatie")
    evaluation = Evaluation.objects.get()
    assert (evaluation.url, evaluation.stored_as) == ("https://voorbeeld.example/evaluatie", None)
    assert desk.get(f"{HERE}{evaluation.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({}, "Kies een bestand, of vul het adres", "file"),
        ({"title": "", "file": ("a.pdf", GOOD["pdf"])}, "Vul dit veld in", "title"),
        ({"url": "https://voorbeeld.example/", "file": ("a.pdf", GOOD["pdf"])}, "niet allebei", "url"),
        ({"url": "ftp://voorbeeld.example/"}, "Vul een", "url"),
        ({"url": "javascript:alert(1)"}, "Vul een", "url"),
        ({"dated": "ooit", "url": "https://voorbeeld.example/"}, "Schrijf een jaar", "dated"),
        ({"file": BAD["zip bomb"][:2]}, "uitgepakt te groot", "file"),
        ({"file": BAD["two extensions"][:2]}, "Kies een pdf, odt of docx", "file"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(desk, draft, settings, fields, said, field):
    fields = {name: SimpleUploadedFile(*value) if name == "file" else value for name, value in fields.items()}
    page = send(desk, **{"title": "Mijn titel"} | fields)
    assert page.status_code == 400
    assert f'<a href="#id_{field}">' in text(page)
    assert said in text(page)
    assert not Evaluation.objects.exists()
    assert kept(settings) == []
    if "title" not in fields:
        assert "Mijn titel" in text(page)


def test_another_file_takes_the_place_of_the_first(desk, draft, settings, django_capture_on_commit_callbacks):
    send(desk, file=pdf())
    first = Evaluation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        edit(desk, first, file=pdf("nieuw.odt", "odt"))
    second = Evaluation.objects.get()
    assert (second.file_name, second.title) == ("nieuw.odt", "Onze evaluatie")
    assert kept(settings) == [second.stored_as] != [first.stored_as]


def test_its_title_and_readers_can_be_changed(desk, draft):
    send(desk, file=pdf())
    before = Evaluation.objects.get()
    edit(desk, before, title="Een betere titel", audience="partners")
    after = Evaluation.objects.get()
    assert (after.pk, after.title, after.audience) == (before.pk, "Een betere titel", "partners")
    assert after.stored_as == before.stored_as


def test_what_is_taken_away_is_gone_file_and_all(desk, draft, settings, django_capture_on_commit_callbacks):
    send(desk, file=pdf())
    with django_capture_on_commit_callbacks(execute=True):
        edit(desk, Evaluation.objects.get(), remove="1")
    assert not Evaluation.objects.exists()
    assert kept(settings) == []


def test_a_file_goes_with_the_whole_report(desk, draft, settings, django_capture_on_commit_callbacks):
    send(desk, file=pdf())
    with django_capture_on_commit_callbacks(execute=True):
        draft.delete()
    assert kept(settings) == []


def test_two_windows_show_both_texts(desk, draft):
    send(desk, file=pdf())
    evaluation = Evaluation.objects.get()
    values = opened(desk, evaluation)
    edit(desk, evaluation, title="Van de eerste")
    page = desk.post(f"{HERE}{evaluation.pk}/wijzigen/", values | {"title": "Van de tweede"})
    assert page.status_code == 409
    assert "Van de eerste" in text(page)
    assert "Van de tweede" in text(page)
    assert Evaluation.objects.get().title == "Van de eerste"


def test_what_somebody_took_away_meanwhile_is_said(desk, draft):
    send(desk, file=pdf())
    evaluation = Evaluation.objects.get()
    values = opened(desk, evaluation)
    edit(desk, evaluation, remove="1")
    page = desk.post(f"{HERE}{evaluation.pk}/wijzigen/", values | {"title": "Mijn titel"})
    assert page.status_code == 409
    assert "intussen weg" in text(page)
    assert "Mijn titel" in text(page)
    assert f'action="{HERE}nieuw/"' in text(page)


def test_there_is_a_most(desk, draft):
    EvaluationFactory.create_batch(attached.MOST, reflection=draft)
    page = send(desk, url="https://voorbeeld.example/")
    assert page.status_code == 409
    assert Evaluation.objects.count() == attached.MOST


def test_after_filing_nothing_changes(desk, filled, leader):
    send(desk, file=pdf())
    evaluation = Evaluation.objects.get()
    values = opened(desk, evaluation)
    workflow.submit(filled, by=leader)
    for fields in ({"title": "Stiekem"}, {"remove": "1"}):
        assert desk.post(f"{HERE}{evaluation.pk}/wijzigen/", values | fields).status_code == 409
    assert send(desk, file=pdf()).status_code == 409
    assert Evaluation.objects.get().title == "Onze evaluatie"


# --- skipping


def test_a_section_is_skipped_with_one_button(desk, draft):
    section = "/mijn/volgspot/merenland/ronde-2/effecten/"
    assert "Voeg haar toe" in text(desk.get(section))
    send(desk, file=pdf())
    assert "Sla over: staat in onze eigen evaluatie" in text(desk.get(section))
    desk.post(section, {"version": 0, "audience": "iedereen", "skipped_because": "", "in_evaluation": "1"})
    assert draft.sections.get(kind=SectionKind.EFFECTS).skipped_because == "Staat in onze eigen evaluatie."
    assert not [problem for problem in missing(Context(draft)) if problem.section == SectionKind.EFFECTS]


# --- who reads it


@pytest.fixture
def three(filled, leader, settings):
    """One evaluation for each sort of reader."""
    desk = desk_of(leader)
    for audience in Audience:
        send(desk, title=f"Evaluatie voor {audience.value}", audience=audience.value, file=pdf(f"{audience.value}.pdf"))
    return {Audience(one.audience): one for one in Evaluation.objects.all()}


@pytest.fixture
def published(three, filled, leader, member):
    workflow.submit(filled, by=leader)
    workflow.adopt(filled, by=member)
    return workflow.publish(filled, by=member)


def seen(page):
    return {audience.value for audience in Audience if f"Evaluatie voor {audience.value}" in page}


def test_everybody_reads_what_is_for_everybody(client, published, three):
    page = text(client.get(REPORT))
    assert seen(page) == {"iedereen"}
    for audience, evaluation in three.items():
        answer = client.get(f"{REPORT}evaluatie/{evaluation.pk}/")
        assert answer.status_code == (200 if audience == Audience.PUBLIC else 404)
    own = client.get(f"{REPORT}evaluatie/{three[Audience.PUBLIC].pk}/")
    assert own["Content-Disposition"] == 'attachment; filename="iedereen.pdf"'
    assert b"".join(own.streaming_content).startswith(b"%PDF-")
    assert not own.cookies


def test_a_partner_reads_what_is_for_partners(client, filled, three, leader, member):
    link = partners.invite(filled, filled.pact.participations.first().organisation, "p@zorg.example", by=leader)
    address = f"/mening/{token_of(link)}/"
    assert client.get(f"{address}evaluatie/{three[Audience.PARTNERS].pk}/").status_code == 404
    workflow.submit(filled, by=leader)
    workflow.adopt(filled, by=member)
    assert seen(text(client.get(address))) == {"iedereen", "partners"}
    for audience, evaluation in three.items():
        answer = client.get(f"{address}evaluatie/{evaluation.pk}/")
        assert answer.status_code == (404 if audience == Audience.PROGRAMME else 200)
    assert answer.status_code == 404
    partners.revoke(link, by=leader)
    assert client.get(f"{address}evaluatie/{three[Audience.PUBLIC].pk}/").status_code == 404


def token_of(link):
    from volgspot.models import PartnerLink
    from zorgpact.tokens import hash_of

    PartnerLink.objects.filter(pk=link.pk).update(token_hash=hash_of("sleutel"))
    return "sleutel"


@pytest.mark.parametrize(("audience", "readers"), [("iedereen", 1), ("partners", 2), ("programma", 3)])
def test_a_preview_shows_what_that_reader_sees(desk, three, audience, readers):
    page = text(desk.get(f"/mijn/volgspot/merenland/ronde-2/bekijken/{audience}/"))
    assert len(seen(page)) == readers


def test_the_team_reads_all_once_it_is_filed(three, filled, leader, member):
    desk = desk_of(member)
    own = f"{HERE}{three[Audience.PROGRAMME].pk}/"
    assert desk.get(own).status_code == 404
    workflow.submit(filled, by=leader)
    page = text(desk.get(f"/beheer/volgspot/reflection/{filled.pk}/change/"))
    assert seen(page) == {"iedereen", "partners", "programma"}
    assert f'href="{own}"' in page
    assert desk.get(own).status_code == 200
    assert desk.get(HERE).status_code == 404
    administrator = UserFactory()
    set_roles(administrator, [ADMINISTRATOR])
    assert desk_of(administrator).get(own).status_code == 404


def test_nobody_else_gets_in(three, draft):
    evaluation = three[Audience.PROGRAMME]
    other = desk_of(PactLeaderFactory().user)
    for address in (HERE, f"{HERE}nieuw/", f"{HERE}{evaluation.pk}/", f"{HERE}{evaluation.pk}/wijzigen/"):
        assert other.get(address).status_code == 404
        assert "/inloggen/" in Client().get(address).url
    assert send(other, file=pdf()).status_code == 404


def test_the_file_of_another_report_cannot_be_reached_by_ones_own(client, desk, published, three):
    other = EvaluationFactory(audience=Audience.PUBLIC)
    assert desk.get(f"{HERE}{other.pk}/").status_code == 404
    assert client.get(f"{REPORT}evaluatie/{other.pk}/").status_code == 404


def test_a_version_keeps_what_it_names(
    client, desk, published, three, settings, leader, django_capture_on_commit_callbacks
):
    workflow.correct(published, by=leader, reason="Er mist iets.")
    with django_capture_on_commit_callbacks(execute=True):
        edit(desk, three[Audience.PUBLIC], remove="1")
    assert "Evaluatie voor iedereen" not in text(desk.get(HERE))
    assert "Evaluatie voor iedereen" in text(client.get(REPORT))
    assert client.get(f"{REPORT}evaluatie/{three[Audience.PUBLIC].pk}/").status_code == 200
    assert len(kept(settings)) == 3


def test_other_outputs_do_not_tell_of_it(client, published, three):
    for address in ("/regionale-pacten/volgspot/feed/", "/regionale-pacten/merenland/volgspot/", "/sitemap.xml"):
        assert seen(text(client.get(address))) == set()


def test_the_list_costs_the_same_for_one_and_for_three(desk, draft):
    EvaluationFactory(reflection=draft)
    few = len(queries_of(desk, HERE))
    EvaluationFactory.create_batch(2, reflection=draft)
    assert len(queries_of(desk, HERE)) == few <= 10
