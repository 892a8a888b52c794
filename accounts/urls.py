"""The login and all that belongs to an account: the views of django-allauth under Dutch addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from . import views

own = [
    path("", views.account, name="account"),
    path("mijn-gegevens/", views.download, name="own_data"),
    path("na-inloggen/", views.after_login, name="after_login"),
]

my_account = [
    path("", include((own, "accounts"))),
    path("aanmelden/", account.signup, name="account_signup"),
    path("niet-actief/", account.account_inactive, name="account_inactive"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bevestigen/sleutel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("e-mail/bevestigen/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/nieuw/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("tweede-stap/", mfa.index, name="mfa_index"),
    path("tweede-stap/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/app/verwijderen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/sleutels/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("tweede-stap/sleutels/nieuw/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("tweede-stap/sleutels/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("tweede-stap/sleutels/<int:pk>/verwijderen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("tweede-stap/herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-stap/herstelcodes/nieuw/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tweede-stap/herstelcodes/bestand/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessies/", views.Sessions.as_view(), name="usersessions_list"),
]

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/sleutel/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("inloggen/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("uitloggen/", views.LogOut.as_view(), name="account_logout"),
    path("mijn/account/", include(my_account)),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="account_change_password")),
]

if settings.SINGLE_SIGN_ON:
    from . import single_sign_on

    urlpatterns += [
        path("inloggen/ministerie/", single_sign_on.begin, name="single_sign_on"),
        path("inloggen/ministerie/terug/", single_sign_on.finish, name="single_sign_on_answer"),
        path("inloggen/ministerie/uitgelogd/", single_sign_on.logged_out, name="single_sign_on_logged_out"),
    ]
