"""The forms of django-allauth in our words. What they do stays theirs."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn


class InOurWords:
    labels = {}
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint


class PasswordTwice(InOurWords):
    labels = {"password1": "Nieuw wachtwoord", "password2": "Nog een keer het nieuwe wachtwoord"}
    # One sentence for the list of rules; which one was broken, its own message says.
    hints = {
        "password1": (
            "Minstens 15 tekens. Een paar losse woorden werkt goed. "
            "Gebruik niet uw naam, woorden van dit portaal of een rij van het toetsenbord."
        )
    }

    def clean(self):
        cleaned_data = super().clean()
        first, second = cleaned_data.get("password1"), cleaned_data.get("password2")
        if first and second and first != second:
            self._errors["password2"] = self.error_class(
                ["De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde."]
            )
        return cleaned_data


class LoginForm(InOurWords, account.LoginForm):
    labels = {"login": "E-mailadres", "password": "Wachtwoord"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    labels = {"email": "E-mailadres"}


class ResetPasswordKeyForm(PasswordTwice, account.ResetPasswordKeyForm):
    pass


class SetPasswordForm(PasswordTwice, account.SetPasswordForm):
    pass


class ChangePasswordForm(PasswordTwice, account.ChangePasswordForm):
    labels = PasswordTwice.labels | {"oldpassword": "Huidig wachtwoord"}


class AddEmailForm(InOurWords, account.AddEmailForm):
    labels = {"email": "Nieuw e-mailadres"}
    hints = {"email": "We sturen een mail naar dit adres. Pas na uw bevestiging logt u ermee in."}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": "Wachtwoord"}


class CodeForm(InOurWords):
    labels = {"code": "Code"}
    hints = {"code": "De zes cijfers die uw app nu toont, of een van uw herstelcodes."}


class AuthenticateForm(CodeForm, mfa.AuthenticateForm):
    pass


class ConfirmWithCodeForm(CodeForm, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(InOurWords, totp.ActivateTOTPForm):
    labels = {"code": "Code uit de app"}
    hints = {"code": "De zes cijfers die de app nu toont. Ze wisselen elke halve minuut."}


class AddWebAuthnForm(InOurWords, webauthn.AddWebAuthnForm):
    labels = {"name": "Naam van de sleutel", "passwordless": "Ook inloggen zonder wachtwoord"}
    hints = {
        "name": "Zo herkent u de sleutel later, bijvoorbeeld “telefoon van werk”.",
        "passwordless": "De sleutel vraagt dan zelf om een pincode, vingerafdruk of gezicht.",
    }


class EditWebAuthnForm(InOurWords, webauthn.EditWebAuthnForm):
    labels = {"name": "Naam van de sleutel"}
