"""Public pages out of the memory of this process, exact to the last change.

A page is kept under the version of the content it was made from (`programme.version`), so a visit costs one query: the
version. What changes by the clock alone ends the page at that moment: a date of publication, and midnight, since
pages name today. The version is read before the page is made: a change in between leaves a page that nobody finds.
"""

import datetime
import functools
import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

import brotli
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min, Value
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from accounts.middleware import PRIVATE
from programme.models import Published
from programme.version import content_version

KEEP = 1000
LOCKS = 64
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
TEXT = ("text/", "application/xml", "application/atom+xml", "application/json", "application/geo+json")
# Answers from memory get these from the page; every other header comes from the middleware around it.
KEPT_HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "Content-Language",
    "Last-Modified",
    "Link",
    "X-Robots-Tag",
    "X-Frame-Options",
)


@dataclass
class Page:
    """One answer as it goes over the wire, in each encoding."""

    headers: dict
    etag: str
    bodies: dict
    until: float

    @classmethod
    def of(cls, response, until):
        body = response.content
        packed = {"br": brotli.compress(body, quality=BROTLI_QUALITY), "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0)}
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        return cls(headers, hashlib.sha256(body).hexdigest()[:24], {"": body} | packed, until)

    def answer(self, request):
        accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
        encoding = next((name for name in ("br", "gzip") if name in accepted), "")
        etag = f'"{self.etag}{"-" if encoding else ""}{encoding}"'
        if _matches(request, etag):
            response = HttpResponseNotModified()
        else:
            response = HttpResponse(b"" if request.method == "HEAD" else self.bodies[encoding], headers=self.headers)
            response["Content-Length"] = str(len(self.bodies[encoding]))
            if encoding:
                response["Content-Encoding"] = encoding
        response["ETag"] = etag
        # Browsers may keep it, and ask each time whether it is still right.
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def _matches(request, etag):
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in wanted or any(tag.removeprefix("W/") == etag for tag in wanted)


@dataclass
class Pages:
    """The newest pages of this process, at most `KEEP` of them."""

    found: OrderedDict = field(default_factory=OrderedDict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    locks: list = field(default_factory=lambda: [threading.Lock() for _ in range(LOCKS)])
    # The version and the moment for which `ends` was asked, and the answer.
    horizon: tuple = (None, 0.0, 0.0)

    def get(self, key):
        with self.guard:
            page = self.found.get(key)
            if page is None or page.until <= time.time():
                return None
            self.found.move_to_end(key)
            return page

    def put(self, key, page):
        with self.guard:
            self.found[key] = page
            self.found.move_to_end(key)
            while len(self.found) > KEEP:
                self.found.popitem(last=False)

    def lock(self, key):
        """Of many visitors of a page that is not there yet, one makes it and the others wait."""
        return self.locks[hash(key) % LOCKS]

    def until(self, version):
        """The first moment (seconds since 1970) at which the clock alone changes what is public; one query a version."""
        known, asked, ends = self.horizon
        now = time.time()
        if known != version or not asked <= now < ends:
            ends = next_change()
            self.horizon = (version, now, ends)
        return ends

    def clear(self):
        with self.guard:
            self.found.clear()
            self.horizon = (None, 0.0, 0.0)


pages = Pages()


def next_change():
    """When something that waits becomes public, and midnight if that comes first; one query."""
    now = timezone.localtime()
    midnight = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    first, *rest = [
        model.objects.filter(published_at__gt=now)
        .order_by()
        .values(model=Value(model._meta.label))
        .annotate(moment=Min("published_at"))
        for model in apps.get_models()
        if issubclass(model, Published)
    ]
    moments = [row["moment"] for row in first.union(*rest, all=True) if row["moment"]]
    return min(moment.timestamp() for moment in [midnight, *moments])


class PageMemory:
    """Answers visitors from memory. Whoever has a session cookie is not answered here, and nothing of theirs is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_for_everybody(request):
            return self.get_response(request)
        try:
            version = content_version()
        except DatabaseError:
            # The page itself says what is wrong.
            return self.get_response(request)
        key = (version, request.scheme, request.get_host(), request.get_full_path())
        page = pages.get(key)
        if page is None:
            with pages.lock(key):
                page = pages.get(key)
                if page is None:
                    return self._make(request, key)
        return page.answer(request)

    def _make(self, request, key):
        until = pages.until(key[0])
        response = self.get_response(request)
        if not _is_the_same_for_everybody(response):
            return response
        page = Page.of(response, until)
        if _may_be_kept(request, response):
            pages.put(key, page)
        return page.answer(request)


def _is_for_everybody(request):
    """A GET by somebody without a login, at an address of this portal that is open to all."""
    return (
        settings.PORTAL_PAGE_MEMORY
        and request.method in ("GET", "HEAD")
        and not request.path.startswith((*PRIVATE, "/healthz"))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
    )


def _is_the_same_for_everybody(response):
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith(TEXT)
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
    )


def _may_be_kept(request, response):
    """Only addresses of which there are so many and no more: what somebody typed never fills the memory."""
    if request.method == "HEAD" or getattr(response, "never_kept", False):
        return False
    return not request.META.get("QUERY_STRING") or getattr(response, "keeps_query", False)


def never_kept(view):
    """For a view whose answer may not come from memory, such as a search."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.never_kept = True
        return response

    return wrapped
