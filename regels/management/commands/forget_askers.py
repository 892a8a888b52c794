from django.core.management.base import BaseCommand

from regels import retention


class Command(BaseCommand):
    help = "Haalt weg wie een vraag stelde en wat er geschreven is, als de bewaartermijn voorbij is. De casus blijft."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="alleen laten zien wat er weg zou gaan")

    def handle(self, *, dry_run, **options):
        due = retention.report()
        for reference, outcome, closed_on in due:
            self.stdout.write(f"{reference}  gesloten op {closed_on}  {outcome or 'zonder uitkomst'}")
        if dry_run:
            self.stdout.write(f"{len(due)} vragen zouden worden geanonimiseerd. Er is niets gewijzigd.")
        else:
            self.stdout.write(f"{retention.anonymise_due()} vragen geanonimiseerd.")
