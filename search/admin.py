from urllib.parse import urlencode

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from zorgpact.admin import ListAdmin, Narrowed, PortalAdmin, ToRead

from .models import Miss, Synonym


@admin.register(Synonym)
class SynonymAdmin(ListAdmin):
    """An edit works at the next search."""

    list_display = ["word", "others", "both_ways"]
    list_filter = ["both_ways"]
    search_fields = ["word", "also"]
    search_help_text = "Zoek op een woord, bijvoorbeeld: bbl."
    fields = ["word", "also", "both_ways"]
    prepopulated_fields = {}

    @admin.display(description="zoek dan ook op", ordering="also")
    def others(self, synonym):
        return ", ".join(synonym.also.splitlines())

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        Miss.objects.filter(text=obj.word.lower(), status=Miss.Status.OPEN).update(status=Miss.Status.SYNONYM)


class MissStatus(Narrowed):
    title = "stand"
    parameter_name = "stand"
    choices_offered = Miss.Status.choices

    @staticmethod
    def narrow(queryset, value):
        return queryset.filter(status=value)


@admin.register(Miss)
class MissAdmin(ToRead, PortalAdmin):
    """What people looked for in vain, the most asked first. To learn from; nothing of it is typed here."""

    list_display = ["text", "count", "first_on", "last_on", "status"]
    list_filter = [MissStatus, "last_on"]
    search_fields = ["text"]
    search_help_text = "Zoek op een woord uit de zoekvraag."
    fields = readonly_fields = ["text", "count", "first_on", "last_on", "status"]
    actions = ["make_synonym", "ignore"]

    def queues(self, request):
        yield MissStatus.queue(self, request, Miss.Status.OPEN, "Gezocht en niet gevonden")

    @admin.action(description="Maak synoniem", permissions=["handle"])
    def make_synonym(self, request, queryset):
        if queryset.count() != 1:
            self.message_user(request, "Kies één zoekvraag om een synoniem van te maken.", level="warning")
            return None
        word = urlencode({"word": queryset.get().text})
        return redirect(f"{reverse('admin:search_synonym_add')}?{word}")

    @admin.action(description="Negeer", permissions=["handle"])
    def ignore(self, request, queryset):
        number = queryset.update(status=Miss.Status.IGNORED)
        self.message_user(request, f"{number} zoekvra{'ag' if number == 1 else 'gen'} genegeerd.", level="success")

    def has_handle_permission(self, request):
        return request.user.has_perm("search.handle_miss")
