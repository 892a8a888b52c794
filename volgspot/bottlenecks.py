"""A bottleneck that is a matter of rules goes to a ministry, as a question, with one button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from regels.models import StatusLink
from regels.workflow import questions
from zorgpact.workflow import Refused, lock

from .models import Bottleneck
from .people import is_leader, reflection_for


def send_on(bottleneck, *, by):
    """Make a question of it, once; the leader is the asker. The question."""
    with transaction.atomic():
        bottleneck = lock(bottleneck)
        pact = bottleneck.reflection.pact
        if not is_leader(by, pact):
            raise Refused("Alleen een projectleider van dit pact kan dit doen.")
        if bottleneck.question_id:
            return bottleneck.question
        words = [bottleneck.text, bottleneck.because]
        bottleneck.question = questions.receive_from_account(
            by=by, question="\n\n".join(filter(None, words)), pact=pact, is_sample=bottleneck.is_sample
        )
        bottleneck.save(update_fields=["question"])
    return bottleneck.question


def of_question(question):
    """The bottleneck that a question came from, or none."""
    return Bottleneck.objects.filter(question=question).select_related("reflection__pact", "reflection__round").first()


def of_reflection(reflection, user):
    """What hindered the pact in this round, with where it was sent on to. `may_open`: this leader is the asker."""
    found = Bottleneck.objects.filter(reflection=reflection).select_related("question__ministry").order_by("pk")
    for bottleneck in found:
        question = bottleneck.question
        bottleneck.may_open = bool(question and not question.is_anonymised and question.email == user.email)
        yield bottleneck


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request, pact, round):
    """The bottlenecks of an adopted report; a leader sends one on with a button, and opens what became of it."""
    reflection = reflection_for(request.user, pact, round)
    if not reflection.is_mine:
        raise Http404
    found = list(of_reflection(reflection, request.user))
    if request.method != "POST":
        return render(request, "volgspot/bottlenecks.html", {"reflection": reflection, "bottlenecks": found})
    asked = request.POST.get("open") or request.POST.get("doorsturen")
    bottleneck = next((one for one in found if str(one.pk) == asked), None)
    if bottleneck is None:
        raise Http404
    if "open" in request.POST and bottleneck.may_open:
        # A login proves who it is, as the link in a mail does.
        return redirect("regels:status", StatusLink.objects.make(bottleneck.question))
    question = send_on(bottleneck, by=request.user)
    messages.success(request, f"Uw vraag is verstuurd. Het nummer is {question.reference}. U krijgt een mail.")
    return redirect(request.path)
