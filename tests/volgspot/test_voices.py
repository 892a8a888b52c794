"""More than one voice: what partners answer, who may see it, and how the answers lie beside each other."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from outbox.models import Mail
from tests.factories import (
    OrganisationFactory,
    PactParticipationFactory,
    PartnerLinkFactory,
    PartnerViewFactory,
    UserFactory,
)
from tests.queries import assert_same_queries
from tests.site.test_numbers import NONSENSE
from volgspot import partners, voices, workflow
from volgspot.models import PartnerLink, PartnerView, Section, SectionKind
from zorgpact.workflow import Refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/mijn/volgspot/merenland/ronde-2/partners/"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_DEMO = True


@pytest.fixture
def desk(leader):
    client = Client()
    client.force_login(leader, backend=BACKEND)
    return client


def text(response):
    return response.content.decode()


def invite(reflection, leader, email="partner@zorg.example"):
    """The path of a new link."""
    organisation = reflection.pact.participations.first().organisation
    partners.invite(reflection, organisation, email, by=leader)
    return path_in_last_mail()


def answers(reflection, leader, scores, **fields):
    """So many partners who answered."""
    for number, score in enumerate(scores):
        path = invite(reflection, leader, f"partner-{number}@zorg.example")
        response = Client().post(path, {"score-element-1": score, **fields}, headers=OURS)
        assert response.status_code == 302


def test_a_partner_answers_without_account_or_cookie(client, draft, leader):
    path = invite(draft, leader)
    page = client.get(path)
    assert "Zorgpact Merenland" in text(page)
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "strict-origin"
    response = client.post(path, {"score-element-1": "3", "words-note": "Wij willen vaker aan tafel."}, headers=OURS)
    assert not client.cookies
    assert "Dank u wel" in text(client.get(response.url))
    view = PartnerView.objects.get()
    assert view.scores == {"element-1": 3}
    assert view.words == {"note": "Wij willen vaker aan tafel."}


def read_as(page):
    """The version that a form says it was read as."""
    return text(page).split('name="version" value="')[1].split('"')[0]


def test_answering_twice_gives_one_view(client, draft, leader):
    path = invite(draft, leader)
    for score in ("2", "2", "4"):
        page = client.get(path)
        assert client.post(path, {"score-element-1": score, "version": read_as(page)}, headers=OURS).status_code == 302
    assert PartnerView.objects.get().scores == {"element-1": 4}


def test_the_same_answers_sent_twice_are_kept_once(client, draft, leader):
    path = invite(draft, leader)
    for _ in range(2):
        response = client.post(path, {"words-note": "Graag vaker.", "version": "0"}, headers=OURS)
        assert response.status_code == 302
    assert PartnerView.objects.get().version == 1


def test_a_second_window_shows_both_answers_and_loses_neither(client, draft, leader):
    path = invite(draft, leader)
    client.post(path, {"words-note": "Uit het eerste venster.", "score-element-1": "2", "version": "0"}, headers=OURS)
    stale = client.post(path, {"words-note": "Uit het tweede venster.", "version": "0"}, headers=OURS)
    assert stale.status_code == 409
    assert "Uit het eerste venster." in text(stale)
    assert "Uit het tweede venster." in text(stale)
    assert PartnerView.objects.get().words == {"note": "Uit het eerste venster."}
    again = {"words-note": "Uit het tweede venster.", "version": read_as(stale)}
    assert client.post(path, again, headers=OURS).status_code == 302
    assert PartnerView.objects.get().words == {"note": "Uit het tweede venster."}


def test_an_empty_form_is_no_answer(client, draft, leader):
    path = invite(draft, leader)
    empty = client.post(path, {"share-scores": "met-naam", "words-note": "  "}, headers=OURS)
    assert empty.status_code == 400
    assert "U hebt nog niets ingevuld." in text(empty)
    assert not PartnerView.objects.exists()


@pytest.mark.parametrize("version", ["", "drie", "-1", "9" * 40, "²"])
def test_a_nonsense_version_overwrites_nothing(client, draft, leader, version):
    path = invite(draft, leader)
    client.post(path, {"words-note": "Eerst."}, headers=OURS)
    assert client.post(path, {"words-note": "Later.", "version": version}, headers=OURS).status_code == 409
    assert PartnerView.objects.get().words == {"note": "Eerst."}


def test_what_was_typed_stays_to_copy_where_it_can_no_longer_be_kept(client, filled, leader):
    typed = {"words-note": "Wij hadden nog een heel verhaal te vertellen."}
    path = invite(filled, leader)
    workflow.submit(filled, by=leader)
    late = client.post(path, typed, headers=OURS)
    assert late.status_code == 409
    assert typed["words-note"] in text(late)
    PartnerLink.objects.update(revoked_at=timezone.now())
    gone = client.post(path, typed, headers=OURS)
    assert gone.status_code == 410
    assert typed["words-note"] in text(gone)
    assert not PartnerView.objects.exists()


def test_a_draft_that_is_sent_in_meanwhile_takes_no_answer(filled, leader):
    """The page was checked before; what counts is the moment of keeping."""
    link = PartnerLinkFactory(reflection=filled)
    workflow.submit(filled, by=leader)
    with pytest.raises(Refused):
        partners.answer(link, elements=[], cleaned={})


def test_a_link_that_is_revoked_meanwhile_takes_no_answer(draft):
    link = PartnerLinkFactory(reflection=draft)
    PartnerLink.objects.update(revoked_at=timezone.now())
    with pytest.raises(Refused):
        partners.answer(link, elements=[], cleaned={})


@pytest.mark.norm("ASVS-3.5.1")
@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}, {"Referer": "http://[x"}],
)
def test_a_form_from_elsewhere_is_refused(client, draft, leader, headers):
    path = invite(draft, leader)
    response = client.post(path, {"words-note": "Dit is een lang genoeg stuk tekst."}, headers=headers)
    assert response.status_code == 403
    assert not PartnerView.objects.exists()


def test_nonsense_is_said_and_kept(client, draft, leader):
    path = invite(draft, leader)
    response = client.post(path, {"score-element-1": "9", "words-note": "Blijft staan."}, headers=OURS)
    assert response.status_code == 400
    assert "Blijft staan." in text(response)
    assert not PartnerView.objects.exists()


@pytest.mark.norm("MAIL-5")
def test_links_that_do_not_work_explain_themselves(client, draft, leader):
    assert client.get("/mening/bestaat-niet/").status_code == 404
    path = invite(draft, leader)
    partners.revoke(PartnerLink.objects.get(), by=leader)
    response = client.get(path)
    assert response.status_code == 410
    assert "ingetrokken" in text(response)
    again = invite(draft, leader)
    assert client.get(again).status_code == 200
    PartnerLink.objects.update(lapses_at=timezone.now() - datetime.timedelta(days=1))
    assert "verlopen" in text(client.get(again))


def test_after_submission_the_view_stands_and_the_report_can_be_read(client, filled, leader, member):
    path = invite(filled, leader)
    client.post(path, {"score-element-1": "2"}, headers=OURS)
    Section.objects.filter(kind=SectionKind.INTENTIONS).update(audience="partners")
    Section.objects.filter(kind=SectionKind.AGREEMENTS).update(audience="programma")
    assert "Hoe ziet u de samenwerking" in text(client.get(path))
    submitted = workflow.submit(filled, by=leader)
    page = text(client.get(path))
    assert "<h1>Uw blik op Zorgpact Merenland</h1>" in page
    assert "Staat het verslag vast?" in page
    workflow.adopt(submitted, by=member)
    client.post(path, {"score-element-1": "4"}, headers=OURS)
    assert PartnerView.objects.get().scores == {"element-1": 2}
    page = text(client.get(path))
    assert "<h1>Het verslag van Zorgpact Merenland, voor partners</h1>" in page
    assert "ongeveer tien minuten" not in page
    assert "Staat het verslag vast?" not in page
    assert "Wij gaan door." in page
    assert "Een dag per maand vrij." not in page


def test_fewer_than_four_answers_show_no_dots(desk, draft, leader):
    answers(draft, leader, [1, 2, 3])
    assert "een stip zou iemand aanwijzen" in text(desk.get(PAGE))
    assert partners.spread_of(draft) == []
    Client().post(invite(draft, leader, "vierde@zorg.example"), {"score-element-1": "4"}, headers=OURS)
    assert partners.spread_of(draft)[0]["counts"] == [1, 1, 1, 1]
    assert "Elke stip is één partner" in text(desk.get(PAGE))


def test_who_shares_with_the_team_alone_is_no_dot_for_the_leader(draft, leader):
    answers(draft, leader, [1, 2, 3, 4], **{"share-scores": "landelijk-team"})
    assert partners.spread_of(draft) == []
    assert partners.spread_of(draft, for_team=True)[0]["counts"] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("share", "number", "sees", "names"),
    [
        ("met-naam", 1, True, True),
        ("zonder-naam", 1, False, False),
        ("zonder-naam", 4, True, False),
        ("landelijk-team", 4, False, False),
    ],
)
def test_words_are_told_as_the_partner_chose(draft, leader, share, number, sees, names):
    answers(draft, leader, [2] * number, **{"words-note": "De trekker doet veel alleen.", "share-note": share})
    told = partners.words_for_leader(draft)
    assert bool(told) is sees
    assert any(one["who"] for one in told) is names


def test_the_leader_asks_reminds_and_revokes(desk, draft):
    organisation = draft.pact.participations.first().organisation
    desk.post(PAGE, {"invite": "1", "organisation": organisation.pk, "email": "Iemand@Zorg.example"})
    link = PartnerLink.objects.get()
    assert link.email == "iemand@zorg.example"
    desk.post(PAGE, {"remind": "1", "link": link.pk})
    desk.post(PAGE, {"remind": "1", "link": link.pk})
    assert Mail.objects.filter(kind="volgspot.partner_reminder").count() == 1
    desk.post(PAGE, {"revoke": "1", "link": link.pk})
    assert not PartnerLink.objects.usable().exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"organisation": "", "email": "a@b.nl"}, "Kies een organisatie"),
        ({"organisation": "999999", "email": "a@b.nl"}, "Kies een organisatie"),
        ({"organisation": "eigen", "email": "geen adres"}, "Vul een e-mailadres in"),
    ],
)
def test_asking_says_what_is_wrong(desk, draft, fields, said):
    if fields["organisation"] == "eigen":
        fields = fields | {"organisation": draft.pact.participations.first().organisation.pk}
    response = desk.post(PAGE, {"invite": "1", **fields})
    assert response.status_code == 400
    assert said in text(response)
    assert not Mail.objects.exists()


def test_an_organisation_that_does_not_take_part_cannot_be_asked(desk, draft):
    response = desk.post(PAGE, {"invite": "1", "organisation": OrganisationFactory().pk, "email": "a@b.nl"})
    assert response.status_code == 400


def path_in_last_mail():
    return "/mening/" + Mail.objects.order_by("-pk").first().text.split("/mening/")[1].split("/")[0] + "/"


def test_a_reminder_leaves_the_first_link_working(client, desk, draft, leader):
    first = invite(draft, leader)
    desk.post(PAGE, {"remind": "1", "link": PartnerLink.objects.get().pk})
    second = path_in_last_mail()
    assert first != second
    for path in (first, second):
        assert client.get(path).status_code == 200
    client.post(first, {"words-note": "Via de eerste mail."}, headers=OURS)
    assert "Via de eerste mail." in text(client.get(second))
    desk.post(PAGE, {"revoke": "1", "link": PartnerLink.objects.get().pk})
    for path in (first, second):
        assert client.get(path).status_code == 410


def test_there_is_an_end_to_how_many_links_are_sent(desk, draft, monkeypatch):
    monkeypatch.setattr(partners, "MOST_LINKS", 2)
    organisation = draft.pact.participations.first().organisation
    desk.post(PAGE, {"invite": "1", "organisation": organisation.pk, "email": "een@zorg.example"})
    desk.post(PAGE, {"again": "1", "link": PartnerLink.objects.get().pk})
    for button in (
        {"again": "1", "link": PartnerLink.objects.usable().get().pk},
        {"invite": "1", "organisation": organisation.pk, "email": "twee@zorg.example"},
    ):
        response = desk.post(PAGE, button)
        assert response.status_code == 400
        assert "hoogstens 2 links" in text(response)
    assert PartnerLink.objects.count() == Mail.objects.count() == 2


def test_once_it_is_sent_in_nobody_is_asked_or_reminded(client, filled, leader):
    client.force_login(leader, backend=BACKEND)
    invite(filled, leader)
    link = PartnerLink.objects.get()
    workflow.submit(filled, by=leader)
    before = Mail.objects.filter(kind__startswith="volgspot.partner").count()
    assert client.post(PAGE, {"again": "1", "link": link.pk}).status_code == 400
    client.post(PAGE, {"remind": "1", "link": link.pk})
    assert Mail.objects.filter(kind__startswith="volgspot.partner").count() == before


def test_only_the_leader_sees_who_answered(draft, member):
    for user in (UserFactory(), member):
        client = Client()
        client.force_login(user, backend=BACKEND)
        assert client.get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302


@pytest.mark.norm("ASVS-8.2.2")
def test_the_link_of_another_reflection_cannot_be_touched(desk, draft, leader):
    other = PartnerLinkFactory()
    assert desk.post(PAGE, {"revoke": "1", "link": other.pk}).status_code == 404
    other.refresh_from_db()
    assert other.revoked_at is None


@pytest.mark.norm("ASVS-11.5.1")
def test_a_token_stands_nowhere_but_in_the_mail(draft, leader):
    path = invite(draft, leader)
    token = path.split("/")[2]
    assert token not in str(list(PartnerLink.objects.values_list()))


def test_from_one_place_so_many_answers_and_no_more(client, draft, leader, settings):
    path = invite(draft, leader)
    settings.PORTAL_LIMITS_TIMES = 1 / voices.ANSWER.from_address
    typed = {"words-note": "Dit wil ik niet nog een keer typen."}
    assert client.post(path, typed, headers=OURS).status_code == 302
    answer = client.post(path, typed, headers=OURS)
    assert answer.status_code == 429
    assert typed["words-note"] in text(answer)
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_what_is_no_number_names_no_link_and_no_organisation(desk, draft, nonsense):
    assert desk.post(PAGE, {"revoke": "1", "link": nonsense}).status_code == 404
    response = desk.post(PAGE, {"invite": "1", "organisation": nonsense, "email": "een@zorg.example"})
    assert response.status_code == 400
    assert "Kies een organisatie" in text(response)


def test_the_page_of_the_leader_takes_the_same_queries_for_one_and_three(desk, draft):
    def more(number=2):
        for _ in range(number):
            partner = PactParticipationFactory(pact=draft.pact).organisation
            PartnerLinkFactory(reflection=draft, organisation=partner)
            answered = PartnerLinkFactory(reflection=draft, organisation=partner, email="antwoord@voorbeeld.example")
            PartnerViewFactory(link=answered, scores={"element-1": 3}, words={"note": "Vaker aan tafel."})

    more(1)
    assert_same_queries(desk, PAGE, more, at_most=20)
