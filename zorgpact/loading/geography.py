"""Read provinces, municipalities, reorganisations and places from `geography/data/`."""

import csv
import datetime
from collections import Counter
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from geography.models import Municipality, Place, Province, Reorganisation
from geography.provinces import PROVINCES
from geography.topology import borders, own_file

from .borders import follow

DATA = Path(settings.BASE_DIR) / "geography" / "data"
# What people call it where the official name is another one.
OTHER_NAMES = {"GM0518": "Den Haag", "GM0796": "Den Bosch"}


@transaction.atomic
def load_geography():
    """Bring the tables in line with the files; nothing is removed. Returns how many rows of each there are."""
    for code, (name, slug) in PROVINCES.items():
        Province.objects.update_or_create(code=code, defaults={"name": name, "slug": slug})
    provinces = {p.code: p for p in Province.objects.all()}
    today = _rows("municipalities.csv")
    gone = _rows("reorganisations.csv")
    _save_municipalities(today, gone, provinces)
    by_code = {m.code: m for m in Municipality.objects.all()}
    Reorganisation.objects.bulk_create(
        [
            Reorganisation(
                old=by_code[row["old_code"]],
                new=by_code[row["new_code"]],
                date=datetime.date.fromisoformat(row["date"]),
                area_share=Decimal(row["area_share"]),
                is_main_successor=row["main_successor"] == "yes",
            )
            for row in gone
        ],
        update_conflicts=True,
        unique_fields=["old", "new"],
        update_fields=["date", "area_share", "is_main_successor"],
    )
    Place.objects.bulk_create(
        [
            Place(
                name=row["name"],
                municipality=by_code[row["code"]],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                geonames_id=int(row["geonames_id"]),
            )
            for row in _rows("places.csv")
        ],
        update_conflicts=True,
        unique_fields=["geonames_id"],
        update_fields=["name", "municipality", "lon", "lat"],
        batch_size=150,
    )
    if own_file().exists():
        # Newer borders were imported; the files here are those that came with the portal.
        follow(borders())
    return {"gemeenten": len(by_code), "herindelingen": len(gone), "plaatsen": Place.objects.count()}


def _save_municipalities(today, gone, provinces):
    """The municipalities of today, then those that ended, in the province of their main successor."""
    names = Counter(slugify(row["name"]) for row in today)
    records, taken, province_of = [], set(), {}
    for row in today:
        slug = slugify(row["name"])
        slug = slugify(f"{row['name']} {row['province']}") if names[slug] > 1 else slug
        taken.add(slug)
        province_of[row["code"]] = provinces[row["province_code"]]
        records.append(
            Municipality(
                code=row["code"],
                name=row["name"],
                other_name=OTHER_NAMES.get(row["code"], row["other_name"]),
                slug=slug,
                province=province_of[row["code"]],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
            )
        )
    # The newest end first: a successor may have ended itself.
    ended = {}
    for row in sorted(gone, key=lambda row: (row["date"], row["main_successor"] == "yes"), reverse=True):
        ended.setdefault(row["old_code"], row)
    for code, row in ended.items():
        slug = slugify(row["old_name"])
        slug = f"{slug}-opgeheven" if slug in taken else slug
        taken.add(slug)
        province_of[code] = province_of[row["new_code"]]
        end = datetime.date.fromisoformat(row["date"])
        records.append(Municipality(code=code, name=row["old_name"], slug=slug, province=province_of[code], ended=end))
    fields = ["name", "other_name", "slug", "province", "lon", "lat", "ended"]
    Municipality.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=100
    )


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
