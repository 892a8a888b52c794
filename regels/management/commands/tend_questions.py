from django.core.management.base import BaseCommand

from regels.nightly import tend


class Command(BaseCommand):
    help = "Doet wat met vragen vanzelf moet: herinneren, laten vervallen, sluiten, opruimen. De worker doet dit ook."

    def handle(self, **options):
        for what, number in tend().items():
            self.stdout.write(f"{number:6}  {what}")
