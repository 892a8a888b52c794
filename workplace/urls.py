from django.urls import path, re_path

from . import editing, proposals, views

PAGE = r"^mijn/(?P<kind>pact|koploper)/(?P<slug>[-a-zA-Z0-9_]+)/"

app_name = "workplace"
urlpatterns = [
    path("mijn/", views.mine, name="mine"),
    re_path(rf"{PAGE}$", editing.page, name="page"),
    re_path(rf"{PAGE}voorstel/(?P<what>[-a-z0-9]+)/$", proposals.propose, name="propose"),
    path("mijn/voorstel/<int:pk>/", proposals.proposal, name="proposal"),
    re_path(rf"{PAGE}(?P<part>[-a-z0-9]+)/$", editing.part, name="part"),
    re_path(rf"{PAGE}(?P<part>[-a-z0-9]+)/(?P<row>nieuw|[0-9]+)/$", editing.row, name="row"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
