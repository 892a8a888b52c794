"""The index follows every change, whoever makes it and however, and shows nothing that is not public."""

import contextlib
import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from geography.models import Province
from kopgroep.models import Koploper, KoploperTheme
from organisations.models import Organisation
from search import registry, triggers
from search.models import Change, Document, IndexState, Term, Word
from search.whole import check, keep_right, rebuild
from tests import factories as f
from themes.models import Theme

pytestmark = pytest.mark.django_db


def test_a_new_record_is_found_at_once(titles):
    assert titles("robots") == []
    f.KoploperFactory(title="Robots in huis")

    assert titles("robots") == ["Robots in huis"]


def test_every_way_to_change_a_record(titles):
    koploper = f.KoploperFactory(title="Robots")
    assert titles("robots") == ["Robots"]

    koploper.title = "Paarden"
    koploper.save()
    assert (titles("robots"), titles("paarden")) == ([], ["Paarden"])

    Koploper.objects.update(title="Schapen")
    assert (titles("paarden"), titles("schapen")) == ([], ["Schapen"])

    Koploper.objects.bulk_update([Koploper(pk=koploper.pk, title="Geiten")], ["title"])
    assert (titles("schapen"), titles("geiten")) == ([], ["Geiten"])

    with connection.cursor() as cursor:
        cursor.execute("UPDATE kopgroep_koploper SET title = 'Koeien'")
    assert (titles("geiten"), titles("koeien")) == ([], ["Koeien"])

    Koploper.objects.update(published_at=None)
    assert titles("koeien") == []

    Koploper.objects.update(published_at=timezone.now())
    assert titles("koeien") == ["Koeien"]

    Koploper.objects.all().delete()
    assert (titles("koeien"), Document.objects.count()) == ([], 0)


def test_many_at_once(titles):
    Koploper.objects.bulk_create(
        [Koploper(title=f"Robots {n}", slug=f"robots-{n}", summary="x", published_at=f.PUBLISHED) for n in range(3)]
    )

    assert titles("robots") == ["Robots 0", "Robots 1", "Robots 2"]


def test_what_is_shared_changes_all_that_name_it(titles):
    row = f.KoploperThemeFactory(koploper__title="Alfa", theme__name="Robots")
    partner = f.KoploperParticipationFactory(koploper=row.koploper, organisation__name="Zorggroep Bever").organisation
    town = f.MunicipalityFactory(name="Bovendorp", province__name="Graafschap")
    row.koploper.municipalities.add(town)
    kind = ["koploper"]
    assert titles("robots", soort=kind) == titles("bever", soort=kind) == titles("graafschap", soort=kind) == ["Alfa"]

    Theme.objects.update(name="Paarden")
    Organisation.objects.filter(pk=partner.pk).update(name="Zorggroep Das")
    Province.objects.update(name="Betuwe")
    assert titles("robots", soort=kind) == titles("bever", soort=kind) == titles("graafschap", soort=kind) == []
    assert titles("paarden", soort=kind) == titles("das", soort=kind) == titles("betuwe", soort=kind) == ["Alfa"]

    row.koploper.municipalities.clear()
    KoploperTheme.objects.all().delete()
    assert titles("paarden", soort=kind) == titles("betuwe", soort=kind) == []


def test_an_undone_change_changes_nothing(titles):
    f.KoploperFactory(title="Robots")

    class Undo(Exception):
        pass

    with contextlib.suppress(Undo), transaction.atomic():
        Koploper.objects.update(title="Paarden")
        raise Undo
    assert (titles("robots"), titles("paarden")) == (["Robots"], [])


def test_the_clock_publishes(titles):
    soon = timezone.now() + datetime.timedelta(hours=2)
    f.KoploperFactory(title="Robots", published_at=soon)
    assert titles("robots") == []
    assert not Document.objects.exists()
    assert not Word.objects.filter(text="robots").exists()

    with time_machine.travel(soon - datetime.timedelta(seconds=1), tick=False):
        assert titles("robots") == []
    with time_machine.travel(soon, tick=False):
        assert titles("robots") == ["Robots"]
        assert not Change.objects.exists()


def test_the_clock_publishes_what_a_record_names(titles):
    soon = timezone.now() + datetime.timedelta(hours=2)
    row = f.KoploperThemeFactory(koploper__title="Alfa", theme__name="Robots", theme__published_at=soon)
    f.KoploperParticipationFactory(
        koploper=row.koploper,
        organisation__name="Bevers",
        organisation__published_at=soon + datetime.timedelta(hours=1),
    )
    assert titles("robots") == titles("bevers") == []

    with time_machine.travel(soon, tick=False):
        assert (titles("robots", soort=["koploper"]), titles("bevers")) == (["Alfa"], [])
    with time_machine.travel(soon + datetime.timedelta(hours=1), tick=False):
        assert titles("bevers", soort=["koploper"]) == ["Alfa"]


def test_a_record_that_is_put_off_stays_away(titles):
    soon = timezone.now() + datetime.timedelta(hours=2)
    koploper = f.KoploperFactory(title="Robots", published_at=soon)
    assert titles("robots") == []
    Koploper.objects.filter(pk=koploper.pk).update(published_at=None)

    with time_machine.travel(soon, tick=False):
        assert titles("robots") == []


def test_what_could_not_be_read_yet_does_not_show(titles, monkeypatch, client):
    f.KoploperFactory(title="Robots")
    assert titles("robots") == ["Robots"]
    Koploper.objects.update(published_at=None)
    monkeypatch.setattr("search.indexing._step", lambda: 0)

    assert titles("robots") == []
    offered = client.get("/zoeken/suggesties/", {"q": "robots"}).json()["suggesties"]
    assert [offer for offer in offered if offer["adres"]] == []


def test_many_changes_are_read_in_parts(titles, monkeypatch):
    monkeypatch.setattr("search.indexing.BATCH", 2)
    for number in range(5):
        f.KoploperFactory(title=f"Robots {number}")

    # Each is noted for koplopers and for other good examples.
    assert [len(titles("robots")) for _ in range(2)] == [1, 2]
    keep_right()
    assert len(titles("robots")) == 5


def test_every_feed_has_a_trigger():
    wanted = {feed.model._meta.db_table for kind in registry.kinds() for feed in kind.feeds}

    assert triggers.installed() == wanted | {"search_synonym"}


def test_every_model_that_a_document_reads_feeds_it():
    """A document made anew after each change equals the one that the triggers kept."""
    row = f.KoploperThemeFactory()
    f.KoploperParticipationFactory(koploper=row.koploper)
    f.ResultFactory(koploper=row.koploper)
    f.VoiceFactory(koploper=row.koploper)
    f.AdoptionFactory(koploper=row.koploper, which_part="Alles")
    row.koploper.forms.add(f.CooperationFormFactory())
    row.koploper.challenges.add(f.ChallengeFactory())
    row.koploper.municipalities.add(f.MunicipalityFactory())
    row.koploper.pacts.add(f.RegionalPactFactory())
    Koploper.objects.filter(pk=row.koploper.pk).update(place=f.PlaceFactory())
    check()
    for feed in registry.kind_named("koploper").feeds:
        fields = [
            field
            for field in feed.model._meta.fields
            if field.get_internal_type() in ("CharField", "TextField") and not field.choices
        ]
        for field in fields[:3] if feed.model.objects.exists() else []:
            record = feed.model.objects.first()
            if field.unique or field.name == "slug":
                continue
            feed.model.objects.filter(pk=record.pk).update(**{field.name: "anders"[: field.max_length]})
            keep_right()
            drift = [what for what, _ in check(repair=False) if what in ("verouderd", "ontbreekt", "hoort er niet in")]
            assert drift == [], (feed.model, field.name)


def test_check_finds_and_mends(capsys, titles):
    f.KoploperFactory(title="Robots")
    assert titles("robots") == ["Robots"]
    call_command("check_index")
    assert capsys.readouterr().out == "De zoekindex klopt.\n"

    Document.objects.filter(title="Robots").update(fingerprint="x")
    with pytest.raises(CommandError, match="verouderd: 1"):
        call_command("check_index", dry_run=True)
    call_command("check_index")
    assert capsys.readouterr().out == "De zoekindex is hersteld. verouderd: 1.\n"
    call_command("check_index", dry_run=True)


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (lambda: Document.objects.all().delete(), "ontbreekt"),
        (lambda: Word.objects.update(count=7), "woorden verkeerd geteld"),
        (lambda: Term.objects.all().delete(), "termen verkeerd geteld"),
        (lambda: Document.objects.update(terms=""), "anders ontleed"),
        (lambda: IndexState.objects.update(rules=0), "regels van het zoeken gewijzigd"),
        (
            lambda: Document.objects.create(kind="koploper", object_id=999, facets="", title="Spook", url="/", fingerprint=""),
            "hoort er niet in",
        ),
    ],
)  # fmt: skip
def test_check_sees_whatever_is_wrong(break_it, found, titles):
    f.KoploperFactory(title="Robots")
    check()
    break_it()

    assert found in [what for what, _number in check()]
    assert check() == []
    assert titles("robots") == ["Robots"]


def test_an_index_made_anew_is_the_index_that_grew(titles):
    for title in ("Robots", "Wijkleerbedrijf Oost", "Leerbedrijven"):
        f.KoploperFactory(title=title)
        titles("robots")
    grown = list(Document.objects.order_by("object_id").values("title", "facets", "body", "words", "fingerprint"))
    rebuild()

    assert (
        list(Document.objects.order_by("object_id").values("title", "facets", "body", "words", "fingerprint")) == grown
    )
    assert check() == []


def test_a_record_without_words_is_no_trouble(titles):
    f.KoploperFactory(title="!!!", summary="…")

    assert titles("!!!") == []
    assert check() == []
