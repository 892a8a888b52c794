"""Ruimte in de regels: what a source says of it, what the samples add, and that both stay apart."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q
from ruamel.yaml import YAML

from organisations.models import OrganisationKind
from regels.models import (
    AlsoMine,
    Case,
    CaseRule,
    Grant,
    HelpedWords,
    Message,
    Ministry,
    Obstacle,
    ObstacleMove,
    Origin,
    Outcome,
    Question,
    Rule,
    Scheme,
    TextBlock,
)
from themes.models import Theme

CONTENT = Path(settings.BASE_DIR) / "content"
STIFF = ["dient te", "dienen te", "betreffende", "inzake", "middels", "teneinde", "derhalve", "conform", "reeds"]
LONGEST_SENTENCE = 25
FILES = ("rules", "obstacles", "cases", "schemes", "text_blocks")

pytestmark = pytest.mark.usefixtures("content")


def real(model):
    return model.objects.filter(is_sample=False)


def samples(model):
    return model.objects.filter(is_sample=True)


# --- What a source says -------------------------------------------------------------------------


def test_six_obstacles_are_known_and_one_of_them_changed_a_rule():
    assert Counter(real(Obstacle).values_list("status", flat=True)) == {"bekend": 5, "gewijzigd": 1}
    assert [o.slug for o in Obstacle.objects.filter(status="gewijzigd")] == ["stagefonds-voor-wijkleerbedrijven"]


def test_five_questions_are_known_and_an_answer_that_is_lost_says_so():
    assert Counter(real(Case).values_list("outcome", flat=True)) == {
        "antwoord-niet-bewaard": 4,
        "regel-gewijzigd": 1,
    }
    lost = real(Case).filter(outcome=Outcome.NOT_KEPT)
    assert {case.answer.partition(".")[0] for case in lost} == {"Het antwoord is niet bewaard gebleven"}
    assert not samples(Case).filter(outcome=Outcome.NOT_KEPT).exists()


def test_background_to_a_lost_answer_says_that_it_is_background():
    with_room = real(Case).filter(outcome=Outcome.NOT_KEPT).exclude(room="")

    assert with_room.count() == 2
    assert [case.slug for case in with_room if "niet" not in case.room.partition(".")[0]] == []


def test_a_real_case_was_never_checked_and_is_due():
    assert set(real(Case).values_list("checked_on", flat=True)) == {None}
    assert all(case.is_check_due for case in real(Case))


@pytest.mark.parametrize("model", [Rule, Obstacle, Case, Scheme])
def test_what_is_real_names_a_source(model):
    assert list(real(model).filter(sources=None)) == []


def test_what_hangs_on_a_real_record_names_a_source_and_is_never_made_up():
    assert not real(ObstacleMove).filter(source=None).exists()
    assert not real(Grant).filter(source=None).exists()
    for rows, owner in ((ObstacleMove, "obstacle"), (HelpedWords, "obstacle"), (CaseRule, "case"), (Grant, "scheme")):
        assert not samples(rows).filter(**{f"{owner}__is_sample": False}).exists(), rows
        assert not real(rows).filter(**{f"{owner}__is_sample": True}).exists(), rows
    assert not AlsoMine.objects.filter(Q(is_sample=False) | Q(obstacle__is_sample=False)).exists()


def test_the_schemes_of_the_source_and_what_was_granted():
    assert sorted(real(Scheme).values_list("slug", flat=True)) == [
        "regionaal-investeringsfonds-mbo", "sectorplanplus", "stagefonds-zorg",
    ]  # fmt: skip
    rif = Scheme.objects.get(slug="regionaal-investeringsfonds-mbo")
    assert rif.state == Scheme.State.CLOSED
    assert set(rif.grants.values_list("koploper__slug", "pact__slug", "province__slug")) == {
        ("strong", None, "zuid-holland"),
        ("zorgboulevard-roosendaal", "west-brabant", "noord-brabant"),
        (None, None, "noord-holland"),
    }
    assert Scheme.objects.get(slug="sectorplanplus").state == Scheme.State.UNKNOWN


# --- What the samples add -----------------------------------------------------------------------


def test_there_are_55_obstacles_in_every_state():
    found = Counter(Obstacle.objects.published().values_list("status", flat=True))

    assert (sum(found.values()), set(found)) == (55, set(Obstacle.Status.values))
    # The publication: mostly within the rules, sometimes another way, once a change.
    assert found["opgelost-binnen-de-regels"] > found["opgelost-andere-weg"] > found["gewijzigd"] == 1


def test_cases_have_every_outcome_origin_and_status_over_all_that_can_be_filtered_on():
    published = Case.objects.published()

    assert published.count() > 45
    assert set(published.values_list("outcome", flat=True)) == set(Outcome.values)
    assert set(published.values_list("origin", flat=True)) == set(Origin.values)
    assert set(Case.objects.values_list("status", flat=True)) == set(Case.Status.values)
    for name, model in (("ministry", Ministry), ("themes", Theme)):
        assert not model.objects.exclude(pk__in=published.values(name)).exists(), name
    assert OrganisationKind.objects.filter(pk__in=published.values("organisation_kinds")).count() >= 10
    assert not published.filter(is_sample=True, obstacle=None).exists()
    assert not published.filter(is_sample=True).filter(Q(context="") | Q(room="") | Q(what_you_can_do="")).exists()


def test_an_obstacle_ends_where_its_last_move_says():
    for obstacle in Obstacle.objects.prefetch_related("moves"):
        moves = list(obstacle.moves.order_by("on", "pk"))
        assert obstacle.status == (moves[-1].after if moves else "bekend"), obstacle
        assert [m.before for m in moves[1:]] == [m.after for m in moves[:-1]], obstacle
        assert not moves or not obstacle.is_sample or obstacle.status_since == moves[-1].on, obstacle


def test_a_solved_sample_has_a_case_that_fits_its_state():
    assert not samples(Obstacle).solved().without_case().exists()
    fits = {
        "opgelost-binnen-de-regels": {"regel-verhelderd", "eigen-regels"},
        "opgelost-andere-weg": {"andere-aanpak"},
        "blijft": {"niet-mogelijk"},
        "in-onderzoek": {"doorgegeven"},
    }
    for status, outcomes in fits.items():
        found = samples(Case).published().filter(obstacle__status=status)
        assert set(found.values_list("outcome", flat=True)) == outcomes, status


def test_old_cases_a_changed_rule_and_a_withdrawn_one_are_there():
    outdated = samples(Case).perhaps_outdated()
    behind = CaseRule.objects.behind(_today()).filter(is_sample=True)

    assert outdated.count() >= 10
    assert [row.case.slug for row in behind] == ["voorbeeld-eigen-huis-als-leerplek"]
    assert [case.withdrawn_reason != "" for case in Case.objects.withdrawn()] == [True]


def _today():
    from django.utils import timezone

    return timezone.localdate()


def test_schemes_have_every_state_on_the_day_they_are_loaded():
    assert {scheme.state for scheme in Scheme.objects.published()} == set(Scheme.State)


def test_names_cannot_be_taken_for_real():
    names = [*samples(Obstacle).values_list("title", flat=True), *samples(Case).values_list("question", flat=True)]
    names += [*samples(Rule).values_list("name", flat=True), *samples(Scheme).values_list("name", flat=True)]
    names += samples(Question).exclude(anonymised_at__isnull=False).values_list("name", flat=True)
    names += samples(Question).exclude(organisation_name="").values_list("organisation_name", flat=True)

    assert [name for name in names if not name.startswith("Voorbeeld")] == []
    addresses = samples(Question).exclude(email="").values_list("email", flat=True)
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_questions_are_in_every_status_and_every_queue_has_one():
    assert not Question.objects.filter(is_sample=False).exists()
    assert set(Question.objects.values_list("status", flat=True)) == set(Question.Status.values)
    assert set(Message.objects.values_list("kind", flat=True)) == set(Message.Kind.values)
    queues = ("new", "waiting_for_asker", "to_review", "decided_not_sent", "overdue", "to_publish", "perhaps_outdated")
    assert [name for name in queues if not getattr(Question.objects, name)().exists()] == []
    for ministry in Ministry.objects.all():
        assert Question.objects.of_ministry(ministry).exists(), ministry


def test_sample_questions_have_numbers_that_no_real_one_gets():
    assert min(Question.objects.exclude(number=None).values_list("number", flat=True)) > 9000


def test_a_text_block_can_be_filled_in():
    for block in TextBlock.objects.all():
        block.full_clean()
    assert {*TextBlock.objects.exclude(outcome="").values_list("outcome", flat=True)} == {*Outcome.values} - {
        Outcome.NOT_KEPT
    }


# --- The words ----------------------------------------------------------------------------------


def texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


def all_texts():
    paths = [folder / f"{name}.yaml" for folder in (CONTENT, CONTENT / "samples") for name in FILES]
    paths += (CONTENT / "samples" / "vragen").glob("*.yaml")
    for path in paths:
        if path.exists():
            for record in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
                yield from ((path.name, text) for text in texts(record))


def test_texts_are_plain():
    stiff = [(f, w) for f, text in all_texts() for w in STIFF if re.search(rf"\b{w}\b", text, re.IGNORECASE)]
    long = [
        (file, sentence)
        for file, text in all_texts()
        for sentence in re.split(r"(?<=[.?!:;])\s+", text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]

    assert (stiff, long) == ([], [])
