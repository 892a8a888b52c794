from django.conf import settings
from django.contrib import admin

from zorgpact.admin import PortalAdmin

from .models import Mail


@admin.register(Mail)
class MailAdmin(PortalAdmin):
    """To look at only. Who may see that a mail went out, may not read the secret link in it."""

    list_display = ["subject", "to", "status", "attempts", "created_at", "sent_at"]
    list_filter = ["status", "is_secret", "created_at"]
    search_fields = ["to", "subject"]
    search_help_text = "Zoek op e-mailadres of onderwerp."
    date_hierarchy = "created_at"
    fields = readonly_fields = [
        "subject",
        "to",
        "status",
        "attempts",
        "error",
        "not_before",
        "created_at",
        "sent_at",
        "is_secret",
        "body",
    ]

    @admin.display(description="tekst")
    def body(self, mail):
        if mail.is_secret and not settings.PORTAL_DEMO:
            return "Deze mail bevat een geheime link. Niemand kan de inhoud lezen."
        return mail.text or "-"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
