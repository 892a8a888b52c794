"""The asker's own page: where the question is, the talk about it, and what the asker can do. Who has the link is the asker."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from outbox.parts import blocks
from regels import attachments
from regels.deadlines import clock_of
from regels.models import Message, Question
from regels.workflow import questions
from volgspot.bottlenecks import of_question
from zorgpact.open_forms import behind_a_token, limited, same_origin_post, typed_in
from zorgpact.workflow import Refused

from . import citizen_numbers, guard
from .forms import MessageForm, NotHelpedForm, WithdrawForm
from .own_data import as_json

Status = Question.Status
READ_AND_SEND = ["GET", "HEAD", "POST"]
# What the page says after something was done; the name stands in the address.
DONE = {
    "bevestigd": "Uw vraag is bevestigd.",
    "bericht": "Uw bericht is verstuurd.",
    "ingetrokken": "Uw vraag is ingetrokken.",
    "verder": "Fijn dat u verder kunt. Uw vraag is gesloten.",
    "heropend": "Uw vraag is weer open. De ambtenaar leest wat u schreef.",
}
HAS_NUMBER = "Er lijkt een burgerservicenummer in uw bericht te staan. Haal het weg: wij hebben het niet nodig. Klopt dat niet? Verstuur dan nog eens."


def question_of(token):
    return Question.objects.by_token(token).select_related("ministry", "case", "rule", "merged_into").first()


def gone(request):
    return render(request, "regels/asking/link_gone.html", {"typed": typed_in(request)}, status=404)


@same_origin_post
@behind_a_token
@require_http_methods(READ_AND_SEND)
@limited(guard.TALK)
def status(request, token):
    question = question_of(token)
    if question is None:
        return gone(request)
    if request.method != "POST":
        return show(request, token, question)
    act = next((act for name, act in ACTS.items() if name in request.POST), None)
    if act is None:
        return show(request, token, question, problem="Kies een van de knoppen op deze pagina.", code=400)
    return act(request, token, question)


def _done(request, word):
    return redirect(f"{request.path}?gedaan={word}")


def _take(request, token, question, step, word, form=None):
    """Take a step of the asker; where that cannot be any more, the page says why and what was typed stays."""
    try:
        step()
    except Refused as refused:
        question = question_of(token)
        return (
            gone(request)
            if question is None
            else show(request, token, question, problem=str(refused), typed=typed_in(request), form=form, code=409)
        )
    return _done(request, word)


def confirm(request, token, question):
    """Pressing twice is no mistake."""
    if question.status != Status.UNCONFIRMED:
        return _done(request, "bevestigd")
    return _take(request, token, question, lambda: questions.confirm(question, by=None), "bevestigd")


def say(request, token, question):
    """A reply to what was asked, or something to add; `workflow.add` knows which."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, token, question, form=form, code=400)
    text = form.cleaned_data["text"]
    if citizen_numbers.holds_one(text) and "toch" not in request.POST:
        return show(request, token, question, form=form, warning=HAS_NUMBER)
    if _said_already(question, text):
        return _done(request, "bericht")
    return _take(request, token, question, lambda: questions.add(question, text=text), "bericht", form)


def _said_already(question, text):
    """Sending twice is one message."""
    last = question.messages.last()
    return last is not None and last.is_from_asker and last.text == text.strip()


def withdraw(request, token, question):
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return show(request, token, question, withdraw_form=form, code=400)
    if question.status == Status.WITHDRAWN:
        return _done(request, "ingetrokken")
    reason = form.cleaned_data["reason"]
    step = lambda: questions.withdraw(question, by=None, reason=reason)  # noqa: E731
    return _take(request, token, question, step, "ingetrokken")


def helped(request, token, question):
    """“Ja, ik kan verder”: closes the question; weeks later, when it is closed already, only says so."""
    if question.can_continue:
        return _done(request, "verder")
    return _take(request, token, question, lambda: questions.helped(question), "verder")


def not_helped(request, token, question):
    form = NotHelpedForm(request.POST)
    if not form.is_valid():
        return show(request, token, question, not_helped_form=form, code=400)
    if question.is_open and question.can_continue is False:
        return _done(request, "heropend")
    text = form.cleaned_data["text"]
    if citizen_numbers.holds_one(text) and "toch" not in request.POST:
        return show(request, token, question, not_helped_form=form, warning=HAS_NUMBER)
    step = lambda: questions.reopen(question, by=None, text=text)  # noqa: E731
    return _take(request, token, question, step, "heropend")


ACTS = {"bevestig": confirm, "bericht": say, "intrekken": withdraw, "ja": helped, "nee": not_helped}


def show(
    request, token, question, *, problem="", warning="", typed=(), form=None, withdraw_form=None, not_helped_form=None,
    code=200,
):  # fmt: skip
    clock = clock_of(question) if question.is_open else None
    today = timezone.localdate()
    answer = answer_of(question)
    page = {
        "token": token,
        "question": question,
        "stages": stages_of(question),
        "clock": clock,
        "clock_line": list(line_of(clock, today)) if clock else [],
        "clock_words": list(clock.sentences(today)) if clock else [],
        "answer": answer,
        "answer_blocks": list(blocks(answer.text)) if answer else [],
        "messages_here": question.messages.exclude(pk=answer.pk) if answer else question.messages.all(),
        "attachments": question.attachments.all(),
        "themes": question.themes.all(),
        "bottleneck": of_question(question),
        "form": form or MessageForm(),
        "withdraw_form": withdraw_form or WithdrawForm(auto_id="intrekken_%s"),
        "not_helped_form": not_helped_form or NotHelpedForm(auto_id="nee_%s"),
        "errors_form": next((one for one in (form, withdraw_form, not_helped_form) if one and one.errors), None),
        "asks_whether_it_helped": asks_whether_it_helped(question),
        "may_reopen": question.status == Status.CLOSED and question.outcome,
        "problem": problem,
        "warning": warning,
        "typed": typed,
        "done": DONE.get(request.GET.get("gedaan", "")),
    }
    return render(request, "regels/asking/status.html", page, status=code)


def answer_of(question):
    """The newest answer, which stands on top until the talk goes on."""
    return None if question.is_open else question.messages.filter(kind=Message.Kind.ANSWER).last()


def asks_whether_it_helped(question):
    """After the answer, and once more six weeks later; not when it was said already."""
    was_answered = question.status == Status.ANSWERED or (question.status == Status.CLOSED and question.outcome)
    return bool(was_answered) and question.can_continue is None


STAGES = (
    ("Verstuurd", (Status.UNCONFIRMED,)),
    ("Ontvangen", (Status.NEW,)),
    ("In behandeling", (Status.ASSIGNED, Status.WAITING)),
    ("Nagelezen", (Status.SECOND_READER, Status.AGREED)),
    ("Beantwoord", (Status.ANSWERED, Status.CLOSED)),
)


def stages_of(question):
    """[(name, "done", "here" or "")]: how far it is; nothing of what ended in another way."""
    here = next((n for n, (_name, statuses) in enumerate(STAGES) if question.status in statuses), None)
    if here is None or (question.status == Status.CLOSED and not question.outcome):
        return []
    return [(name, "done" if n < here else "here" if n == here else "") for n, (name, _) in enumerate(STAGES)]


def line_of(clock, today):
    """The days of the term one by one: gone or still to come."""
    used = min(max(clock.used_on(today), 0), clock.term)
    yield from ["gone"] * used
    yield from [""] * (clock.term - used)


# --- What the asker takes along -------------------------------------------------------------------


@behind_a_token
@require_http_methods(["GET", "HEAD"])
def own_data(request, token):
    """Everything that is kept of this question and its asker, to keep."""
    question = question_of(token)
    if question is None:
        return gone(request)
    response = HttpResponse(as_json(question), content_type="application/json")
    name = question.reference or "vraag"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@same_origin_post
@behind_a_token
@require_http_methods(READ_AND_SEND)
def attachment(request, token, number):
    """An attachment, once the scanner found it clean. In a demo without a scanner: after a warning, by a button."""
    question = question_of(token)
    if question is None:
        return gone(request)
    found = question.attachments.filter(pk=number).first()
    if found is None:
        raise Http404
    if attachments.is_downloadable(found):
        return attachments.answer(found)
    is_at_own_risk = attachments.is_at_own_risk(found)
    if request.method == "POST" and is_at_own_risk:
        return attachments.answer(found, at_own_risk=True)
    page = {"token": token, "attachment": found, "is_at_own_risk": is_at_own_risk}
    return render(request, "regels/asking/attachment.html", page, status=200 if is_at_own_risk else 403)
