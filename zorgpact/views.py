"""The pages of the site as a whole."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone

from kopgroep.models import Adoption, Koploper, Result
from programme.models import Fact
from regels.models import Case
from regels.retention import TERMS
from regions.models import Phase, RegionalPact
from themes.views import counted_themes

from .accessibility import statement
from .how_many import first_few
from .style import examples

HIGHLIGHTS = 3
# Out of how many koplopers the highlights of a day are taken.
HIGHLIGHT_POOL = 12


def home(request):
    """The front page. Each figure is the length of the list that its link opens."""
    koplopers = Koploper.objects.published().counted()
    counts = koplopers.aggregate(all=Count("pk"), samples=Count("pk", filter=Q(is_sample=True)))
    pacts = RegionalPact.objects.published()
    return render(
        request,
        "home.html",
        {
            "koploper_count": counts["all"],
            "taken_over_count": koplopers.filter(pk__in=Adoption.objects.values("koploper")).count(),
            "has_samples": counts["samples"] > 0,
            "case_count": Case.objects.published().count(),
            "pact_count": pacts.count(),
            "running_count": pacts.with_phase().filter(phase_slug=Phase.RUNNING).count(),
            "themes": list(counted_themes()),
            "highlights": list(highlights()),
            "goal": Fact.objects.published().filter(slug="doel").first(),
        },
    )


def highlights():
    """A few koplopers of today's choice with a result to show, real ones first; another few each day, and no ranking."""
    with_result = Koploper.objects.published().counted().filter(pk__in=Result.objects.values("koploper"))
    pool = first_few(with_result, HIGHLIGHT_POOL, "is_sample", "title", "pk")
    pool = list(pool.with_result().with_corners().without_texts())
    if not pool:
        return pool
    start = timezone.localdate().toordinal() % len(pool)
    return (pool[start:] + pool[:start])[:HIGHLIGHTS]


def accessibility(request):
    return render(
        request, "site/accessibility.html", {"statement": statement(), "email": settings.PORTAL_CONTACT_EMAIL}
    )


def contact(request):
    return render(request, "site/contact.html", {"email": settings.PORTAL_CONTACT_EMAIL})


def privacy(request):
    idle = settings.SESSION_IDLE_MINUTES
    page = {"email": settings.PORTAL_CONTACT_EMAIL, "idle_minutes": idle, "question_terms": TERMS}
    return render(request, "site/privacy.html", page)


def cookies(request):
    """The cookies by the names that this portal gives them."""
    return render(
        request,
        "site/cookies.html",
        {"session_cookie": settings.SESSION_COOKIE_NAME, "form_cookie": settings.CSRF_COOKIE_NAME},
    )


def vulnerability(request):
    return render(request, "site/vulnerability.html", {"email": settings.PORTAL_CONTACT_EMAIL})


@login_required
def style(request):
    """Every component in every state, for whoever works on the site."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "site/style.html", examples())
