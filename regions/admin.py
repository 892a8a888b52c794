from django.contrib import admin
from django.db.models import Count, Q

from organisations.admin import CurrentRole, ParticipationForm, ParticipationRows
from zorgpact.admin import (
    ConfirmedAdmin,
    FreshnessFilter,
    ListAdmin,
    Narrowed,
    PublishedFilter,
    SampleFilter,
    StackedRows,
    TableRows,
)
from zorgpact.admin_forms import RecordForm
from zorgpact.exchange.admin import ExchangeAdmin

from .exchange import pact_columns
from .models import (
    AgendaItem,
    AreaMunicipality,
    EarlierCooperation,
    Function,
    FundingStream,
    LayoutOverlap,
    PactFunction,
    PactParticipation,
    PactTheme,
    Phase,
    PhaseChange,
    RegionalPact,
    RegionLayout,
    Subregion,
    Vraagstuk,
)

# --- The rows on a pact ---------------------------------------------------------------------------


class Participants(TableRows):
    model = PactParticipation
    form = ParticipationForm
    formset = ParticipationRows
    fields = ["organisation", "role", "started", "ended", "source"]
    hint = "Eén organisatie is trekker. Wie stopt, krijgt een datum bij “tot”; verwijder de rij alleen als zij fout is."


class Area(TableRows):
    model = AreaMunicipality
    fields = ["municipality", "since", "until"]
    hint = "De gemeenten waarin het pact werkt. Gebieden van pacten mogen overlappen."
    classes = ["collapse"]


class Functions(TableRows):
    model = PactFunction
    fields = ["function"]
    hint = "Platform, podium of trekker; een pact kan er meer hebben."


class Themes(TableRows):
    model = PactTheme
    fields = ["theme", "for_whom"]


class PhaseChanges(TableRows):
    """A history: a row is added when the pact enters a phase, and stays as it is."""

    model = PhaseChange
    fields = ["phase", "since", "reason", "recorded_by"]
    readonly_fields = ["recorded_by"]
    hint = "Voeg een rij toe als het pact in een andere fase komt. Wat er staat, verandert niet meer."
    can_delete = False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("phase", "recorded_by")


class EarlierCooperations(TableRows):
    model = EarlierCooperation
    fields = ["builds_on_it", "name", "source"]
    hint = "Geen rij betekent: niet bekend."


class Subregions(TableRows):
    model = Subregion
    fields = ["name", "municipalities"]
    classes = ["collapse"]
    hint = "Alleen als de actieagenda het gebied in delen splitst."


class Overlaps(TableRows):
    model = LayoutOverlap
    fields = ["layout", "name"]
    classes = ["collapse"]


class Vraagstukken(StackedRows):
    model = Vraagstuk
    fields = ["title", "text", ("scale", "started", "ended"), ("coalition", "is_explicit"), "parties"]
    classes = ["collapse"]
    slug_from = "title"
    hint = "Bijvoorbeeld: genoeg mensen in de zomer. Kies bij een eigen coalitie wie meedoet."


class AgendaForm(RecordForm):
    constraint_fields = {"stopped_agenda_item_has_a_reason": "status_reason"}


class Agenda(StackedRows):
    model = AgendaItem
    form = AgendaForm
    fields = [
        "title",
        "goal",
        ("kind", "domain"),
        ("vraagstuk", "subregion"),
        "theme",
        ("status", "status_reason"),
        ("planned_from", "planned_until"),
        "coalition",
        "funding",
        "preconditions",
        "source",
        "position",
    ]
    short_choices = ("vraagstuk", "subregion")
    classes = ["collapse"]
    slug_from = "title"
    hint = "Projecten en activiteiten. Bewaar eerst een nieuw vraagstuk of een nieuwe subregio; daarna kunt u die hier kiezen."

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for name, model in (("vraagstuk", Vraagstuk), ("subregion", Subregion)):
            field = formset.form.base_fields.get(name)
            if field:
                # One query for all rows, and never the choices of another pact.
                field.queryset = model.objects.filter(pact=obj) if obj else model.objects.none()
                field.choices = [("", "---------"), *((row.pk, str(row)) for row in field.queryset)]
        return formset


# --- The pact -------------------------------------------------------------------------------------


class PhaseFilter(admin.SimpleListFilter):
    title = "fase"
    parameter_name = "fase"

    def lookups(self, request, model_admin):
        return [*Phase.objects.values_list("slug", "name"), ("onbekend", "Niet bekend")]

    def queryset(self, request, queryset):
        if self.value() == "onbekend":
            return queryset.filter(phase_slug=None)
        return queryset.filter(phase_slug=self.value()) if self.value() else queryset


class ProvinceFilter(admin.SimpleListFilter):
    title = "provincie"
    parameter_name = "provincie"

    def lookups(self, request, model_admin):
        from geography.models import Province

        return Province.objects.values_list("slug", "name")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        area = AreaMunicipality.objects.filter(until="", municipality__province__slug=self.value())
        return queryset.filter(pk__in=area.values("pact"))


class GapFilter(Narrowed):
    """What is not known yet of a pact."""

    title = "nog niet bekend"
    parameter_name = "onbekend"
    choices_offered = [("fase", "Fase"), ("deelnemers", "Lijst van deelnemers niet compleet")]

    @staticmethod
    def narrow(queryset, value):
        match value:
            case "fase":
                return queryset.filter(phase_changes=None)
            case "deelnemers":
                return queryset.filter(participants_complete=False)
        return queryset.none()


@admin.register(RegionalPact)
class RegionalPactAdmin(ExchangeAdmin, ConfirmedAdmin):
    exchange_columns = staticmethod(pact_columns)
    list_display = ["name", "phase", "lead", "participant_count", "freshness", "on_site", "sample_tag"]
    list_filter = [
        FreshnessFilter,
        GapFilter,
        PhaseFilter,
        "functions",
        "themes",
        ProvinceFilter,
        CurrentRole,
        PublishedFilter,
        SampleFilter,
    ]
    search_fields = ["name", "area_name", "slug", "summary"]
    search_help_text = "Zoek op naam of gebied, bijvoorbeeld: Zeeland."
    prepopulated_fields = {"slug": ["name"]}
    menu_place = 1
    fieldsets = [
        (None, {"fields": ["name", "area_name", "summary", "website", ("started", "ended")]}),
        (
            "Verhaal en ambitie",
            {"fields": ["story", "ambition", "national_tie", "government_role", "municipality_gain"]},
        ),
        (
            "Bestuur en geld",
            {
                "fields": [
                    ("structure", "agreement"),
                    "administrators_involved",
                    "governance",
                    "project_groups",
                    "means",
                    "refinancing",
                    "refinanced_until",
                ],
                "classes": ["collapse"],
            },
        ),
        ("Deelnemers en meedoen", {"fields": ["participants_complete", "how_to_join"]}),
        ("Bronnen en bevestiging", {"fields": ["sources", "working_elements", ("confirmed_on", "confirmed_by")]}),
        ("Op de site", {"fields": ["slug", "published_at"]}),
        ("Alleen voor het landelijke team", {"fields": ["internal_note"], "classes": ["internal"]}),
    ]
    inlines = [
        Participants,
        PhaseChanges,
        Functions,
        Themes,
        EarlierCooperations,
        Area,
        Subregions,
        Overlaps,
        Vraagstukken,
        Agenda,
    ]

    def get_queryset(self, request):
        current = Count("participations__organisation", filter=Q(participations__ended=""), distinct=True)
        return super().get_queryset(request).with_phase().with_lead().annotate(participants_now=current)

    def queues(self, request):
        if not self.has_change_permission(request):
            return
        yield FreshnessFilter.queue(self, request, "na-te-kijken", "Na te kijken: lang niet of nooit bevestigd")
        yield GapFilter.queue(self, request, "fase", "Fase nog niet bekend")
        yield GapFilter.queue(self, request, "deelnemers", "Lijst van deelnemers niet compleet")
        yield PublishedFilter.queue(self, request, "nee", "Staat niet op de site")
        yield SampleFilter.queue(self, request, "ja", "Voorbeeld")

    @admin.display(description="fase", ordering="phase_name")
    def phase(self, obj):
        return obj.phase_name or "niet bekend"

    @admin.display(description="trekker", ordering="lead_name")
    def lead(self, obj):
        return obj.lead_name or "niet bekend"

    @admin.display(description="deelnemers", ordering="participants_now")
    def participant_count(self, obj):
        return obj.participants_now


@admin.register(Phase)
class PhaseAdmin(ListAdmin):
    list_display = ["name", "position", "is_from_source"]
    fields = ["name", "position", "description", "is_from_source", "source", "slug"]


@admin.register(Function)
class FunctionAdmin(ListAdmin):
    fields = ["name", "description", "position", "slug"]


@admin.register(RegionLayout)
class RegionLayoutAdmin(ListAdmin):
    fields = ["name", "position", "slug"]


@admin.register(FundingStream)
class FundingStreamAdmin(ListAdmin):
    fields = ["name", "position", "slug"]
