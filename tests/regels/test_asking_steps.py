"""Asking a question: looked for, typed step by step, looked over, sent once."""

import pytest
from django.utils import timezone

from outbox.models import Mail
from regels.models import Case, Draft, LookupHelped, Question
from tests.factories import (
    CaseFactory,
    KoploperFactory,
    OrganisationKindFactory,
    RegionalPactFactory,
    RuleFactory,
    ThemeFactory,
)
from tests.queries import queries_of
from tests.regels.asking import ASK, FROM_HERE, TYPED, Asker, last_link

pytestmark = pytest.mark.django_db
STEPS = ("vraag", "regel", "waar", "bijlagen", "antwoord", "controle")


@pytest.fixture(autouse=True)
def _no_hurry(settings):
    settings.PORTAL_ASKING_TAKES_SECONDS = 0


@pytest.fixture
def asker():
    return Asker()


def text_of(response):
    return response.content.decode()


def test_what_was_chosen_is_looked_up_once(asker):
    """And not again for each step that the page leads to."""
    rule, theme, kind = RuleFactory(published_at=timezone.now()), ThemeFactory(), OrganisationKindFactory()
    draft = asker.fill_all()
    asker.fill(draft, "regel", TYPED["regel"] | {"rule": rule.slug})
    place = {"pact": RegionalPactFactory().slug, "koploper": KoploperFactory().slug}
    asker.fill(draft, "waar", TYPED["waar"] | place | {"themes": [theme.slug], "organisation_kind": kind.slug})

    taken = {step: len(queries_of(asker.client, f"{draft}{step}/")) for step in STEPS}

    assert max(taken.values()) <= 12, taken
    assert taken["controle"] <= 9, taken


def test_a_question_from_beginning_to_end(asker):
    rule, theme, kind = RuleFactory(published_at=timezone.now()), ThemeFactory(), OrganisationKindFactory()
    pact, koploper = RegionalPactFactory(), KoploperFactory()
    draft = asker.start("Eerste woorden")
    asker.fill(draft, "vraag")
    asker.fill(draft, "regel", TYPED["regel"] | {"rule": rule.slug})
    place = {"themes": [theme.slug], "organisation_kind": kind.slug, "pact": pact.slug, "koploper": koploper.slug}
    asker.fill(draft, "waar", TYPED["waar"] | place)
    asker.post(f"{draft}bijlagen/", {"verder": "ja"})
    asker.fill(draft, "antwoord")

    checked = text_of(asker.client.get(f"{draft}controle/"))
    for shown in ("Mogen wij lesgeven op de werkvloer?", "de inspectie of een toezichthouder", str(rule), str(theme), str(pact), str(koploper), "vrager@voorbeeld.example"):  # fmt: skip
        assert shown in checked
    assert not Question.objects.exists()

    response = asker.send(draft)
    assert response["Location"] == f"{draft}verstuurd/"
    assert "Bevestig uw e-mailadres" in text_of(asker.client.get(response["Location"]))
    question = Question.objects.get()
    assert (question.question, question.goal) == (TYPED["vraag"]["question"], TYPED["vraag"]["goal"])
    assert (question.said_by, question.written_where, question.tried) == ("inspectie", "artikel 7", "Wij belden.")
    assert (question.rule, question.pact, question.koploper, question.organisation_kind) == (rule, pact, koploper, kind)
    assert (question.email, question.name, question.may_become_case) == (
        "vrager@voorbeeld.example",
        "Vera Vrager",
        True,
    )
    assert (list(question.themes.all()), question.status) == ([theme], Question.Status.UNCONFIRMED)
    assert [mail.to for mail in Mail.objects.filter(kind="regels.confirm")] == ["vrager@voorbeeld.example"]


def test_sending_twice_is_one_question(asker):
    draft = asker.fill_all()
    state = asker.state(f"{draft}controle/")
    for _ in range(2):
        response = asker.post(f"{draft}controle/", {"stand": state, "versturen": "ja"})
        assert response["Location"] == f"{draft}verstuurd/"
    assert Question.objects.count() == Mail.objects.count() == 1


def test_every_step_has_its_own_title_and_place(asker):
    draft = asker.fill_all()
    for number, step in enumerate(STEPS, 1):
        assert f"<title>Stap {number} van 6:" in text_of(asker.client.get(f"{draft}{step}/"))


@pytest.mark.norm("ASVS-2.3.1")
def test_a_later_step_leads_to_the_first_open_one(asker):
    draft = asker.start()
    assert asker.client.get(f"{draft}controle/")["Location"] == f"{draft}regel/"
    response = asker.post(f"{draft}controle/", {"stand": "", "versturen": "ja"})
    assert response.status_code == 409
    assert not Question.objects.exists()


def test_back_and_forth_keeps_everything(asker):
    draft = asker.start()
    response = asker.fill(draft, "regel", terug="ja")
    assert response["Location"] == f"{draft}vraag/"
    assert "artikel 7" in text_of(asker.client.get(f"{draft}regel/"))
    assert TYPED["vraag"]["question"] in text_of(asker.client.get(f"{draft}vraag/"))


def test_a_change_from_the_last_page_leads_back_there(asker):
    draft = asker.fill_all()
    page = text_of(asker.client.get(f"{draft}controle/"))
    assert f'href="{draft}waar/?nagaan"' in page
    assert asker.fill(draft, "waar", {"organisation_name": "Elders"}, nagaan="ja")["Location"] == f"{draft}controle/"


def test_what_is_wrong_is_said_above_and_at_the_field_and_stays(asker):
    draft = asker.start()
    for step in ("vraag", "regel", "waar"):
        asker.fill(draft, step)
    asker.post(f"{draft}bijlagen/", {"verder": "ja"})
    response = asker.fill(draft, "antwoord", {"email": "geen adres", "name": "Vera"})
    page = text_of(response)
    assert response.status_code == 400
    assert "<title>Fout: " in page
    assert 'href="#id_email"' in page
    assert page.count("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.") == 2
    assert 'value="geen adres"' in page
    # Kept too: whoever comes back finds it.
    assert 'value="geen adres"' in text_of(asker.client.get(f"{draft}antwoord/"))
    assert asker.client.get(f"{draft}controle/")["Location"] == f"{draft}antwoord/"


def test_two_windows_lose_neither_text(asker):
    draft = asker.start()
    path = f"{draft}vraag/"
    old = asker.state(path)
    assert asker.post(path, {"stand": old, "question": "Uit venster een"}).status_code == 302
    response = asker.post(path, {"stand": old, "question": "Uit venster twee"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Uit venster een" in page
    assert "Uit venster twee" in page
    assert Draft.objects.get().steps["vraag"]["question"] == "Uit venster een"
    # Sent again from the page that showed both, it is a choice.
    state = page.split('name="stand" value="')[1].split('"')[0]
    assert asker.post(path, {"stand": state, "question": "Uit venster twee"}).status_code == 302
    assert Draft.objects.get().steps["vraag"]["question"] == "Uit venster twee"


def test_the_same_text_twice_is_no_conflict(asker):
    draft = asker.start()
    old = asker.state(f"{draft}regel/")
    for _ in range(2):
        assert asker.post(f"{draft}regel/", {"stand": old} | TYPED["regel"]).status_code == 302


def test_what_changed_in_another_window_is_not_sent_unseen(asker):
    draft = asker.fill_all()
    old = asker.state(f"{draft}controle/")
    asker.fill(draft, "vraag", {"question": "Toch een andere vraag"})
    response = asker.post(f"{draft}controle/", {"stand": old, "versturen": "ja"})
    assert response.status_code == 409
    assert "Toch een andere vraag" in text_of(response)
    assert not Question.objects.exists()


def test_typed_in_an_old_window_after_sending_is_shown_and_not_lost(asker):
    draft = asker.fill_all()
    asker.send(draft)
    response = asker.post(f"{draft}vraag/", {"stand": "", "question": "Dit wilde ik nog toevoegen."})
    assert response.status_code == 409
    assert "Dit wilde ik nog toevoegen." in text_of(response)
    assert asker.client.get(f"{draft}vraag/")["Location"] == f"{draft}verstuurd/"
    assert "toevoegen" not in Question.objects.get().question
    # What did go along is not said to be lost.
    Question.objects.update(goal="Dan passen de diensten bij de lessen.")
    old = {"stand": "", "question": "Dit wilde ik nog toevoegen.", "goal": "Dan passen de diensten bij de lessen."}
    assert "Dan passen" not in text_of(asker.post(f"{draft}vraag/", old))
    same = {"stand": "", "question": Question.objects.get().question, "goal": Question.objects.get().goal}
    assert asker.post(f"{draft}vraag/", same)["Location"] == f"{draft}verstuurd/"


def test_what_was_left_empty_is_said_in_one_line(asker):
    draft = asker.start()
    asker.fill(draft, "vraag", {"question": "Mag dat?"})
    asker.fill(draft, "regel", {"written_where": "artikel 7"})
    asker.fill(draft, "waar", {})
    asker.post(f"{draft}bijlagen/", {"verder": "ja"})
    asker.fill(draft, "antwoord", {"email": "vrager@voorbeeld.example"})
    page = text_of(asker.client.get(f"{draft}controle/"))
    assert "Niet ingevuld: Wat wilt u bereiken?</p>" in page
    assert "<dt>Waar staat dat het niet mag?</dt><dd>artikel 7</dd>" in page
    assert "<dt>Wat hebt u al geprobeerd?</dt>" not in page


def test_a_draft_can_be_thrown_away(asker):
    draft = asker.fill_all()
    assert "Alles wat u schreef en toevoegde, is dan weg." in text_of(asker.client.get(f"{draft}controle/"))
    response = asker.post(f"{draft}controle/", {"weggooien": "ja"})
    assert "Uw concept is weggegooid" in text_of(asker.client.get(response["Location"]))
    assert not Draft.objects.exists()
    assert asker.client.get(f"{draft}vraag/").status_code == 404


@pytest.mark.parametrize("step", [*STEPS, "verstuurd"])
def test_another_token_opens_nothing(asker, step):
    asker.fill_all()
    response = asker.client.get(f"{ASK}{'x' * 43}/{step}/")
    assert response.status_code == 404
    assert TYPED["vraag"]["question"] not in text_of(response)
    assert asker.client.get(f"{ASK}{Draft.objects.get().token_hash}/{step}/").status_code == 404


@pytest.mark.norm("ASVS-11.5.1")
def test_looking_keeps_nothing_and_a_draft_begins_with_a_button_only(asker):
    asker.client.get(ASK)
    asker.post(ASK, {"question": "Mag dit?", "kijk": "ja"})
    assert not Draft.objects.exists()
    draft = asker.start()
    asker.client.get(f"{draft}vraag/")
    assert Draft.objects.count() == 1
    token = draft.split("/")[-2]
    assert len(token) >= 43
    assert token not in str(Draft.objects.values())


def test_this_helps_me_ends_happily_and_counts(asker):
    case = CaseFactory(status=Case.Status.PUBLISHED, published_at=timezone.now())
    for times in (1, 2):
        response = asker.post(ASK, {"helpt": case.slug})
        assert LookupHelped.objects.get(case=case).times == times
    page = text_of(asker.client.get(response["Location"]))
    assert "Fijn dat dit helpt" in page
    assert case.answer in page
    assert asker.post(ASK, {"helpt": "bestaat-niet"}).status_code == 404
    assert not Draft.objects.exists()


def test_a_case_that_is_not_public_helps_nobody(asker):
    case = CaseFactory(status=Case.Status.DRAFT, published_at=None)
    assert asker.post(ASK, {"helpt": case.slug}).status_code == 404
    assert case.answer not in text_of(asker.client.get(f"{ASK}?geholpen={case.slug}"))


BSN = "111222333"


@pytest.mark.norm("AVG-5.1")
@pytest.mark.parametrize("typed", [BSN, "111 222 333", "1112.22.333", f"mijn nummer is {BSN}."])
def test_a_citizen_service_number_gets_a_warning_that_does_not_block(asker, typed):
    assert "burgerservicenummer" in text_of(asker.post(ASK, {"question": typed, "kijk": "ja"}))
    draft = asker.start(typed)
    assert "burgerservicenummer" in text_of(asker.client.get(f"{draft}vraag/"))
    response = asker.fill(draft, "vraag", {"question": typed})
    assert response.status_code == 302
    assert "burgerservicenummer" in text_of(asker.client.get(response["Location"]))


@pytest.mark.parametrize("typed", ["111222334", "000000000", "1112223330", "06-11122233", "€ 111.222.333,50", "2026"])
def test_another_number_gets_none(asker, typed):
    assert "burgerservicenummer" not in text_of(asker.post(ASK, {"question": typed, "kijk": "ja"}))


# --- Nobody is followed, and programs are held off ------------------------------------------------


@pytest.mark.norm("AVG-5.5")
def test_no_cookie_at_any_step(asker):
    draft = asker.fill_all()
    asker.send(draft)
    link = last_link()
    asker.client.get(link)
    asker.post(link, {"bevestig": "ja"})
    asker.post(link, {"bericht": "ja", "text": "Nog iets"})
    asker.client.get(f"{link}gegevens/")
    assert not asker.client.cookies


def test_pages_behind_a_token_stay_out_of_everything(asker):
    draft = asker.fill_all()
    asker.send(draft)
    for path in (f"{draft}verstuurd/", last_link(), f"{last_link()}gegevens/", f"{ASK}weg/vraag/"):
        response = asker.client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.norm("ASVS-3.5.1")
@pytest.mark.parametrize(
    "sent_from", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://elders.example"}, {}]
)
def test_a_form_of_another_site_does_nothing(asker, sent_from):
    draft = asker.fill_all()
    state = asker.state(f"{draft}controle/")
    elsewhere = Asker()
    elsewhere.client.defaults = {k: v for k, v in elsewhere.client.defaults.items() if k not in FROM_HERE} | sent_from
    assert elsewhere.post(ASK, {"question": "Mag dit?", "verder": "ja"}).status_code == 403
    assert elsewhere.post(f"{draft}controle/", {"stand": state, "versturen": "ja"}).status_code == 403
    assert Draft.objects.count() == 1
    assert not Question.objects.exists()


def test_a_field_that_nobody_sees_stops_a_program(asker):
    response = asker.post(ASK, {"question": "Koop dit", "verder": "ja", "website": "https://spam.example"})
    assert response.status_code == 400
    assert "Maak dit veld leeg" in text_of(response)
    draft = asker.fill_all()
    assert asker.send(draft, website="x").status_code == 400
    assert not Question.objects.exists()


def test_whoever_is_too_fast_waits_and_loses_nothing(asker, settings):
    draft = asker.fill_all()
    settings.PORTAL_ASKING_TAKES_SECONDS = 60
    response = asker.send(draft)
    assert response.status_code == 409
    assert "Wacht tien tellen" in text_of(response)
    settings.PORTAL_ASKING_TAKES_SECONDS = 0
    assert asker.send(draft).status_code == 302


@pytest.mark.norm("ASVS-2.4.1")
def test_too_many_drafts_from_one_place(asker):
    for _ in range(10):
        asker.start()
    response = asker.post(ASK, {"question": "Dit is de elfde vraag van vandaag.", "verder": "ja"})
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "Dit is de elfde vraag van vandaag." in text_of(response)
    assert Draft.objects.count() == 10


def test_a_network_counts_as_well_as_an_address():
    for number in range(40):
        Asker(REMOTE_ADDR=f"192.0.2.{number}").start()
    assert Asker(REMOTE_ADDR="192.0.2.99").post(ASK, {"question": "Mag dit?", "verder": "ja"}).status_code == 429
    assert Asker(REMOTE_ADDR="198.51.100.1").start()


def test_limits_can_be_raised(asker, settings):
    settings.PORTAL_LIMITS_TIMES = 2
    for _ in range(15):
        assert asker.start()


@pytest.mark.parametrize("field", ["question", "goal"])
def test_what_is_far_too_long_is_refused_and_shown(asker, field):
    draft = asker.start()
    response = asker.fill(draft, "vraag", {"question": "Mag dit?"} | {field: "a" * 30_000})
    assert response.status_code == 400
    assert "a" * 30_000 in text_of(response)
    assert len(str(Draft.objects.get().steps)) < 10_000


def test_an_empty_question_begins_nothing(asker):
    for typed in ("", "   ", "\n"):
        response = asker.post(ASK, {"question": typed, "verder": "ja"})
        assert response.status_code == 400
        assert "Vul dit veld in." in text_of(response)
    assert not Draft.objects.exists()


@pytest.mark.norm("AVG-5.2")
def test_privacy_is_said_where_it_matters(asker):
    draft = asker.fill_all()
    for path in (ASK, f"{draft}antwoord/", f"{draft}controle/"):
        page = text_of(asker.client.get(path))
        assert "alleen om uw vraag te beantwoorden" in page
        assert 'href="/privacy/"' in page
    assert "Schrijf geen namen of medische gegevens van anderen op." in text_of(asker.client.get(ASK))
