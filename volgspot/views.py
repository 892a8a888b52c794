"""The overview of a reflection for its project leaders, its steps, and how others would read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programme.history import steps_on
from regions.models import RegionalPact
from zorgpact.workflow import Refused

from . import drafts, workflow
from .completeness import missing
from .content import content_of, for_audience
from .context import Context
from .models import Audience, Reflection, Round, SectionKind
from .partners import spread_of
from .people import reflection_for
from .progress import progress_of

LEADERS_STEPS = ("submit", "take_back", "correct")
READERS = {Audience.PUBLIC: "iedereen", Audience.PARTNERS: "een partner", Audience.PROGRAMME: "het landelijke team"}


@require_safe
@login_required
def mine(request):
    """The rounds of every pact that this person leads, with what was filed in each."""
    pacts = list(RegionalPact.objects.led_by(request.user).order_by("name"))
    rounds = list(Round.objects.published().prefetch_related("pacts"))
    filed = Reflection.objects.filter(pact__in=pacts).select_related("pact", "round", "reviewer")
    by_pair = {(reflection.pact_id, reflection.round_id): reflection for reflection in filed}
    return render(
        request,
        "volgspot/mine.html",
        {
            "pacts": [
                (pact, [(round, by_pair.get((pact.pk, round.pk))) for round in rounds if round.asks(pact)])
                for pact in pacts
            ]
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def overview(request, pact, round):
    """How far the reflection is and what is still needed; the steps are taken from here."""
    if request.method == "POST" and request.POST.get("step") == "start":
        return start(request, pact, round)
    try:
        reflection = reflection_for(request.user, pact, round)
    except Http404:
        return begin(request, pact, round)
    if request.method == "POST":
        return take_step(request, reflection)
    return show(request, reflection)


def to_begin(user, pact, round):
    """The pact and the round in which this person may begin; 404 where there is no such pair."""
    pact = get_object_or_404(RegionalPact.objects.led_by(user), slug=pact)
    return pact, get_object_or_404(Round.objects.published().for_pact(pact), slug=round)


def begin(request, pact, round):
    pact, round = to_begin(request.user, pact, round)
    if request.method == "POST":
        raise Http404
    return render(request, "volgspot/begin.html", {"pact": pact, "round": round, "questions": round.questions.all()})


def start(request, pact, round):
    pact, round = to_begin(request.user, pact, round)
    return redirect(drafts.start(pact, round, by=request.user).get_edit_url())


def take_step(request, reflection):
    name = request.POST.get("step")
    if name not in LEADERS_STEPS or not reflection.is_mine:
        raise Http404
    try:
        done = workflow.STEPS[name](reflection, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return show(
            request, reflection_for(request.user, reflection.pact.slug, reflection.round.slug), refused, status=409
        )
    messages.success(request, SAID[name].format(receipt=done.receipt))
    return redirect(reflection.get_edit_url())


SAID = {
    "submit": "Uw verslag is ingediend. Het nummer is {receipt}. U krijgt ook een mail.",
    "take_back": "U hebt uw verslag teruggehaald. U kunt weer verder.",
    "correct": "U kunt het verslag nu verbeteren. Wat al openbaar is, blijft staan tot de nieuwe versie is vastgesteld.",
}


def show(request, reflection, refused=None, *, status=200):
    context = Context(reflection)
    lacking = missing(context) if reflection.is_editable else []
    counts = {kind: sum(problem.section == kind for problem in lacking) for kind in SectionKind}
    untouched = [problem.section for problem in lacking if problem.is_all]
    return render(
        request,
        "volgspot/overview.html",
        {
            "reflection": reflection,
            "progress": list(progress_of(context, counts)),
            "lacking": [
                (kind, reflection.get_edit_url(kind), [problem for problem in lacking if problem.section == kind])
                for kind in SectionKind
                if counts[kind] and kind not in untouched
            ],
            "untouched": [(kind, reflection.get_edit_url(kind)) for kind in untouched],
            "count": len(lacking),
            "returned_because": reason_of_return(reflection),
            "remarks": open_remarks(reflection) if reflection.remarks and reflection.is_editable else [],
            "refused": refused,
            "reason": request.POST.get("reason", ""),
            "steps": steps_of(reflection) if reflection.is_mine else [],
            "is_late": timezone.localdate() > reflection.round.closes,
            "readers": READERS.items(),
        },
        status=status,
    )


def reason_of_return(reflection):
    """What the team wrote when it gave the draft back; nothing where it did not."""
    if reflection.status != Reflection.Status.RETURNED:
        return ""
    given_back = steps_on(reflection).filter(additional_data__step=workflow.give_back.label).first()
    return given_back.additional_data.get("reason", "") if given_back else ""


def open_remarks(reflection):
    """What the team asked and is not solved yet, with where it stands."""
    remarks = list(reflection.comments.filter(resolved_at=None, sent_at__isnull=False))
    for remark in remarks:
        remark.url = reflection.get_edit_url(remark.section)
    return remarks


def steps_of(reflection):
    """The steps that the leader, who was found to be one, can take now."""
    steps = [name for name in LEADERS_STEPS if reflection.status in workflow.STEPS[name].before]
    return [name for name in steps if name != "take_back" or not reflection.reviewer_id]


@require_safe
@login_required
def preview(request, pact, round, audience):
    """The draft as one sort of reader would read it."""
    if audience not in Audience.values:
        raise Http404
    reflection = reflection_for(request.user, pact, round)
    content = content_of(Context(reflection), spread_of(reflection))
    return render(
        request,
        "volgspot/preview.html",
        {
            "reflection": reflection,
            "content": for_audience(content, audience),
            "audience": audience,
            "reader": READERS[audience],
            "readers": READERS.items(),
        },
    )
