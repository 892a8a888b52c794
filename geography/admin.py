from django.contrib import admin

from zorgpact.admin import PortalAdmin

from .models import Municipality, Place, Province, Reorganisation


class EndedFilter(admin.SimpleListFilter):
    title = "gemeenten van nu"
    parameter_name = "opgeheven"

    def lookups(self, request, model_admin):
        return [("nee", "Bestaat nu"), ("ja", "Opgeheven")]

    def queryset(self, request, queryset):
        return queryset.filter(ended__isnull=self.value() == "nee") if self.value() else queryset


@admin.register(Municipality)
class MunicipalityAdmin(PortalAdmin):
    list_display = ["name", "other_name", "province", "code", "ended"]
    list_filter = [EndedFilter, "province"]
    list_select_related = ["province"]
    search_fields = ["name", "other_name", "code"]
    choice_related = ("province",)
    menu_place = 1
    fields = ["name", "other_name", "province", "code", "ended", "lon", "lat", "slug"]

    def choice_label(self, obj):
        ended = f", opgeheven in {obj.ended.year}" if obj.ended else ""
        return f"{obj.name} ({obj.province}{ended})"


@admin.register(Place)
class PlaceAdmin(PortalAdmin):
    list_display = ["name", "municipality"]
    list_filter = ["municipality__province"]
    list_select_related = ["municipality"]
    search_fields = ["name"]
    choice_related = ("municipality",)
    fields = ["name", "municipality", "lon", "lat", "geonames_id"]

    def choice_label(self, obj):
        return f"{obj.name} ({obj.municipality})"


@admin.register(Province)
class ProvinceAdmin(PortalAdmin):
    list_display = ["name", "code"]
    search_fields = ["name"]
    fields = ["name", "code", "slug"]


@admin.register(Reorganisation)
class ReorganisationAdmin(PortalAdmin):
    list_display = ["old", "new", "date", "area_share", "is_main_successor"]
    list_filter = ["is_main_successor"]
    list_select_related = ["old", "new"]
    search_fields = ["old__name", "new__name"]
    fields = ["old", "new", "date", "area_share", "is_main_successor"]
