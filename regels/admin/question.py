"""Questions in the admin: the queues as one list, and the page on which a question is answered."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from regels import attachments
from regels.deadlines import free_days
from regels.models import Attachment, Presence, Question
from regels.queues import QUEUES, Worker, counted, in_queue, next_in
from regels.workflow import questions as steps
from zorgpact import kept
from zorgpact.admin import PortalAdmin, SampleFilter, ToRead, sample_tag
from zorgpact.files import sheet_of
from zorgpact.numbers import number_of
from zorgpact.workflow import Refused

from . import desk, figures
from .acts import ACTS, REFERENCE, save_answer
from .terms import term_of

# What somebody types on the page, beside the answer.
TYPED = ("ask_text", "note_text", "reason_back", "reason_over", "reason_correct", "reason_case", "merge_into")
NO_STORE = "no-store, private"


def worker_of(request):
    """Who works, read once for a request."""
    if not hasattr(request, "worker"):
        request.worker = Worker(request.user)
    return request.worker


class QueueFilter(admin.SimpleListFilter):
    """The queues, each with its number."""

    title = "rij"
    parameter_name = "rij"
    template = "admin/regels/queue_filter.html"

    def __init__(self, request, *args):
        self.counted = counted(worker_of(request))
        super().__init__(request, *args)

    def lookups(self, request, model_admin):
        return [(row["queue"].slug, row["label"]) for row in self.counted]

    def choices(self, changelist):
        everything, *named = super().choices(changelist)
        everything["display"] = "Alle vragen"
        for choice, row in zip(named, self.counted, strict=True):
            yield choice | {"count": row["count"]}
        yield everything

    def queryset(self, request, queryset):
        # By the same query as the number: a number and the list behind it are equal.
        return in_queue(self.value(), worker_of(request)) if self.value() else queryset


@admin.register(Question)
class QuestionAdmin(ToRead, PortalAdmin):
    """To read and to answer; only the steps of the workflow change something."""

    list_display = ["stand", "who", "received"]
    list_display_links = None
    list_filter = [QueueFilter, "status", "ministry", "outcome", SampleFilter]
    list_select_related = ["ministry", "owner", "rule"]
    search_fields = ["question", "goal", "rule_text", "organisation_name"]
    search_help_text = "Zoek op nummer, of op woorden uit de vraag."
    ordering = ["confirmed_at", "pk"]
    sortable_by = ["received"]
    change_list_template = "admin/regels/questions.html"
    menu_place = 1

    class Media:
        css = {"all": ["css/admin-regels.css"]}

    def get_queryset(self, request):
        return Question.objects.read_by(request.user)

    def get_search_results(self, request, queryset, search_term):
        if match := REFERENCE.fullmatch(search_term):
            return queryset.filter(year=match[1], number=match[2]), False
        return super().get_search_results(request, queryset, search_term)

    # --- the list

    def changelist_view(self, request, extra_context=None):
        request.free_days = free_days()
        return super().changelist_view(request, {"queue": QUEUES.get(request.GET.get("rij", ""))})

    def get_list_display(self, request):
        """Two columns more, that need the request: its queue and its free days."""
        extra = getattr(request, "free_days", None)
        queue = request.GET.get("rij", "")

        @admin.display(description="vraag")
        def asked(question):
            address = desk.address_of(question, queue if queue in QUEUES else "")
            text = question.question[:110] or "De vrager is vergeten."
            words = '<a href="{}">{}</a> {} <span class="cell-line">{}</span><span class="cell-line muted">{}</span>'
            return format_html(words, address, question.reference, sample_tag(question), text, question.rule or "")

        @admin.display(description="termijn")
        def term(question):
            found = term_of(question, extra)
            return format_html('<span class="term term-{}">{}</span>', found.tone, found.words)

        return [asked, term, *super().get_list_display(request)]

    @admin.display(description="stand")
    def stand(self, question):
        return question.get_status_display()

    @admin.display(description="behandelaar")
    def who(self, question):
        person = question.owner or "nog niemand"
        return format_html('{}<span class="cell-line muted">{}</span>', person, question.ministry or "geen ministerie")

    @admin.display(description="bevestigd", ordering="confirmed_at")
    def received(self, question):
        return date_format(timezone.localdate(question.confirmed_at), "j F Y")

    def queues(self, request):
        address = reverse("admin:regels_question_changelist")
        for row in counted(worker_of(request)):
            yield {"label": row["label"], "count": row["count"], "url": f"{address}?rij={row['queue'].slug}"}

    # --- the page of one question

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("bijlage/<int:pk>/", guard(self.attachment_view), name="regels_attachment"),
            path("<int:pk>/aanwezig/", guard(require_POST(self.presence_view)), name="regels_presence"),
            path("cijfers/", guard(self.figures_view), name="regels_question_figures"),
            path("cijfers.<str:kind>", guard(self.file_view), name="regels_question_file"),
            *super().get_urls(),
        ]

    def found(self, request, pk):
        """The question, for who may read it; for anybody else it does not exist."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        whole = (
            self.get_queryset(request)
            .select_related(
                "ministry", "owner", "rule", "obstacle", "case", "pact", "koploper", "organisation_kind", "merged_into"
            )
            .prefetch_related("pauses", "attachments", "also_ministries")
        )
        return get_object_or_404(whole, pk=number_of(str(pk)))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        question, typed = self.found(request, object_id), kept.recall(request)
        queue = self.queue_of(request, typed)
        if request.method == "POST":
            return self.act(request, question, queue)
        return self.page(request, question, queue, typed=typed, looked_for=request.GET.get("zoek", ""))

    def history_view(self, request, object_id, extra_context=None):
        self.found(request, object_id)
        return super().history_view(request, object_id, extra_context)

    @staticmethod
    def queue_of(request, typed=None):
        """After a login that ended it stands in what was typed."""
        slug = (typed or request.POST).get("rij") or request.GET.get("rij", "")
        return slug if slug in QUEUES else ""

    def page(self, request, question, queue, *, refused="", status=200, **shown):
        context = {
            **self.admin_site.each_context(request),
            "title": question.reference,
            "opts": self.opts,
            "refused": refused,
            "was_kept": shown.get("typed") is not None and not refused,
            "form_mark": kept.mark_for(request),
            "form_mark_name": kept.MARK,
            **desk.context_of(question, worker_of(request), queue, **shown),
        }
        response = render(request, "admin/regels/question.html", context, status=status)
        response["Cache-Control"] = NO_STORE
        return response

    def act(self, request, question, queue):
        """Save what was written, do what was asked, and open the next one where this one is done with."""
        sent = request.POST
        name, _, value = sent.get("act", "").partition(":")
        try:
            save_answer(question, request.user, sent)
            if name == "search":
                return redirect(
                    self.without_losing(request, question, queue, (), sent.get("looked_for", "").strip()[:200])
                )
            if name == "begin_case":
                case = steps.begin_case(question, by=request.user)
                return redirect("admin:regels_case_change", case.pk)
            if name not in ACTS:
                raise Refused("Kies wat u met deze vraag wilt doen.")
            done = ACTS[name].take(question, request.user, sent, value)
        except steps.Stale as stale:
            now = self.found(request, question.pk)
            return self.page(request, now, queue, refused=str(stale), status=409, typed=sent, theirs=stale.answer)
        except Refused as problem:
            now = self.found(request, question.pk)
            return self.page(request, now, queue, refused=str(problem), status=409, typed=sent)
        kept.forget(request)
        messages.success(request, f"{question.reference}: {done}.")
        back = self.without_losing(request, question, queue, ACTS[name].uses)
        if ACTS[name].goes_on and queue and "bewaard=" not in back:
            return redirect(self.next_address(request, question, queue))
        return redirect(back)

    def without_losing(self, request, question, queue, used, looked_for=""):
        """The page again. What was typed and not used for this act comes back with it."""
        left = request.POST.copy()
        for name in list(left):
            if name in used or name not in (*TYPED, kept.MARK) or not left[name].strip():
                left.pop(name)
        address = desk.address_of(question, queue, looked_for)
        if set(left) - {kept.MARK} and (again := kept.keep(request, left)):
            token = again.partition("?")[2]
            address += ("&" if "?" in address else "?") + token
        return address

    def next_address(self, request, question, queue):
        following = next_in(queue, worker_of(request), question)
        if following:
            return desk.address_of(following, queue)
        return f"{reverse('admin:regels_question_changelist')}?{urlencode({'rij': queue})}"

    # --- files, and who looks

    def attachment_view(self, request, pk):
        """The file, only as an attachment, and only after the scanner said that it is clean."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        mine = Attachment.objects.downloadable().filter(question__in=self.get_queryset(request))
        return attachments.answer(get_object_or_404(mine, pk=pk))

    def presence_view(self, request, pk):
        """Somebody has it open; who else has."""
        question = self.found(request, pk)
        Presence.objects.see(question, request.user)
        names = [str(presence.user) for presence in Presence.objects.others_at(question, request.user)]
        return JsonResponse({"names": names})

    # --- figures

    def figures_view(self, request):
        """The figures of a period, or the list behind one of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        period = figures.period_of(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": "Cijfers over vragen",
            "opts": self.opts,
            "period": period,
            "given": urlencode({"van": period.since, "tot": period.until}),
            "query": request.GET.urlencode(),
        }
        if name := request.GET.get("toon", ""):
            return self.list_behind(request, context, period, name)
        context |= {
            "figures": figures.figures(period),
            "median": figures.median_days(period),
            "median_definition": figures.MEDIAN_DEFINITION,
            "breakdowns": list(figures.breakdowns(period)),
            "lookups": figures.lookups_helped(period),
            "helped_definition": figures.HELPED_DEFINITION,
        }
        return render(request, "admin/regels/figures.html", context)

    def list_behind(self, request, context, period, name):
        found = figures.questions_of(name, period, request.GET.get("per", ""), request.GET.get("welke", ""))
        if found is None:
            raise Http404
        page = Paginator(found, self.list_per_page).get_page(request.GET.get("pagina"))
        context |= {"figure": figures.FIGURES[name], "page": page}
        return render(request, "admin/regels/figure_list.html", context)

    def file_view(self, request, kind):
        """The figures, or the list behind one, as CSV or Excel."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        period = figures.period_of(request.GET)
        columns, records, name = figures.FIGURE_COLUMNS, figures.rows_for_file(period), request.GET.get("toon", "")
        if name:
            columns = figures.QUESTION_COLUMNS
            records = figures.questions_of(name, period, request.GET.get("per", ""), request.GET.get("welke", ""))
        if records is None:
            raise Http404
        response = sheet_of(columns, records, "vragen-cijfers", kind)
        response["Cache-Control"] = NO_STORE
        return response
