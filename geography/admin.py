from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse

from zorgpact.admin import PortalAdmin
from zorgpact.mergers import RIGHTS, mentions, put_in

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

    def get_urls(self):
        proposals = self.admin_site.admin_view(self.proposals_view)
        return [path("voorstellen/", proposals, name="geography_reorganisation_proposals"), *super().get_urls()]

    def queues(self, request):
        if request.user.has_perms(RIGHTS):
            yield {
                "label": "Noemt een gemeente die niet meer bestaat",
                "count": len(mentions()),
                "url": reverse("admin:geography_reorganisation_proposals"),
            }

    def proposals_view(self, request):
        """What still names an ended municipality, with what took its place; what is ticked is put in."""
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        found = mentions()
        if request.method == "POST":
            done = sum(self._put_in(mention, request.POST.getlist(mention.key)) for mention in found)
            text = (
                f"{done} keer is de opvolger ingevuld."
                if done
                else "Er is niets aangevinkt, dus er is niets gewijzigd."
            )
            self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)
            return redirect(request.path)
        for mention in found:
            model = mention.record._meta
            mention.url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[mention.record.pk])
        context = {
            **self.admin_site.each_context(request),
            "title": "Gemeenten die niet meer bestaan",
            "opts": self.opts,
            "mentions": found,
        }
        return render(request, "admin/mergers.html", context)

    def _put_in(self, mention, ticked):
        chosen = [successor for successor in mention.successors if str(successor.municipality.pk) in ticked]
        if not chosen or (mention.takes_one and len(chosen) > 1):
            return False
        put_in(mention, chosen)
        return True
