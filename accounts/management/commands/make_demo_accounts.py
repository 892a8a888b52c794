from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.invitations import create_account
from accounts.models import User
from accounts.roles import ADMINISTRATOR, LEADER, OCW, SZW, TEAM, VWS
from kopgroep.models import Koploper, KoploperLeader
from regions.models import PactLeader, RegionalPact
from zorgpact.loading.leaders import load_leaders
from zorgpact.loading.questions import give_people

ACCOUNTS = {
    "team@voorbeeld.example": ("Voorbeeld Landelijk team", TEAM),
    "leider@voorbeeld.example": ("Voorbeeld Projectleider", LEADER),
    "ambtenaar@voorbeeld.example": ("Voorbeeld Ambtenaar OCW", OCW),
    "collega@voorbeeld.example": ("Voorbeeld Collega OCW", OCW),
    "vws@voorbeeld.example": ("Voorbeeld Ambtenaar VWS", VWS),
    "szw@voorbeeld.example": ("Voorbeeld Ambtenaar SZW", SZW),
    "beheerder@voorbeeld.example": ("Voorbeeld Beheerder", ADMINISTRATOR),
}


# What the leader of the demo leads, where the samples are there.
LED_PACT = "voorbeeldpact-de-polder"
LED_KOPLOPER = "voorbeeld-wijkleerteam-in-vier-dorpen"


class Command(BaseCommand):
    help = "Maakt de demo-accounts die er nog niet zijn, alle met het wachtwoord uit PORTAL_DEMO_PASSWORD."

    def handle(self, **options):
        if not settings.PORTAL_DEMO:
            raise CommandError("Dit kan alleen waar PORTAL_DEMO aan staat.")
        if not settings.PORTAL_DEMO_PASSWORD:
            raise CommandError("Zet een wachtwoord in PORTAL_DEMO_PASSWORD.")
        is_first_time = not User.objects.filter(email__in=ACCOUNTS).exists()
        for email, (name, role) in ACCOUNTS.items():
            user = User.objects.filter(email=email).first() or create_account(email, [role], name)
            user.set_password(settings.PORTAL_DEMO_PASSWORD)
            user.save(update_fields=["password"])
            self.stdout.write(f"  {email:30} {role}")
            if role == LEADER:
                for pact in RegionalPact.objects.filter(slug=LED_PACT):
                    PactLeader.objects.get_or_create(user=user, pact=pact, until=None)
                for koploper in Koploper.objects.filter(slug=LED_KOPLOPER):
                    KoploperLeader.objects.get_or_create(user=user, koploper=koploper, until=None)
        samples = settings.BASE_DIR / "content" / "samples"
        if is_first_time:
            # Only then: later the demo itself says who has which question.
            give_people(samples / "vragen")
        load_leaders(samples / "projectleider")
        self.stdout.write(f"  Wachtwoord: {settings.PORTAL_DEMO_PASSWORD}")
