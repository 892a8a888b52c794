"""Look first, then ask: step by step, everything kept on the server behind a secret address, and no cookie."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from regels import attachments
from regels.models import Attachment, Case, Draft, LookupHelped, Question
from zorgpact.numbers import number_of
from zorgpact.open_forms import behind_a_token, limited, same_origin_post, too_often, typed_in
from zorgpact.workflow import Refused

from . import citizen_numbers, drafts, guard, steps
from .forms import FileForm, LookForm, TrapForm
from .looking import likely_cases

READ_AND_SEND = ["GET", "HEAD", "POST"]


# --- Look first -----------------------------------------------------------------------------------


@same_origin_post
@require_http_methods(READ_AND_SEND)
@limited(guard.LOOK)
def ask(request):
    """Type a question and see which cases answer it; nothing is kept before somebody goes on."""
    if request.method == "POST":
        return _helped(request) if "helpt" in request.POST else _look_or_start(request)
    if "geholpen" in request.GET:
        case = Case.objects.published().filter(slug=request.GET["geholpen"]).first()
        return render(request, "regels/asking/helped.html", {"case": case})
    return render(request, "regels/asking/look.html", {"form": LookForm()})


def _helped(request):
    """“Dit helpt mij”: a happy end, counted."""
    case = Case.objects.published().filter(slug=request.POST["helpt"]).first()
    if case is None:
        raise Http404
    if guard.HELPED.lets(request):
        LookupHelped.objects.count_one(case)
    return redirect(f"{reverse('regels:ask')}?geholpen={case.slug}")


def _look_or_start(request):
    form = LookForm(request.POST)
    if not form.is_valid():
        return render(request, "regels/asking/look.html", {"form": form}, status=400)
    question = form.cleaned_data["question"]
    if "verder" in request.POST:
        return _start(request, question)
    found = likely_cases(question)
    warning = citizen_numbers.holds_one(question)
    page = {"form": form, "found": found, "has_looked": True, "has_citizen_number": warning}
    return render(request, "regels/asking/look.html", page)


def _start(request, question):
    if not guard.START.lets(request):
        return too_often(request, guard.START)
    _draft, token = Draft.objects.start(steps={steps.QUESTION.slug: {"question": question}})
    return redirect(steps.QUESTION.url(token))


# --- The steps ------------------------------------------------------------------------------------


@same_origin_post
@behind_a_token
@require_http_methods(READ_AND_SEND)
@limited(guard.STEP)
def step(request, token, step):
    """One step of a draft, behind the secret address of the draft."""
    step = steps.step_named(step)
    if step is None:
        raise Http404
    draft = Draft.objects.by_token(token).first()
    if draft is None:
        return render(request, "regels/asking/draft_gone.html", {"typed": typed_in(request)}, status=404)
    if draft.is_sent:
        return _already_sent(request, token, draft)
    page = Page(request, token, draft, step)
    return page.sent() if request.method == "POST" else page.read()


def _already_sent(request, token, draft):
    """Pressing twice leads to the one receipt; what was typed in an old window is shown, since it did not go along."""
    if request.method == "POST" and "versturen" not in request.POST and (typed := _not_sent(request, draft)):
        page = {"token": token, "typed": typed, "problem": drafts.ALREADY_SENT}
        return render(request, "regels/asking/already_sent.html", page, status=409)
    return redirect("regels:ask_sent", token)


def _not_sent(request, draft):
    """Of what was typed what the question does not say: the other fields of the window did go along."""
    sent = {getattr(draft.sent_as, name) for name in Question.PERSONAL} if draft.sent_as else set()
    return [text for text in typed_in(request) if text.strip().replace("\r\n", "\n") not in sent]


class Page:
    """One step as it is looked at or sent."""

    def __init__(self, request, token, draft, step):
        self.request, self.token, self.draft, self.step = request, token, draft, step

    @cached_property
    def kept_forms(self):
        return steps.forms_of(self.draft)

    @cached_property
    def first_open(self):
        return steps.first_open(self.draft, self.kept_forms)

    def read(self):
        if self.first_open.number < self.step.number:
            return redirect(self.first_open.url(self.token))
        if self.step.form_class:
            return self.show(steps.form_to_fill(self.draft, self.step))
        return self.show(FileForm() if self.step == steps.FILES else TrapForm())

    def sent(self):
        try:
            if self.step.form_class:
                return self.keep()
            return self.files() if self.step == steps.FILES else self.check()
        except Refused as refused:
            page = {"token": self.token, "typed": typed_in(self.request), "problem": str(refused)}
            return render(self.request, "regels/asking/already_sent.html", page, status=409)

    def keep(self):
        typed = steps.typed_in(self.step.form_class, self.request.POST)
        form = self.step.form_class(self.request.POST)
        try:
            self.draft = drafts.keep(self.draft, self.step, typed, mark=self.request.POST.get("stand", ""))
        except drafts.Stale as stale:
            return self.show(form, stale=stale, status=409)
        if "terug" in self.request.POST and self.step.before:
            return redirect(self.step.before.url(self.token))
        if not form.is_valid():
            return self.show(form, status=400)
        return self.on()

    def on(self):
        """To the next step, or back to where everything is looked over."""
        is_looked_over = "nagaan" in self.request.POST and self.first_open == steps.CHECK
        return redirect((steps.CHECK if is_looked_over else self.step.next).url(self.token))

    # Files.

    def files(self):
        post = self.request.POST
        if "weg" in post:
            return self.take_away(post["weg"])
        if "terug" in post:
            return redirect(self.step.before.url(self.token))
        form = FileForm(post, self.request.FILES)
        if self.request.FILES and not guard.FILE.lets(self.request):
            return too_often(self.request, guard.FILE)
        if not form.is_valid():
            return self.show(form, status=400)
        if form.cleaned_data["file"] and not self.add(form):
            return self.show(form, status=400)
        if "erbij" in post:
            if not form.cleaned_data["file"]:
                form.add_error("file", "Kies eerst een bestand.")
                return self.show(form, status=400)
            return redirect(self.request.path)
        drafts.keep(self.draft, self.step, {}, mark=drafts.mark_of({}))
        return redirect(self.step.next.url(self.token))

    def add(self, form):
        try:
            return attachments.add(self.draft, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
            return None

    def take_away(self, number):
        attachment = self.draft.attachments.filter(pk=number_of(number)).first()
        if attachment:
            attachments.take_away(attachment)
        return redirect(self.request.path)

    # The end.

    def check(self):
        post = self.request.POST
        if "weggooien" in post:
            drafts.throw_away(self.draft)
            return redirect(f"{reverse('regels:ask')}?weggegooid")
        if "terug" in post:
            return redirect(self.step.before.url(self.token))
        trap = TrapForm(post)
        problem = self.why_not_yet()
        if problem or not trap.is_valid():
            return self.show(trap, problem=problem, status=409 if problem else 400)
        if not guard.SEND.lets(self.request):
            return too_often(self.request, guard.SEND)
        drafts.send(self.draft)
        return redirect("regels:ask_sent", self.token)

    def why_not_yet(self):
        if self.request.POST.get("stand") != drafts.mark_of(self.draft.steps):
            return (
                "U wijzigde uw vraag in een ander venster. Hieronder staat hoe hij nu is. Kijk het na en verstuur dan."
            )
        if self.first_open != steps.CHECK:
            return f"De stap “{self.first_open.title}” is nog niet klaar. Vul die eerst in."
        if drafts.is_too_fast(self.draft):
            return (
                "Dat ging erg snel. Wacht tien tellen en druk dan nog eens op de knop. Zo houden wij programma’s tegen."
            )
        return ""

    def show(self, form, *, stale=None, problem="", status=200):
        kept = self.draft.steps if self.step == steps.CHECK else self.draft.steps.get(self.step.slug, {})
        page = {
            "token": self.token,
            "draft": self.draft,
            "step": self.step,
            "steps": [(one, one.url(self.token), one.number <= self.first_open.number) for one in steps.STEPS],
            "form": form,
            "mark": drafts.mark_of(stale.kept if stale else kept),
            "problem": problem or (str(stale) if stale else ""),
            "is_stale": stale is not None,
            "theirs": self.in_words(stale.kept) if stale else [],
            "warned": [(one, one.url(self.token)) for one in steps.with_citizen_number(self.draft)],
            "attachments": self.draft.attachments.all() if self.step in (steps.FILES, steps.CHECK) else [],
            "may_add": self.step == steps.FILES and self.draft.attachments.count() < Attachment.MOST,
            "most": Attachment.MOST,
            "checked": self.everything() if self.step == steps.CHECK else [],
        }
        return render(self.request, self.template, page, status=status)

    @property
    def template(self):
        names = {steps.FILES: "files", steps.CHECK: "check"}
        return f"regels/asking/{names.get(self.step, 'step')}.html"

    def in_words(self, typed):
        form = self.step.form_class(typed)
        form.is_valid()
        return [(label, text) for label, text in steps.in_words(form) if text]

    def everything(self):
        """[(step, its address, [(label, text)], [label of what was left empty])] of the whole draft."""
        shown = []
        for step, form in self.kept_forms.items():
            form.is_valid()
            rows = steps.in_words(form)
            shown.append((step, step.url(self.token), rows, [label for label, text in rows if not text]))
        return shown


@behind_a_token
@require_http_methods(["GET", "HEAD"])
def sent(request, token):
    """The receipt: the mail is on its way. Works as long as the draft is kept."""
    draft = Draft.objects.by_token(token).select_related("sent_as").first()
    if draft is None:
        return render(request, "regels/asking/draft_gone.html", {"typed": []}, status=404)
    if not draft.is_sent:
        return redirect(steps.first_open(draft).url(token))
    return render(request, "regels/asking/sent.html", {"question": draft.sent_as})
