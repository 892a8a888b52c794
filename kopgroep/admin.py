from django.contrib import admin
from django.db.models import Count

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

from .exchange import koploper_columns
from .models import (
    Adoption,
    Challenge,
    CooperationForm,
    Effect,
    Koploper,
    KoploperEffect,
    KoploperParticipation,
    KoploperTheme,
    Result,
    ResultArea,
    SustainingAgreement,
    Voice,
)

# --- The rows on a koploper -----------------------------------------------------------------------


class Participants(TableRows):
    model = KoploperParticipation
    form = ParticipationForm
    formset = ParticipationRows
    fields = ["organisation", "role", "started", "ended", "source"]
    hint = "Eén organisatie is trekker. Wie stopt, krijgt een datum bij “tot”; verwijder de rij alleen als zij fout is."


class Themes(TableRows):
    model = KoploperTheme
    fields = ["theme"]
    hint = "Eén of twee thema’s."


class ResultForm(RecordForm):
    constraint_fields = {"result_number_has_a_unit": "unit"}


class Results(TableRows):
    model = Result
    form = ResultForm
    fields = ["title", "area", "number", "unit", "year", "source", "position"]


class EffectForm(RecordForm):
    constraint_fields = {"effect_is_intended_or_seen": "is_intended"}


class Effects(TableRows):
    model = KoploperEffect
    form = EffectForm
    fields = ["effect", "is_intended", "is_seen", "evidence", "note", "source"]
    classes = ["collapse"]


class Voices(TableRows):
    model = Voice
    fields = ["text", "who", "source"]
    classes = ["collapse"]
    hint = "Wat een student of zorggebruiker zegt. Noem geen namen."


class Adoptions(StackedRows):
    model = Adoption
    fields = [
        ("organisation", "by_whom"),
        "municipality",
        "which_part",
        "what_changed",
        ("since", "still_running"),
        "source",
    ]
    classes = ["collapse"]
    hint = "Een andere regio nam (een deel van) deze koploper over. Alleen dát het gebeurde is ook al een overname."


# --- The koploper ---------------------------------------------------------------------------------


class ConfirmationFilter(Narrowed):
    title = "zekerheid"
    parameter_name = "zekerheid"
    choices_offered = Koploper.Confirmation.choices

    @staticmethod
    def narrow(queryset, value):
        return queryset.filter(confirmation=value)


class AdoptedFilter(admin.SimpleListFilter):
    title = "overgenomen"
    parameter_name = "overgenomen"

    def lookups(self, request, model_admin):
        return [("ja", "Elders overgenomen"), ("nog-niet", "Nog niet")]

    def queryset(self, request, queryset):
        return queryset.with_adoption().filter(taken_over=self.value()) if self.value() else queryset


class ProvinceFilter(admin.SimpleListFilter):
    title = "provincie"
    parameter_name = "provincie"

    def lookups(self, request, model_admin):
        from geography.models import Province

        return Province.objects.values_list("slug", "name")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        here = Koploper.municipalities.through.objects.filter(municipality__province__slug=self.value())
        return queryset.filter(pk__in=here.values("koploper"))


@admin.register(Koploper)
class KoploperAdmin(ExchangeAdmin, ConfirmedAdmin):
    exchange_columns = staticmethod(koploper_columns)
    list_display = ["title", "where", "status", "confirmation", "adoption_count", "freshness", "on_site", "sample_tag"]
    list_filter = [
        FreshnessFilter,
        ConfirmationFilter,
        "kind",
        "themes",
        "status",
        ProvinceFilter,
        "pacts",
        "forms",
        AdoptedFilter,
        CurrentRole,
        PublishedFilter,
        SampleFilter,
    ]
    search_fields = ["title", "summary", "area_name", "slug"]
    search_help_text = "Zoek op naam, samenvatting of gebied, bijvoorbeeld: huiskamer."
    prepopulated_fields = {"slug": ["title"]}
    menu_place = 1
    fieldsets = [
        (None, {"fields": ["title", "kind", "summary", "website"]}),
        ("Waar", {"fields": ["place", "municipalities", "area_name", "pacts"]}),
        (
            "Wanneer",
            {"fields": [("started", "ended"), "status", "afterlife", ("joined_on", "joined_programme"), "joined_note"]},
        ),
        ("Verhaal", {"fields": ["story", "method", ("forms", "agreement")]}),
        (
            "Uitdagingen en bestendigen",
            {"fields": ["challenges", "challenges_note", "sustaining", "sustaining_note"], "classes": ["collapse"]},
        ),
        (
            "Zelf toepassen",
            {
                "fields": [
                    "needs_conditions",
                    "needs_people",
                    "needs_money",
                    "time_to_first_result",
                    "what_went_wrong",
                    "advice",
                    "inspired_by",
                ],
                "classes": ["collapse"],
            },
        ),
        ("Deelnemers", {"fields": ["participants_complete"]}),
        (
            "Bronnen en bevestiging",
            {
                "fields": [
                    ("confirmation", "confirmation_note"),
                    "sources",
                    "working_elements",
                    ("confirmed_on", "confirmed_by"),
                ]
            },
        ),
        ("Op de site", {"fields": ["slug", "published_at"]}),
        ("Alleen voor het landelijke team", {"fields": ["internal_note"], "classes": ["internal"]}),
    ]
    inlines = [Participants, Themes, Results, Effects, Adoptions, Voices]

    def get_queryset(self, request):
        adopted = Count("adoptions", distinct=True)
        return super().get_queryset(request).select_related("place").annotate(adoptions_now=adopted)

    def queues(self, request):
        if not self.has_change_permission(request):
            return
        yield FreshnessFilter.queue(self, request, "na-te-kijken", "Na te kijken: lang niet of nooit bevestigd")
        yield ConfirmationFilter.queue(self, request, "nog-te-bevestigen", "Nog niet zeker dat het een koploper is")
        yield PublishedFilter.queue(self, request, "nee", "Staat niet op de site")
        yield SampleFilter.queue(self, request, "ja", "Voorbeeld")

    @admin.display(description="waar")
    def where(self, obj):
        return obj.area_name or obj.place or "niet bekend"

    @admin.display(description="overnames", ordering="adoptions_now")
    def adoption_count(self, obj):
        return obj.adoptions_now


@admin.register(CooperationForm)
class CooperationFormAdmin(ListAdmin):
    fields = ["name", "description", "position", "slug"]


@admin.register(Challenge)
class ChallengeAdmin(ListAdmin):
    fields = ["name", "position", "slug"]


@admin.register(ResultArea)
class ResultAreaAdmin(ListAdmin):
    list_display = ["name", "group", "in_top_four", "position"]
    list_filter = ["group"]
    fields = ["name", "group", "in_top_four", "position", "slug"]


@admin.register(Effect)
class EffectAdmin(ListAdmin):
    list_display = ["name", "group", "position"]
    list_filter = ["group"]
    fields = ["name", "group", "position", "slug"]


@admin.register(SustainingAgreement)
class SustainingAgreementAdmin(ListAdmin):
    fields = ["name", "position", "slug"]
