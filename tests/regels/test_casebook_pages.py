"""The pages of a case, a rule, an obstacle and a scheme: what a reader sees, and what it costs."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import OCW, VWS
from kopgroep.models import Koploper
from regels.models import Case, Obstacle
from regels.workflow import cases as steps
from regels.workflow import obstacles as moves
from tests import factories as f
from tests.queries import assert_same_queries

from .conftest import person
from .test_casebook_lists import full_case, full_obstacle, full_scheme

pytestmark = pytest.mark.django_db
SCHEMES = "/ruimte-in-de-regels/regelingen/"
TOMORROW = timezone.now() + datetime.timedelta(days=1)


def page(client, record):
    answer = client.get(record.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


# --- A case ---------------------------------------------------------------------------------------


def test_answer_comes_first(client):
    case = full_case(
        answer="Ja, dat mag.\nU hebt geen toestemming nodig.",
        context="Een school wilde dit.",
        what_you_can_do="Bel de school.\nSchrijf het op.",
        conditions="Er is een docent bij.",
    )
    text = page(client, case)
    order = ["Ja, dat mag.</strong>", "Een school wilde dit.", case.rules.get().name, "<li>Bel de school.</li>", "Er is een docent bij."]  # fmt: skip
    assert sorted(order, key=text.index) == order


def test_rule_leads_to_the_text_as_it_was_and_as_it_is(client):
    link = f.CaseRuleFactory(checked_version_on=datetime.date(2026, 8, 1), rule__place="artikel=7.2.7&lid=3")
    text = page(client, link.case)
    here = "https://wetten.overheid.nl/jci1.3:c:BWBR0007625&amp;artikel=7.2.7&amp;lid=3"
    assert f'href="{here}&amp;z=2026-08-01&amp;g=2026-08-01"' in text
    assert f'href="{here}"' in text


def test_banner_when_the_rule_has_a_newer_text(client, time_machine):
    time_machine.move_to("2026-05-06T12:00:00+02:00")
    link = f.CaseRuleFactory(checked_version_on=datetime.date(2020, 1, 1), rule__name="Stagefonds")
    assert "mogelijk verouderd" not in page(client, link.case)
    steps.add_rule_version(link.rule, valid_from=datetime.date(2026, 5, 7))
    assert "mogelijk verouderd" not in page(client, link.case)
    time_machine.move_to("2026-05-07T00:01:00+02:00")
    text = page(client, link.case)
    assert "Dit antwoord is mogelijk verouderd." in text
    assert "is veranderd sinds wij dit nakeken" in text
    assert "moeten nakijken" not in text


def test_banner_when_the_next_check_is_late(client):
    case = f.CaseFactory(check_due_on=timezone.localdate() - datetime.timedelta(days=1))
    text = page(client, case)
    assert "moeten nakijken" in text
    assert "is veranderd sinds" not in text


def test_what_is_not_public_is_not_mentioned(client):
    case = full_case()
    hidden = {
        case.obstacle: "title",
        case.rules.get(): "name",
        case.themes.get(): "name",
        case.pact: "name",
        case.koploper: "title",
    }
    for record, name in hidden.items():
        assert str(getattr(record, name)) in page(client, case)
        type(record).objects.filter(pk=record.pk).update(published_at=TOMORROW)
        assert str(getattr(record, name)) not in page(client, case), record


@pytest.mark.parametrize("status", [Case.Status.DRAFT, Case.Status.SECOND_READER])
def test_a_case_that_was_never_public_is_not_there(client, status):
    case = f.CaseFactory(status=status, published_at=None)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(f"{case.get_absolute_url()}nuttig/").status_code == 404


def test_withdrawn_case_says_why_and_nothing_more(client, ocw):
    case = f.CaseFactory(ministry=ocw, question="Mag een stagiair dit?", answer="Ja, altijd.")
    steps.withdraw(case, by=person("ambtenaar", OCW), reason="De regel is vervallen.")
    answer = client.get(case.get_absolute_url())
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "De regel is vervallen." in text
    assert "Ja, altijd." not in text
    assert "Mag een stagiair dit?" not in text
    assert case.get_absolute_url() not in client.get("/ruimte-in-de-regels/").content.decode()
    assert case.get_absolute_url() not in client.get("/sitemap.xml").content.decode()
    assert case.get_absolute_url() not in client.get("/zoeken/", {"q": "stagiair"}).content.decode()


def test_related_are_of_the_same_obstacle_then_rule_then_theme(client):
    case = full_case()
    theme = f.CaseFactory(question="Zelfde thema")
    theme.themes.add(case.themes.get())
    rule = f.CaseRuleFactory(case__question="Zelfde regel", rule=case.rules.get()).case
    obstacle = f.CaseFactory(question="Zelfde belemmering", obstacle=case.obstacle)
    f.CaseFactory(question="Iets anders")
    f.CaseFactory(question="Niet openbaar", obstacle=case.obstacle, published_at=TOMORROW)
    assert client.get(case.get_absolute_url()).context["related"] == [obstacle, rule, theme]


def test_of_very_many_cases_the_newest_are_compared(client, monkeypatch, written_anew):
    monkeypatch.setattr("regels.casebook.cases.COMPARED", 1)
    theme = f.ThemeFactory()
    cases = [f.CaseFactory(obstacle=None) for _ in range(4)]
    for each in cases:
        each.themes.add(theme)
    rule = f.CaseRuleFactory(case=cases[0]).rule
    older = f.CaseRuleFactory(rule=rule, case=f.CaseFactory(obstacle=None)).case
    newer = f.CaseRuleFactory(rule=rule, case=f.CaseFactory(obstacle=None)).case
    related = client.get(cases[0].get_absolute_url()).context["related"]
    assert related == [newer, cases[3]]
    assert older not in related


def test_case_of_nothing_has_no_related_ones(client):
    f.CaseFactory(), f.CaseFactory()
    assert client.get(f.CaseFactory().get_absolute_url()).context["related"] == []


def test_case_says_to_machines_what_the_answer_is(client):
    assert '"@type": "QAPage"' in page(client, f.CaseFactory())
    assert "QAPage" not in page(client, f.CaseFactory(is_sample=True))


def test_case_takes_the_same_queries_for_one_and_three(client):
    case = full_case()

    def more():
        for _ in range(2):
            other = full_case()
            f.CaseRuleFactory(case=case, rule=other.rules.get())
            case.themes.add(other.themes.get())
            case.organisation_kinds.add(other.organisation_kinds.get())
            case.sources.add(f.SourceFactory())
            f.AlsoMineFactory(obstacle=case.obstacle, province=f.ProvinceFactory())

    case.sources.add(f.SourceFactory())
    assert_same_queries(client, case.get_absolute_url(), more, at_most=8)


# --- An obstacle ----------------------------------------------------------------------------------


def test_obstacle_shows_where_it_stands_and_how_it_got_there(client, vws):
    obstacle = f.ObstacleFactory(ministry=vws)
    officer = person("ambtenaar", VWS)
    moves.move(obstacle, by=officer, reason="Drie regio’s melden dit.", to=Obstacle.Status.EXAMINED)
    moves.move(obstacle, by=officer, reason="De inspectie ziet ruimte.", to=Obstacle.Status.SOLVED_WITHIN)
    text = page(client, obstacle)
    assert (
        text.index("Opgelost binnen de regels")
        < text.index("De inspectie ziet ruimte.")
        < text.index("Drie regio’s melden dit.")
    )
    assert "ambtenaar@" not in text


def test_words_of_those_helped_show_when_published(client):
    said = f.HelpedWordsFactory(words="Wij konden verder.")
    hidden = f.HelpedWordsFactory(words="Nog niet.", obstacle=said.obstacle, published_at=None)
    text = page(client, said.obstacle)
    assert said.words in text
    assert hidden.words not in text


def test_obstacle_takes_the_same_queries_for_one_and_three(client):
    def fill(obstacle):
        f.ObstacleMoveFactory(obstacle=obstacle, source=f.SourceFactory())
        f.HelpedWordsFactory(obstacle=obstacle, source=f.SourceFactory())
        f.CaseFactory(obstacle=obstacle)
        f.AlsoMineFactory(obstacle=obstacle, province=f.ProvinceFactory())
        obstacle.rules.add(f.RuleFactory())
        obstacle.themes.add(f.ThemeFactory())
        obstacle.sources.add(f.SourceFactory())

    obstacle = full_obstacle()
    fill(obstacle)
    assert_same_queries(client, obstacle.get_absolute_url(), lambda: [fill(obstacle), fill(obstacle)], at_most=8)


def test_obstacle_shows_a_few_cases_and_leads_to_all(client):
    obstacle = f.ObstacleFactory()
    for _ in range(11):
        f.CaseFactory(obstacle=obstacle)
    f.CaseFactory(obstacle=obstacle, published_at=None, status=Case.Status.DRAFT)
    answer = client.get(obstacle.get_absolute_url())
    assert len(answer.context["cases"]) == 10
    link = f"/ruimte-in-de-regels/?belemmering={obstacle.slug}"
    assert f'href="{link}">Alle 11 casussen hierover</a>' in answer.content.decode()
    listed = client.get(link)
    assert listed.context["filter"].total == 11
    assert obstacle.title in [chip.label for chip in listed.context["chips"]]


# --- A rule ---------------------------------------------------------------------------------------


def test_rule_counts_obstacles_by_the_year_of_their_report(client):
    rule = f.RuleFactory()
    for day in ("2016", "2018-03", "2018-05-06", ""):
        f.ObstacleFactory(reported_on=day).rules.add(rule)
    f.ObstacleFactory(reported_on="2016", published_at=TOMORROW).rules.add(rule)
    answer = client.get(rule.get_absolute_url())
    years = [(year.name, year.number) for year in answer.context["years"]]
    assert years == [("2016", 1), ("2017", 0), ("2018", 2), ("niet bekend", 1)]
    listed = client.get("/ruimte-in-de-regels/belemmeringen/", {"regel": rule.slug})
    assert answer.context["rule"].obstacles_count == listed.context["filter"].total == 4


def test_rule_shows_its_cases_versions_and_official_text(client):
    rule = f.RuleFactory(place="artikel=4", version_on=datetime.date(2026, 8, 1))
    f.RuleVersionFactory(rule=rule, valid_from=datetime.date(2026, 8, 1), what_changed="Minder uren.")
    case = f.CaseRuleFactory(rule=rule).case
    hidden = f.CaseRuleFactory(rule=rule, case__question="Straks?", case__published_at=TOMORROW).case
    text = page(client, rule)
    assert case.question in text
    assert hidden.question not in text
    assert "Minder uren." in text
    assert 'href="https://wetten.overheid.nl/jci1.3:c:BWBR0007625&amp;artikel=4"' in text


def test_rule_takes_the_same_queries_for_one_and_three(client):
    rule = f.RuleFactory()

    def fill():
        f.CaseRuleFactory(rule=rule)
        f.ObstacleFactory(reported_on="2016").rules.add(rule)
        f.RuleVersionFactory(rule=rule)
        rule.sources.add(f.SourceFactory())

    fill()
    assert_same_queries(client, rule.get_absolute_url(), lambda: [fill(), fill()], at_most=8)


# --- A scheme -------------------------------------------------------------------------------------


def test_lapsed_scheme_says_so(client):
    scheme = f.SchemeFactory(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    assert "Deze regeling is gesloten." in page(client, scheme)
    assert "Deze regeling is gesloten." not in page(client, f.SchemeFactory(closes_on=timezone.localdate()))


def test_scheme_names_the_koplopers_that_used_it(client):
    scheme = full_scheme()
    koploper = scheme.koplopers.get()
    hidden = f.KoploperFactory(title="Nog geheim", published_at=None)
    scheme.koplopers.add(hidden)
    f.GrantFactory(scheme=scheme, title="Leren in de wijk", koploper=hidden)
    text = page(client, scheme)
    assert koploper.title in text
    assert "Leren in de wijk" in text
    assert hidden.title not in text


def test_scheme_takes_the_same_queries_for_one_and_three(client):
    scheme = full_scheme()

    def fill():
        f.GrantFactory(
            scheme=scheme, koploper=f.KoploperFactory(), pact=f.RegionalPactFactory(), theme=f.ThemeFactory(),
            province=f.ProvinceFactory(), source=f.SourceFactory(),
        )  # fmt: skip
        scheme.koplopers.add(f.KoploperFactory())
        scheme.themes.add(f.ThemeFactory())
        scheme.sources.add(f.SourceFactory())

    fill()
    assert_same_queries(client, scheme.get_absolute_url(), lambda: [fill(), fill()], at_most=8)


# --- From elsewhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [full_case, full_obstacle, full_scheme, f.RuleFactory])
def test_search_finds_it(client, make):
    record = make()
    assert record.get_absolute_url() in client.get("/zoeken/", {"q": str(record)}).content.decode()


def test_search_shows_the_answer_in_the_hit(client):
    f.CaseFactory(question="Mogen verpleegkundigen lesgeven?", answer="Ja, met een docent erbij.\nVraag het de school.")
    text = client.get("/zoeken/", {"q": "mag een verpleegkundige lesgeven"}).content.decode()
    assert "Ja, met een " in text


def test_search_follows_a_move_and_a_withdrawal(client, vws):
    obstacle = f.ObstacleFactory(title="Lesgeven telt niet mee", ministry=vws)
    assert "Stand: bekend." in client.get("/zoeken/", {"q": "lesgeven"}).content.decode()
    moves.move(obstacle, by=person("ambtenaar", VWS), reason="Wij zoeken het uit.", to=Obstacle.Status.EXAMINED)
    assert "Stand: in onderzoek." in client.get("/zoeken/", {"q": "lesgeven"}).content.decode()


def test_pact_koploper_and_theme_lead_to_their_cases(client):
    case = full_case()
    to_pact = f"/ruimte-in-de-regels/?pact={case.pact.slug}"
    assert case.get_absolute_url() in page(client, case.koploper)
    assert f'{to_pact}">1 vraag met het antwoord</a>' in page(client, case.pact)
    assert f"/ruimte-in-de-regels/?thema={case.themes.get().slug}" in page(client, case.themes.get())
    Case.objects.update(published_at=TOMORROW)
    assert case.get_absolute_url() not in page(client, case.koploper)
    assert to_pact not in page(client, case.pact)
    assert "?thema=" + case.themes.get().slug not in page(client, case.themes.get()).replace("/kopgroep/?thema", "").replace("/regionale-pacten/?thema", "")  # fmt: skip


def test_koploper_names_the_schemes_that_it_used_and_what_it_got(client):
    koploper = f.KoploperFactory()
    used = f.SchemeFactory(name="Stagefonds Zorg")
    used.koplopers.add(koploper)
    grant = f.GrantFactory(koploper=koploper, title="Leren in de wijk", amount="€ 1 miljoen")
    f.GrantFactory(scheme=grant.scheme, title="Van een ander project")
    hidden = f.SchemeFactory(name="Nog geheime regeling", published_at=TOMORROW)
    hidden.koplopers.add(koploper)
    f.GrantFactory(scheme=hidden, koploper=koploper, title="Nog geheime toekenning")

    text = page(client, koploper)

    assert f'<a href="{used.get_absolute_url()}">Stagefonds Zorg</a>' in text
    assert text.count(f'<a href="{grant.scheme.get_absolute_url()}">') == 1
    assert "Leren in de wijk, € 1 miljoen" in text
    for absent in ("Van een ander project", "Nog geheime"):
        assert absent not in text


def test_list_behind_the_schemes_of_a_koploper_is_as_long_as_its_page_says(client):
    koploper, other = f.KoploperFactory(), f.KoploperFactory()
    used, both = f.SchemeFactory(), f.SchemeFactory()
    for scheme in (used, both):
        scheme.koplopers.add(koploper, other)
    granted = f.GrantFactory(koploper=koploper).scheme
    for _twice in range(2):
        f.GrantFactory(scheme=both, koploper=koploper)
    f.GrantFactory(koploper=other)
    f.GrantFactory(scheme=f.SchemeFactory(published_at=TOMORROW), koploper=koploper)

    address = f"/ruimte-in-de-regels/regelingen/?koploper={koploper.slug}"
    assert f'<a href="{address}">Deze 3 regelingen in de lijst</a>' in page(client, koploper)
    listed = client.get(address)

    assert listed.context["filter"].total == 3
    assert {scheme.pk for scheme in listed.context["page_obj"]} == {used.pk, both.pk, granted.pk}
    # With another filter on, the numbers at the choices of each are counted from the same schemes.
    both_on = client.get(f"{address}&status=onbekend").context["filter"]
    assert both_on.total == sum(option.count for option in both_on.options("status") if option.slug == "onbekend") == 3
    Koploper.objects.filter(pk=koploper.pk).update(published_at=TOMORROW)
    assert client.get(address).context["filter"].total == 0


def test_pact_and_theme_lead_to_their_schemes(client):
    scheme = full_scheme()
    pact, theme = f.RegionalPactFactory(), scheme.themes.get()
    f.GrantFactory.create_batch(2, scheme=scheme, pact=pact)
    f.GrantFactory(scheme=f.SchemeFactory(published_at=TOMORROW), pact=pact)
    of_pact, of_theme = (f"{SCHEMES}?pact={pact.slug}", f"{SCHEMES}?thema={theme.slug}")

    assert f'{of_pact}">1 regeling</a>' in page(client, pact)
    assert f'{of_theme}">1 regeling</a>' in page(client, theme)
    f.SchemeFactory(name="Van een ander")
    for address in (of_pact, of_theme):
        text = client.get(address).content.decode()
        assert scheme.get_absolute_url() in text
        assert "Van een ander" not in text


def test_sitemap_has_every_public_page(client):
    records = [full_case(), full_obstacle(), full_scheme(), f.RuleFactory()]
    hidden = f.CaseFactory(published_at=TOMORROW)
    text = client.get("/sitemap.xml").content.decode()
    for record in records:
        assert f"{record.get_absolute_url()}</loc>" in text
    assert hidden.get_absolute_url() not in text
    assert "/ruimte-in-de-regels/regelingen/</loc>" in text
