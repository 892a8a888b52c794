"""Looking first: the case that answers stands beside the question, with its answer, and nothing else does."""

import pytest

from regels.asking.looking import MOST, likely_cases
from regels.models import Case
from tests.factories import CaseFactory
from tests.regels.asking import ASK, Asker

pytestmark = pytest.mark.django_db
TYPED = "Een verpleegkundige van onze afdeling wil lesgeven op het roc, maar heeft geen lesbevoegdheid. Mag dat?"


@pytest.fixture
def case():
    return CaseFactory(question="Mag een verpleegkundige lesgeven op het roc?", answer="Ja, een docent kijkt mee.")


def look(text=TYPED):
    return Asker().post(ASK, {"question": text, "kijk": "ja"}).content.decode()


def test_the_answer_stands_in_the_hit(case):
    shown = look()
    assert f'href="{case.get_absolute_url()}"' in shown
    assert "docent kijkt mee" in shown
    assert f'name="helpt" value="{case.slug}"' in shown
    assert "Mijn antwoord staat er niet bij" in shown


def test_where_somebody_types_stands_how_many_answers_there_are(case):
    found = '<a href="#antwoorden">1 antwoord lijkt op uw vraag</a>'
    assert f'id="gevonden" role="status">{found}</p>' in look()
    assert "Geen antwoord lijkt op uw vraag." in look("xqzv blorp")


def test_what_is_not_public_is_not_offered(case):
    Case.objects.filter(pk=case.pk).update(status=Case.Status.DRAFT, published_at=None)
    shown = look()
    assert "docent kijkt mee" not in shown
    assert "Geen antwoord dat erop lijkt" in shown


def test_no_more_than_a_few(case):
    for number in range(5):
        CaseFactory(question=f"Mag een verpleegkundige lesgeven op het roc in klas {number}?")
    assert len(likely_cases(TYPED)) == MOST


def test_markup_in_a_case_is_text():
    CaseFactory(question="Mag <script>alert(1)</script> lesgeven?", answer="Ja <b>dat</b> mag.")
    shown = look("Mag ik lesgeven met script en alert?")
    assert "<script>alert" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize("text", ["?", "de het een", "a" * 4000, "\u202e", "' OR 1=1 --"])
def test_any_text_can_be_looked_for(case, text):
    assert "Stel uw vraag" in look(text)
