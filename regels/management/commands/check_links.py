from django.core.management.base import BaseCommand

from regels.links import Answer, check_all


class Command(BaseCommand):
    help = "Kijkt na of de links naar officiële teksten en pagina’s werken: van regels en van regelingen."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="verandert niets, en zegt alleen wat het zag")
        parser.add_argument("--timeout", type=float, default=15, help="zoveel seconden wachten wij per link")

    def handle(self, *, dry_run, timeout, verbosity, **options):
        looked = list(check_all(timeout=timeout, keep=not dry_run))
        for link in looked:
            if link.answer != Answer.WORKS or verbosity > 1:
                self.stdout.write(f"{link.answer.value}: {link.record} ({link.url}) {link.why}".rstrip())
        counts = ", ".join(f"{answer.value} {sum(link.answer == answer for link in looked)}" for answer in Answer)
        self.stdout.write(f"{len(looked)} links nagekeken: {counts}.")
        if looked and all(link.answer == Answer.UNCLEAR for link in looked):
            self.stdout.write(
                "Geen enkele site gaf antwoord. Heeft deze computer verbinding met internet? Er is niets gewijzigd."
            )
