"""A partner's view: one form behind a personal link, and the page on which a project leader asks for it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from organisations.models import Organisation
from programme.limits import Limit
from zorgpact.form_words import EMAIL
from zorgpact.numbers import number_of
from zorgpact.open_forms import behind_a_token, limited, same_origin_post, typed_in, version_in
from zorgpact.workflow import Refused

from . import partners
from .content import content_of_section, for_audience, section_for
from .context import Context
from .forms import PartnerViewForm
from .models import Audience, SectionKind
from .people import reflection_for
from .sections import clean_text


class AskForm(forms.Form):
    """Whom to ask: an organisation that takes part, and the address of somebody who answers for it."""

    organisation = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.none(),
        empty_label="Maak een keuze",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een organisatie die aan het pact meedoet."),
    )
    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        help_text="Van wie namens de organisatie antwoordt, bijvoorbeeld naam@voorbeeld.nl.",
        error_messages={"required": EMAIL},
    )

    def __init__(self, *args, pact, **kwargs):
        super().__init__(*args, **kwargs)
        taking_part = Organisation.objects.filter(pact_participations__pact=pact, pact_participations__ended="")
        self.fields["organisation"].queryset = taking_part.distinct().order_by("name")


ANSWER = Limit("volgspot.answer", from_address=60, from_network=240)


@same_origin_post
@behind_a_token
@limited(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def view(request, token):
    """One form, one round; afterwards the partners' version of the report to read."""
    link = partners.link_for(token)
    if link is None or not link.is_usable:
        return _gone(request, link)
    context = Context(link.reflection)
    own = getattr(link, "view", None)
    form = PartnerViewForm(
        request.POST if request.method == "POST" else None, elements=context.elements, initial=_initial(own)
    )
    if request.method == "POST" and form.is_valid():
        try:
            partners.answer(
                link, elements=context.elements, cleaned=form.cleaned_data, version=version_in(request.POST)
            )
        except partners.Stale as stale:
            return _show(request, context, link, form, stale.view, problem=str(stale))
        except Refused as refused:
            link = partners.link_for(token)
            return _show(request, Context(link.reflection), link, form, own, problem=str(refused))
        return redirect(f"{request.path}?bedankt")
    return _show(request, context, link, form, own)


def _gone(request, link):
    return render(
        request,
        "volgspot/view_gone.html",
        {"link": link, "typed": typed_in(request)},
        status=404 if link is None else 410,
    )


def _show(request, context, link, form, own, *, problem=""):
    """The page, with what was typed in the fields. `own` is what is kept of this partner."""
    if not link.is_usable:
        return _gone(request, link)
    may_answer = link.reflection.is_editable
    version = link.reflection.versions.first()
    return render(
        request,
        "volgspot/view.html",
        {
            "link": link,
            "reflection": link.reflection,
            "form": form,
            "rows": _rows(form, context.elements),
            "own": own,
            "may_answer": may_answer,
            "thanks": "bedankt" in request.GET and own,
            "problem": problem,
            "kept": _kept(form, own) if problem and may_answer else [],
            "typed": [] if may_answer else typed_in(request),
            "ambitions": _ambitions(context),
            "content": for_audience(version.content, Audience.PARTNERS) if version else None,
        },
        status=409 if problem or (form.is_bound and not may_answer) else 400 if form.errors else 200,
    )


def _kept(form, own):
    """What is kept and differs from what was typed: `[(label, text)]`."""
    kept = _initial(own)
    differing = [name for name in form.fields if kept.get(name, "") != clean_text(form.cleaned_data[name])]
    return [(form.label_of(name), form.in_words(name, kept.get(name, ""))) for name in differing]


def _initial(own):
    if own is None:
        return {}
    return (
        {f"score-{slug}": str(score) for slug, score in own.scores.items()}
        | {f"words-{about}": text for about, text in own.words.items()}
        | {f"share-{about}": share for about, share in own.shares.items()}
    )


def _rows(form, elements):
    return [
        {
            "element": element,
            "score": form[f"score-{element.slug}"],
            "words": form[f"words-{element.slug}"],
            "share": form[f"share-{element.slug}"],
        }
        for element in elements
    ]


def _ambitions(context):
    """What the draft says of the ambitions, as far as a partner may read it."""
    triangle = section_for(content_of_section(SectionKind.TRIANGLE, context), Audience.PARTNERS)
    return [row["text"] for row in triangle["rows"].get("ambitions", []) if "text" in row]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request, pact, round):
    """Ask partners, see who answered, and how their answers lie beside each other."""
    reflection = reflection_for(request.user, pact, round)
    if not reflection.is_mine:
        raise Http404
    is_asked = "invite" in request.POST
    form = AskForm(request.POST if is_asked else None, pact=reflection.pact, auto_id="%s")
    problem = ""
    if request.method == "POST":
        problem = _invite(request, reflection, form) if is_asked else _act(request, reflection)
        if not problem and not form.errors:
            return redirect(request.path)
    context = Context(reflection)
    views = partners.views_of(reflection)
    links = partners.who_answered(reflection)
    return render(
        request,
        "volgspot/partners.html",
        {
            "reflection": reflection,
            "links": links,
            "answered": sum(hasattr(link, "view") for link in links),
            "spread": partners.spread_of(reflection, elements=context.elements, views=views),
            "words": _told(partners.words_for_leader(reflection, views), context),
            "fewest": partners.FEWEST_DOTS,
            "form": form,
            "problem": problem,
        },
        status=400 if problem or form.errors else 200,
    )


def _told(words, context):
    titles = {element.slug: element.title for element in context.elements}
    titles |= {"ambition": "De ambitie", "note": "Verder"}
    return [one | {"about": titles.get(one["about"], one["about"])} for one in words]


def _act(request, reflection):
    """Do what a button says; gives what is wrong, or nothing."""
    post = request.POST
    link = get_object_or_404(reflection.links, pk=number_of(post.get("link", "")))
    if "revoke" in post:
        partners.revoke(link, by=request.user)
        messages.success(request, f"De link van {link.organisation} werkt niet meer.")
    elif "again" in post:
        try:
            partners.invite(reflection, link.organisation, link.email, by=request.user)
        except Refused as refused:
            return str(refused)
        messages.success(request, f"{link.organisation} krijgt een nieuwe link. De vorige werkt niet meer.")
    elif "remind" in post:
        sent = partners.remind(link, by=request.user)
        messages.success(
            request,
            f"{link.organisation} krijgt een herinnering."
            if sent
            else "Deze partner kreeg al een herinnering, heeft geantwoord, of kan niet meer antwoorden.",
        )
    return ""


def _invite(request, reflection, form):
    """Send the link; gives why that may not be, or nothing."""
    if not form.is_valid():
        return ""
    organisation = form.cleaned_data["organisation"]
    try:
        partners.invite(reflection, organisation, form.cleaned_data["email"], by=request.user)
    except Refused as refused:
        return str(refused)
    messages.success(request, f"{organisation} krijgt een mail met een persoonlijke link.")
    return ""
