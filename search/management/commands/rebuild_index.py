from django.core.management.base import BaseCommand

from search.whole import rebuild


class Command(BaseCommand):
    help = "Maakt de zoekindex opnieuw van alles wat nu openbaar is."

    def handle(self, **options):
        self.stdout.write(f"De zoekindex heeft {rebuild()} records.")
