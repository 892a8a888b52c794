from django.core.management.base import BaseCommand

from zorgpact.loading.samples import remove_samples, sample_models


class Command(BaseCommand):
    help = "Verwijdert alle voorbeelden. Zij komen niet terug, tenzij u load_content --samples --restore draait."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="vraag niet eerst of het mag")

    def handle(self, yes, **options):
        number = sum(model.objects.filter(is_sample=True).count() for model in sample_models())
        if not number:
            self.stdout.write("Er zijn geen voorbeelden.")
            return
        if not yes and input(f"{number} voorbeelden verwijderen? Typ ja: ").strip().lower() != "ja":
            self.stdout.write("Er is niets verwijderd.")
            return
        for what, removed in sorted(remove_samples().items()):
            self.stdout.write(f"  {removed} {what}")
        self.stdout.write("Alle voorbeelden zijn weg.")
