"""Newer borders of municipalities: keeping them, and bringing the table of municipalities in line."""

import datetime
import json
import os
import tempfile
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from geography.boundaries import inner_point
from geography.models import Municipality, Province, Reorganisation
from geography.projection import to_lonlat
from geography.topology import Topology, own_file
from kopgroep.models import Koploper
from organisations.models import Organisation
from regions.models import AreaMunicipality


def touched(codes):
    """By code the pacts, koplopers and organisations that name the municipality, published or not."""
    found = {code: [] for code in codes}
    areas = AreaMunicipality.objects.filter(until="", municipality__code__in=codes)
    for what, rows in [
        ("pact", areas.order_by("pact__name").values_list("municipality__code", "pact__name")),
        ("koploper", _named(Koploper, "municipalities__code", "title", codes)),
        ("organisatie", _named(Organisation, "municipality__code", "name", codes)),
    ]:
        for code, name in rows:
            found[code].append(f"{what} {name}")
    return found


def _named(model, municipality, name, codes):
    return model.objects.filter(**{f"{municipality}__in": codes}).order_by(name).values_list(municipality, name)


@transaction.atomic
def keep(data, changes):
    """Put the borders in the place of those of now. The changed tables raise the version, so every page follows."""
    follow(Topology(data))
    by_code = Municipality.objects.in_bulk(field_name="code")
    for code, successors in changes.successors.items():
        for other, share in successors:
            Reorganisation.objects.update_or_create(
                old=by_code[code],
                new=by_code[other],
                defaults={
                    "date": datetime.date(data["year"], 1, 1),
                    "area_share": round(Decimal(share), 2),
                    "is_main_successor": other == successors[0][0],
                },
            )
    _write(data)


def follow(topology):
    """The table of municipalities as these borders have it: names, what ended, what is new, and a point inside each."""
    there = Municipality.objects.in_bulk(field_name="code")
    provinces = Province.objects.in_bulk(field_name="code")
    taken, rows = set(Municipality.objects.values_list("slug", flat=True)), []
    for code, name in topology.names.items():
        municipality = there.get(code) or Municipality(
            code=code, province=provinces[topology.provinces[code]], slug=_free_slug(name, code, taken)
        )
        if municipality.name and municipality.name != name and not municipality.other_name:
            # Whoever types the name of before still finds it.
            municipality.other_name = municipality.name
        municipality.name, municipality.ended = name, None
        polygons = [[topology.ring_points(ring) for ring in polygon] for polygon in topology.polygons[code]]
        lon, lat = to_lonlat(*inner_point(polygons))
        municipality.lon, municipality.lat = round(lon, 5), round(lat, 5)
        rows.append(municipality)
    fields = ["name", "other_name", "ended", "lon", "lat"]
    Municipality.objects.bulk_update([row for row in rows if row.pk], fields, batch_size=100)
    Municipality.objects.bulk_create([row for row in rows if not row.pk])
    for code, date in topology.ended.items():
        Municipality.objects.filter(code=code).update(ended=date)


def _free_slug(name, code, taken):
    slug = slugify(name)
    slug = f"{slug}-{code.lower()}" if slug in taken else slug
    taken.add(slug)
    return slug


def _write(data):
    """The whole file or nothing of it, so that no process ever reads half of it."""
    path = own_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
        # Web processes of another user read it too.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
