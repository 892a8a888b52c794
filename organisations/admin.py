from django.contrib import admin
from django.db.models import Count, Q

from zorgpact.admin import ListAdmin, PublishedAdmin, PublishedFilter, SampleFilter
from zorgpact.admin_forms import RecordForm, RowSet
from zorgpact.exchange.admin import ExchangeAdmin

from .exchange import organisation_columns
from .models import CareBranch, EducationLevel, Organisation, OrganisationKind, Participation


@admin.register(Organisation)
class OrganisationAdmin(ExchangeAdmin, PublishedAdmin):
    exchange_columns = staticmethod(organisation_columns)
    list_display = [
        "name",
        "kind",
        "corner_name",
        "municipality",
        "pact_count",
        "koploper_count",
        "on_site",
        "sample_tag",
    ]
    list_filter = [
        "kind__corner",
        "kind",
        "branches",
        "levels",
        "municipality__province",
        PublishedFilter,
        SampleFilter,
    ]
    list_select_related = ["kind", "municipality"]
    search_fields = ["name", "slug", "municipality__name"]
    search_help_text = "Zoek op naam of gemeente, bijvoorbeeld: Groningen."
    prepopulated_fields = {"slug": ["name"]}
    menu_place = 1
    fieldsets = [
        (None, {"fields": ["name", "kind", "municipality", "website"]}),
        ("Wat voor organisatie", {"fields": ["branches", "levels"]}),
        ("Op de site", {"fields": ["sources", "slug", "published_at"]}),
        ("Alleen voor het landelijke team", {"fields": ["internal_note"], "classes": ["internal"]}),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                pacts_now=Count("pact_participations__pact", filter=Q(pact_participations__ended=""), distinct=True),
                koplopers_now=Count(
                    "koploper_participations__koploper", filter=Q(koploper_participations__ended=""), distinct=True
                ),
            )
        )

    def queues(self, request):
        if not self.has_change_permission(request):
            return
        yield PublishedFilter.queue(self, request, "nee", "Staat niet op de site")
        yield SampleFilter.queue(self, request, "ja", "Voorbeeld")

    @admin.display(description="hoek", ordering="kind__corner")
    def corner_name(self, obj):
        return obj.corner.label

    @admin.display(description="pacten", ordering="pacts_now")
    def pact_count(self, obj):
        return obj.pacts_now

    @admin.display(description="koplopers", ordering="koplopers_now")
    def koploper_count(self, obj):
        return obj.koplopers_now


@admin.register(OrganisationKind)
class OrganisationKindAdmin(ListAdmin):
    list_display = ["name", "corner", "position"]
    list_filter = ["corner"]
    fields = ["name", "corner", "position", "slug"]


@admin.register(CareBranch)
class CareBranchAdmin(ListAdmin):
    fields = ["name", "position", "slug"]


@admin.register(EducationLevel)
class EducationLevelAdmin(ListAdmin):
    fields = ["name", "position", "slug"]


# --- For the admin of pacts and koplopers ---------------------------------------------------------


class ParticipationForm(RecordForm):
    # Who stops and who begins may stand in one save, so these look at all rows together.
    left_to_the_rows = (
        "one_current_lead_per_pact",
        "one_current_role_in_a_pact",
        "one_current_lead_per_koploper",
        "one_current_role_in_a_koploper",
    )


class ParticipationRows(RowSet):
    """All who take part in one pact or koploper."""

    def clean(self):
        super().clean()
        lead, roles = None, {}
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE") or form.errors or row.get("ended"):
                continue
            if row["role"] == Participation.Role.LEAD:
                if lead:
                    form.add_error(
                        "role", f"{lead} is al trekker. Er is één trekker tegelijk: vul daar in tot wanneer."
                    )
                lead = lead or row["organisation"]
            if roles.setdefault((row["organisation"], row["role"]), form) is not form:
                form.add_error("organisation", f"{row['organisation']} staat al in de lijst met deze rol.")


class CurrentRole(admin.SimpleListFilter):
    """Whether somebody leads now."""

    title = "trekker"
    parameter_name = "trekker"

    def lookups(self, request, model_admin):
        return [("bekend", "Trekker bekend"), ("onbekend", "Geen trekker bekend")]

    def queryset(self, request, queryset):
        leads = queryset.model.participations.rel.related_model.objects.filter(role=Participation.Role.LEAD, ended="")
        name = queryset.model._meta.model_name.replace("regionalpact", "pact")
        match self.value():
            case "bekend":
                return queryset.filter(pk__in=leads.values(name))
            case "onbekend":
                return queryset.exclude(pk__in=leads.values(name))
        return queryset
