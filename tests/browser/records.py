"""Fill the database of the portal that the browser looks at, and print where each state is. Runs in its process."""

import json
import os

import django
from django.conf import settings
from django.core.management import call_command

from tests import database

# Beside the pact of the demo: one in every state of a reflection.
LEADS_TOO = ("voorbeeldpact-plassen-en-weiden", "voorbeeldpact-beken-en-kanalen", "voorbeeldpact-beide-oevers")


def main():
    django.setup()
    # Spares half a minute; without it, this makes everything.
    database.copy_to(settings.DATABASES["default"]["NAME"])
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_content", samples=True, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("make_demo_accounts", stdout=nowhere)
    call_command("collectstatic", interactive=False, verbosity=0)

    from . import casebook_records
    from .states import all_states
    from .states_officers import make_questions

    add_accounts()
    make_questions()
    lead_more_pacts()
    casebook_records.add()
    add_what_content_lacks()
    print(json.dumps({state.name: state.address() for state in all_states()}))


def add_accounts():
    """Somebody with every kind of second step, who also waits for the confirmation of a new address; and somebody without a password."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP
    from allauth.socialaccount.models import SocialAccount

    from accounts.invitations import create_account
    from accounts.roles import OCW, TEAM
    from accounts.single_sign_on import PROVIDER

    from .desks import FROM_MINISTRY, SECRET, SECURED
    from .site import PASSWORD

    user = create_account(SECURED, [TEAM], "Voorbeeld Tweestaps")
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=key())
    EmailAddress.objects.create(user=user, email="nieuw-adres@voorbeeld.example", verified=False)
    official = create_account(FROM_MINISTRY, [OCW], "Voorbeeld Van een ministerie")
    SocialAccount.objects.create(user=official, provider=PROVIDER, uid="007")


def lead_more_pacts():
    from accounts.models import User
    from regions.models import RegionalPact
    from tests import factories

    from .desks import LEADER

    leader = User.objects.get(email=LEADER)
    for pact in RegionalPact.objects.filter(slug__in=LEADS_TOO):
        factories.PactLeaderFactory(pact=pact, user=leader, since="2020-01-01")


def key():
    """What the portal keeps of a key. Nobody can log in with it; its pages can be looked at."""
    from fido2.utils import websafe_encode
    from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

    public_key = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
    held = AttestedCredentialData.create(b"\0" * 16, b"key of the tests", public_key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    answer = {
        "clientDataJSON": CollectedClientData.create("webauthn.create", b"asked", "http://localhost"),
        "attestationObject": AttestationObject.create("none", AuthenticatorData.create(b"r" * 32, flags, 0, held), {}),
    }
    name = websafe_encode(held.credential_id)
    credential = {"type": "public-key", "id": name, "rawId": name, "clientExtensionResults": {}}
    credential["response"] = {part: websafe_encode(value) for part, value in answer.items()}
    return {"name": "Sleutel 1", "passwordless": False, "credential": credential}


def add_what_content_lacks():
    """At least one record for every screen of the admin, a page that was removed, and mails in every state."""
    from django.contrib import admin

    from geography.models import Municipality
    from outbox.models import Mail
    from tests import factories

    factories.OldAddressFactory(old_path="/kopgroep/verwijderd/", new_path="")
    for status in Mail.Status:
        factories.MailFactory(status=status, error="De mailserver antwoordt niet." if status == "mislukt" else "")
    # For the page that proposes what took the place of a municipality.
    factories.OrganisationFactory(municipality=Municipality.objects.get(slug="weesp"), published_at=None)
    for model in admin.site._registry:
        if not model._default_manager.exists():
            getattr(factories, f"{model.__name__}Factory")()


if __name__ == "__main__":
    main()
