from auditlog.models import LogEntry
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from zorgpact.admin import PortalAdmin, PublishedAdmin, PublishedFilter, SampleFilter, ToRead, address_of
from zorgpact.reading_history import VERBS, lines, verb_of, who

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
class LoadedRecordAdmin(ToRead, PortalAdmin):
    """What the loader of the content remembers; there is nothing to change in it."""

    list_display = ["kind", "key", "loaded_at"]
    list_filter = ["kind"]
    search_fields = ["key"]
    menu_place = 91


class ActionFilter(admin.SimpleListFilter):
    title = "wat er gebeurde"
    parameter_name = "stap"

    def lookups(self, request, model_admin):
        return [(str(action), verb) for action, verb in VERBS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() in ("0", "1", "2") else queryset


@admin.register(LogEntry)
class LogEntryAdmin(ToRead, PortalAdmin):
    """The whole history, to look at only: of one person by the search, of one record on its own page."""

    list_display = ["moment", "by", "kind", "called", "verb"]
    list_filter = [ActionFilter]
    list_select_related = ["actor", "content_type"]
    search_fields = ["actor__email", "actor__name", "object_repr"]
    search_help_text = "Zoek op naam of e-mailadres van wie iets wijzigde, of op de naam van het record."
    date_hierarchy = "timestamp"
    fields = readonly_fields = ["moment", "by", "kind", "record", "verb", "reason", "changed"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-timestamp", "-pk")

    @admin.display(description="wanneer", ordering="timestamp")
    def moment(self, entry):
        return entry.timestamp

    @admin.display(description="wie", ordering="actor__email")
    def by(self, entry):
        return who(entry)

    @admin.display(description="soort")
    def kind(self, entry):
        return entry.content_type.name

    @admin.display(description="wat")
    def verb(self, entry):
        return verb_of(entry)

    @admin.display(description="record", ordering="object_repr")
    def called(self, entry):
        return entry.object_repr

    @admin.display(description="reden")
    def reason(self, entry):
        return (entry.additional_data or {}).get("reason") or "-"

    @admin.display(description="record")
    def record(self, entry):
        address = address_of(self.admin_site, entry)
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description="wat er veranderde")
    def changed(self, entry):
        changes = lines([entry])[0]["changes"]
        rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", [(c["label"], c["shown"]) for c in changes])
        return format_html('<dl class="changed">{}</dl>', rows) if changes else "-"
