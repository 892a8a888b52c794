from django.core.management.base import BaseCommand, CommandError

from search.whole import check


class Command(BaseCommand):
    help = "Vergelijkt de zoekindex met wat nu openbaar is, en herstelt wat verschilt."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="vergelijk alleen; eindig met een fout bij verschil")

    def handle(self, dry_run, **options):
        found = check(repair=not dry_run)
        if not found:
            self.stdout.write("De zoekindex klopt.")
            return
        report = ", ".join(f"{what}: {number}" for what, number in found)
        if dry_run:
            raise CommandError(f"De zoekindex klopt niet. {report}.")
        self.stdout.write(f"De zoekindex is hersteld. {report}.")
