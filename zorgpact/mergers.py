"""Municipalities that ended and are still named: what took their place, and putting that in.

The reorganisation proposes; an editor decides, one record at a time.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from geography.models import Municipality, Reorganisation
from kopgroep.models import Adoption, Koploper
from organisations.models import Organisation
from regions.models import AreaMunicipality, RegionalPact, Subregion


@dataclass
class Successor:
    municipality: Municipality
    # Which part of the land of the ended municipality it has, from 0 to 1.
    share: Decimal
    is_main: bool
    since: date

    @property
    def percent(self):
        return round(self.share * 100)


@dataclass
class Mention:
    """A record names a municipality that ended."""

    kind: str
    # What holds the name: a row of an area, a subregion, a koploper, an adoption or an organisation.
    holder: Any
    record: Any
    place: str
    municipality: Municipality
    successors: list
    # Whether one successor can take its place, or several.
    takes_one: bool

    @property
    def key(self):
        return f"{self.kind}-{self.holder.pk}-{self.municipality.pk}"


def mentions():
    """All of them, the records in the order of their names; the same number of queries for one and for many."""
    ended = {m.pk: m for m in Municipality.objects.filter(ended__lte=timezone.localdate()).select_related("province")}
    successors = _successors()
    found = []

    def add(kind, holder, record, place, pk, takes_one=False):
        if successors.get(pk):
            found.append(Mention(kind, holder, record, place, ended[pk], successors[pk], takes_one))

    for row in AreaMunicipality.objects.filter(until="", municipality__in=ended).select_related("pact"):
        add("gebied", row, row.pact, "gebied", row.municipality_id)
    for part in _with_ended(Subregion, ended).select_related("pact"):
        for municipality in part.named_and_ended:
            add("subregio", part, part.pact, f"subregio {part}", municipality.pk)
    for koploper in _with_ended(Koploper, ended):
        for municipality in koploper.named_and_ended:
            add("koploper", koploper, koploper, "gemeenten", municipality.pk)
    for adoption in Adoption.objects.filter(municipality__in=ended).select_related("koploper"):
        add("overname", adoption, adoption.koploper, f"overname {adoption}", adoption.municipality_id, True)
    for organisation in Organisation.objects.filter(municipality__in=ended):
        add("organisatie", organisation, organisation, "gemeente", organisation.municipality_id, True)
    return sorted(found, key=lambda mention: (str(mention.record), mention.place, mention.municipality.name))


def _with_ended(model, ended):
    names = Prefetch("municipalities", Municipality.objects.filter(pk__in=ended), to_attr="named_and_ended")
    return model.objects.filter(municipalities__in=ended).distinct().prefetch_related(names)


def _successors():
    """Ended municipality → the municipalities of today that have its land, those with most of it first."""
    steps = {}
    for step in Reorganisation.objects.select_related("new__province"):
        steps.setdefault(step.old_id, []).append(step)

    def today(pk, seen):
        for step in steps.get(pk, ()):
            if step.new.ended is None:
                yield Successor(step.new, step.area_share, step.is_main_successor, step.date)
            elif step.new_id not in seen:
                for later in today(step.new_id, seen | {step.new_id}):
                    main = step.is_main_successor and later.is_main
                    yield Successor(later.municipality, step.area_share * later.share, main, later.since)

    return {pk: sorted(today(pk, {pk}), key=lambda s: (-s.share, s.municipality.name)) for pk in steps}


@transaction.atomic
def put_in(mention, chosen):
    """`chosen` successors take the place of the municipality that ended; the record gets a new version."""
    record = type(mention.record).objects.select_for_update().get(pk=mention.record.pk)
    _PUT_IN[mention.kind](mention, chosen)
    record.version += 1
    if mention.kind == "organisatie":
        record.municipality = chosen[0].municipality
    record.save()


def _in_area(mention, chosen):
    """The history of an area stays: the old one until then, the new ones since then."""
    row = mention.holder
    for successor in chosen:
        there = {"pact": row.pact, "municipality": successor.municipality, "until": ""}
        if not AreaMunicipality.objects.filter(**there).exists():
            AreaMunicipality.objects.create(**there, since=successor.since.isoformat())
    row.until = max(successor.since for successor in chosen).isoformat()
    row.save()


def _in_set(mention, chosen):
    mention.holder.municipalities.add(*(successor.municipality for successor in chosen))
    mention.holder.municipalities.remove(mention.municipality)


def _in_adoption(mention, chosen):
    mention.holder.municipality = chosen[0].municipality
    mention.holder.save()


def _nothing_more(mention, chosen):
    pass


_PUT_IN = {
    "gebied": _in_area,
    "subregio": _in_set,
    "koploper": _in_set,
    "overname": _in_adoption,
    "organisatie": _nothing_more,
}
RIGHTS = [f"{m._meta.app_label}.change_{m._meta.model_name}" for m in (RegionalPact, Koploper, Organisation)]
