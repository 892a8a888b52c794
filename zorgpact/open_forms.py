"""Forms for whoever has no account: no cookie, so no CSRF token. The browser itself says where a form was sent from."""

import functools

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from .numbers import number_of

READING = ("GET", "HEAD", "OPTIONS")


def same_origin_post(view):
    """Take a form from a page of our own alone. Who is logged in counts for nothing here.

    `Sec-Fetch-Site` cannot be written by a page elsewhere; older browsers send `Origin`, the oldest `Referer`.
    """

    @functools.wraps(view)
    def inner(request, *args, **kwargs):
        if request.method not in READING and not _is_ours(request):
            return render(request, "site/not_ours.html", {"typed": typed_in(request)}, status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(inner)


def _is_ours(request):
    here = f"{request.scheme}://{request.get_host()}"
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site == "same-origin"
    if origin:
        return origin == here
    return request.headers.get("Referer", "").startswith(f"{here}/")


def version_in(post):
    """The version that a form says it was read as; 0 where it says nothing that makes sense."""
    return number_of(post.get("version", ""))


def typed_in(request):
    """What was typed, to be copied: only where it cannot come from a page of somebody else."""
    is_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return [] if is_elsewhere else [text for text in request.POST.values() if len(text) > 20]


def limited(limit):
    """A view that takes no more forms from one place than `limit` (see `programme.limits`) says."""

    def around(view):
        @functools.wraps(view)
        def inner(request, *args, **kwargs):
            if request.method in READING or limit.lets(request):
                return view(request, *args, **kwargs)
            return too_often(request, limit)

        return inner

    return around


def too_often(request, limit):
    """Says how long to wait; what was typed stays to be copied."""
    page = {"minutes": limit.seconds // 60, "typed": typed_in(request)}
    response = render(request, "site/too_often.html", page, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response


def behind_a_token(view):
    """A page of which the address is a secret: nowhere kept, found or passed on."""

    @functools.wraps(view)
    def inner(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        # Not `no-referrer`: a browser would then say of our own form that it comes from nowhere.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return inner
