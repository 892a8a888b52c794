from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.whole import check
from zorgpact.loading.loader import SAME, ContentError, load_content


class Command(BaseCommand):
    help = "Leest de inhoud in uit content/. Wat in het beheer is gewijzigd of verwijderd, blijft zo."

    def add_arguments(self, parser):
        parser.add_argument("--samples", action="store_true", help="ook de voorbeelden uit content/samples/")
        parser.add_argument("--dry-run", action="store_true", help="zeg wat er zou gebeuren; bewaar niets")
        parser.add_argument(
            "--restore", action="store_true", help="zet terug wat in het beheer is gewijzigd of verwijderd"
        )
        parser.add_argument("--dir", default=str(settings.BASE_DIR / "content"), help="de map met bestanden")

    def handle(self, samples, dry_run, restore, dir, verbosity, **options):
        try:
            outcomes = load_content(dir, samples=samples, dry_run=dry_run, restore=restore)
        except ContentError as error:
            problems = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"De inhoud klopt niet; er is niets bewaard.\n{problems}") from None
        if not dry_run:
            # All that came in is findable at once, with its compounds taken apart by all the new words.
            check()
        if verbosity:
            self._report(outcomes, dry_run, verbosity)

    def _report(self, outcomes, dry_run, verbosity):
        totals = Counter()
        for (kind, outcome), number in sorted(outcomes.items()):
            totals[outcome] += number
            if verbosity > 1 or outcome != SAME:
                self.stdout.write(f"  {kind}: {number} {outcome}")
        summary = ", ".join(f"{number} {outcome}" for outcome, number in totals.items()) or "geen bestanden"
        self.stdout.write(f"Inhoud: {summary}." + (" Proef: er is niets bewaard." if dry_run else ""))
