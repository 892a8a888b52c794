from django.contrib import admin
from django.urls import reverse

from zorgpact.admin import PortalAdmin, PublishedAdmin, PublishedFilter, SampleFilter

from .models import Fact, Figure, LoadedRecord, LostPicture, OldAddress, Source, Term, Tip


class ProgrammeAdmin(PublishedAdmin):
    """What the programme says of itself stands on one page, or on the page with its sources."""

    page = "programme:about"

    def site_address(self, obj):
        return reverse(self.page)


@admin.register(Source)
class SourceAdmin(ProgrammeAdmin):
    page = "programme:sources"
    list_display = ["title", "kind", "publisher", "published", "in_bibliography", "on_site", "sample_tag"]
    list_filter = ["kind", "in_bibliography", PublishedFilter, SampleFilter]
    search_fields = ["title", "subtitle", "publisher", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "kind", "publisher", "published", "url", "slug"]}),
        ("Makers en gebruik", {"fields": ["commissioners", "makers", "licence", "disclaimer"]}),
        ("Op de site", {"fields": ["note", "in_bibliography", "published_at"]}),
    ]


@admin.register(Fact)
class FactAdmin(ProgrammeAdmin):
    list_display = ["title", "section", "position", "on_site", "sample_tag"]
    list_filter = ["section", PublishedFilter, SampleFilter]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "section", "text", "sources"]}),
        ("Op de site", {"fields": ["position", "slug", "published_at"]}),
    ]


@admin.register(Figure)
class FigureAdmin(ProgrammeAdmin):
    list_display = ["label", "value", "as_at", "source", "on_site", "sample_tag"]
    list_select_related = ["source"]
    search_fields = ["subject", "label", "value"]
    prepopulated_fields = {"slug": ["label"]}
    fieldsets = [
        (None, {"fields": ["subject", "label", "value", "as_at", "source", "note"]}),
        ("Op de site", {"fields": ["position", "slug", "published_at"]}),
    ]


@admin.register(Tip)
class TipAdmin(ProgrammeAdmin):
    list_display = ["title", "source", "position", "on_site", "sample_tag"]
    list_select_related = ["source"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "text", "source"]}),
        ("Op de site", {"fields": ["position", "slug", "published_at"]}),
    ]


@admin.register(Term)
class TermAdmin(ProgrammeAdmin):
    list_display = ["name", "abbreviation", "kind", "on_site", "sample_tag"]
    list_filter = ["kind", PublishedFilter, SampleFilter]
    search_fields = ["name", "abbreviation", "definition"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "abbreviation", "kind", "definition", "source"]}),
        ("Op de site", {"fields": ["slug", "published_at"]}),
    ]


@admin.register(LostPicture)
class LostPictureAdmin(ProgrammeAdmin):
    page = "programme:sources"
    list_display = ["number", "caption", "kind", "on_site", "sample_tag"]
    list_display_links = ["number", "caption"]
    list_filter = ["kind", PublishedFilter, SampleFilter]
    search_fields = ["caption", "known"]
    fieldsets = [
        (None, {"fields": ["number", "kind", "caption", "source", "source_line", "asked_of", "known"]}),
        ("Op de site", {"fields": ["published_at"]}),
    ]


@admin.register(OldAddress)
class OldAddressAdmin(PortalAdmin):
    list_display = ["old_path", "new_path", "created_at"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]
    menu_place = 90


@admin.register(LoadedRecord)
class LoadedRecordAdmin(PortalAdmin):
    """What the loader of the content remembers; there is nothing to change in it."""

    list_display = ["kind", "key", "loaded_at"]
    list_filter = ["kind"]
    search_fields = ["key"]
    menu_place = 91

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
