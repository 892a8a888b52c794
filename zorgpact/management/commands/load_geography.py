from django.core.management.base import BaseCommand

from zorgpact.loading.geography import load_geography


class Command(BaseCommand):
    help = "Leest provincies, gemeenten, herindelingen en plaatsen in uit geography/data/. Verwijdert niets."

    def handle(self, **options):
        counts = load_geography()
        self.stdout.write(", ".join(f"{number} {what}" for what, number in counts.items()))
