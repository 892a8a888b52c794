"""What happened to a pact or koploper, as its leader reads it on `/mijn/`: sentences, and no words of the database."""

import re

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.utils import timezone

from programme.history import history_may_change, note_job, owner_field, steps_on
from regions.models import PactLeader
from tests import factories as f
from volgspot.models import Reflection
from volgspot.workflow import give_back
from workplace import told, workflow
from workplace.invitations import accept, invite, send_again, withdraw
from zorgpact import workflow as steps

from .conftest import desk_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _from_here(pact, koploper, leader, member):
    """How the records themselves were made is not what the tests are about."""
    with history_may_change("tests"):
        LogEntry.objects.all().delete()


def sentences(record, reader):
    """The oldest first."""
    return [sentence for _, sentence in told.told(steps_on(record), [record], reader)][::-1]


def test_of_each_kind_of_row_it_says_that_it_came_changed_and_went(pact, koploper, leader, member):
    """Whatever hangs on a pact or koploper: a row that nobody thought of is told too."""
    for model in auditlog.get_models():
        if (owner := owner_field(model)) not in ("pact", "koploper") or model.__name__.endswith("Leader"):
            continue
        record = {"pact": pact, "koploper": koploper}[owner]
        with set_actor(member):
            row = getattr(f, f"{model.__name__}Factory")(**{owner: record})
            if model.__name__ != "PhaseChange":
                row.is_sample = not getattr(row, "is_sample", True)
                row.since = "2021"
                row.save()
                row.delete()
        said = sentences(record, leader)
        assert re.fullmatch(rf"Lid Van Team voegde bij {record} een [^:]+ toe: “.+”\.", said[0])
        if model.__name__ != "PhaseChange":
            assert re.fullmatch(rf"Lid Van Team wijzigde bij {record} een [^:]+: “.+” \([^()]+\)\.", said[1])
            assert re.fullmatch(rf"Lid Van Team haalde bij {record} een [^:]+ weg: “.+”\.", said[2])
        with history_may_change("tests"):
            LogEntry.objects.all().delete()


def test_what_changed_on_the_page_is_named_and_what_only_the_team_sees_is_not_told(pact, leader, member):
    with set_actor(member):
        pact.internal_note = "Geheim"
        pact.save()
    assert sentences(pact, leader) == []
    with set_actor(leader):
        pact.summary, pact.ambition = "Nieuw", "Meer leerplekken"
        pact.save()
    with set_actor(member):
        pact.sources.add(f.SourceFactory())
        pact.confirmed_on, pact.confirmed_by = timezone.localdate(), member
        pact.save()
        pact.published_at = None
        pact.save()
        pact.published_at = timezone.now()
        pact.save()
    assert sentences(pact, leader) == [
        "U wijzigde Zorgpact Merenland: in één zin, ambitie.",
        "Lid Van Team wijzigde Zorgpact Merenland: bronnen.",
        "Lid Van Team bevestigde dat de gegevens van Zorgpact Merenland kloppen.",
        "Lid Van Team haalde Zorgpact Merenland van de site.",
        "Lid Van Team koos vanaf wanneer Zorgpact Merenland op de site staat.",
    ]


def test_who_became_a_leader_and_who_did_that(pact, member):
    accept(invite(pact, "nieuw@zorg.example", by=member, name="Nieuwe Leider"))
    new = PactLeader.objects.get(user__email="nieuw@zorg.example").user
    with set_actor(member):
        other = f.PactLeaderFactory(pact=pact, user=f.UserFactory(name="Derde Leider"))
        other.since = "2026-01-01"
        other.save()
        other.until = "2026-03-01"
        other.save()
    invited = "nodigde iemand uit als projectleider van Zorgpact Merenland."
    assert sentences(pact, new) == [
        f"Lid Van Team {invited}",
        "U bent projectleider geworden van Zorgpact Merenland.",
        "Lid Van Team maakte Derde Leider projectleider van Zorgpact Merenland.",
        "Lid Van Team wijzigde hoe lang Derde Leider projectleider is van Zorgpact Merenland.",
        "Derde Leider is projectleider van Zorgpact Merenland tot en met 1 maart 2026. Lid Van Team legde dat vast.",
    ]
    assert "Lid Van Team maakte u projectleider van Zorgpact Merenland." in sentences(pact, other.user)
    assert sentences(pact, member)[:2] == [
        f"U {invited}",
        "Nieuwe Leider is projectleider geworden van Zorgpact Merenland.",
    ]


def test_an_invitation_that_was_taken_back_and_a_leader_that_was_removed(pact, leader, member):
    invitation = invite(pact, "nieuw@zorg.example", by=leader, replaces=leader)
    send_again(invitation, by=member)
    withdraw(invitation, by=leader)
    row = f.PactLeaderFactory(pact=pact, user=f.UserFactory(name="Derde Leider"))
    with set_actor(member):
        row.delete()
    assert sentences(pact, leader) == [
        "U nodigde iemand uit als projectleider van Zorgpact Merenland.",
        "Lid Van Team stuurde een uitnodiging voor een projectleider van Zorgpact Merenland opnieuw.",
        "U trok een uitnodiging voor een projectleider van Zorgpact Merenland in.",
        "Derde Leider is projectleider geworden van Zorgpact Merenland.",
        "Lid Van Team haalde Derde Leider weg als projectleider van Zorgpact Merenland.",
    ]


def test_what_became_of_a_proposal(koploper, leader, member):
    proposal = f.ProposalFactory(pact=None, koploper=koploper, kind="andere-trekker", made_by=leader)
    steps.note_step(proposal, by=leader, step="voorgesteld")
    workflow.give_back(proposal, by=member, reason="Op de website staat een ander.")
    assert sentences(koploper, leader) == [
        "U deed een voorstel voor Huis van de Zorg: een andere trekker.",
        "Lid Van Team gaf een voorstel voor Huis van de Zorg terug: een andere trekker. Reden: Op de website staat een ander.",
    ]


def test_what_became_of_a_report(pact, leader, member):
    reflection = f.ReflectionFactory(pact=pact, round__name="Ronde 3", status=Reflection.Status.SUBMITTED)
    steps.note_step(reflection, by=leader, step="ViaZorg om een blik gevraagd")
    give_back(reflection, by=member, reason="Noem de partners.")
    assert sentences(pact, leader) == [
        "Zorgpact Merenland, Ronde 3: ViaZorg om een blik gevraagd, door u.",
        "Lid Van Team gaf het verslag Zorgpact Merenland, Ronde 3 terug. Reden: Noem de partners.",
    ]


def test_every_step_of_a_workflow_has_a_sentence():
    from volgspot import workflow as of_reports

    for label, module in (("volgspot.reflection", of_reports), ("workplace.proposal", workflow)):
        taken = {one.label for one in vars(module).values() if isinstance(one, steps.Step)}
        assert taken <= set(told.STEPS[label])


def test_what_the_computer_did(pact, leader):
    note_job([pact], job="inhoud inlezen", step="gewijzigd")
    note_job([pact], job="een andere taak", step="nagekeken")
    assert sentences(pact, leader) == [
        "De computer las de gegevens van Zorgpact Merenland in.",
        "Zorgpact Merenland: nagekeken, door de computer (een andere taak).",
    ]


def test_the_page_tells_it(pact, leader, member):
    with set_actor(member):
        f.PactLeaderFactory(pact=pact, user=(new := f.UserFactory(name="Nieuwe Leider")))
        pact.internal_note = "Geheim"
        pact.save()
    page = text(desk_of(leader).get("/mijn/"))
    assert "Lid Van Team maakte Nieuwe Leider projectleider van Zorgpact Merenland." in page
    assert "Lid Van Team maakte u projectleider van Zorgpact Merenland." in text(desk_of(new).get("/mijn/"))
    assert ", nieuw" not in page
    assert "Zorgpact Merenland: ." not in page
