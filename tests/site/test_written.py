"""Queries that are written once: they give what the query itself gives, whoever asks and whenever."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.db.models import Count, Value
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kopgroep.models import Koploper
from regions.models import PhaseChange
from tests import factories as f
from zorgpact.written import WrittenOnce, among, as_value, forget, moment, the_one

pytestmark = pytest.mark.django_db


@WrittenOnce
def at_place(place):
    koplopers = Koploper.objects.published().filter(place=place).select_related("place")
    return koplopers.with_corners().annotate(results_found=Count("results"))


def at(when):
    return time_machine.travel(when, tick=False)


def test_gives_the_records_with_all_that_hangs_on_them():
    result = f.ResultFactory(koploper__place=f.PlaceFactory())
    f.KoploperParticipationFactory(koploper=result.koploper)
    [found] = at_place(result.koploper.place_id)
    [asked] = at_place._make(result.koploper.place_id)

    assert found == asked == result.koploper
    assert vars(found).keys() == vars(asked).keys()
    assert (found.title, found.corners, found.results_found) == (asked.title, asked.corners, 1)
    with CaptureQueriesContext(connection) as captured:
        assert found.place.name == result.koploper.place.name
    assert not captured.captured_queries


def test_gives_each_who_asks_what_is_theirs():
    one, other = f.KoploperFactory(place=f.PlaceFactory()), f.KoploperFactory(place=f.PlaceFactory())

    for koploper in (one, other, one):
        assert at_place(koploper.place_id) == [koploper]


def test_an_edit_shows_the_next_time():
    koploper = f.KoploperFactory(place=f.PlaceFactory(), title="Oude naam")
    assert [k.title for k in at_place(koploper.place_id)] == ["Oude naam"]

    Koploper.objects.filter(pk=koploper.pk).update(title="Nieuwe naam")

    assert [k.title for k in at_place(koploper.place_id)] == ["Nieuwe naam"]


def test_is_written_once_and_asked_each_time():
    times = []

    @WrittenOnce
    def named(title):
        times.append(title)
        return Koploper.objects.published().filter(title=title)

    koploper = f.KoploperFactory(title="Een naam")
    with CaptureQueriesContext(connection) as captured:
        assert [named("Een naam"), named("Nog een"), named("Een naam")] == [[koploper], [], [koploper]]

    assert len(times) == 1
    assert len(captured) == 3


def test_what_another_thread_forgets_meanwhile_is_no_matter():
    class Kept(dict):
        """Forgotten by all as soon as somebody looks."""

        def __contains__(self, key):
            forget()
            return super().__contains__(key)

        def get(self, key):
            forget()
            return super().get(key)

    written = WrittenOnce(lambda title: Koploper.objects.filter(title=title).order_by().values_list("title"))
    written.sql("A")
    written._kept = Kept(written._kept)

    assert written.sql("B")[1] == ["B"]


def test_many_at_once_get_what_is_theirs():
    """Each thread writes another query of the same function: none takes away what another looks up."""

    @WrittenOnce
    def titled(*titles):
        return Koploper.objects.filter(title__in=titles).order_by().values_list("title")

    def asked(number):
        for _ in range(20):
            _sql, params = titled.sql(*map(str, range(number)))
            assert params == [*map(str, range(number))]
            forget()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(asked, range(1, 9)))


def test_what_is_published_later_shows_at_its_moment_and_not_before():
    noon = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
    koploper = f.KoploperFactory(place=f.PlaceFactory(), published_at=noon)

    with at(noon - datetime.timedelta(microseconds=1)):
        assert at_place(koploper.place_id) == []
    with at(noon):
        assert at_place(koploper.place_id) == [koploper]


def test_what_follows_from_the_day_is_of_today():
    @WrittenOnce
    def entered():
        return PhaseChange.objects.filter(since__lte=timezone.localdate().isoformat())

    change = f.PhaseChangeFactory(since="2026-03-03")

    with at(datetime.datetime(2026, 3, 2, 22, 59, tzinfo=datetime.UTC)):
        assert entered() == []
    with at(datetime.datetime(2026, 3, 2, 23, 1, tzinfo=datetime.UTC)):
        assert entered() == [change]


def test_many_numbers_are_one_value():
    @WrittenOnce
    def titles(numbers):
        return Koploper.objects.filter(pk__in=among(numbers)).order_by("title").values_list("title", flat=True)

    one, two = f.KoploperFactory(title="Een"), f.KoploperFactory(title="Twee")

    assert titles(as_value([])) == []
    assert titles(as_value([one.pk])) == ["Een"]
    assert titles(as_value([*range(10**9, 10**9 + 50_000), two.pk, one.pk])) == ["Een", "Twee"]


def test_rows_of_more_than_one_table():
    @WrittenOnce
    def names(koploper):
        found = Koploper.objects.filter(pk=koploper).order_by()
        of_koploper, of_place = (
            found.values_list(Value("koploper"), "title"),
            found.values_list(Value("plaats"), "place__name"),
        )
        return of_koploper.union(of_place, all=True)

    koploper = f.KoploperFactory(title="Een naam", place=f.PlaceFactory(name="Goes"))

    assert sorted(names(koploper.pk)) == [("koploper", "Een naam"), ("plaats", "Goes")]


def test_a_filter_that_nothing_can_pass_gives_nothing():
    assert WrittenOnce(lambda: Koploper.objects.none())() == []
    assert WrittenOnce(lambda: Koploper.objects.filter(pk__in=[]))() == []


def test_as_part_of_another_query_it_holds_the_values():
    f.KoploperFactory(place=f.PlaceFactory())
    koploper = f.KoploperFactory(place=f.PlaceFactory())
    sql, params = WrittenOnce(
        lambda place: Koploper.objects.published().filter(place=place).order_by().values_list("pk")
    ).sql(koploper.place_id)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", params)
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (lambda: Koploper.objects.prefetch_related("municipalities"), ()),
        (lambda: Koploper.objects.filter(published_at__lte=timezone.now()), ()),
        (lambda day: Koploper.objects.filter(confirmed_on=day), (datetime.date(2026, 1, 1),)),
        (lambda number: Koploper.objects.filter(pk=number), (None,)),
        (lambda word: Koploper.objects.filter(title__icontains=word), ("huis",)),
        (lambda number, word: Koploper.objects.filter(pk=number), (1, "huis")),
    ],
    ids=["two queries", "a moment of its own", "a day", "nothing", "a part of a word", "a value too many"],
)
def test_refuses_what_it_cannot_keep(make, values):
    with pytest.raises(TypeError):
        WrittenOnce(make)(*values)


def test_outside_a_query_the_moment_is_now():
    when = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
    with at(when):
        assert moment() == when


def test_a_setting_that_changes_is_heard(settings):
    koploper = f.KoploperFactory(confirmed_on=timezone.localdate() - datetime.timedelta(days=60))

    @WrittenOnce
    def fresh():
        from programme.models import freshness_in_database

        return Koploper.objects.annotate(fresh=freshness_in_database()).values_list("pk", "fresh")

    assert fresh() == [(koploper.pk, "actueel")]
    settings.PORTAL_STALE_AFTER_MONTHS = 1
    assert fresh() == [(koploper.pk, "verouderd")]


def test_the_one_or_the_answer_that_there_is_none():
    assert the_one(["a"]) == "a"
    with pytest.raises(Http404):
        the_one([])
