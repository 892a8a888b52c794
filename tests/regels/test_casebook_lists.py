"""The lists of cases, obstacles and schemes: what they show, how they narrow, and what they cost."""

import csv
import datetime
import io
import re

import pytest
from django.utils import timezone

from regels.models import Obstacle, Origin, Outcome, Scheme
from tests import factories as f
from tests.queries import assert_same_queries, queries_of

pytestmark = pytest.mark.django_db
CASES = "/ruimte-in-de-regels/"
OBSTACLES = "/ruimte-in-de-regels/belemmeringen/"
SCHEMES = "/ruimte-in-de-regels/regelingen/"
NOON = "2026-05-06T12:00:00+02:00"
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def names(response):
    return [str(record) for record in response.context["page_obj"]]


def full_case(**fields):
    """A case with one of everything that its row shows or a filter asks."""
    fields = {
        "ministry": f.MinistryFactory(),
        "pact": f.RegionalPactFactory(),
        "koploper": f.KoploperFactory(),
    } | fields
    case = f.CaseFactory(obstacle=f.ObstacleFactory(), **fields)
    f.CaseRuleFactory(case=case)
    case.themes.add(f.ThemeFactory())
    case.organisation_kinds.add(f.OrganisationKindFactory())
    return case


def full_obstacle(**fields):
    fields = {
        "ministry": f.MinistryFactory(),
        "pact": f.RegionalPactFactory(),
        "koploper": f.KoploperFactory(),
    } | fields
    obstacle = f.ObstacleFactory(**fields)
    obstacle.rules.add(f.RuleFactory())
    obstacle.themes.add(f.ThemeFactory())
    obstacle.organisation_kinds.add(f.OrganisationKindFactory())
    f.ObstacleMoveFactory(obstacle=obstacle)
    f.AlsoMineFactory(obstacle=obstacle)
    return obstacle


def full_scheme(**fields):
    scheme = f.SchemeFactory(**{"ministry": f.MinistryFactory()} | fields)
    scheme.themes.add(f.ThemeFactory())
    scheme.phases.add(f.PhaseFactory())
    scheme.koplopers.add(f.KoploperFactory())
    return scheme


@pytest.mark.parametrize(
    ("address", "make", "one", "many"),
    [
        (CASES, full_case, "casus", "casussen"),
        (OBSTACLES, full_obstacle, "belemmering", "belemmeringen"),
        (SCHEMES, full_scheme, "regeling", "regelingen"),
    ],
)
def test_list_says_how_many_there_are_of_what(client, address, make, one, many):
    def heading():
        page = client.get(address).content.decode()
        assert f'href="{address}feed/"' in page
        return re.search(r'<h2 id="lijst"[^>]*>(.*?)</h2>', page).group(1)

    make()
    assert heading() == f"1 {one}"
    make()
    assert heading() == f"2 {many}"


def filters_of(record):
    """A value of every filter that is a record, which `record` has."""
    found = {"ministerie": record.ministry.slug, "thema": record.themes.get().slug}
    if isinstance(record, Scheme):
        return found | {"fase": record.phases.get().slug, "koploper": record.koplopers.get().slug}
    return found | {
        "regel": record.rules.get().slug,
        "organisatie": record.organisation_kinds.get().slug,
        "pact": record.pact.slug,
        "koploper": record.koploper.slug,
    }


MAKE = {CASES: full_case, OBSTACLES: full_obstacle, SCHEMES: full_scheme}
lists = pytest.mark.parametrize("address", MAKE)


@lists
def test_each_filter_keeps_what_fits_and_drops_the_rest(client, address):
    record, _other = MAKE[address](), MAKE[address]()
    for name, value in filters_of(record).items():
        assert names(client.get(address, {name: value})) == [str(record)], name
    assert names(client.get(address, filters_of(record))) == [str(record)]


@lists
def test_the_count_at_a_choice_is_the_length_of_its_list(client, address):
    MAKE[address](), MAKE[address]()
    for group in client.get(address).context["filter"].groups():
        for option in group["options"]:
            assert option.count == len(names(client.get(address, {group["name"]: option.slug}))), option


@lists
def test_what_is_not_public_shows_nowhere_and_cannot_be_asked_for(client, address):
    record = MAKE[address]()
    hidden = MAKE[address]()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    type(hidden).objects.filter(pk=hidden.pk).update(published_at=tomorrow)
    theme = record.themes.get()
    type(theme).objects.update(published_at=None)

    assert names(client.get(address)) == [str(record)]
    assert names(client.get(address, {"thema": theme.slug})) == []


@lists
def test_unknown_choice_gives_nothing_and_says_so(client, address):
    MAKE[address]()
    page = client.get(address, {"thema": "bestaat-niet"}).content.decode()
    assert "Deze keuze kennen wij niet" in page


def test_whoever_types_in_the_search_of_the_list_sees_what_fits_best_first(client):
    """As the form sends it: with the order that was chosen in it."""
    best = f.CaseFactory(question="Mag een verpleegkundige lesgeven?", published_at=LONG_AGO)
    newer = f.CaseFactory(question="Iets anders", answer="Een verpleegkundige mag soms lesgeven.")
    chosen = re.search(r'<option value="([\w-]*)" selected', client.get(CASES).content.decode())[1]

    assert names(client.get(CASES, {"q": "verpleegkundige lesgeven", "sorteer": chosen})) == [str(best), str(newer)]
    assert names(client.get(CASES, {"q": "verpleegkundige lesgeven", "sorteer": "nieuwste"})) == [str(newer), str(best)]


@lists
@pytest.mark.parametrize("query", ["", "?q=mag", "?sorteer=naam"])
def test_list_takes_the_same_queries_for_one_and_three(client, address, query):
    MAKE[address]()

    def more():
        # The search reads what is new when somebody searches.
        return MAKE[address](), MAKE[address](), client.get(address, {"q": "mag"})

    assert_same_queries(client, address + query, more, at_most=8)


@lists
def test_list_with_all_filters_and_a_search_stays_within_its_bar(client, address):
    record = MAKE[address]()
    everything = filters_of(record) | {"q": "mag regel belemmering", "pagina": "1"}
    client.get(address, everything)
    query = "&".join(f"{name}={value}" for name, value in everything.items())
    assert len(queries_of(client, f"{address}?{query}")) <= 8


@lists
@pytest.mark.parametrize("part", ["lijst.csv", "lijst.xlsx", "lijst.json", "feed/"])
def test_files_and_feed_take_the_same_queries_for_one_and_three(client, address, part):
    MAKE[address]()
    assert_same_queries(client, address + part, lambda: [MAKE[address](), MAKE[address]()], at_most=4)


@lists
def test_file_holds_what_the_list_shows(client, address):
    record, _other = MAKE[address](), MAKE[address]()
    answer = client.get(f"{address}lijst.csv", {"thema": record.themes.get().slug})
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["korte naam"] == record.slug
    assert row["thema’s"] == record.themes.get().name
    assert row["ministerie"] == record.ministry.abbreviation
    assert record.get_absolute_url() in row["adres"]


@lists
def test_feed_holds_what_the_list_shows(client, address):
    record, other = MAKE[address](), MAKE[address]()
    page = client.get(f"{address}feed/", {"thema": record.themes.get().slug}).content.decode()
    assert record.get_absolute_url() in page
    assert other.get_absolute_url() not in page


@lists
def test_columns_are_explained_and_lead_back(client, address):
    page = client.get(f"{address}lijst/").content.decode()
    assert f'href="{address}"' in page
    assert f'href="{address}lijst.csv"' in page


# --- Cases ----------------------------------------------------------------------------------------


def test_question_is_found_as_somebody_types_it(client):
    found = f.CaseFactory(
        question="Mogen wij experts uit de praktijk inzetten als docent?", answer="Ja, met een bevoegde docent erbij."
    )
    f.CaseFactory(question="Welke cao geldt bij twee werkgevers?", answer="Die van de werkgever die betaalt.")
    answer = client.get(CASES, {"q": "mag een verpleegkundige als expert les geven als docent bij ons?"})
    assert names(answer)[0] == str(found)
    assert "Ja, met een bevoegde docent erbij." in answer.content.decode()


def test_outcome_and_whose_rule(client):
    own = f.CaseFactory(outcome=Outcome.OWN_RULES, origin=Origin.OWN)
    law = f.CaseFactory(outcome=Outcome.RULE_CHANGED, origin=Origin.LAW)
    assert names(client.get(CASES, {"uitkomst": "eigen-regels"})) == [str(own)]
    assert names(client.get(CASES, {"herkomst": "wet"})) == [str(law)]


@pytest.mark.parametrize(("days", "slug"), [(10, "half-jaar"), (200, "jaar"), (400, "langer"), (None, "nooit")])
def test_when_it_was_checked(client, days, slug):
    today = timezone.localdate()
    case = f.CaseFactory(checked_on=today - datetime.timedelta(days=days) if days else None)
    for other in ["half-jaar", "jaar", "langer", "nooit"]:
        assert names(client.get(CASES, {"nagekeken": other})) == ([str(case)] if other == slug else [])


def test_case_is_perhaps_outdated_by_the_clock_alone(client, time_machine):
    time_machine.move_to(NOON)
    late = f.CaseFactory(question="Te laat nagekeken?", check_due_on=datetime.date(2026, 5, 6))
    changed = f.CaseRuleFactory(case__question="Regel veranderd?", checked_version_on=datetime.date(2020, 1, 1))
    f.RuleVersionFactory(rule=changed.rule, valid_from=datetime.date(2026, 5, 8))

    assert names(client.get(CASES, {"status": "verouderd"})) == []
    time_machine.move_to("2026-05-07T00:01:00+02:00")
    assert names(client.get(CASES, {"status": "verouderd"})) == [str(late)]
    time_machine.move_to("2026-05-08T00:01:00+02:00")
    assert set(names(client.get(CASES, {"status": "verouderd"}))) == {str(late), str(changed.case)}
    assert names(client.get(CASES, {"status": "actueel"})) == []


# --- Obstacles ------------------------------------------------------------------------------------


def test_obstacles_by_where_they_stand(client):
    for status in Obstacle.Status:
        f.ObstacleFactory(title=status.label, status=status)
    for status in Obstacle.Status:
        assert names(client.get(OBSTACLES, {"status": status})) == [status.label]


def test_obstacles_in_order(client):
    old, moved, often = f.ObstacleFactory(), f.ObstacleFactory(), f.ObstacleFactory()
    f.ObstacleMoveFactory(obstacle=moved)
    f.AlsoMineFactory(obstacle=often)
    assert names(client.get(OBSTACLES))[0] == str(moved)
    assert names(client.get(OBSTACLES, {"sorteer": "gemeld"}))[0] == str(often)
    assert names(client.get(OBSTACLES, {"sorteer": "naam"})) == [str(old), str(moved), str(often)]


# --- Schemes --------------------------------------------------------------------------------------


def test_state_of_a_scheme_follows_the_clock(client, time_machine):
    scheme = f.SchemeFactory(opens_on=datetime.date(2026, 6, 1), closes_on=datetime.date(2026, 12, 31))
    for moment, state in [
        ("2026-05-31T23:59:00+02:00", "gepland"),
        ("2026-06-01T00:01:00+02:00", "open"),
        ("2026-12-01T12:00:00+01:00", "sluit-binnenkort"),
        ("2026-12-31T23:59:00+01:00", "sluit-binnenkort"),
        ("2027-01-01T00:01:00+01:00", "gesloten"),
    ]:
        time_machine.move_to(moment)
        for other in Scheme.State:
            assert names(client.get(SCHEMES, {"status": other})) == ([str(scheme)] if other == state else []), moment
        assert f"state-{state}" in client.get(scheme.get_absolute_url()).content.decode()


def test_state_on_the_page_is_that_of_the_filter():
    today = timezone.localdate()
    days = [None, *(today + datetime.timedelta(days=n) for n in (-40, -1, 0, 1, 29, 30, 31, 60))]
    for opens in days:
        for closes in days:
            if not (opens and closes and closes < opens):
                f.SchemeFactory(opens_on=opens, closes_on=closes)
    for scheme in Scheme.objects.with_state():
        assert scheme.state_now == scheme.state, (scheme.opens_on, scheme.closes_on)


def test_page_in_memory_lapses_with_the_scheme(client, settings, time_machine):
    settings.PORTAL_PAGE_MEMORY = True
    time_machine.move_to("2026-12-31T23:58:00+01:00")
    scheme = f.SchemeFactory(closes_on=datetime.date(2026, 12, 31))
    for address in (SCHEMES, scheme.get_absolute_url()):
        assert "Sluit binnenkort" in client.get(address).content.decode()
    time_machine.move_to("2027-01-01T00:00:10+01:00")
    for address in (SCHEMES, scheme.get_absolute_url()):
        assert "state-gesloten" in client.get(address).content.decode()


def test_schemes_stand_by_ministry(client):
    later = f.MinistryFactory(name="Ministerie B", position=2)
    first = f.MinistryFactory(name="Ministerie A", position=1)
    f.SchemeFactory(name="Van niemand")
    f.SchemeFactory(name="Van B", ministry=later)
    f.SchemeFactory(name="Van A", ministry=first)
    answer = client.get(SCHEMES)
    assert names(answer) == ["Van A", "Van B", "Van niemand"]
    page = answer.content.decode()
    assert page.index(">Ministerie A</h3>") < page.index("Van A</a>") < page.index(">Ministerie B</h3>")
    assert "</h3>" in client.get(SCHEMES, {"sorteer": "naam"}).content.decode()
