"""Export and import of a list in the admin."""

from django import forms
from django.contrib import messages
from django.contrib.admin.views.main import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from .sheets import FORMATS, MOST_ROWS, Unreadable, file_name, read, write
from .trial import bring_in

SALT = "zorgpact.exchange"
# So long may somebody look at a trial before what it said may no longer be saved.
LONGEST = 60 * 60
# What a browser may send back of a trial; `DATA_UPLOAD_MAX_MEMORY_SIZE` refuses more.
BIGGEST_TRIAL = 2_000_000


class FileForm(forms.Form):
    file = forms.FileField(
        label="Bestand",
        help_text=f"CSV of Excel (.xlsx), hooguit {MOST_ROWS} rijen en 2 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        try:
            return read(self.cleaned_data["file"])
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error


class ExchangeAdmin:
    """For a `PortalAdmin` of which the records go out and come in as a spreadsheet, in one form both ways."""

    # A function that gives the columns.
    exchange_columns = None

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("exporteren/<str:kind>/", self.admin_site.admin_view(self.export_view), name=f"{name}_export"),
            path("importeren/", self.admin_site.admin_view(self.import_view), name=f"{name}_import"),
        ]
        return own + super().get_urls()

    def may_exchange(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        more = {"may_exchange": self.may_exchange(request)}
        return super().changelist_view(request, (extra_context or {}) | more)

    # --- out

    def export_view(self, request, kind):
        """The list as it is filtered, all pages of it."""
        if not self.may_exchange(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        try:
            queryset = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        columns = self.exchange_columns()
        prefetch = [name for column in columns for name in column.prefetch]
        related = [column.field.name for column in columns if hasattr(column, "field") and column.field.many_to_one]
        records = queryset.select_related(*related).prefetch_related(*prefetch)
        rows = ([column.text(record) for column in columns] for record in records)
        answer = HttpResponse(
            write([column.name for column in columns], rows, kind), headers={"Content-Type": FORMATS[kind]}
        )
        name = file_name(str(self.opts.verbose_name_plural).replace(" ", "-"), kind)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    # --- in

    def import_view(self, request):
        if not self.may_exchange(request):
            raise PermissionDenied
        if "trial" in request.POST:
            return self._save(request)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            headers, rows = form.cleaned_data["file"]
            return self._show(request, form, headers, rows, self._bring_in(headers, rows))
        return self._page(request, form)

    def _bring_in(self, headers, rows, **options):
        return bring_in(self.model, self.exchange_columns(), headers, rows, **options)

    def _save(self, request):
        try:
            trial = signing.loads(request.POST["trial"], salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            trial = None
        if trial is None or trial["by"] != request.user.pk:
            messages.error(request, "De proef is verlopen. Kies het bestand opnieuw; er is niets bewaard.")
            return redirect(request.path)
        headers, rows = trial["headers"], [(number, row) for number, row in trial["rows"]]
        outcome = self._bring_in(headers, rows, versions=trial["versions"], save=True)
        if not outcome.is_right:
            return self._show(request, FileForm(), headers, rows, outcome)
        new = sum(line.is_new for line in outcome.changed)
        messages.success(request, f"Ingelezen: {new} nieuw, {len(outcome.changed) - new} gewijzigd.")
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _show(self, request, form, headers, rows, outcome):
        """The trial; what it carries is what will be saved, and nobody can alter it on the way."""
        trial = ""
        if not outcome.problems and not outcome.wrong and outcome.changed:
            carried = {"by": request.user.pk, "headers": headers, "rows": rows, "versions": outcome.versions}
            trial = signing.dumps(carried, salt=SALT, compress=True)
        if len(trial) > BIGGEST_TRIAL:
            form.add_error("file", "In dit bestand staat te veel tekst voor één keer. Splits het in delen.")
            return self._page(request, form)
        return self._page(request, form, outcome=outcome, trial=trial)

    def _page(self, request, form, **more):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{str(self.opts.verbose_name_plural).capitalize()} importeren",
            "opts": self.opts,
            "form": form,
            "columns": self.exchange_columns(),
            **more,
        }
        return render(request, "admin/import.html", context)
