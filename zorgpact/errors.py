"""Pages for what goes wrong. 400, 403 and 404 are Django's own views with our templates."""

import logging
import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

logger = logging.getLogger(__name__)


def csrf_failure(request, reason=""):
    """A form that was open too long, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def refused(request, status, allow=""):
    """What we cannot make anything of: no text (400), a method that a page does not know (405), an address too long (414)."""
    response = render(request, "400.html", status=status)
    if allow:
        response["Allow"] = allow
    return response


def gone(request, *args, **kwargs):
    """A page that was here once and was removed."""
    return render(request, "410.html", status=410)


def too_many_requests(request):
    """Too many tries in a short time; django-allauth finds this one as `handler429`."""
    return render(request, "429.html", status=429)


def server_error(request):
    """Something broke, perhaps the database: the page asks nothing of it. Its number leads to the line in the log."""
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    return HttpResponse(loader.render_to_string("500.html", {"reference": reference}), status=500)
