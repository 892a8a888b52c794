from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from kopgroep.models import KoploperLeader
from organisations.models import Employment
from programme.history import steps_on
from regions.models import PactLeader, PactParticipation
from zorgpact.admin import AddOnly, Narrowed, PortalAdmin, ToRead
from zorgpact.choose import choose_field
from zorgpact.numbers import number_of
from zorgpact.reading_history import lines
from zorgpact.workflow import Refused

from . import changes, invitations, workflow
from .models import Invitation, Proposal
from .proposals import compared


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
class InvitationAdmin(AddOnly, PortalAdmin):
    """Saving sends the mail."""

    list_display = ["email", "target_name", "state", "sent_at", "lapses_at", "invited_by"]
    list_filter = [StateFilter]
    list_select_related = ["pact", "koploper", "invited_by"]
    search_fields = ["email", "name", "pact__name", "koploper__title"]
    search_help_text = "Zoek op e-mailadres, naam, pact of koploper."
    fieldsets = [
        (
            None,
            {
                "fields": ["pact", "koploper", "email", "name"],
                "description": "Kies een pact of een koploper. Zodra u bewaart, gaat er een mail weg met een link die veertien dagen werkt.",
            },
        )
    ]
    # Of one that was sent, to read.
    sent_fieldsets = [
        (
            None,
            {
                "fields": ["target_name", "email", "name", "state", "sent_at", "lapses_at", "used_at", "invited_by", "replaces"],
                "description": "Opnieuw sturen of intrekken doet u in de lijst: vink de uitnodiging aan en kies een actie.",
            },
        )
    ]  # fmt: skip
    actions = ["send_again", "withdraw"]
    menu_place = 1

    def get_fieldsets(self, request, obj=None):
        return self.sent_fieldsets if obj else self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        return self.sent_fieldsets[0][1]["fields"] if obj else ()

    @admin.display(description="voor")
    def target_name(self, invitation):
        return str(invitation.target)

    @admin.display(description="stand")
    def state(self, invitation):
        return invitation.state.label

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


# --- Proposals of project leaders -------------------------------------------------------------------


class Waiting(Narrowed):
    title = "stand"
    parameter_name = "stand"
    choices_offered = [
        ("open", "Wacht op een besluit"),
        ("overgenomen", "Overgenomen"),
        ("teruggegeven", "Teruggegeven"),
        ("ingetrokken", "Ingetrokken"),
    ]

    @staticmethod
    def narrow(queryset, value):
        return queryset.filter(status=value)


@admin.register(Proposal)
class ProposalAdmin(ToRead, PortalAdmin):
    """The oldest first, to read; a status changes by the steps of `workflow.py` alone."""

    list_display = ["target_name", "kind", "stand", "made_by", "made_at"]
    list_filter = [Waiting, "kind"]
    list_select_related = ["pact", "koploper", "made_by"]
    search_fields = ["pact__name", "koploper__title"]
    search_help_text = "Zoek op pact of koploper."
    ordering = ["made_at", "pk"]
    menu_place = 0

    @admin.display(description="pagina")
    def target_name(self, proposal):
        return str(proposal.target)

    @admin.display(description="stand", ordering="status")
    def stand(self, proposal):
        return proposal.get_status_display()

    def queues(self, request):
        if request.user.has_perm(Proposal.JUDGE):
            yield Waiting.queue(self, request, "open", "Wacht op een besluit")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Old beside new; what is sent is a step."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Proposal.objects.select_related("pact", "koploper", "made_by", "decided_by")
        proposal = get_object_or_404(found, pk=number_of(object_id))
        refused = ""
        form = OrganisationForm(request.POST or None, admin_site=self.admin_site)
        if request.method == "POST":
            try:
                return self._act(request, proposal, form)
            except Refused as problem:
                refused = str(problem)
                proposal = found.get(pk=proposal.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": str(proposal),
            "opts": self.opts,
            "proposal": proposal,
            "refused": refused,
            "wrong_field": self._wrong_field(request.POST, form) if refused else "",
            "typed": request.POST,
            "media": form.media,
            "organisation": form["organisation"] if changes.lacks_organisation(proposal) else None,
            "steps": workflow.steps_for(proposal, request.user),
            "why_not": workflow.only_judges(proposal, request.user) if proposal.status == workflow.OPEN else "",
            "history": lines(steps_on(proposal)[:20], proposal),
            **compared(proposal),
        }
        return render(request, "admin/workplace/proposal.html", context, status=409 if refused else 200)

    @staticmethod
    def _wrong_field(post, form):
        """Where a refused step can be mended, or nothing."""
        if post.get("step") == "give_back" and not post.get("reason", "").strip():
            return "reden-terug"
        lacks = post.get("step") == "take_over" and "organisation" in post and form.errors
        return form["organisation"].id_for_label if lacks else ""

    def _act(self, request, proposal, form):
        if not request.user.has_perm(Proposal.JUDGE):
            raise PermissionDenied
        post = request.POST
        if post.get("step") == "take_over":
            if changes.lacks_organisation(proposal) and not form.is_valid():
                raise Refused(form.errors["organisation"][0])
            organisation = form.cleaned_data["organisation"] if form.is_valid() else None
            workflow.take_over(proposal, by=request.user, seen=post.get("seen", ""), organisation=organisation)
        elif post.get("step") == "give_back":
            workflow.give_back(proposal, by=request.user, reason=post.get("reason", "")[:2000])
        else:
            raise Refused("Kies wat u met dit voorstel wilt doen.")
        done = workflow.STEPS[post["step"]].label
        following = Proposal.objects.open().not_tied_to(request.user).order_by("made_at", "pk").first()
        more = "Dit is het volgende voorstel." if following else "Er wacht nu geen voorstel meer op u."
        messages.success(request, f"{proposal}: {done}. {more}")
        if following:
            return redirect("admin:workplace_proposal_change", following.pk)
        return redirect("admin:workplace_proposal_changelist")


class OrganisationForm(forms.Form):
    """Which organisation a leader meant, where no organisation has the name that was typed."""

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        field = PactParticipation._meta.get_field("organisation")
        self.fields["organisation"] = choose_field(field, admin_site, label="Welke organisatie is dit?")


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
