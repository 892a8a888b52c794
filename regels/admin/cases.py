"""Cases in the admin: written as a form, and moved by the steps of the workflow."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from regels import people
from regels.models import Case, CaseRule
from regels.workflow import cases as steps
from zorgpact import kept
from zorgpact.admin import PortalAdmin, SampleFilter, TableRows
from zorgpact.workflow import Refused

from . import casework


class RuleRows(TableRows):
    model = CaseRule
    fields = ["rule"]
    hint = "Tegen welke tekst is nagekeken, legt het portaal vast bij het publiceren en nakijken."


def worked_on_by(cases, user):
    """An officer does something about those of the own ministry and of none; whoever else reads, sees all."""
    if not people.is_officer(user):
        return cases
    return cases.filter(Q(ministry=None) | Q(ministry__in=people.ministries_of(user)))


QUEUES = {
    "te-toetsen": ("Te toetsen", lambda cases, user: worked_on_by(cases, user).to_review(user)),
    "concept": ("Concepten", lambda cases, user: worked_on_by(cases, user).filter(status=Case.Status.DRAFT)),
    "verouderd": ("Mogelijk verouderd", lambda cases, user: worked_on_by(cases, user).perhaps_outdated()),
    "later": ("Verschijnt later", lambda cases, user: cases.announced()),
    "gepubliceerd": ("Gepubliceerd", lambda cases, user: cases.published()),
    "ingetrokken": ("Ingetrokken", lambda cases, user: cases.withdrawn()),
}
ON_THE_FRONT_PAGE = ("te-toetsen", "concept", "verouderd")


class CaseQueue(admin.SimpleListFilter):
    title = "rij"
    parameter_name = "rij"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _narrow) in QUEUES.items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        _label, narrow = QUEUES.get(self.value(), ("", lambda cases, user: cases.none()))
        return narrow(queryset, request.user)


@admin.register(Case)
class CaseAdmin(PortalAdmin):
    """Officers write, a colleague or the team reads it over. From the second reader on it can only be read."""

    list_display = ["name", "stand", "ministry", "outcome", "checked_on", "check_due_on", "sample_tag"]
    list_filter = [CaseQueue, "ministry", "outcome", "origin", "rules", SampleFilter]
    list_select_related = ["ministry"]
    search_fields = ["question", "answer"]
    search_help_text = "Zoek op woorden uit de vraag of het antwoord."
    fieldsets = [
        (None, {"fields": ["question", "slug", "answer", "outcome"]}),
        ("Uitleg", {"fields": ["context", "room", "what_you_can_do", "conditions", ("origin", "origin_note")]}),
        ("Waar het bij hoort", {"fields": ["ministry", "obstacle", "themes", "organisation_kinds", "pact", "koploper", "sources"]}),
        ("Alleen intern", {"fields": ["check_due_on", "internal_note"], "classes": ["internal"]}),
    ]  # fmt: skip
    inlines = [RuleRows]
    change_form_template = "admin/regels/case.html"
    menu_place = 2

    class Media:
        css = {"all": ["css/admin-regels.css"]}

    @admin.display(description="casus", ordering="question")
    def name(self, case):
        return f"{case.question or 'nog zonder vraag'}{' (herziening)' if case.is_revision else ''}"

    @admin.display(description="stand", ordering="status")
    def stand(self, case):
        return case.get_status_display()

    def choice_label(self, obj):
        return obj.question or f"concept {obj.pk}"

    def queues(self, request):
        address = reverse("admin:regels_case_changelist")
        for name in ON_THE_FRONT_PAGE:
            label, narrow = QUEUES[name]
            count = narrow(self.get_queryset(request), request.user).count()
            yield {"label": label, "count": count, "url": f"{address}?rij={name}"}

    # --- who may write

    def has_add_permission(self, request):
        return super().has_add_permission(request) and people.is_officer(request.user)

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj) or not request.user.has_perm(people.PUBLISH):
            return False
        return obj is None or (obj.is_editable and not people.only_writers_of_cases(obj, request.user))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["question"]}

    # --- the page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        case = self.get_object(request, object_id)
        if case is None or not self.has_view_permission(request, case):
            return super().change_view(request, object_id, form_url, extra_context)
        typed, refused = QueryDict(), ""
        if request.method == "POST" and not self.is_form(request, case):
            try:
                return self.take_step(request, case)
            except Refused as problem:
                typed, refused = request.POST, str(problem)
                case = Case.objects.filter(pk=case.pk).first()
                if case is None:
                    # A revision that went with its case.
                    messages.error(request, refused)
                    return redirect("admin:regels_case_changelist")
                request.method, request.POST = "GET", QueryDict()
        elif (again := kept.recall(request)) is not None and "act" in again:
            typed, request.GET = again, QueryDict()
        shown = casework.context_of(case, request.user, typed) | {
            "refused": refused,
            "lost": kept_texts(typed, refused),
        }
        response = super().change_view(request, object_id, form_url, shown | (extra_context or {}))
        if refused:
            response.status_code = 409
        return response

    def is_form(self, request, case):
        """Whether the text itself was sent, and may be saved."""
        return "act" not in request.POST and self.has_change_permission(request, case)

    def take_step(self, request, case):
        if not request.user.has_perm(people.PUBLISH):
            raise PermissionDenied
        if "act" not in request.POST:
            raise Refused("Deze tekst is nu niet te wijzigen. Wat u typte staat hieronder, zodat u het kunt overnemen.")
        done = casework.take(case, request.user, request.POST)
        kept.forget(request)
        messages.success(request, f"{done}.")
        # A revision that was published is gone: its text is in the case now.
        stays = Case.objects.filter(pk=case.pk).first() or case.revises
        if request.POST["act"] == "revise":
            stays = case.revision
        elif request.POST["act"] in ("publish", "give_back"):
            return redirect(self.next_address(request))
        return redirect("admin:regels_case_change", stays.pk)

    def next_address(self, request):
        """The next one to read over; else the list."""
        following = worked_on_by(Case.objects, request.user).to_review(request.user).order_by("pk").first()
        if following:
            return reverse("admin:regels_case_change", args=[following.pk])
        return f"{reverse('admin:regels_case_changelist')}?rij=te-toetsen"

    # --- saving

    def save_model(self, request, obj, form, change):
        if change:
            try:
                steps.note_writer(obj, by=request.user)
            except Refused as problem:
                raise PermissionDenied(str(problem)) from None
        if not obj.is_revision and obj.slug.startswith(casework.UNNAMED) and obj.question.strip():
            obj.slug = casework.free_slug(obj)
        super().save_model(request, obj, form, change)
        obj.writers.add(request.user)

    def response_change(self, request, obj):
        if "_propose" in request.POST:
            try:
                casework.propose(obj, request.user)
            except Refused as problem:
                messages.error(request, f"De tekst is bewaard, maar niet voorgelegd. {problem}")
            else:
                messages.success(request, "De casus ligt bij een tweede lezer.")
            return redirect("admin:regels_case_change", obj.pk)
        return super().response_change(request, obj)


def kept_texts(typed, refused):
    """The texts of a form that came too late to be saved."""
    if not refused or "act" in typed:
        return ()
    return [value for name, value in typed.items() if name in casework.SHOWN and value.strip()]
