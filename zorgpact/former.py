"""Addresses of zorgpact.nl as it was, so that old links still lead somewhere. They had no slash at the end."""

from django.urls import re_path
from django.views.generic import RedirectView

from .errors import gone

urlpatterns = [
    # Until there are stories again.
    re_path(r"^(?:kopgroep/|regionale-pacten/alle-regionale-pacten/)?verhalen(?:/.*)?$", gone),
    re_path(
        r"^regionale-pacten/alle-regionale-pacten/?$",
        RedirectView.as_view(pattern_name="regions:list", permanent=True, query_string=True),
    ),
    re_path(
        r"^regionale-pacten/alle-regionale-pacten/(?P<slug>[-a-zA-Z0-9_]+)/?$",
        RedirectView.as_view(pattern_name="regions:detail", permanent=True, query_string=True),
    ),
]
