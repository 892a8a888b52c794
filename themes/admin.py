from django.contrib import admin
from django.urls import reverse

from zorgpact.admin import PublishedAdmin, PublishedFilter, SampleFilter

from .models import CommonTrait, ElementExample, Insight, Theme, Tool, WorkingElement

ON_THE_SITE = ("Op de site", {"fields": ["position", "slug", "published_at"]})


class OnAThemePage(PublishedAdmin):
    list_filter = ["theme", PublishedFilter, SampleFilter]
    list_select_related = ["theme", "source"]

    def site_address(self, obj):
        return obj.theme.get_absolute_url() if obj.theme.is_published else ""


class OnTheWorksPage(PublishedAdmin):
    def site_address(self, obj):
        return reverse("themes:works")


@admin.register(Theme)
class ThemeAdmin(PublishedAdmin):
    list_display = ["name", "summary", "position", "on_site", "sample_tag"]
    search_fields = ["name", "also_called", "summary"]
    prepopulated_fields = {"slug": ["name"]}
    menu_place = 10
    fieldsets = [(None, {"fields": ["name", "summary", "definition", "also_called", "sources"]}), ON_THE_SITE]


@admin.register(Insight)
class InsightAdmin(OnAThemePage):
    list_display = ["title", "theme", "source", "position", "on_site", "sample_tag"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [(None, {"fields": ["theme", "title", "text", "source"]}), ON_THE_SITE]


@admin.register(CommonTrait)
class CommonTraitAdmin(OnAThemePage):
    list_display = ["text", "theme", "source", "position", "on_site", "sample_tag"]
    search_fields = ["text"]
    prepopulated_fields = {"slug": ["text"]}
    fieldsets = [(None, {"fields": ["theme", "text", "source"]}), ON_THE_SITE]


@admin.register(Tool)
class ToolAdmin(PublishedAdmin):
    list_display = ["title", "kind", "source", "position", "on_site", "sample_tag"]
    list_filter = ["kind", "themes", PublishedFilter, SampleFilter]
    list_select_related = ["source"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [(None, {"fields": ["title", "kind", "text", "url", "themes", "source"]}), ON_THE_SITE]


@admin.register(WorkingElement)
class WorkingElementAdmin(OnTheWorksPage):
    list_display = ["title", "group", "position", "on_site", "sample_tag"]
    list_filter = ["group", PublishedFilter, SampleFilter]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    menu_place = 20
    fieldsets = [(None, {"fields": ["group", "title", "text", "questions", "source"]}), ON_THE_SITE]


@admin.register(ElementExample)
class ElementExampleAdmin(OnTheWorksPage):
    list_display = ["__str__", "element", "source", "on_site", "sample_tag"]
    list_filter = ["element", PublishedFilter, SampleFilter]
    list_select_related = ["element", "source"]
    search_fields = ["text"]
    fieldsets = [(None, {"fields": ["element", "text", "source"]}), ON_THE_SITE]
