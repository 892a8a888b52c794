"""What the norms ask of the Volgspot and no other test shows; see docs/normen.md."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from outbox.models import Mail
from tests.factories import RegionalPactFactory, RoundFactory
from tests.volgspot.conftest import fill
from tools.fields import document
from volgspot import workflow
from volgspot.models import Lesson, Reflection, SectionKind
from zorgpact import workflow as steps

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; &quot;&#x27;"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def desk(member):
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def typed(reflection, kind, **data):
    section = reflection.sections.get(kind=kind)
    section.data = section.data | data
    section.save()


@pytest.fixture
def filed(draft, leader, member):
    """A report in which somebody tried everything."""
    fill(draft)
    typed(draft, SectionKind.INTENTIONS, text=MARKUP)
    typed(draft, SectionKind.LESSONS, bottlenecks=[{"id": "r2", "text": "=HYPERLINK(0)", "because": MARKUP}])
    return workflow.submit(draft, by=leader)


@pytest.mark.norm("ASVS-1.2.1", "NCSC-U/WA.04")
def test_markup_that_was_typed_is_text_for_every_reader(filed, desk, client, leader, member):
    own = Client()
    own.force_login(leader, backend=BACKEND)
    pages = [own.get(f"{filed.get_edit_url()}voornemens/"), own.get(f"{filed.get_edit_url()}bekijken/partners/")]
    pages.append(desk.get(f"/beheer/volgspot/reflection/{filed.pk}/change/"))
    workflow.publish(workflow.adopt(filed, by=member), by=member)
    pages.append(client.get("/regionale-pacten/merenland/volgspot/ronde-2/"))
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert SHOWN in html, page.request["PATH_INFO"]
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.norm("ASVS-1.2.10")
def test_no_cell_of_the_lessons_runs_as_a_formula(filed, desk, member):
    workflow.adopt(filed, by=member)
    assert Lesson.objects.filter(text="=HYPERLINK(0)").exists()
    csv = desk.get("/beheer/volgspot/lesson/lijst.csv").content.decode()
    assert "'=HYPERLINK(0)" in csv
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get("/beheer/volgspot/lesson/lijst.xlsx").content)).active
    (found,) = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert (found.data_type, found.value) == ("s", "'=HYPERLINK(0)")


@pytest.mark.norm("ASVS-2.1.1")
def test_table_of_fields_is_that_of_the_forms():
    written = (Path(settings.BASE_DIR) / "docs" / "velden.md").read_text(encoding="utf-8")
    assert written == document(), "Run: python -m tools.fields > docs/velden.md"


@pytest.mark.norm("ASVS-2.2.1")
@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("voornemens", {"text": "x" * 5001}, "5000"),
        ("bijeenkomst", {"meetings": "r1", "meetings-r1-held_on": "31-02-2026"}, "31-02-2026"),
        ("bijeenkomst", {"meetings": "r1", "meetings-r1-place": "x" * 301}, "300"),
    ],
)
def test_what_a_field_does_not_take_comes_back_with_what_is_wrong(draft, leader, path, typed, said):
    own = Client()
    own.force_login(leader, backend=BACKEND)
    response = own.post(f"{draft.get_edit_url()}{path}/", {"version": 0, **typed}, follow=True)
    html = response.content.decode()
    assert 'aria-invalid="true"' in html
    assert said in html


@pytest.mark.norm("ASVS-2.2.3")
def test_round_cannot_close_before_it_opens():
    day = datetime.date(2026, 5, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundFactory(opens=day, closes=day - datetime.timedelta(days=1))


@pytest.mark.norm("ASVS-2.3.3")
def test_step_that_breaks_at_its_end_leaves_nothing_behind(draft, leader, monkeypatch):
    fill(draft)

    def breaks(*args, **kwargs):
        raise RuntimeError("after all was written")

    monkeypatch.setattr(steps, "note_step", breaks)
    before = Mail.objects.count()
    with pytest.raises(RuntimeError):
        workflow.submit(draft, by=leader)
    assert Reflection.objects.get().status == Reflection.Status.DRAFT
    assert Mail.objects.count() == before


@pytest.mark.norm("ASVS-15.3.3")
def test_form_changes_no_field_that_it_does_not_have(draft, leader):
    own = Client()
    own.force_login(leader, backend=BACKEND)
    other = RegionalPactFactory()
    more = {"status": "vastgesteld", "published_at": "2026-01-01", "pact": other.pk, "reflection": 1}
    data = {"version": 0, "text": "Wij gaan door.", **more}
    own.post(f"{draft.get_edit_url()}voornemens/", data)
    saved = Reflection.objects.get()
    assert (saved.status, saved.pact_id) == (Reflection.Status.DRAFT, draft.pact_id)
    assert set(saved.sections.get(kind=SectionKind.INTENTIONS).data) == {"text"}


@pytest.mark.norm("ASVS-3.2.1")
def test_answer_to_the_script_is_no_page(draft, leader):
    own = Client()
    own.force_login(leader, backend=BACKEND)
    data = {"version": 7, "text": MARKUP}
    response = own.post(f"{draft.get_edit_url()}voornemens/", data, headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
