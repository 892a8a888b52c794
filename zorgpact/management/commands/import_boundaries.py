import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from geography.boundaries import Refused, compare, read
from geography.build import build
from geography.provinces import PROVINCES
from geography.topology import borders
from zorgpact.loading import borders as loading


class Command(BaseCommand):
    help = (
        "Vervangt de grenzen van gemeenten door die van het CBS (laag gemeente_gegeneraliseerd, GeoJSON). "
        "Wijzigt geen pact en geen koploper; het verslag zegt welke een blik nodig hebben."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="het bestand van het CBS of PDOK")
        parser.add_argument("--year", type=int, help="het jaar, als het bestand dat niet zegt")
        parser.add_argument("--dry-run", action="store_true", help="alleen het verslag; er verandert niets")

    def handle(self, file, year, dry_run, **options):
        old = borders()
        try:
            features, year = read(file, year=year)
            changes = compare(old, features)
            data, crossing = build(
                features,
                year=year,
                source=f"CBS / Kadaster, gebiedsindelingen {year} (gemeente_gegeneraliseerd), via PDOK; simplified",
                provinces=old.provinces | changes.provinces,
                ended=_ended(old, changes, features, year),
            )
        except Refused as refused:
            raise CommandError(f"{refused} Er is niets veranderd.") from None
        self._report(old, year, data, changes, crossing)
        if dry_run:
            self.stdout.write("Dit was een proef: er is niets veranderd.")
            return
        loading.keep(data, changes)
        self.stdout.write(f"De grenzen van {year} staan op de site.")

    def _report(self, old, year, data, changes, crossing):
        points = sum(map(len, data["arcs"]))
        size = len(json.dumps(data, separators=(",", ":"))) // 1000
        count = len(data["objects"]["municipalities"]["geometries"])
        self.stdout.write(
            f"Grenzen van {year}, in de plaats van {old.year}: {count} gemeenten, {points} punten, {size} kB."
        )
        if crossing:
            self.stdout.write(f"Let op: {crossing} lijnen kruisen nog een andere lijn. Bekijk de kaart goed.")
        touched = loading.touched({*changes.gone, *changes.renamed})
        names = old.names | changes.new
        self._part("Verdwenen", changes.gone, lambda code: [self._went_to(changes, code, names), *touched[code]])
        self._part(
            "Nieuw", changes.new, lambda code: [f"provincie {PROVINCES[changes.provinces[code]][0]}; kijk dat na"]
        )
        renamed = {code: f"{before} heet nu {now}" for code, (before, now) in changes.renamed.items()}
        self._part("Andere naam", renamed, lambda code: touched[code])
        if changes.is_empty:
            self.stdout.write("Dezelfde gemeenten met dezelfde namen.")
        if any(touched[code] for code in changes.gone):
            self.stdout.write("Vervang bij de pacten en koplopers hierboven de oude gemeente in het beheer.")

    def _part(self, title, municipalities, lines):
        if municipalities:
            self.stdout.write(f"{title} ({len(municipalities)}):")
        for code, name in municipalities.items():
            self.stdout.write(f"  {code} {name}")
            for line in filter(None, lines(code)):
                self.stdout.write(f"    {line}")

    def _went_to(self, changes, code, names):
        parts = [f"{names[other]} ({share:.0%})" for other, share in changes.successors[code]]
        return f"het land ging naar {', '.join(parts)}" if parts else "waar het land heen ging is niet te zien"


def _ended(old, changes, features, year):
    """By code the day that a municipality ended, from all imports so far."""
    there = {feature.code for feature in features}
    before = {code: date for code, date in old.ended.items() if code not in there}
    return before | dict.fromkeys(changes.gone, f"{year}-01-01")
