"""The public pages of the Volgspot: the method, the rounds of a pact side by side, and a report as page and as PDF."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from programme.models import LostPicture
from regions.models import RegionalPact

from .compared import result_lines, side_by_side
from .content import section_of
from .evaluations import public_file
from .models import PrintedReport, Round, SectionKind, Version
from .print import can_print, context_of, printed
from .printing import STEPS, is_long

NEWEST = 30
# The figure on the theory of the method, of which the picture is lost.
THEORY = 4


@require_safe
def method(request):
    """What the Volgspot is, and the rounds with their reports."""
    reports = {}
    for version in Version.objects.reports().order_by("reflection__pact__name"):
        reports.setdefault(version.reflection.round_id, []).append(version)
    pacts = RegionalPact.objects.published().count()
    rounds = [
        {"round": round, "reports": reports.get(round.pk, []), "meetings": _with_meeting(reports.get(round.pk, []))}
        for round in Round.objects.published().prefetch_related("questions")
    ]
    everything = [version for found in reports.values() for version in found]
    return render(
        request,
        "volgspot/method.html",
        {
            "rounds": rounds,
            "pacts": pacts,
            "with_meeting": _with_meeting(everything),
            "theory": LostPicture.objects.published().filter(number=THEORY).first(),
            "today": timezone.localdate(),
        },
    )


def _with_meeting(versions):
    """How many pacts held a meeting, as these reports tell."""
    held = {
        v.reflection.pact_id
        for v in versions
        if section_of(v.public_content, SectionKind.MEETINGS)["rows"].get("meetings")
    }
    return len(held)


def _pact(slug):
    return get_object_or_404(RegionalPact.objects.published().with_phase(), slug=slug)


@require_safe
def rounds(request, slug):
    """The rounds of a pact on a line, and two reports side by side."""
    pact = _pact(slug)
    versions = list(Version.objects.reports().filter(reflection__pact=pact).order_by("reflection__round__opens"))
    chosen = _chosen(request.GET.getlist("ronde"), versions)
    only_changed = request.GET.get("toon") != "alles"
    response = render(
        request,
        "volgspot/rounds.html",
        {
            "pact": pact,
            "rounds": Round.objects.line_of(pact),
            "versions": versions,
            "left": chosen[0] if chosen else None,
            "right": chosen[1] if chosen else None,
            "only_changed": only_changed,
            "compared": side_by_side(chosen[0].public_content, chosen[1].public_content, only_changed=only_changed)
            if chosen
            else [],
            "results": result_lines(versions),
            "spread": versions[-1].public_content["spread"] if versions else [],
            "agreements": section_of(versions[-1].public_content, SectionKind.AGREEMENTS)["rows"] if versions else {},
        },
    )
    response.keeps_query = _is_a_choice(request.GET, versions)
    return response


def _is_a_choice(query, versions):
    """Whether the address holds only what the page offers: of such addresses there are so many and no more."""
    slugs = query.getlist("ronde")
    known = {version.reflection.round.slug for version in versions}
    return (
        set(query) <= {"ronde", "toon"}
        and set(slugs) <= known
        and len(slugs) == len(set(slugs)) <= 2
        and query.getlist("toon") in ([], ["alles"])
    )


def _chosen(slugs, versions):
    """The two reports to compare, the older one left: those that the address names, or the last two."""
    named = [version for version in versions if version.reflection.round.slug in slugs]
    found = named if len(named) == 2 else versions[-2:]
    return found if len(found) == 2 else []


def _report(slug, round):
    pact = _pact(slug)
    version = Version.objects.reports().filter(reflection__pact=pact, reflection__round__slug=round).first()
    if version is None:
        raise Http404
    version.reflection.pact = pact
    return version


@require_safe
def report(request, slug, round):
    return render(request, "volgspot/report.html", context_of(_report(slug, round)) | {"can_print": can_print()})


@require_safe
def pdf(request, slug, round):
    """The report as a tagged PDF; a long one may still be in the making, and then the page says how far it is."""
    version = _report(slug, round)
    if not can_print():
        return render(request, "volgspot/no_pdf.html", context_of(version), status=503)
    report = PrintedReport.objects.filter(version=version).first()
    if report and report.pdf:
        return _as_file(version, bytes(report.pdf))
    if not is_long(version):
        return _as_file(version, printed(context_of(version)))
    if report and report.is_given_up:
        return render(request, "volgspot/no_pdf.html", context_of(version) | {"gave_up": True}, status=503)
    step = report.step if report else 0
    if "application/json" in request.headers.get("Accept", ""):
        response = JsonResponse({"step": step}, status=202)
    else:
        context = context_of(version) | {"step": step, "steps": STEPS}
        response = render(request, "volgspot/in_the_making.html", context, status=202)
    response["Cache-Control"] = "no-store"
    return response


def _as_file(version, content):
    response = HttpResponse(content, content_type="application/pdf")
    name = f"volgspot-{version.reflection.pact.slug}-{version.reflection.round.slug}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def evaluation(request, slug, round, pk):
    """What the pact attached for everybody to read, as a file to keep."""
    return public_file(_report(slug, round), pk)


@require_safe
def feed(request):
    """The newest reports as Atom."""
    address = settings.PORTAL_URL + reverse("reports:method")
    atom = Atom1Feed(
        title="Verslagen van de Volgspot",
        link=address,
        description="Nieuwe verslagen van de regionale pacten.",
        feed_url=settings.PORTAL_URL + reverse("reports:feed"),
        language="nl",
    )
    for version in Version.objects.reports().order_by("-published_at")[:NEWEST]:
        place = [version.reflection.pact.slug, version.reflection.round.slug]
        link = settings.PORTAL_URL + reverse("reports:report", args=place)
        question = section_of(version.public_content, SectionKind.TRIANGLE)["fields"].get("question", "")
        atom.add_item(
            title=f"{version.reflection.pact}, {version.reflection.round}",
            link=link,
            description=question,
            pubdate=version.published_at,
            updateddate=version.published_at,
            unique_id=link,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
