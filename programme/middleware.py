"""Old addresses lead on."""

from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from zorgpact.errors import gone

from .models import OldAddress


class OldAddresses:
    """Where there is no page, one query looks whether there was one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = f"{request.path_info.rstrip('/')}/"
        new_path = OldAddress.objects.filter(old_path=path).values_list("new_path", flat=True).first()
        if new_path is None:
            return response
        if not new_path:
            return gone(request)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(iri_to_uri(f"{new_path}?{query}" if query else new_path))
