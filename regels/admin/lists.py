"""What the casebook stands on: rules with their versions, obstacles, schemes, words of who was helped, and the terms."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils import timezone

from regels import deadlines
from regels.models import (
    Case,
    FreeDay,
    Grant,
    HelpedWords,
    Ministry,
    Obstacle,
    ObstacleMove,
    Question,
    Rule,
    RuleVersion,
    Scheme,
    TextBlock,
    Verdict,
)
from regels.workflow import cases, obstacles
from zorgpact.admin import AddOnly, Narrowed, PortalAdmin, PublishedAdmin, PublishedFilter, SampleFilter, TableRows
from zorgpact.admin_forms import MainForm
from zorgpact.workflow import Refused

# --- Rules ----------------------------------------------------------------------------------------


class VersionRows(AddOnly, TableRows):
    model = RuleVersion
    fields = ["valid_from", "what_changed"]
    hint = "Een nieuwe tekst zet casussen die met een oudere zijn nagekeken op “mogelijk verouderd”. Het ministerie krijgt een mail."
    extra = 1


class ChangedFilter(Narrowed):
    title = "casussen"
    parameter_name = "casussen"
    choices_offered = [("na-te-kijken", "Casussen na te kijken"), ("link-stuk", "Link werkt niet")]

    @staticmethod
    def narrow(queryset, value):
        if value == "link-stuk":
            return queryset.filter(link_works=False)
        return queryset.filter(cases__in=Case.objects.perhaps_outdated()).distinct()


@admin.register(Rule)
class RuleAdmin(PublishedAdmin):
    list_display = ["name", "law", "where", "ministry", "version_on", "number_of_cases", "on_site", "sample_tag"]
    list_filter = [ChangedFilter, "ministry", "origin", PublishedFilter, SampleFilter]
    list_select_related = ["ministry"]
    search_fields = ["name", "law", "bwb_id"]
    search_help_text = "Zoek op naam, wet of BWB-nummer."
    fieldsets = [
        (None, {"fields": ["name", "slug", "law", "origin", ("bwb_id", "place"), "explanation", "ministry"]}),
        ("Op de site", {"fields": ["published_at", "sources"]}),
        ("Link", {"fields": [("link_checked_on", "link_works")]}),
        ("Alleen intern", {"fields": ["internal_note"], "classes": ["internal"]}),
    ]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [VersionRows]
    menu_place = 3

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(cases_found=Count("cases", distinct=True))

    @admin.display(description="plaats")
    def where(self, rule):
        return rule.where

    @admin.display(description="casussen", ordering="cases_found")
    def number_of_cases(self, rule):
        return rule.cases_found

    def queues(self, request):
        yield ChangedFilter.queue(self, request, "na-te-kijken", "Regels met casussen om na te kijken")

    def save_formset(self, request, form, formset, change):
        """A version is entered by the workflow: it flags the cases and tells the ministry."""
        if formset.model is not RuleVersion:
            return super().save_formset(request, form, formset, change)
        rows = formset.save(commit=False)
        for row in rows:
            version = cases.add_rule_version(
                form.instance, valid_from=row.valid_from, by=request.user, what_changed=row.what_changed
            )
            number = Case.objects.to_look_at_for(version).count()
            messages.info(request, f"Nieuwe versie vastgelegd. Casussen om na te kijken zodra die geldt: {number}.")
        return None


# --- Obstacles ------------------------------------------------------------------------------------


class ObstacleForm(MainForm):
    """The obstacle, and where it moves to."""

    move_to = forms.ChoiceField(label="Verplaats naar", required=False)
    move_reason = forms.CharField(
        label="Waarom",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Komt op de site en in de mail aan wie dit volgt. Geen namen.",
    )

    # Set by the admin: who fills it in.
    person = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "move_to" in self.fields:
            may = obstacles.moves_for(self.instance, self.person) if self.instance.pk else ()
            self.fields["move_to"].choices = [("", "blijft waar hij is"), *((to.value, to.label) for to in may)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("move_to") and not cleaned.get("move_reason", "").strip():
            self.add_error("move_reason", "Schrijf op waarom. Iedereen leest dat terug.")
        return cleaned


class MoveRows(AddOnly, TableRows):
    model = ObstacleMove
    fields = ["on", "before", "after", "reason"]
    extra = 0

    def has_add_permission(self, request, obj):
        return False


class WithoutCase(Narrowed):
    title = "casus"
    parameter_name = "casus"
    choices_offered = [("zonder", "Zonder casus op de site")]

    @staticmethod
    def narrow(queryset, value):
        return queryset.without_case() if value == "zonder" else queryset.none()


@admin.register(Obstacle)
class ObstacleAdmin(PublishedAdmin):
    form = ObstacleForm
    list_display = ["title", "state", "status_since", "ministry", "on_site", "sample_tag"]
    list_filter = ["status", WithoutCase, "ministry", PublishedFilter, SampleFilter]
    list_select_related = ["ministry"]
    search_fields = ["title", "summary"]
    search_help_text = "Zoek op titel of uitleg."
    readonly_fields = ["state", "status_since"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [MoveRows]
    menu_place = 4

    def get_fieldsets(self, request, obj=None):
        moves = [("Waar het staat", {"fields": [("state", "status_since"), "move_to", "move_reason"]})] if obj else []
        return [
            (None, {"fields": ["title", "slug", "summary", "reported_on"]}),
            *moves,
            (
                "Waar het bij hoort",
                {"fields": ["ministry", "rules", "themes", "organisation_kinds", "pact", "koploper"]},
            ),
            ("Op de site", {"fields": ["published_at", "sources"]}),
            ("Alleen intern", {"fields": ["internal_note"], "classes": ["internal"]}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"person": request.user})

    @admin.display(description="stand", ordering="status")
    def state(self, obstacle):
        return obstacle.get_status_display()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        to = form.cleaned_data.get("move_to")
        if to:
            try:
                obstacles.move(form.instance, by=request.user, reason=form.cleaned_data["move_reason"], to=to)
            except Refused as problem:
                messages.error(request, f"De tekst is bewaard, maar niet verplaatst. {problem}")


@admin.register(HelpedWords)
class HelpedWordsAdmin(PublishedAdmin):
    list_display = ["words_in_short", "who", "obstacle", "said_on", "on_site", "sample_tag"]
    list_select_related = ["obstacle"]
    search_fields = ["words", "who", "obstacle__title"]
    search_help_text = "Zoek op woorden of belemmering."
    fields = ["obstacle", "words", "who", "said_on", "source", "published_at"]
    menu_place = 5

    @admin.display(description="woorden")
    def words_in_short(self, words):
        return words.words[:90]

    def site_address(self, obj):
        return obj.obstacle.get_absolute_url()


# --- Schemes --------------------------------------------------------------------------------------


class GrantRows(TableRows):
    model = Grant
    fields = ["title", "amount", "granted_on", "region", "province", "pact", "koploper", "theme", "source"]
    classes = ["collapse"]


@admin.register(Scheme)
class SchemeAdmin(PublishedAdmin):
    list_display = ["name", "ministry", "state", "opens_on", "closes_on", "on_site", "sample_tag"]
    list_filter = ["ministry", PublishedFilter, SampleFilter]
    list_select_related = ["ministry"]
    search_fields = ["name", "what", "for_whom"]
    search_help_text = "Zoek op naam, of op wat het is."
    fieldsets = [
        (None, {"fields": ["name", "slug", "ministry", "what", "for_whom", "amount"]}),
        ("Wanneer", {"fields": [("opens_on", "closes_on"), "period_note"]}),
        ("Waar het bij hoort", {"fields": ["themes", "phases", "koplopers"]}),
        ("Op de site", {"fields": ["official_url", ("link_checked_on", "link_works"), "published_at", "sources"]}),
        ("Alleen intern", {"fields": ["internal_note"], "classes": ["internal"]}),
    ]  # fmt: skip
    prepopulated_fields = {"slug": ["name"]}
    inlines = [GrantRows]
    menu_place = 6

    @admin.display(description="stand")
    def state(self, scheme):
        return scheme.state.label


# --- What readers say -----------------------------------------------------------------------------


class RemarkFilter(Narrowed):
    title = "opmerking"
    parameter_name = "opmerking"
    choices_offered = [("te-lezen", "Opmerking, nog niet afgehandeld"), ("nee", "Niet nuttig")]

    @staticmethod
    def narrow(queryset, value):
        return queryset.to_read() if value == "te-lezen" else queryset.filter(is_useful=False)


@admin.register(Verdict)
class VerdictAdmin(PortalAdmin):
    """“Was dit nuttig?” The remarks are read; nobody is answered, for nobody is known."""

    list_display = ["case", "is_useful", "remark", "said_at", "handled_at", "handled_by", "sample_tag"]
    list_filter = [RemarkFilter, "is_useful", SampleFilter]
    list_select_related = ["case", "handled_by"]
    search_fields = ["remark", "case__question"]
    search_help_text = "Zoek in de opmerkingen of op casus."
    fields = readonly_fields = ["case", "is_useful", "remark", "said_at", "handled_at", "handled_by"]
    actions = ["handle"]
    menu_place = 7

    def queues(self, request):
        yield RemarkFilter.queue(self, request, "te-lezen", "Opmerkingen van lezers")

    def site_address(self, obj):
        return obj.case.get_absolute_url()

    @admin.action(description="Afgehandeld", permissions=["change"])
    def handle(self, request, queryset):
        done = queryset.filter(handled_at=None).update(handled_at=timezone.now(), handled_by=request.user)
        self.message_user(request, f"{done} afgehandeld.", messages.SUCCESS if done else messages.WARNING)


# --- Text blocks, ministries and free days --------------------------------------------------------


@admin.register(TextBlock)
class TextBlockAdmin(PortalAdmin):
    list_display = ["title", "outcome", "rule", "ministry", "is_in_use"]
    list_filter = ["is_in_use", "outcome", "ministry"]
    list_select_related = ["rule", "ministry"]
    search_fields = ["title", "text"]
    search_help_text = "Zoek op titel of tekst."
    fields = ["title", "text", "outcome", "rule", "ministry", "is_in_use"]
    menu_place = 8


class RecomputesTerms:
    """What changes here moves the due dates of open questions."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.say_moved(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self.say_moved(request)

    def say_moved(self, request):
        if moved := deadlines.recompute():
            messages.info(request, f"De termijn van {moved} open {'vraag' if moved == 1 else 'vragen'} is verschoven.")


@admin.register(Ministry)
class MinistryAdmin(RecomputesTerms, PortalAdmin):
    list_display = ["abbreviation", "name", "assign_days", "answer_days", "sends_at_once", "open_questions"]
    search_fields = ["name", "abbreviation"]
    search_help_text = "Zoek op naam."
    readonly_fields = ["role"]
    fields = [
        "name",
        "abbreviation",
        "slug",
        "role",
        "organisation",
        ("assign_days", "answer_days"),
        "sends_at_once",
        "position",
    ]
    menu_place = 9

    def get_queryset(self, request):
        is_open = Q(questions__status__in=Question.OPEN)
        return super().get_queryset(request).annotate(open_now=Count("questions", filter=is_open))

    @admin.display(description="open vragen", ordering="open_now")
    def open_questions(self, ministry):
        return ministry.open_now

    def site_address(self, obj):
        return ""


@admin.register(FreeDay)
class FreeDayAdmin(RecomputesTerms, PortalAdmin):
    list_display = ["date", "name"]
    search_fields = ["name"]
    search_help_text = "Zoek op naam. Feestdagen staan hier niet: die kent het portaal zelf."
    fields = ["date", "name"]
    menu_place = 10
