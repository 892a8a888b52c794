"""The mails about an account. django-allauth decides when most of them go; `adapter` hands them over."""

from django.conf import settings
from django.utils import timezone

from outbox.kinds import Kind, register

OWNER = "wie het account heeft"
LINK = "/mijn/account/wachtwoord/nieuw/1a-voorbeeld/"


def is_active(mail):
    return mail.record is not None and mail.record.is_active


def still_opens(mail):
    """The one-time link works, and somebody needs it."""
    return is_young(mail) and is_active(mail)


def still_invites(mail):
    return still_opens(mail) and not mail.record.has_usable_password()


def is_young(mail):
    return (timezone.now() - mail.created_at).total_seconds() < settings.PASSWORD_RESET_TIMEOUT


def example(**context):
    """The context of a mail that looks real."""
    return lambda: {"timestamp": timezone.now(), "email": "a.jansen@voorbeeld.example", **context}


def example_link(name, path=LINK):
    return lambda: {name: settings.PORTAL_URL + path}


INVITATION = register(
    Kind(
        name="accounts.invitation",
        title="Uitnodiging voor een account",
        purpose="Iemand kiest een wachtwoord en komt zo binnen.",
        trigger="Een beheerder maakt een account, of stuurt de uitnodiging opnieuw.",
        to_whom="wie is uitgenodigd",
        not_sent_when="Het account staat uit of heeft al een wachtwoord, of de link is ouder dan een dag.",
        template="account/email/invitation",
        example=lambda: {
            "by": "Voorbeeld Beheerder",
            "user": {"email": "a.jansen@voorbeeld.example"},
            "link": settings.PORTAL_URL + LINK,
        },
        still_wanted=still_invites,
        is_secret=True,
    )
)
PASSWORD_RESET = register(
    Kind(
        name="accounts.password_reset",
        title="Link voor een nieuw wachtwoord",
        purpose="Iemand die het wachtwoord kwijt is, kiest een nieuw.",
        trigger="Iemand vult het adres in bij “Wachtwoord vergeten”.",
        to_whom=OWNER,
        not_sent_when="Het account staat uit, of de link is ouder dan een dag.",
        template="account/email/password_reset_key",
        example=example_link("password_reset_url"),
        still_wanted=still_opens,
        is_secret=True,
    )
)
UNKNOWN_ADDRESS = register(
    Kind(
        name="accounts.unknown_address",
        title="Geen account met dit adres",
        purpose="Wie een ander adres gebruikt, wacht niet vergeefs. De pagina zelf zegt niet wie een account heeft.",
        trigger="Iemand vult bij “Wachtwoord vergeten” een adres in zonder account.",
        to_whom="het adres dat is ingevuld",
        not_sent_when="Na te veel pogingen in korte tijd.",
        template="account/email/unknown_account",
        example=example(),
    )
)
CONFIRM_ADDRESS = register(
    Kind(
        name="accounts.confirm_address",
        title="Bevestig uw e-mailadres",
        purpose="Alleen een adres dat werkt en van de persoon is, wordt het nieuwe adres.",
        trigger="Iemand wijzigt het eigen e-mailadres.",
        to_whom="het nieuwe adres",
        not_sent_when="Het account staat uit.",
        template="account/email/email_confirmation",
        example=example_link("activate_url", "/mijn/account/e-mail/bevestigen/voorbeeld/"),
        still_wanted=is_active,
        is_secret=True,
    )
)


NEW_DEVICE = register(
    Kind(
        name="accounts.new_device",
        title="Ingelogd met een nieuw apparaat",
        purpose="De eigenaar merkt het als een ander inlogt.",
        trigger="Iemand logt in met een soort browser die dit account een half jaar niet gebruikte.",
        to_whom=OWNER,
        not_sent_when="Het is de allereerste keer dat iemand inlogt, of het account staat uit.",
        template="account/email/new_device",
        example=example(kind="Firefox op Windows"),
        still_wanted=is_active,
    )
)


def notice(name, title, trigger, template, to_whom=OWNER, **context):
    """A mail that says what changed, so that the owner notices when it was somebody else."""
    return register(
        Kind(
            name=f"accounts.{name}",
            title=title,
            purpose="De eigenaar merkt het als een ander dit deed.",
            trigger=trigger,
            to_whom=to_whom,
            not_sent_when="Het account staat uit.",
            template=template,
            example=example(**context),
            still_wanted=is_active,
        )
    )


notice(
    "address_changed",
    "E-mailadres gewijzigd",
    "Een nieuw adres is bevestigd.",
    "account/email/email_changed",
    to_whom="het vorige adres",
    from_email="a.jansen@voorbeeld.example",
    to_email="anna.jansen@voorbeeld.example",
)
notice(
    "address_removed",
    "E-mailadres verwijderd",
    "Iemand ziet af van een nieuw adres.",
    "account/email/email_deleted",
    deleted_email="anna.jansen@voorbeeld.example",
)
notice(
    "password_changed",
    "Wachtwoord gewijzigd",
    "Iemand wijzigt het wachtwoord.",
    "account/email/password_changed",
)
notice(
    "password_reset_done",
    "Nieuw wachtwoord gekozen",
    "Iemand kiest een wachtwoord met de link uit de mail.",
    "account/email/password_reset",
)
notice("password_set", "Wachtwoord opgeslagen", "Iemand kiest het eerste wachtwoord.", "account/email/password_set")
notice("app_added", "App ingesteld", "De app voor codes is ingesteld.", "mfa/email/totp_activated")
notice("app_removed", "App verwijderd", "De app voor codes is verwijderd.", "mfa/email/totp_deactivated")
notice("key_added", "Sleutel toegevoegd", "Een sleutel is toegevoegd.", "mfa/email/webauthn_added")
notice("key_removed", "Sleutel verwijderd", "Een sleutel is verwijderd.", "mfa/email/webauthn_removed")
notice(
    "codes_made",
    "Nieuwe herstelcodes",
    "Iemand maakt nieuwe herstelcodes.",
    "mfa/email/recovery_codes_generated",
)
