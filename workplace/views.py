"""`/mijn/`: what waits for a project leader, what is theirs and what changed; and the invitation to become one."""

import functools
import itertools
import operator
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from kopgroep.models import Koploper, KoploperLeader
from programme.history import steps_on
from programme.limits import Limit
from regions.models import PactLeader, RegionalPact
from volgspot.models import Reflection
from zorgpact.numbers import number_of
from zorgpact.open_forms import behind_a_token, limited, same_origin_post
from zorgpact.tokens import hash_of
from zorgpact.workflow import Refused

from . import invitations
from .due import due_for, proposals_of
from .models import Invitation, Proposal
from .told import told

CHANGED_IN = timedelta(days=30)
MOST_CHANGES = 20
# Some steps tell a leader nothing, such as a note that only the team sees.
MOST_READ = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request):
    """The front page of whoever leads something; others are led to where they work."""
    pacts = list(RegionalPact.objects.led_by(request.user).with_phase().order_by("name"))
    koplopers = list(Koploper.objects.led_by(request.user).order_by("title"))
    problem = _hand_over(request, [*pacts, *koplopers]) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("workplace:mine")
    proposals = proposals_of(request.user)
    return render(
        request,
        "workplace/mine.html",
        {
            "due": due_for(request.user, proposals=proposals),
            "pacts": pacts,
            "koplopers": koplopers,
            "drafts": Reflection.objects.filter(pact__in=pacts, status__in=Reflection.EDITABLE).select_related(
                "pact", "round"
            ),
            "proposals": [proposal for proposal in proposals if proposal.status == Proposal.Status.OPEN],
            "changes": _changes([*pacts, *koplopers], request.user),
            "handing_over": Invitation.objects.open().filter(replaces=request.user).select_related("pact", "koploper"),
            "handed_over": _ended(request.user, {*pacts, *koplopers}),
            "problem": problem,
            "typed": request.POST,
        },
        status=400 if problem else 200,
    )


def _ended(user, led):
    """The places that somebody gave up or lost not long ago, for who wonders where the work went."""
    since = timezone.localdate() - CHANGED_IN
    return [
        {"target": target, "until": place.until}
        for rows, name in ((PactLeader, "pact"), (KoploperLeader, "koploper"))
        for place in rows.objects.filter(user=user, until__gte=since, until__lt=timezone.localdate()).select_related(
            name
        )
        if (target := getattr(place, name)) not in led
    ]


def _changes(records, reader):
    """The newest steps on these records and what hangs on them, as sentences."""
    if not records:
        return []
    steps = functools.reduce(operator.or_, map(steps_on, records))
    recent = steps.filter(timestamp__gte=timezone.now() - CHANGED_IN)
    return list(itertools.islice(told(recent[:MOST_READ], records, reader), MOST_CHANGES))


def _hand_over(request, targets):
    """Name a successor, or take that back; gives what is wrong, or nothing."""
    post = request.POST
    if "withdraw" in post:
        for invitation in Invitation.objects.open().filter(replaces=request.user, pk=number_of(post["withdraw"])):
            invitations.withdraw(invitation, by=request.user)
        return ""
    target = next((t for t in targets if f"{t._meta.model_name}-{t.pk}" == post.get("target")), None)
    if target is None:
        raise Http404
    try:
        email = forms.EmailField(max_length=254).clean(post.get("email", ""))
        invitations.invite(target, email, by=request.user, name=post.get("name", ""), replaces=request.user)
    except ValidationError:
        return "Vul het e-mailadres van uw opvolger in, bijvoorbeeld naam@voorbeeld.nl."
    except Refused as refused:
        return str(refused)
    messages.success(
        request, f"Uw opvolger krijgt een mail. U blijft projectleider van {target} tot die de uitnodiging aanneemt."
    )
    return ""


ACCEPT = Limit("workplace.accept", from_address=30, from_network=120)


@same_origin_post
@behind_a_token
@limited(ACCEPT)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Says what is asked; a button accepts it. A link that was used or lapsed explains itself."""
    found = (
        Invitation.objects.select_related("pact", "koploper", "invited_by", "replaces")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if found is None or found.state != Invitation.State.OPEN:
        return render(
            request, "workplace/invitation_gone.html", {"invitation": found}, status=404 if found is None else 410
        )
    user = User.objects.filter(email=found.email).first()
    if user is not None and not user.is_active:
        return render(request, "workplace/invitation_gone.html", {"invitation": found, "is_inactive": True}, status=410)
    is_somebody_else = request.user.is_authenticated and request.user != user
    if request.method == "POST" and not is_somebody_else:
        if user is not None and not request.user.is_authenticated:
            return redirect_to_login(request.path)
        try:
            person = invitations.accept(found)
        except Refused:
            return redirect(request.path)
        return redirect("workplace:mine" if request.user.is_authenticated else invitations.first_link(person))
    return render(
        request,
        "workplace/invitation.html",
        {"invitation": found, "has_account": user is not None, "is_somebody_else": is_somebody_else},
    )
