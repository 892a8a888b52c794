"""Pages for what goes wrong. 400, 403 and 404 are Django's own views with our templates."""

import logging
import secrets

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import loader

from . import kept

logger = logging.getLogger(__name__)


def csrf_failure(request, reason=""):
    """A form that was open too long, or came from elsewhere. What was typed on a page of ours is not lost."""
    if not is_from_here(request):
        return render(request, "403_csrf.html", status=403)
    # Logged out, and perhaps in again, in another tab: the token of the form went with the session.
    if address := kept.keep(request):
        return redirect(address) if request.user.is_authenticated else redirect_to_login(address)
    return render(request, "403_csrf.html", {"typed": kept.texts(request)}, status=403)


def is_from_here(request):
    """Whether the browser says that the form stood on this site: another one may not put words on our page."""
    own = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and request.headers.get("Origin") == own
    )


def refused(request, status, allow=""):
    """What we cannot make anything of: no text (400), a method that a page does not know (405), too much (413, 414)."""
    response = render(request, "400.html", status=status)
    if allow:
        response["Allow"] = allow
    return response


def gone(request, *args, **kwargs):
    """A page that was here once and was removed."""
    return render(request, "410.html", status=410)


def too_many_requests(request):
    """Too many tries in a short time; django-allauth finds this one as `handler429`."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = 300
    return response


def server_error(request):
    """Something broke, perhaps the database: the page asks nothing of it. Its number leads to the line in the log."""
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    return HttpResponse(loader.render_to_string("500.html", {"reference": reference}), status=500)
