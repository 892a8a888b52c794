"""The back office: one site, and one `PortalAdmin` under every screen of it."""

from auditlog.models import LogEntry
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import connection, models
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect

from programme.fields import PartialDateField
from programme.history import steps_on
from programme.models import FRESHNESS, Confirmed, freshness_in_database

from . import kept
from .admin_forms import (
    KEPT,
    STATE,
    LongText,
    MainForm,
    RecordForm,
    RowSet,
    differences,
    error_summary,
    without_lost_rows,
)
from .choose import choose_field
from .reading_history import lines, verb_of
from .slugs import free_slug

# The order in which the parts stand on the front page: what the team works on most comes first.
APP_ORDER = [
    "regions",
    "kopgroep",
    "volgspot",
    "regels",
    "workplace",
    "organisations",
    "themes",
    "programme",
    "geography",
    "search",
    "accounts",
    "outbox",
    "auditlog",
]
STEPS_ON_A_PAGE = 50


class Suggestions(AutocompleteJsonView):
    """What a field for a relation offers while somebody types."""

    def get_queryset(self):
        found = super().get_queryset().select_related(*self.model_admin.choice_related)
        # Counts in the queryset of a list set the order of the model aside.
        return found if found.ordered else found.order_by(*found.model._meta.ordering)

    def serialize_result(self, obj, to_field_name):
        return {"id": str(obj.pk), "text": self.model_admin.choice_label(obj)}


class PortalAdminSite(admin.AdminSite):
    site_header = "Zorgpact beheer"
    site_title = "Zorgpact beheer"
    index_title = "Werkplek"
    index_template = "admin/workplace.html"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Our own screens only: those that libraries bring (groups, addresses, factors) go around the rules of `accounts`."""
        if admin_class and issubclass(admin_class, PortalAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if request.user.is_anonymous:
                typed = kept.keep(request) if request.method == "POST" else None
                return redirect_to_login(typed or request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return csrf_protect(guarded)

    def login(self, request, extra_context=None):
        """The accounts' own login, second factor included."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def autocomplete_view(self, request):
        return Suggestions.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        places = {label: place for place, label in enumerate(APP_ORDER)}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(
                key=lambda model: (self.get_model_admin(model["model"]).menu_place, model["name"].lower())
            )
        return sorted(apps, key=lambda app: places.get(app["app_label"], len(places)))

    def index(self, request, extra_context=None):
        return super().index(request, {"queues": self.queues(request), "recent": recent_changes(request, self)})

    def queues(self, request):
        """What asks for attention, each with its number and the list behind it."""
        groups = []
        for model_admin in sorted(self._registry.values(), key=lambda found: found.menu_place):
            if model_admin.has_view_permission(request) and (found := list(model_admin.queues(request))):
                groups.append(
                    {"name": model_admin.opts.verbose_name_plural, "queues": found, "app": model_admin.opts.app_label}
                )
        return sorted(groups, key=lambda group: APP_ORDER.index(group["app"]))


def recent_changes(request, site):
    """The newest steps of the history by a person, of the parts that this person may see."""
    seen = {model._meta.app_label for model, found in site._registry.items() if found.has_view_permission(request)}
    by_somebody = LogEntry.objects.filter(content_type__app_label__in=seen, actor__isnull=False)
    entries = by_somebody.select_related("actor", "content_type")
    return [
        {"entry": entry, "url": address_of(site, entry), "verb": verb_of(entry)}
        for entry in entries.order_by("-timestamp", "-pk").defer("changes")[:12]
    ]


def address_of(site, entry):
    model = entry.content_type.model_class()
    if entry.action == LogEntry.Action.DELETE or model is None or not site.is_registered(model):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[entry.object_pk])


# --- Filters --------------------------------------------------------------------------------------


class Narrowed(admin.SimpleListFilter):
    """A filter whose `narrow` also counts the queues of the front page."""

    choices_offered = ()

    def lookups(self, request, model_admin):
        return self.choices_offered

    def queryset(self, request, queryset):
        return self.narrow(queryset, self.value()) if self.value() else queryset

    @classmethod
    def queue(cls, model_admin, request, value, label):
        """A line on the front page: the number is that of the list it leads to."""
        queryset = cls.narrow(model_admin.get_queryset(request), value)
        address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
        return {"label": label, "count": queryset.count(), "url": f"{address}?{cls.parameter_name}={value}"}


class FreshnessFilter(Narrowed):
    """Samples need nobody's confirmation, so they are never waiting for it."""

    title = "bevestigd"
    parameter_name = "bevestigd"
    choices_offered = [("na-te-kijken", "Na te kijken"), *FRESHNESS]

    @staticmethod
    def narrow(queryset, value):
        queryset = queryset.alias(freshness_now=freshness_in_database())
        if value == "na-te-kijken":
            return queryset.filter(freshness_now__in=["verouderd", "nooit"], is_sample=False)
        return queryset.filter(freshness_now=value)


class PublishedFilter(Narrowed):
    title = "op de site"
    parameter_name = "site"
    choices_offered = [("ja", "Staat op de site"), ("later", "Verschijnt later"), ("nee", "Staat niet op de site")]

    @staticmethod
    def narrow(queryset, value):
        now = timezone.now()
        match value:
            case "ja":
                return queryset.filter(published_at__lte=now)
            case "later":
                return queryset.filter(published_at__gt=now)
            case "nee":
                return queryset.filter(published_at=None)
        return queryset.none()


class SampleFilter(Narrowed):
    title = "voorbeeld"
    parameter_name = "voorbeeld"
    choices_offered = [("nee", "Echt"), ("ja", "Voorbeeld")]

    @staticmethod
    def narrow(queryset, value):
        return queryset.filter(is_sample=value == "ja")


# --- Records and the rows on them -----------------------------------------------------------------


class ByTyping:
    """Relations are found by typing; dates use the browser's own calendar."""

    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        },
        models.DateField: {
            "form_class": forms.DateField,
            "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        },
        models.TextField: {"form_class": LongText, "widget": forms.Textarea(attrs={"rows": 4})},
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
    }
    # Relations within one record, of which the few choices stand in the form.
    short_choices = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        related = isinstance(db_field, (models.ForeignKey, models.ManyToManyField))
        if related and db_field.name not in self.short_choices:
            if db_field.many_to_many and not db_field.remote_field.through._meta.auto_created:
                return None
            return choose_field(db_field, self.admin_site, **kwargs)
        if related:
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def chosen_relations(self):
        """The relations that the form shows, single and several."""
        shown = flatten(self.get_fieldsets(None)) if self.fieldsets or self.fields else None
        fields = [
            field
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if field.remote_field and field.editable and (shown is None or field.name in shown)
        ]
        single = [f for f in fields if not f.many_to_many]
        several = [f for f in fields if f.many_to_many and f.remote_field.through._meta.auto_created]
        return single, several

    def related_of(self, field):
        """What the label of a chosen record needs besides the record."""
        remote = field.remote_field.model
        return self.admin_site.get_model_admin(remote).choice_related if self.admin_site.is_registered(remote) else ()

    def several_prefetched(self):
        for field in self.chosen_relations()[1]:
            remote = field.remote_field.model
            yield Prefetch(field.name, remote._default_manager.select_related(*self.related_of(field)))


def flatten(fieldsets):
    return admin.utils.flatten_fieldsets(fieldsets)


class Rows(ByTyping):
    """Rows that hang on a record."""

    form = RecordForm
    formset = RowSet
    extra = 1
    # The title from which a row gets its short name, where it has one.
    slug_from = ""

    def get_queryset(self, request):
        single, _ = self.chosen_relations()
        single = [field for field in single if field.remote_field.model is not self.parent_model]
        names = [field.name for field in single if field.name not in self.short_choices]
        names += [f"{field.name}__{name}" for field in single for name in self.related_of(field)]
        return super().get_queryset(request).select_related(*names).prefetch_related(*self.several_prefetched())


class TableRows(Rows, admin.TabularInline):
    """Rows of a few short fields. What a column asks for stands above it, once."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, PartialDateField):
            field.widget.attrs |= {"placeholder": "2016-09", "size": 10}
        elif field:
            field.widget.column_help = field.help_text
        if field:
            field.help_text = ""
        return field


class StackedRows(Rows, admin.StackedInline):
    """Rows with long texts, one below the other."""


def sample_tag(record):
    return format_html('<span class="tag tag-sample">{}</span>', "voorbeeld") if record.is_sample else ""


class PortalAdmin(ByTyping, admin.ModelAdmin):
    """What every screen of the back office can do.

    A save is refused when somebody saved in between, what was typed survives a login that ended, errors stand
    on top with a link to their field, and every change is in the one history.
    """

    form = MainForm
    list_per_page = 50
    show_full_result_count = False
    menu_place = 50
    # For the label in a list of suggestions: relations to fetch with the record.
    choice_related = ()

    class Media:
        css = {"all": ["vendor/accessible-autocomplete/accessible-autocomplete.min.css"]}

    def choice_label(self, obj):
        """What the record is called where it can be chosen; say more where names repeat."""
        return str(obj)

    def queues(self, request):
        """Lines on the front page about what asks for attention here; none for who may only read."""
        return ()

    def site_address(self, obj):
        """Where the record stands on the site."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else ""

    def view_on_site(self, obj):
        try:
            return self.site_address(obj) if getattr(obj, "is_published", True) else ""
        except NoReverseMatch:
            return ""

    @admin.display(description="voorbeeld", ordering="is_sample")
    def sample_tag(self, obj):
        """For the list of what may be made up."""
        return sample_tag(obj)

    # --- the form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return form if issubclass(form, MainForm) else type(form)(form.__name__, (MainForm, form), {})

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and connection.in_atomic_block:
            # Two who save at once wait for each other, and the second one is told.
            try:
                self.model._base_manager.select_for_update().filter(pk=object_id).first()
            except (ValueError, ValidationError):
                return None
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            models.prefetch_related_objects([obj], *self.several_prefetched())
        return obj

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in given and obj.pk:
            rows = inline.model._base_manager.filter(**{inline_fk(self.model, inline).name: obj})
            without_lost_rows(given["data"], prefix, {str(pk) for pk in rows.values_list("pk", flat=True)})
        return given

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        typed = kept.recall(request) if request.method == "GET" else None
        if typed is not None:
            typed[KEPT] = "1"
            # Before the text is put back: the first look at the files reads the request again, and empties what was sent.
            _ = request.FILES
            request.method, request.POST = "POST", typed
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        formsets = [found.formset for found in context["inline_admin_formsets"]]
        context |= {
            # What came back after a login was typed on an older state: saving it must say so.
            "record_state": form.data.get(STATE, "") if form.has_code("kept") else form.state,
            "form_mark": kept.mark_for(request),
            "form_mark_name": kept.MARK,
            "was_kept": form.has_code("kept"),
            "errors": None,
            "summary": list(error_summary(form, formsets)) if form.is_bound else [],
            "can_confirm": change and isinstance(obj, Confirmed) and self.has_change_permission(request, obj),
        }
        if form.has_code("stale"):
            context["stale"] = self.what_differs(form, formsets)
            context["last_change"] = last_change(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def what_differs(self, form, formsets):
        """What this person typed beside what is stored now; also the rows, and those that came meanwhile."""
        rows = []
        for formset in formsets:
            name = formset.model._meta.verbose_name
            for row in formset.initial_forms:
                rows += [
                    {**found, "name": "", "label": f"{name} “{row.instance}”, {found['label'].lower()}"}
                    for found in differences(row)
                    if found["name"] not in ("DELETE", "id")
                ]
            sent = {row.instance.pk for row in formset.initial_forms}
            new = [stored for stored in formset.get_queryset() if stored.pk not in sent]
            rows += [{"label": name, "mine": "", "theirs": str(stored), "is_new": True} for stored in new]
        return [*differences(form), *rows]

    # --- saving

    def save_model(self, request, obj, form, change):
        if change and hasattr(obj, "version"):
            obj.version += 1
        if isinstance(obj, Confirmed):
            if "_confirm" in request.POST:
                obj.confirmed_on = timezone.localdate()
            if "_confirm" in request.POST or "confirmed_on" in form.changed_data:
                obj.confirmed_by = request.user if obj.confirmed_on else None
        super().save_model(request, obj, form, change)
        kept.forget(request)

    def save_formset(self, request, form, formset, change):
        """Who stops is saved before who begins, so that one trekker can follow another in one save."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in sorted(rows, key=begins):
            if hasattr(row, "recorded_by_id") and row._state.adding:
                row.recorded_by = request.user
            if hasattr(row, "slug") and not row.slug:
                row.slug = free_slug(row, formset.fk.name)
            row.save()
        formset.save_m2m()

    def delete_model(self, request, obj):
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request, queryset):
        """One by one, so that each stands in the history."""
        for obj in list(queryset):
            obj.delete()

    # --- the history, which auditlog keeps in one table that nobody can change

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        page = Paginator(steps_on(obj), STEPS_ON_A_PAGE).get_page(request.GET.get("pagina"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Geschiedenis: {obj}",
            "object": obj,
            "opts": self.opts,
            "page": page,
            "history_lines": lines(page.object_list, obj),
        }
        return render(request, "admin/object_history.html", context)

    def log_addition(self, request, obj, message):
        pass

    def log_change(self, request, obj, message):
        pass

    def log_deletions(self, request, queryset):
        pass


class AddOnly:
    """Beside an admin class: what is added, and never changed or removed."""

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ToRead(AddOnly):
    """Beside an admin class: what can be looked at, and moved by its own steps alone."""

    def has_add_permission(self, request, obj=None):
        return False


class PublishedAdmin(PortalAdmin):
    """A record that is on the site or not, and that may be a sample."""

    actions = ["publish", "unpublish"]
    list_filter = [PublishedFilter, SampleFilter]

    @admin.display(description="op de site", ordering="published_at")
    def on_site(self, obj):
        if obj.published_at is None:
            return format_html('<span class="state state-open">niet</span>')
        return format_html(
            '<span class="state state-{}">{}</span>', *(("done", "ja") if obj.is_published else ("running", "later"))
        )

    @admin.action(description="Zet op de site", permissions=["change"])
    def publish(self, request, queryset):
        now = timezone.now().replace(microsecond=0)
        self._change_all(request, queryset.exclude(published_at__lte=now), "op de site gezet", published_at=now)

    @admin.action(description="Haal van de site", permissions=["change"])
    def unpublish(self, request, queryset):
        self._change_all(request, queryset.exclude(published_at=None), "van de site gehaald", published_at=None)

    def _change_all(self, request, queryset, done, **values):
        """One by one: `update()` would leave no trace in the history."""
        changed = 0
        for obj in queryset.order_by("pk"):
            for name, value in values.items():
                setattr(obj, name, value)
            obj.version += 1
            obj.save()
            changed += 1
        self.message_user(request, f"{changed} {done}.", messages.SUCCESS if changed else messages.WARNING)


class ConfirmedAdmin(PublishedAdmin):
    """A record of which somebody says now and then that it is still right."""

    actions = ["confirm", "publish", "unpublish"]
    list_filter = [FreshnessFilter, PublishedFilter, SampleFilter]
    readonly_fields = ["confirmed_by"]

    @admin.display(description="bevestigd", ordering="confirmed_on")
    def freshness(self, obj):
        words = obj.confirmed_on.strftime("%d-%m-%Y") if obj.confirmed_on else "nooit"
        return format_html('<span class="state state-{}">{}</span>', "stopped" if obj.is_stale else "done", words)

    @admin.action(description="Bevestig: dit klopt nog", permissions=["change"])
    def confirm(self, request, queryset):
        self._change_all(request, queryset, "bevestigd", confirmed_on=timezone.localdate(), confirmed_by=request.user)


class ListAdmin(PortalAdmin):
    """A short list that the programme may change, such as the phases."""

    list_display = ["name", "slug", "position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    menu_place = 80


def inline_fk(model, inline):
    return forms.models._get_foreign_key(model, inline.model, fk_name=inline.fk_name)


def begins(row):
    """Whether a row is somebody who takes part now, rather than somebody who stopped."""
    return getattr(row, "role", "") == "trekker" and not getattr(row, "ended", "")


def last_change(obj):
    return LogEntry.objects.get_for_object(obj).select_related("actor").order_by("-timestamp", "-pk").first()
