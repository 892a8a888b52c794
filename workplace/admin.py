from django.contrib import admin, messages

from kopgroep.models import KoploperLeader
from organisations.models import Employment
from regions.models import PactLeader
from zorgpact.admin import Narrowed, PortalAdmin
from zorgpact.workflow import Refused

from . import invitations
from .models import Invitation


class StateFilter(Narrowed):
    title = "stand"
    parameter_name = "stand"
    choices_offered = [
        ("open", "Verstuurd, nog niet gebruikt"),
        ("gebruikt", "Gebruikt"),
        ("voorbij", "Verlopen of ingetrokken"),
    ]

    @staticmethod
    def narrow(queryset, value):
        if value == "open":
            return queryset.open()
        if value == "gebruikt":
            return queryset.filter(used_at__isnull=False)
        return queryset.filter(used_at=None).exclude(pk__in=queryset.open().values("pk"))


@admin.register(Invitation)
class InvitationAdmin(PortalAdmin):
    """Saving sends the mail."""

    list_display = ["email", "target_name", "state", "sent_at", "lapses_at", "invited_by"]
    list_filter = [StateFilter]
    list_select_related = ["pact", "koploper", "invited_by"]
    search_fields = ["email", "name", "pact__name", "koploper__title"]
    search_help_text = "Zoek op e-mailadres, naam, pact of koploper."
    fields = ["pact", "koploper", "email", "name"]
    actions = ["send_again", "withdraw"]
    menu_place = 1

    @admin.display(description="voor")
    def target_name(self, invitation):
        return str(invitation.target)

    @admin.display(description="stand")
    def state(self, invitation):
        return invitation.state.label

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        try:
            made = invitations.invite(obj.target, obj.email, by=request.user, name=obj.name)
        except Refused as refused:
            self.message_user(request, str(refused), messages.WARNING)
            return
        obj.pk = made.pk

    def log_addition(self, request, obj, message):
        """The step stands in the history of the pact."""

    def response_add(self, request, obj, post_url_continue=None):
        if obj.pk:
            self.message_user(request, f"{obj.email} krijgt een mail met een link.", messages.SUCCESS)
        return self.response_post_save_add(request, obj)

    def queues(self, request):
        yield StateFilter.queue(self, request, "open", "Verstuurd, nog niet gebruikt")

    def has_invite_permission(self, request):
        return self.has_add_permission(request)

    @admin.action(description="Stuur opnieuw", permissions=["invite"])
    def send_again(self, request, queryset):
        for invitation in queryset:
            try:
                invitations.send_again(invitation, by=request.user)
            except Refused as refused:
                self.message_user(request, f"{invitation}: {refused}", messages.WARNING)
            else:
                self.message_user(request, f"{invitation.email} krijgt een nieuwe link.", messages.SUCCESS)

    @admin.action(description="Trek in", permissions=["invite"])
    def withdraw(self, request, queryset):
        for invitation in queryset:
            invitations.withdraw(invitation, by=request.user)
        self.message_user(request, "Deze links werken niet meer.", messages.SUCCESS)


class TenureAdmin(PortalAdmin):
    """Who holds a place, and since when. It ends by a date and is never removed."""

    list_select_related = True
    search_fields = ["user__name", "user__email"]
    search_help_text = "Zoek op naam of e-mailadres."

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PactLeader)
class PactLeaderAdmin(TenureAdmin):
    list_display = ["user", "pact", "since", "until"]
    fields = ["pact", "user", "since", "until"]
    menu_place = 6


@admin.register(KoploperLeader)
class KoploperLeaderAdmin(TenureAdmin):
    list_display = ["user", "koploper", "since", "until"]
    fields = ["koploper", "user", "since", "until"]
    menu_place = 6


@admin.register(Employment)
class EmploymentAdmin(TenureAdmin):
    list_display = ["user", "organisation", "since", "until"]
    fields = ["organisation", "user", "since", "until"]
    menu_place = 6
