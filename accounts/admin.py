import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from zorgpact.admin import PortalAdmin
from zorgpact.exchange.sheets import write

from .invitations import clear_second_factor, close_account, create_account, end_sessions, send_invitation
from .models import User
from .roles import ADMINISTRATOR, ROLES, is_last_administrator, roles_of, set_roles

AWAY = datetime.timedelta(days=90)
COLUMNS = ["e-mailadres", "naam", "rollen", "actief", "tweede stap", "sinds", "laatst ingelogd"]


class RolesForm(forms.ModelForm):
    """`by` is the administrator who fills it in."""

    by = None
    roles = forms.MultipleChoiceField(
        label="rollen",
        choices=[(role, role) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Uit de rollen volgt wat iemand mag, en of het beheer opengaat.",
    )


class InvitationForm(RolesForm):
    class Meta:
        model = User
        fields = ["email", "name", "roles"]
        help_texts = {
            "email": "Naar dit adres gaat de uitnodiging. Gebruik een persoonlijk adres, geen adres van een groep."
        }

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if EmailAddress.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Er is al een account met dit e-mailadres.")
        return email

    def save(self, commit=True):
        data = self.cleaned_data
        return create_account(data["email"], data["roles"], data["name"])

    def save_m2m(self):
        pass


class AccountForm(RolesForm):
    class Meta:
        model = User
        fields = ["name", "is_active", "roles"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["roles"] = sorted(roles_of(self.instance))

    def clean(self):
        data = super().clean()
        stays_in = data.get("is_active") and ADMINISTRATOR in data.get("roles", [])
        if not stays_in and ADMINISTRATOR in roles_of(self.instance):
            if self.instance == self.by:
                raise forms.ValidationError(
                    "U kunt uw eigen account niet uitzetten en uw eigen rol van beheerder niet weghalen. "
                    "Vraag dat aan een andere beheerder."
                )
            if is_last_administrator(self.instance):
                raise forms.ValidationError("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Waarom wist u de tweede stap?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: telefoon gestolen, persoon herkend in een videogesprek. Dit komt in de geschiedenis.",
    )


class LongAway(admin.SimpleListFilter):
    """Who may have left without anybody saying so."""

    title = "laatst ingelogd"
    parameter_name = "weg"

    def lookups(self, request, model_admin):
        return [("ja", f"niet in de laatste {AWAY.days} dagen")]

    def queryset(self, request, queryset):
        if self.value() != "ja":
            return queryset
        since = timezone.now() - AWAY
        return queryset.filter(Q(last_login__lt=since) | Q(last_login=None, joined_at__lt=since))


@admin.register(User)
class UserAdmin(PortalAdmin):
    list_display = ["email", "name", "role_names", "is_active", "has_password", "has_second_factor", "last_login"]
    list_filter = ["is_active", LongAway, "groups"]
    search_fields = ["email", "name"]
    search_help_text = "Zoek op e-mailadres of naam."
    ordering = ["email"]
    actions = ["invite_again", "clear_second_factor", "log_out", "as_file"]

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).prefetch_related("groups").annotate(second_factor=Exists(factors))

    @admin.display(description="rollen")
    def role_names(self, user):
        return ", ".join(sorted(roles_of(user))) or "-"

    @admin.display(description="wachtwoord", boolean=True)
    def has_password(self, user):
        return user.has_usable_password()

    @admin.display(description="tweede stap", boolean=True, ordering="second_factor")
    def has_second_factor(self, user):
        return user.second_factor

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, form=AccountForm if obj else InvitationForm, **kwargs)
        form.by = request.user
        return form

    def get_fieldsets(self, request, obj=None):
        fields = (
            ["email", "name", "is_active", "roles", "joined_at", "last_login"] if obj else ["email", "name", "roles"]
        )
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request, obj=None):
        return ["email", "joined_at", "last_login"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            send_invitation(obj, request.user)
            self.message_user(request, f"De uitnodiging gaat naar {obj.email}.")
            return
        super().save_model(request, obj, form, change)
        set_roles(obj, form.cleaned_data["roles"])
        if "is_active" in form.changed_data and not obj.is_active:
            close_account(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        """Accounts are switched off: the history hangs on them."""
        return False

    @admin.action(description="Stuur opnieuw een uitnodiging", permissions=["change"])
    def invite_again(self, request, queryset):
        for user in queryset:
            if user.is_active and not user.has_usable_password():
                send_invitation(user, request.user)
                self.message_user(request, f"De uitnodiging gaat opnieuw naar {user.email}.")
            else:
                self.message_user(
                    request,
                    f"Er is niets verstuurd aan {user.email}: dat account heeft al een wachtwoord, of het staat uit.",
                    messages.WARNING,
                )

    @admin.action(description="Wis de tweede stap", permissions=["change"])
    def clear_second_factor(self, request, queryset):
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            for user in queryset:
                clear_second_factor(user, request.user, form.cleaned_data["reason"])
                self.message_user(request, f"De tweede stap van {user.email} is gewist.")
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Wis de tweede stap",
            "opts": self.opts,
            "form": form,
            "users": queryset,
        }
        return TemplateResponse(request, "account/admin_clear_second_factor.html", context)

    @admin.action(description="Log overal uit", permissions=["change"])
    def log_out(self, request, queryset):
        for user in queryset:
            end_sessions(user)
        self.message_user(request, "Uitgelogd.")

    @admin.action(description="Download als lijst, met de rollen", permissions=["change"])
    def as_file(self, request, queryset):
        """For the yearly look at who may do what."""
        response = HttpResponse(write(COLUMNS, map(row_of, queryset), "csv"), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="accounts.csv"'
        return response


def row_of(user):
    return [
        user.email,
        user.name,
        ", ".join(sorted(roles_of(user))),
        "ja" if user.is_active else "nee",
        "ja" if user.second_factor else "nee",
        timezone.localdate(user.joined_at).isoformat(),
        timezone.localdate(user.last_login).isoformat() if user.last_login else "",
    ]
