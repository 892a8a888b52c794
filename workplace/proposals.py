"""A project leader proposes a change of who takes part, who leads or the phase, and sees what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from zorgpact import kept
from zorgpact.workflow import Refused

from . import changes, workflow
from .forms import FORMS
from .models import Proposal
from .pages import PAGES

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
@kept.login_required
def propose(request, kind, slug, what):
    """The form of one kind of change; sending it twice gives one proposal."""
    record = PAGES[kind].find(request.user, slug)
    if what not in changes.kinds_for(record):
        raise Http404
    typed = request.POST if request.method == "POST" else kept.recall(request)
    form = FORMS[what](typed, target=record)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.pop("reason")
        try:
            proposal = workflow.propose(record, what, form.cleaned_data, reason, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            kept.forget(request)
            messages.success(request, "Uw voorstel is verstuurd.")
            return redirect("workplace:proposal", proposal.pk)
    return render(
        request,
        "workplace/propose.html",
        {
            "kind": kind,
            "record": record,
            "what": Proposal.Kind(what),
            "form": form,
            "was_kept": typed is not None and request.method != "POST",
            "mark": kept.mark_for(request),
            "mark_name": kept.MARK,
        },
        status=400 if request.method == "POST" else 200,
    )


@FORM
@login_required
def proposal(request, pk):
    """What was proposed, how it stands and who is next; the button takes it back."""
    found = Proposal.objects.led_by(request.user).select_related("pact", "koploper", "made_by", "decided_by")
    found = get_object_or_404(found, pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            workflow.withdraw(found, by=request.user)
        except Refused as problem:
            refused = str(problem)
            found.refresh_from_db()
        else:
            messages.success(request, "U trok het voorstel in. Er is niets veranderd.")
            return redirect(request.path)
    return render(
        request,
        "workplace/proposal.html",
        {
            "proposal": found,
            "kind": "pact" if found.pact_id else "koploper",
            "record": found.target,
            "refused": refused,
            **compared(found),
        },
        status=409 if refused else 200,
    )


def compared(proposal):
    """Old beside new, and what stands there now where that is something else by now."""
    is_open = proposal.status == Proposal.Status.OPEN
    now = changes.now(proposal) if is_open else ""
    return {
        "before": proposal.before,
        "now": now,
        "is_stale": is_open and now != proposal.before,
        "new": changes.new(proposal),
    }
