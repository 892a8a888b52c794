from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.invitations import create_account, note, one_time_link
from accounts.models import User
from accounts.roles import ADMINISTRATOR, roles_of, set_roles


class Command(BaseCommand):
    help = "Maakt iemand beheerder, en toont de link waarmee die persoon één keer een wachtwoord instelt."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="E-MAIL")

    @transaction.atomic
    def handle(self, *, email, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is geen e-mailadres.") from error
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = create_account(email, [ADMINISTRATOR])
        else:
            user.is_active = True
            user.save(update_fields=["is_active"])
            set_roles(user, roles_of(user) | {ADMINISTRATOR})
        note(user, None, "invite", "manage.py invite_administrator")
        self.stdout.write(
            f"{user.email} is beheerder. Geef deze link door langs een veilige weg.\n"
            f"Hij werkt één keer, en niet langer dan 24 uur:\n\n  {one_time_link(user)}\n"
        )
