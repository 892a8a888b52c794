"""How django-allauth behaves here."""

import base64
import hashlib
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from outbox.kinds import KINDS
from outbox.sending import send


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. Controleer beide en probeer het nog eens.",
        "too_many_login_attempts": "Er is te vaak geprobeerd in te loggen. Wacht vijf minuten en probeer het dan nog eens.",
        "incorrect_password": "Het wachtwoord klopt niet.",
        "same_as_current": "Dit is al uw adres. Vul een ander in.",
        "duplicate_email": "Dit adres hoort al bij uw account. Vul een ander in.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "email_taken": "Dit e-mailadres is al in gebruik. Kies een ander adres.",
        "rate_limited": "U probeert dit te vaak. Wacht een paar minuten en probeer het dan nog eens.",
        "invalid_or_expired_key": "Deze link werkt niet meer. Vraag een nieuwe aan.",
    }

    def is_open_for_signup(self, request):
        """Accounts come by invitation."""
        return False

    def get_login_stages(self):
        stages = super().get_login_stages()
        if settings.SINGLE_SIGN_ON:
            asks_code = stages.index("allauth.mfa.stages.AuthenticateStage")
            stages[asks_code] = "accounts.single_sign_on.SecondFactorStage"
        return stages

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix, email, context):
        kind = next(kind for kind in KINDS.values() if kind.template == template_prefix)
        context = {"email": email, **context}
        send(kind, email, context, key=uuid.uuid4().hex, about=context.get("user"))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": (
            "Dit is uw enige tweede stap, en zonder tweede stap kunt u niet inloggen. "
            "Stel eerst een andere in. Daarna kunt u deze verwijderen."
        ),
        "cannot_generate_recovery_codes": "Stel eerst een app of sleutel in. Daarna kunt u herstelcodes maken.",
        "incorrect_code": "De code klopt niet. Kijk welke code de app nu toont en vul die in.",
        "unverified_email": "Bevestig eerst uw e-mailadres.",
    }

    def _get_site_name(self):
        return "Zorgpact"

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """The last one stays, except in a demo, that asks none."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return settings.PORTAL_DEMO or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user, type):
        return f"Sleutel {Authenticator.objects.filter(user=user, type=type).count() + 1}"


def cipher():
    """A copy of the database alone does not give the second factors away."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor {key}".encode()).digest())) for key in keys]
    )
