"""The national team's side: rounds, the overview of all pacts, reading and judging, and what regions learn from each other."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from geography.models import Province
from regions.models import Phase, RegionalPact
from zorgpact.admin import Narrowed, PortalAdmin, TableRows, ToRead
from zorgpact.files import Column, sheet_of
from zorgpact.numbers import number_of
from zorgpact.workflow import Refused

from . import reading, workflow
from .board import board
from .context import Context
from .models import Audience, Comment, ElementStep, GuidingQuestion, Lesson, Reflection, Round, SectionKind
from .panels import places_to_remark
from .people import REVIEW


class QuestionRows(TableRows):
    model = GuidingQuestion
    fields = ["section", "text", "position"]


@admin.register(Round)
class RoundAdmin(PortalAdmin):
    list_display = ["name", "subject", "opens", "closes", "state"]
    search_fields = ["name", "subject"]
    search_help_text = "Zoek op naam of onderwerp."
    fields = ["name", "slug", "subject", "opens", "closes", "pacts"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [QuestionRows]
    menu_place = 2

    @admin.display(description="stand")
    def state(self, round):
        return round.state.label

    def site_address(self, obj):
        return ""


@admin.register(ElementStep)
class ElementStepAdmin(PortalAdmin):
    list_display = ["element", "step", "text"]
    list_filter = ["element"]
    list_select_related = ["element"]
    search_fields = ["text"]
    fields = ["element", "step", "text"]
    menu_place = 9

    def site_address(self, obj):
        return ""


# --- Reading and judging ------------------------------------------------------------------------------


class Queue(Narrowed):
    title = "wachtrij"
    parameter_name = "rij"
    choices_offered = [
        ("ingediend", "Ingediend, nog niet opgepakt"),
        ("gelezen", "Wordt gelezen"),
        ("teruggegeven", "Teruggegeven"),
        ("te-publiceren", "Vastgesteld, nog niet gepubliceerd"),
        ("concept", "Concept"),
        ("te-laat", "Te laat ingediend"),
    ]

    @staticmethod
    def narrow(queryset, value):
        status = Reflection.Status
        if value == "te-publiceren":
            return queryset.to_publish()
        return queryset.filter(
            **{
                "ingediend": {"status": status.SUBMITTED, "reviewer": None},
                "gelezen": {"status": status.SUBMITTED, "reviewer__isnull": False},
                "teruggegeven": {"status": status.RETURNED},
                "concept": {"status": status.DRAFT},
                "te-laat": {"is_late": True},
            }.get(value, {"pk": None})
        )


class CommentForm(forms.Form):
    section = forms.ChoiceField(label="Onderdeel", choices=SectionKind.choices)
    field = forms.CharField(required=False, max_length=120)
    text = forms.CharField(label="Opmerking", max_length=2000, widget=forms.Textarea({"rows": 3}))


@admin.register(Reflection)
class ReflectionAdmin(ToRead, PortalAdmin):
    """To read; a status changes by the steps of `workflow.py` alone."""

    list_display = ["name", "stand", "reviewer", "submitted_at", "late"]
    list_filter = [Queue, "round", "pact"]
    list_select_related = ["pact", "round", "reviewer"]
    search_fields = ["pact__name", "round__name"]
    search_help_text = "Zoek op pact of ronde."
    ordering = ["submitted_at", "pk"]
    menu_place = 1
    change_list_template = "admin/volgspot/reflections.html"

    @admin.display(description="verslag")
    def name(self, reflection):
        return str(reflection)

    @admin.display(description="stand", ordering="status")
    def stand(self, reflection):
        return reflection.get_status_display()

    @admin.display(description="op tijd", ordering="is_late")
    def late(self, reflection):
        return "te laat" if reflection.is_late else None

    def queues(self, request):
        if not request.user.has_perm(REVIEW):
            return
        overview = reverse("admin:volgspot_reflection_board")
        yield {
            "label": "Overzicht: pacten naast rondes",
            "count": RegionalPact.objects.published().count(),
            "url": overview,
        }
        labels = dict(Queue.choices_offered)
        for value in ("ingediend", "gelezen", "teruggegeven", "te-publiceren"):
            yield Queue.queue(self, request, value, labels[value])
        rounds = Round.objects.open().first()
        if rounds:
            _rounds, lines = board({"ronde": rounds.slug, "stand": "geen-verslag"})
            yield {
                "label": f"Nog niet begonnen aan {rounds}",
                "count": len(lines),
                "url": f"{overview}?ronde={rounds.slug}&stand=geen-verslag",
            }

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("overzicht/", guard(self.board_view), name="volgspot_reflection_board"),
            *super().get_urls(),
        ]

    def board_view(self, request):
        """Pacts beside rounds."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rounds, lines = board(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": "Overzicht van de Volgspot",
            "opts": self.opts,
            "rounds": rounds,
            "lines": lines,
            "filters": [
                (name, label, choices, request.GET.get(name, "")) for name, label, choices in self.board_filters()
            ],
            "is_narrowed": bool(request.GET),
        }
        return render(request, "admin/volgspot/board.html", context)

    @staticmethod
    def board_filters():
        states = [*Reflection.Status.choices, ("te-laat", "te laat ingediend"), ("geen-verslag", "geen verslag")]
        yield "ronde", "Ronde", Round.objects.published().values_list("slug", "name")
        yield "stand", "Stand", states
        yield "provincie", "Provincie", Province.objects.values_list("slug", "name")
        yield "fase", "Fase van het pact", Phase.objects.values_list("slug", "name")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One reflection to read; what is sent is a step, or a remark at a section."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Reflection.objects.select_related("pact", "round", "reviewer")
        reflection = get_object_or_404(found, pk=number_of(object_id))
        if request.method != "POST" and "versie" in request.GET:
            return self.version_page(request, reflection, request.GET["versie"])
        refused = ""
        if request.method == "POST":
            try:
                if done := self._act(request, reflection):
                    return done
            except Refused as problem:
                refused = str(problem)
                reflection = found.get(pk=reflection.pk)
        steps = workflow.steps_for(reflection, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": str(reflection),
            "opts": self.opts,
            "reflection": reflection,
            "refused": refused,
            "typed": request.POST,
            "steps": steps,
            "why_not": workflow.adopt.why_not(reflection, request.user)
            if reflection.status == Reflection.Status.SUBMITTED
            else "",
            "sections": SectionKind.choices,
            **reading.for_team(reflection, everything="alles" in request.GET, may_remark="give_back" in steps),
        }
        return render(request, "admin/volgspot/reflection.html", context, status=409 if refused else 200)

    def _act(self, request, reflection):
        if not request.user.has_perm(REVIEW):
            raise PermissionDenied
        what = request.POST.get("step", "")
        here = reverse("admin:volgspot_reflection_change", args=[reflection.pk])
        if what == "comment":
            return self._comment(request, reflection, here)
        if what == "uncomment":
            reflection.comments.filter(pk=number_of(request.POST.get("comment", "")), sent_at=None).delete()
            return redirect(f"{here}#opmerkingen")
        step = workflow.STEPS.get(what)
        if step is None or what not in ("take_up", "give_back", "adopt", "publish", "correct"):
            raise Refused("Kies wat u met dit verslag wilt doen.")
        details = {"take_over_phase": bool(request.POST.get("take_over_phase"))} if what == "adopt" else {}
        step(reflection, by=request.user, reason=request.POST.get("reason", ""), **details)
        messages.success(request, f"{reflection}: {step.label}.")
        return redirect(self._next(reflection) if what in ("give_back", "adopt", "publish") else here)

    def _comment(self, request, reflection, here):
        """A remark waits until the text is given back."""
        if problem := workflow.give_back.why_not(reflection, request.user):
            raise Refused(problem)
        if reflection.status != Reflection.Status.SUBMITTED:
            raise Refused("Opmerkingen maakt u bij een verslag dat is ingediend.")
        form = CommentForm(request.POST)
        if not form.is_valid():
            raise Refused("Schrijf een opmerking van hoogstens 2.000 tekens.")
        places = places_to_remark(form.cleaned_data["section"], Context(reflection))
        known = {field for _heading, fields in places for field, _label in fields}
        if form.cleaned_data["field"] and form.cleaned_data["field"] not in known:
            raise Refused("Kies een veld van dit onderdeel. Misschien veranderde het pact het intussen.")
        Comment.objects.create(reflection=reflection, made_by=request.user, **form.cleaned_data)
        return redirect(f"{here}#onderdeel-{form.cleaned_data['section']}")

    def _next(self, reflection):
        """The next one in the queue, the oldest first; else the list."""
        waiting = Reflection.objects.filter(status=Reflection.Status.SUBMITTED, reviewer=None).exclude(pk=reflection.pk)
        following = waiting.order_by("submitted_at", "pk").first()
        if following:
            return reverse("admin:volgspot_reflection_change", args=[following.pk])
        return reverse("admin:volgspot_reflection_changelist")

    def version_page(self, request, reflection, number):
        """A version as it was adopted, with what is different from the one before."""
        number = number_of(number)
        version = get_object_or_404(reflection.versions.select_related("adopted_by"), number=number)
        earlier = reflection.versions.filter(number=number - 1).first()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{reflection}, versie {number}",
            "opts": self.opts,
            "reflection": reflection,
            "version": version,
            "content": version.content,
            "changes": reading.changes(earlier.content, version.content) if earlier else [],
        }
        return render(request, "admin/volgspot/version.html", context)


# --- Across regions -------------------------------------------------------------------------------------

LESSON_COLUMNS = [
    Column("soort", lambda lesson: lesson.get_kind_display(), "Succesfactor, knelpunt of iets dat niet werkte."),
    Column("wat", lambda lesson: lesson.text, "Wat het pact schreef."),
    Column("waarom", lambda lesson: lesson.because, "Waardoor dat kwam, als het pact dat schreef."),
    Column("pact", lambda lesson: str(lesson.reflection.pact), "Van welk regionaal pact."),
    Column("ronde", lambda lesson: str(lesson.reflection.round), "Uit welke ronde van de Volgspot."),
    Column("fase", lambda lesson: str(lesson.phase or ""), "De fase waarin het pact zich toen zag, als dat openbaar is."),
    Column("thema’s", lambda lesson: ", ".join(t.name for t in lesson.themes.all()), "De thema’s die het pact koos."),
    Column("groter dan de regio", lambda lesson: "ja" if lesson.is_beyond_region else "nee", "Of het pact het groter vindt dan de eigen regio."),
    Column("voor wie", lambda lesson: lesson.get_audience_display(), "Wie dit mag lezen. Deel niet verder dan hier staat."),
    Column("voorbeeld", lambda lesson: "ja" if lesson.is_sample else "nee", "Of het is verzonnen."),
]  # fmt: skip


@admin.register(Lesson)
class LessonAdmin(ToRead, PortalAdmin):
    """What helped, what was in the way and what did not work, over all regions and rounds."""

    list_display = ["what", "kind", "pact", "round", "phase", "beyond", "audience_in_words"]
    list_filter = ["kind", "themes", "phase", "reflection__round", "reflection__pact", "is_beyond_region", "audience"]
    list_select_related = ["reflection__pact", "reflection__round", "phase"]
    search_fields = ["text", "because"]
    search_help_text = "Zoek in wat pacten schreven."
    fields = readonly_fields = [
        "kind",
        "text",
        "because",
        "is_beyond_region",
        "audience",
        "phase",
        "theme_names",
        "report",
    ]
    menu_place = 3
    change_list_template = "admin/volgspot/lessons.html"

    @admin.display(description="wat", ordering="text")
    def what(self, lesson):
        return lesson.text[:120]

    @admin.display(description="pact", ordering="reflection__pact__name")
    def pact(self, lesson):
        return lesson.reflection.pact.name

    @admin.display(description="ronde", ordering="reflection__round__opens")
    def round(self, lesson):
        return lesson.reflection.round.name

    @admin.display(description="groter dan de regio", ordering="is_beyond_region")
    def beyond(self, lesson):
        return "ja" if lesson.is_beyond_region else None

    @admin.display(description="voor wie", ordering="audience")
    def audience_in_words(self, lesson):
        return {Audience.PUBLIC: "iedereen", Audience.PARTNERS: "partners", Audience.PROGRAMME: "team"}[
            Audience(lesson.audience)
        ]

    @admin.display(description="thema’s")
    def theme_names(self, lesson):
        return ", ".join(theme.name for theme in lesson.themes.all()) or "-"

    @admin.display(description="verslag")
    def report(self, lesson):
        url = reverse("admin:volgspot_reflection_change", args=[lesson.reflection_id])
        return format_html('<a href="{}">{}</a>', url, lesson.reflection)

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [path("lijst.<str:kind>", guard(self.file_view), name="volgspot_lesson_file"), *super().get_urls()]

    def file_view(self, request, kind):
        """The list as it is narrowed now, as CSV or Excel."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        narrowed = self.get_changelist_instance(request).get_queryset(request).prefetch_related("themes")
        return sheet_of(LESSON_COLUMNS, narrowed, "volgspot-lessen", kind)
