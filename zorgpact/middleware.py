"""What every answer of the portal gets, and what every request must be."""

from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.middleware.security import SecurityMiddleware

from . import errors

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
METHODS = ("GET", "HEAD", "POST")
# In bytes as sent. The longest address that our own filters can make stays well below it.
LONGEST_QUERY = 4000
# In bytes: the largest file that a form takes, with room for the message that says it is too large.
LARGEST_BODY = 25 * 1024 * 1024
FORM = "application/x-www-form-urlencoded"


class SecurityHeaders(SecurityMiddleware):
    """The one set of headers, Django's own among them; a view that needs another policy sets it itself.

    Stands before everything else, so that also a host we do not know, a redirect and a static file get all of them.
    The redirect to https is left to `SecurityMiddleware` itself, further on.
    """

    def process_request(self, request):
        pass

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


class CleanQuery:
    """Refuses what is no text in UTF-8 or too long, before anything looks at it: the databases would answer with an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return errors.refused(request, 405, allow=", ".join(METHODS))
        query = request.META.get("QUERY_STRING", "").encode("latin-1")
        if len(query) > LONGEST_QUERY:
            return errors.refused(request, 414)
        if length_of_body(request) > LARGEST_BODY:
            return errors.refused(request, 413)
        # In a path Django itself writes what is no UTF-8 as %FF: a page that does not exist.
        if "\0" in request.path_info or not is_text(unquote_to_bytes(query)):
            return errors.refused(request, 400)
        if any("\0" in value for value in request.COOKIES.values()):
            return errors.refused(request, 400)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return errors.refused(request, 405, allow=response.headers.get("Allow", ""))
        return response

    def process_view(self, request, view, args, kwargs):
        """The text of a form; a file may hold anything. Only where there is a page to send it to."""
        if request.method == "POST":
            if request.content_type == FORM and not is_text(unquote_to_bytes(request.body)):
                raise BadRequest("The form holds what is no text.")
            if any("\0" in name + value for name, values in request.POST.lists() for value in values):
                raise BadRequest("The form holds a NUL.")


def length_of_body(request):
    """What the request says of itself; nothing beyond it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def is_text(sent):
    """Whether these bytes are UTF-8 without NUL."""
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
