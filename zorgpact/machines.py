"""The small files that machines ask for."""

import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Where the government takes in reports about all of its sites.
NCSC = "https://www.ncsc.nl/contact/kwetsbaarheid-melden"


@require_safe
def robots(request):
    """Everything may be read; what must stay out of search engines says so itself."""
    return text("User-agent: *", "Disallow:", "", f"Sitemap: {settings.PORTAL_URL}{reverse('sitemap')}")


@require_safe
def security(request):
    """Where to report a vulnerability (RFC 9116), or the way to the owner's central file."""
    if settings.SECURITY_TXT_REDIRECT:
        return HttpResponseRedirect(settings.SECURITY_TXT_REDIRECT)
    lines = [f"Contact: {NCSC}"]
    if settings.PORTAL_CONTACT_EMAIL:
        lines.append(f"Contact: mailto:{settings.PORTAL_CONTACT_EMAIL}")
    lines += [f"Expires: {expires():%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: nl, en"]
    # Only https counts in this file, so a portal on one's own machine leaves these out.
    if settings.PORTAL_URL.startswith("https://"):
        lines.append(f"Policy: {settings.PORTAL_URL}{reverse('vulnerability')}")
        lines.append(f"Canonical: {settings.PORTAL_URL}{reverse('security_txt')}")
    return text(*lines)


def expires(today=None):
    """The first day of the seventh month from now: always more than half a year and less than a year ahead."""
    today = today or timezone.now().astimezone(datetime.UTC).date()
    year, month = divmod(today.year * 12 + today.month - 1 + 7, 12)
    return datetime.datetime(year, month + 1, 1, tzinfo=datetime.UTC)


@require_safe
def favicon(request):
    """Browsers ask here before they have read a page."""
    return HttpResponseRedirect(static("icon.svg"))


@require_safe
@never_cache
def health(request):
    """For who watches the server: it answers, and so does the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return text("ok")


def text(*lines):
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
