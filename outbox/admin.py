import base64
import hashlib
from itertools import groupby

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse

from zorgpact.admin import AddOnly, Narrowed, PortalAdmin, ToRead

from .kinds import KINDS
from .models import DeadAddress, Mail
from .parts import formatted, plain, write
from .sender import retry


class MailStatus(Narrowed):
    title = "stand"
    parameter_name = "stand"
    choices_offered = Mail.Status.choices

    @staticmethod
    def narrow(queryset, value):
        return queryset.filter(status=value)


class MailKind(admin.SimpleListFilter):
    title = "soort"
    parameter_name = "soort"

    def lookups(self, request, model_admin):
        return sorted(((kind.name, kind.title) for kind in KINDS.values()), key=lambda choice: choice[1])

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(ToRead, PortalAdmin):
    """Who may see that a mail went out, may not read the secret link in it."""

    list_display = ["subject", "to", "kind_title", "status", "attempts", "created_at", "sent_at"]
    list_filter = [MailStatus, MailKind, "is_secret", "created_at"]
    search_fields = ["to", "subject"]
    search_help_text = "Zoek op e-mailadres of onderwerp."
    date_hierarchy = "created_at"
    actions = ["try_again"]
    fields = readonly_fields = [
        "subject",
        "to",
        "kind_title",
        "status",
        "attempts",
        "error",
        "not_before",
        "created_at",
        "sent_at",
        "is_secret",
        "body",
    ]

    @admin.display(description="soort", ordering="kind")
    def kind_title(self, mail):
        return KINDS.get(mail.kind, mail.kind) or "-"

    @admin.display(description="tekst")
    def body(self, mail):
        if mail.is_secret and not settings.PORTAL_DEMO:
            return "Deze mail bevat een geheime link. Niemand kan de inhoud lezen."
        return mail.text or "-"

    def queues(self, request):
        yield MailStatus.queue(self, request, Mail.Status.FAILED, "Mislukt")

    def changelist_view(self, request, extra_context=None):
        found = dict(self.get_queryset(request).order_by().values_list("status").annotate(Count("pk")))
        counts = [
            {"value": value, "label": label, "count": found.get(value, 0)} for value, label in Mail.Status.choices
        ]
        return super().changelist_view(request, {"counts": counts, **(extra_context or {})})

    @admin.action(description="Probeer nu opnieuw", permissions=["retry"])
    def try_again(self, request, queryset):
        chosen = queryset.count()
        waiting = retry(queryset)
        self.message_user(
            request,
            f"{waiting} van {chosen} {'gaat' if waiting == 1 else 'gaan'} opnieuw. Een mail die al weg is, of waarvan de "
            "geheime link is gewist, gaat niet opnieuw.",
            messages.SUCCESS if waiting else messages.WARNING,
        )

    def has_retry_permission(self, request):
        return request.user.has_perm("outbox.retry_mail")

    # --- every kind there is

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("soorten/", guard(self.kinds_view), name="outbox_mail_kinds"),
            path("soorten/<str:name>/", guard(self.example_view), name="outbox_mail_example"),
            *super().get_urls(),
        ]

    def kinds_view(self, request):
        """Each kind with its words, as they would go out now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = [{"kind": kind, **example_of(kind)} for kind in sorted(KINDS.values(), key=app_of)]
        parts = [
            {"name": apps.get_app_config(label).verbose_name, "kinds": list(kinds)}
            for label, kinds in groupby(shown, lambda row: app_of(row["kind"]))
        ]
        context = {**self.admin_site.each_context(request), "title": "Alle mails van het portaal", "parts": parts}
        return render(request, "admin/mails.html", context)

    def example_view(self, request, name):
        """The formatted mail as a page of its own, with a policy for the one style in it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if name not in KINDS:
            raise Http404
        html = formatted(*write(KINDS[name], KINDS[name].example()))
        return HttpResponse(html, headers={"Content-Security-Policy": policy()})


def app_of(kind):
    return kind.name.partition(".")[0]


def example_of(kind):
    subject, text = write(kind, kind.example())
    return {"subject": subject, "text": plain(text)}


def policy():
    """Lets in the one style sheet that stands in every mail, and nothing else."""
    style = hashlib.sha256(render_to_string("outbox/mail.css").encode()).digest()
    only = f"style-src 'sha256-{base64.b64encode(style).decode()}'"
    return f"default-src 'none'; {only}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"


@admin.register(DeadAddress)
class DeadAddressAdmin(AddOnly, PortalAdmin):
    """A mail server said that nobody is there, or an administrator knows."""

    list_display = ["address", "since", "reason"]
    search_fields = ["address"]
    search_help_text = "Zoek op e-mailadres."
    fields = ["address", "reason"]
    actions = ["revive"]

    def queues(self, request):
        address = reverse("admin:outbox_deadaddress_changelist")
        yield {"label": "Krijgen geen mail meer", "count": self.get_queryset(request).count(), "url": address}

    @admin.action(description="Stuur weer mail naar dit adres", permissions=["revive"])
    def revive(self, request, queryset):
        addresses = ", ".join(queryset.values_list("address", flat=True))
        queryset.delete()
        again = "Wat bleef liggen, kunt u bij Mails opnieuw proberen."
        self.message_user(request, f"Er gaat weer mail naar {addresses}. {again}", messages.SUCCESS)

    def has_revive_permission(self, request):
        return request.user.has_perm("outbox.delete_deadaddress")
