"""The pages on which a project leader attaches the pact's own evaluation, and the file for whoever may read it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zorgpact import kept, uploads
from zorgpact.admin_forms import KEPT, STATE, THEIRS, MainForm, differences, error_summary, plain_field
from zorgpact.open_forms import behind_a_token
from zorgpact.uploads import UploadField
from zorgpact.workflow import Refused, lock

from . import attached, partners
from .content import evaluation_in, for_audience
from .models import Audience, Evaluation
from .people import reflection_for


class EvaluationForm(MainForm):
    """A file or an address. What was typed stays where something is wrong; only a file must be chosen again."""

    watches_record = False
    # Of file and address one is needed, so neither may say that it is not.
    is_draft = True
    # That rule is about what becomes of the file; `clean` says the same of what was chosen.
    left_to_the_rows = ("evaluation_is_a_file_or_a_page",)

    file = UploadField(label="Bestand", required=False)

    class Meta:
        model = Evaluation
        fields = ["title", "dated", "url", "audience"]
        widgets = {"audience": forms.RadioSelect}
        formfield_callback = plain_field

    field_order = ["title", "dated", "file", "url", "audience"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dated"].label += " (niet verplicht)"
        self.fields["audience"].choices = Audience.choices
        if self.instance.stored_as:
            self.fields["file"].label = "Ander bestand, in plaats van dit"

    def clean(self):
        cleaned = super().clean()
        file, url = cleaned.get("file"), cleaned.get("url")
        if file and url and url != self.initial.get("url"):
            self.add_error("url", "Kies een bestand of vul een adres in, en niet allebei.")
        elif not file and not url and not self.instance.stored_as and not self.errors.keys() & {"file", "url"}:
            self.add_error("file", "Kies een bestand, of vul het adres van een openbare pagina in.")
        return cleaned


def own(request, pact, round):
    reflection = reflection_for(request.user, pact, round)
    if not reflection.is_mine:
        raise Http404
    return reflection


def list_of(reflection):
    return reverse("volgspot:evaluations", args=[reflection.pact.slug, reflection.round.slug])


@require_safe
@login_required
def evaluations(request, pact, round):
    """What is attached, with the way to add, change and take away."""
    reflection = own(request, pact, round)
    return render(
        request,
        "volgspot/evaluations.html",
        {"reflection": reflection, "evaluations": reflection.evaluations.current(), "most": attached.MOST},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept.login_required
def edit(request, pact, round, pk=None):
    """A new evaluation, or one that is there."""
    reflection = own(request, pact, round)
    if request.method == "POST":
        with transaction.atomic():
            lock(reflection)
            return save(request, reflection, pk)
    evaluation = get_object_or_404(reflection.evaluations.current(), pk=pk) if pk else Evaluation(reflection=reflection)
    typed = kept.recall(request)
    if typed is not None:
        typed[KEPT] = "1"
    return show(request, reflection, EvaluationForm(typed, instance=evaluation))


def save(request, reflection, pk):
    found = reflection.evaluations.current().filter(pk=pk).first() if pk else None
    form = EvaluationForm(request.POST, request.FILES, instance=found or Evaluation(reflection=reflection))
    try:
        if "remove" in request.POST and pk:
            said = "De evaluatie is weggehaald."
            if found:
                attached.remove(found, by=request.user)
        elif pk and not found:
            raise Refused(
                "Iemand haalde deze evaluatie intussen weg. Wilt u haar opnieuw toevoegen? Bewaar dan nog eens."
            )
        elif form.is_valid():
            said = "De evaluatie is bewaard."
            attached.save(form.save(commit=False), form.cleaned_data["file"], by=request.user)
        else:
            return show(request, reflection, form)
    except Refused as refused:
        return show(request, reflection, form, refused=str(refused))
    kept.forget(request)
    messages.success(request, said)
    return redirect(list_of(reflection))


def show(request, reflection, form, refused=""):
    is_stale = form.has_code("stale")
    return render(
        request,
        "volgspot/evaluation.html",
        {
            "reflection": reflection,
            "form": form,
            "evaluation": form.instance,
            "state": form.data.get(STATE, "") if form.has_code("kept") else form.state,
            "state_name": STATE,
            "theirs_name": THEIRS,
            "mark": kept.mark_for(request),
            "mark_name": kept.MARK,
            "was_kept": form.has_code("kept"),
            "is_stale": is_stale,
            "stale": [one for one in differences(form) if one["name"] != "file"] if is_stale else [],
            "summary": list(error_summary(form, [])) if form.is_bound else [],
            "refused": refused,
        },
        status=409 if refused or is_stale else 400 if request.method == "POST" else 200,
    )


# --- the file, for whoever may read it


def file_of(reflection, pk):
    evaluation = get_object_or_404(reflection.evaluations.exclude(stored_as=None), pk=pk)
    return uploads.answer(evaluation.stored_as, evaluation.file_name)


@require_safe
@login_required
def file(request, pact, round, pk):
    """For the leaders, and for the team once the report was sent in."""
    return file_of(reflection_for(request.user, pact, round), pk)


@require_safe
@behind_a_token
def partner_file(request, token, pk):
    """For a partner with a link, as far as the adopted report is meant for partners."""
    link = partners.link_for(token)
    version = link.reflection.versions.first() if link and link.is_usable else None
    if version is None or not evaluation_in(for_audience(version.content, Audience.PARTNERS), pk):
        raise Http404
    return file_of(link.reflection, pk)


def public_file(version, pk):
    """For everybody, where the report on the site names it."""
    if not evaluation_in(version.public_content, pk):
        raise Http404
    return file_of(version.reflection, pk)
