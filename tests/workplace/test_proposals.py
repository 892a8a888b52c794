"""Proposals: every step from every status by everybody, what taking over does to the page, and who hears of it."""

from functools import partial

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import ADMINISTRATOR, OCW, TEAM, set_roles
from outbox.kinds import is_still_wanted
from outbox.models import Mail
from programme.history import history_may_change, steps_on
from regions.models import PhaseChange
from tests import factories as f
from tests.at_once import at_once
from tests.queries import queries_of
from tests.site.test_numbers import NONSENSE
from workplace import mails, workflow
from workplace.due import due_for
from workplace.models import Proposal
from zorgpact.workflow import Refused

from .conftest import LONG_AGO, desk_of, text

Kind, Status = Proposal.Kind, Proposal.Status
PACT = "/mijn/pact/merenland/"


@pytest.fixture
def phases(db):
    return [f.PhaseFactory(slug=slug, name=slug.capitalize()) for slug in ("verkennen", "mobiliseren")]


@pytest.fixture
def partner(pact):
    return f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(name="ViaZorg"), started="2015")


@pytest.fixture
def trekker(pact):
    return f.PactParticipationFactory(pact=pact, organisation=f.OrganisationFactory(name="ROC Meer"), role="trekker")


def joins(name, since="2020", role="partner"):
    organisation = type(f.OrganisationFactory.build()).objects.filter(name=name).first()
    return {"organisation": {"name": name, "pk": organisation and organisation.pk}, "role": role, "since": since}


PHASE = {"phase": "mobiliseren", "since": "2020-03", "why": "De plannen lopen."}


def propose(target, leader, kind=Kind.PHASE, data=PHASE):
    return workflow.propose(target, kind, data, "Besluit van de stuurgroep.", by=leader)


def take_over(proposal, member, **more):
    from workplace import changes

    return workflow.take_over(proposal, by=member, **{"seen": changes.now(proposal)} | more)


# --- the steps

TABLE = {"take_over": {"member"}, "give_back": {"member"}, "withdraw": {"leader", "other leader"}}


@pytest.fixture
def people(leader, member, pact, partner):
    tied, officer, administrator, worker = f.UserFactory.create_batch(4)
    for person in (tied, worker):
        set_roles(person, [TEAM])
    f.PactLeaderFactory(pact=pact, user=tied, since=LONG_AGO)
    f.EmploymentFactory(user=worker, organisation=partner.organisation, since=LONG_AGO)
    set_roles(officer, [OCW])
    set_roles(administrator, [ADMINISTRATOR])
    return {
        "leader": leader,
        "other leader": tied,
        "member": member,
        "works for a participant": worker,
        "officer": officer,
        "administrator": administrator,
        "somebody else": f.UserFactory(),
        "former leader": f.PactLeaderFactory(pact=pact, since=LONG_AGO, until=LONG_AGO).user,
    }


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", workflow.STEPS)
def test_each_step_from_each_status_by_each_person(people, phases, pact, status, name):
    details = {"seen": "niet bekend"} if name == "take_over" else {}
    for who, person in people.items():
        proposal = f.ProposalFactory(pact=pact, status=status)
        may = status == Status.OPEN and who in TABLE[name]
        assert (name in workflow.steps_for(proposal, person)) is may, who
        if may:
            after = workflow.STEPS[name](proposal, by=person, reason="Daarom.", **details)
            assert after.status == workflow.STEPS[name].after
        else:
            changes = PhaseChange.objects.count()
            with pytest.raises(Refused):
                workflow.STEPS[name](proposal, by=person, reason="Daarom.", **details)
            proposal.refresh_from_db()
            assert proposal.status == status
            assert PhaseChange.objects.count() == changes


def test_who_made_it_does_not_judge_it(pact, leader, member):
    proposal = f.ProposalFactory(pact=pact, made_by=member)
    assert "betrokken" in workflow.only_judges(proposal, member)


def test_the_same_proposal_twice_is_one_with_one_mail(pact, leader, member, phases):
    assert propose(pact, leader) == propose(pact, leader)
    assert Mail.objects.count() == Proposal.objects.count() == 1


def test_only_a_leader_proposes(pact, member):
    with pytest.raises(Refused):
        propose(pact, member)


# --- what taking over does


def test_somebody_new_takes_part(client, pact, leader, member):
    organisation = f.OrganisationFactory(name="Thuiszorg Polderpad")
    proposal = propose(pact, leader, Kind.JOINS, joins("Thuiszorg Polderpad", "2021-05"))
    assert "Polderpad" not in text(client.get(pact.get_absolute_url()))
    take_over(proposal, member)
    row = pact.participations.get()
    assert (row.organisation, row.role, row.started, row.ended) == (organisation, "partner", "2021-05", "")
    assert "Thuiszorg Polderpad" in text(client.get(pact.get_absolute_url()))


def test_the_team_says_who_is_meant_by_a_name_that_nobody_has(pact, leader, member):
    proposal = propose(pact, leader, Kind.JOINS, joins("De Polderpad"))
    with pytest.raises(Refused, match="Kies welke organisatie"):
        take_over(proposal, member)
    organisation = f.OrganisationFactory(name="Thuiszorg Polderpad")
    take_over(proposal, member, organisation=organisation)
    assert pact.participations.get().organisation == organisation


def test_who_takes_part_already_is_not_added_again(pact, leader, member, partner):
    proposal = propose(pact, leader, Kind.JOINS, joins("ViaZorg"))
    with pytest.raises(Refused, match="doet al mee"):
        take_over(proposal, member)
    proposal.refresh_from_db()
    assert (proposal.status, pact.participations.count()) == ("open", 1)


def test_who_stops_stays_in_the_history(pact, leader, member, partner):
    take_over(propose(pact, leader, Kind.STOPS, {"participation": str(partner.pk), "until": "2020-06"}), member)
    partner.refresh_from_db()
    assert (partner.started, partner.ended) == ("2015", "2020-06")
    assert LogEntry.objects.get_for_object(partner).first().changes["ended"] == ["", "2020-06"]


def test_nobody_stops_before_having_begun(pact, leader, member, partner):
    proposal = propose(pact, leader, Kind.STOPS, {"participation": str(partner.pk), "until": "2014"})
    with pytest.raises(Refused, match="begon volgens de pagina"):
        take_over(proposal, member)


@pytest.mark.parametrize("stays", [True, False])
def test_another_trekker_follows_the_one_before(pact, leader, member, partner, trekker, stays):
    data = {"organisation": {"name": "ViaZorg", "pk": partner.organisation_id}, "since": "2021", "stays": stays}
    take_over(propose(pact, leader, Kind.LEAD, data), member)
    now = {(row.organisation.name, row.role, row.started) for row in pact.participations.current()}
    assert now == {("ViaZorg", "trekker", "2021")} | ({("ROC Meer", "partner", "2021")} if stays else set())
    trekker.refresh_from_db()
    partner.refresh_from_db()
    assert (trekker.ended, partner.ended) == ("2021", "2021")


def test_another_phase_stands_on_the_page_with_who_recorded_it(client, pact, leader, member, phases):
    f.PhaseChangeFactory(pact=pact, phase=phases[0], since="2019")
    take_over(propose(pact, leader), member)
    change = pact.phase_changes.get(phase=phases[1])
    assert (change.since, change.reason, change.recorded_by) == ("2020-03", "De plannen lopen.", member)
    assert "De plannen lopen." in text(client.get(pact.get_absolute_url()))
    pact.refresh_from_db()
    assert pact.version == 2


def test_what_comes_of_it_on_a_sample_is_a_sample(pact, leader, member, phases):
    type(pact).objects.update(is_sample=True)
    pact.refresh_from_db()
    proposal = propose(pact, leader)
    take_over(proposal, member)
    assert proposal.is_sample
    assert pact.phase_changes.get().is_sample


def test_a_koploper_has_participants_too_and_no_phase(desk, koploper, leader, member):
    f.OrganisationFactory(name="ViaZorg")
    take_over(propose(koploper, leader, Kind.JOINS, joins("ViaZorg")), member)
    assert koploper.participations.get().organisation.name == "ViaZorg"
    assert desk.get("/mijn/koploper/huis/voorstel/andere-fase/").status_code == 404


# --- the page changed meanwhile


def test_what_the_officer_did_not_see_is_not_written_over(pact, leader, member, phases):
    proposal = propose(pact, leader)
    f.PhaseChangeFactory(pact=pact, phase=phases[0], since="2021")
    with pytest.raises(Refused, match="veranderde terwijl u keek"):
        workflow.take_over(proposal, by=member, seen="niet bekend")
    assert pact.phase_changes.count() == 1


def test_the_page_of_the_team_shows_all_three(pact, leader, member, phases):
    proposal = propose(pact, leader)
    f.PhaseChangeFactory(pact=pact, phase=phases[0], since="2021")
    page = text(desk_of(member).get(f"/beheer/workplace/proposal/{proposal.pk}/change/"))
    assert "De pagina veranderde sinds dit is voorgesteld" in page
    assert [words in page for words in ("niet bekend", "Verkennen, sinds 2021", "Mobiliseren, sinds maart 2020")] == [
        True
    ] * 3
    assert 'name="seen" value="Verkennen, sinds 2021"' in page


# --- the mails


def test_the_team_hears_of_it_but_for_who_is_tied(people, pact, phases):
    propose(pact, people["leader"])
    mail = Mail.objects.get()
    assert mail.to == people["member"].email
    assert "Besluit van de stuurgroep" not in mail.text
    assert is_still_wanted(mail)
    workflow.withdraw(Proposal.objects.get(), by=people["leader"])
    assert not is_still_wanted(mail)


@pytest.mark.parametrize("kind", ["pact", "koploper"])
def test_who_hears_of_it_is_who_may_judge_it_and_finding_them_takes_one_query(kind, leader, member, pact, koploper):
    """The mail asks the rule from the other side than the step does: the two must agree."""
    target = {"pact": pact, "koploper": koploper}[kind]
    of = {
        "pact": (f.PactLeaderFactory, f.PactParticipationFactory),
        "koploper": (f.KoploperLeaderFactory, f.KoploperParticipationFactory),
    }
    lead, take_part = of[kind]
    team = [member, *f.UserFactory.create_batch(7)]
    for person in team:
        set_roles(person, [TEAM])
    _, leads, led, works, worked, works_for_who_stopped, proposes, elsewhere = team
    lead(**{kind: target}, user=leads, since=LONG_AGO)
    lead(**{kind: target}, user=led, since=LONG_AGO, until=LONG_AGO)
    lead(user=elsewhere, since=LONG_AGO)
    now, stopped = take_part(**{kind: target}), take_part(**{kind: target}, ended="2021")
    f.EmploymentFactory(user=works, organisation=now.organisation, since=LONG_AGO)
    f.EmploymentFactory(user=worked, organisation=now.organisation, since=LONG_AGO, until=LONG_AGO)
    f.EmploymentFactory(user=works_for_who_stopped, organisation=stopped.organisation, since=LONG_AGO)
    proposal = f.ProposalFactory(**{"pact": None, "koploper": None, kind: target}, made_by=proposes)
    with CaptureQueriesContext(connection) as queries:
        heard = set(mails.judges_of(proposal))
    assert len(queries) == 1
    assert heard == {person for person in team if not workflow.only_judges(proposal, person)}
    assert heard == {member, led, worked, works_for_who_stopped, elsewhere}


@pytest.mark.parametrize("step", ["take_over", "give_back"])
def test_every_leader_hears_what_came_of_it(people, pact, phases, step):
    proposal = propose(pact, people["leader"])
    Mail.objects.all().delete()
    details = {"seen": "niet bekend"} if step == "take_over" else {}
    workflow.STEPS[step](proposal, by=people["member"], reason="Op de site staat iets anders.", **details)
    mails = Mail.objects.all()
    assert {mail.to for mail in mails} == {people["leader"].email, people["other leader"].email}
    assert all(("Op de site staat iets anders." in mail.text) is (step == "give_back") for mail in mails)


def test_the_steps_stand_in_the_history_of_the_pact_without_the_text(pact, leader, member, phases):
    workflow.give_back(propose(pact, leader), by=member, reason="Nog te vroeg.")
    taken = steps_on(pact).filter(additional_data__step__isnull=False)
    assert [(entry.actor, entry.additional_data["step"]) for entry in taken] == [
        (member, "teruggegeven"),
        (leader, "voorgesteld"),
    ]
    assert "stuurgroep" not in str(list(LogEntry.objects.values()))


# --- two at once


@pytest.fixture
def history_goes(transactional_db):
    """What may not be removed would stop the database from being emptied."""
    yield
    with history_may_change("tests"):
        PhaseChange.objects.all().delete()
        LogEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_one_change_and_one_mail(pact, leader, member, phases, history_goes):
    proposal = propose(pact, leader)
    Mail.objects.all().delete()
    colleague = f.UserFactory()
    colleague.groups.set(member.groups.all())

    def judge(person):
        workflow.take_over(Proposal.objects.get(pk=proposal.pk), by=person, seen="niet bekend")
        return "done"

    came = at_once(*(partial(judge, person) for person in (member, colleague) * 4))
    assert sorted("refused" if isinstance(one, Refused) else one for one in came) == ["done", *["refused"] * 7]
    assert pact.phase_changes.count() == Mail.objects.count() == 1


# --- the pages of a leader


def test_a_leader_proposes_reads_and_takes_back(desk, pact, phases):
    address = f"{PACT}voorstel/andere-fase/"
    assert "Stel voor: een andere fase" in text(desk.get(address))
    answer = desk.post(address, {**PHASE, "reason": "Besluit van de stuurgroep."})
    proposal = Proposal.objects.get()
    assert answer.url == f"/mijn/voorstel/{proposal.pk}/"
    page = text(desk.get(answer.url))
    for words in ("niet bekend", "Mobiliseren, sinds maart 2020", "Het landelijke team kijkt ernaar"):
        assert words in page
    assert f'href="{answer.url}"' in text(desk.get("/mijn/"))
    assert "1 voorstel wacht" in text(desk.get("/mijn/"))
    desk.post(answer.url)
    proposal.refresh_from_db()
    assert proposal.status == "ingetrokken"
    assert "Er is niets veranderd" in text(desk.get(answer.url))
    assert desk.post(answer.url).status_code == 409


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("nieuwe-deelnemer", {"organisation": "", "role": "partner", "since": "2020"}, "Welke organisatie?: "),
        ("nieuwe-deelnemer", {"organisation": "X", "role": "trekker", "since": "2020"}, "In welke rol?: "),
        ("deelnemer-stopt", {"participation": "999", "until": "2020"}, "Wie stopt?: "),
        ("andere-trekker", {"organisation": "X", "since": "2999"}, "nog in de toekomst"),
        ("andere-fase", {"phase": "bestaat-niet", "since": "2020"}, "In welke fase is het pact?: "),
        ("andere-fase", {"phase": "mobiliseren", "since": "gisteren"}, "Schrijf een jaar"),
        ("andere-fase", {"phase": "mobiliseren", "since": "2020", "reason": " "}, "Waarom, en waar staat het?: "),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(desk, phases, what, typed, said):
    page = desk.post(f"{PACT}voorstel/{what}/", {"reason": "Besluit.", **typed})
    assert page.status_code == 400
    assert "Dit klopt nog niet" in text(page)
    assert said in text(page)
    assert not Proposal.objects.exists()


def test_a_name_that_the_portal_knows_is_recognised(desk, pact):
    organisation = f.OrganisationFactory(name="ViaZorg")
    hidden = f.OrganisationFactory(name="Nog geheim", published_at=None)
    assert hidden.name not in text(desk.get(f"{PACT}voorstel/nieuwe-deelnemer/"))
    for name, pk in (("viazorg", organisation.pk), ("Nog geheim", None)):
        Proposal.objects.all().delete()
        desk.post(
            f"{PACT}voorstel/nieuwe-deelnemer/",
            {"organisation": name, "role": "partner", "since": "2020", "reason": "x"},
        )
        assert Proposal.objects.get().data["organisation"]["pk"] == pk


def test_text_survives_a_login_that_ended(desk, leader, phases):
    from workplace.proposals import kept

    address = f"{PACT}voorstel/andere-fase/"
    mark = text(desk.get(address)).split(f'name="{kept.MARK}" value="')[1].split('"')[0]
    desk.logout()
    back = desk.post(address, {**PHASE, "reason": "Getypt na het einde", kept.MARK: mark}).url
    desk.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    from urllib.parse import parse_qs, urlsplit

    page = text(desk.get(parse_qs(urlsplit(back).query)["next"][0]))
    assert "nog niet verstuurd" in page
    assert "Getypt na het einde" in page
    assert not Proposal.objects.exists()


def test_the_proposal_of_somebody_else_does_not_exist(leader, member, pact):
    proposal = f.ProposalFactory()
    for person in (leader, member, f.UserFactory()):
        desk = desk_of(person)
        assert desk.get(f"/mijn/voorstel/{proposal.pk}/").status_code == 404
        assert desk.post(f"/mijn/voorstel/{proposal.pk}/").status_code == 404
    assert desk_of(member).get(f"{PACT}voorstel/andere-fase/").status_code == 404
    assert "/inloggen/" in Client().get(f"/mijn/voorstel/{proposal.pk}/").url


def test_a_returned_proposal_is_due_until_there_is_a_next_one(pact, leader, member, phases):
    workflow.give_back(propose(pact, leader), by=member, reason="Nog te vroeg.")
    assert "gaf uw voorstel terug" in due_for(leader)[0].why
    propose(pact, leader, data=PHASE | {"since": "2021"})
    assert due_for(leader) == []
    Proposal.objects.update(status="teruggegeven", decided_at=timezone.now() - timezone.timedelta(days=60))
    assert due_for(leader) == []


def test_pages_cost_the_same_for_one_and_for_three(desk, pact):
    for address in ("/mijn/", PACT):
        f.ProposalFactory(pact=pact)
        few = len(queries_of(desk, address))
        f.ProposalFactory.create_batch(2, pact=pact)
        assert len(queries_of(desk, address)) == few <= 16


# --- the desk of the team


def page_of(proposal):
    return f"/beheer/workplace/proposal/{proposal.pk}/change/"


def test_the_queue_counts_what_waits_the_oldest_first(member, pact):
    new = f.ProposalFactory(pact=pact)
    old = f.ProposalFactory(pact=pact, made_at=timezone.now() - timezone.timedelta(days=3))
    f.ProposalFactory(pact=pact, status="overgenomen")
    desk = desk_of(member)
    assert '/beheer/workplace/proposal/?stand=open"><span class="count">2</span>' in text(desk.get("/beheer/"))
    page = text(desk.get("/beheer/workplace/proposal/?stand=open"))
    assert 0 < page.index(page_of(old)) < page.index(page_of(new))


def test_each_decision_leads_to_the_next_that_one_may_judge(member, pact, partner, phases):
    first, second = f.ProposalFactory(pact=pact), f.ProposalFactory()
    tied = f.ProposalFactory(made_by=member)
    last = f.ProposalFactory(pact=pact)
    desk = desk_of(member)
    assert desk.post(page_of(first), {"step": "take_over", "seen": "niet bekend"}).url == page_of(second)
    answer = desk.post(page_of(second), {"step": "give_back", "reason": "Nog te vroeg."})
    assert answer.url == page_of(last)
    assert desk.post(page_of(last), {"step": "give_back", "reason": "Dubbel."}).url == "/beheer/workplace/proposal/"
    assert "Er wacht nu geen voorstel meer op u" in text(desk.get("/beheer/workplace/proposal/"))
    tied.refresh_from_db()
    assert tied.status == "open"


def test_buttons_are_there_for_the_steps_that_may_be_taken(people, pact, phases):
    proposal = f.ProposalFactory(pact=pact)
    for who, buttons in [("member", True), ("works for a participant", False), ("administrator", False)]:
        page = text(desk_of(people[who]).get(page_of(proposal)))
        assert ("Neem over" in page, "Geef terug" in page) == (buttons, buttons), who
    assert "zelf bij betrokken" in text(desk_of(people["works for a participant"]).get(page_of(proposal)))
    assert desk_of(people["officer"]).get(page_of(proposal)).status_code == 403
    assert desk_of(people["administrator"]).post(page_of(proposal), {"step": "take_over"}).status_code == 403


def test_without_a_reason_nothing_is_given_back_and_nothing_is_lost(member, pact):
    proposal = f.ProposalFactory(pact=pact)
    page = desk_of(member).post(page_of(proposal), {"step": "give_back", "reason": " "})
    assert page.status_code == 409
    assert '<a href="#reden-terug">Schrijf op waarom' in text(page)
    assert 'aria-invalid="true"' in text(page)
    proposal.refresh_from_db()
    assert proposal.status == "open"


def test_a_refused_decision_says_why_and_keeps_the_reason(member, pact):
    proposal = f.ProposalFactory(pact=pact, status="ingetrokken")
    page = desk_of(member).post(page_of(proposal), {"step": "give_back", "reason": "Nog te vroeg."})
    assert page.status_code == 409
    assert "de stand is nu “ingetrokken”" in text(page)


def test_an_unknown_organisation_is_chosen_on_the_page(member, pact, leader):
    proposal = propose(pact, leader, Kind.JOINS, joins("De Polderpad"))
    desk = desk_of(member)
    assert "Welke organisatie is dit?" in text(desk.get(page_of(proposal)))
    post = {"step": "take_over", "seen": "De Polderpad doet nog niet mee"}
    assert '<a href="#id_organisation">Maak een keuze' in text(
        desk.post(page_of(proposal), post | {"organisation": ""})
    )
    assert "niet gevonden" in text(desk.post(page_of(proposal), post | {"organisation": "Bestaat niet"}))
    organisation = f.OrganisationFactory(name="Thuiszorg Polderpad")
    assert desk.post(page_of(proposal), post | {"organisation": organisation.pk}).status_code == 302
    assert pact.participations.get().organisation == organisation


@pytest.mark.parametrize("nonsense", NONSENSE[1:])
def test_what_is_no_number_names_no_proposal(member, nonsense):
    assert desk_of(member).get(f"/beheer/workplace/proposal/{nonsense}/change/").status_code == 404
