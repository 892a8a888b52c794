from django.urls import path, re_path

from zorgpact.files import ColumnsOfList

from . import views
from .comparison import compare

app_name = "kopgroep"

urlpatterns = [
    path("", views.KoploperListView.as_view(), name="list"),
    path("lijst.geojson", views.KoploperGeoJsonView.as_view(), name="geojson"),
    path("criteria/", views.criteria, name="criteria"),
    path("vergelijken/", compare, name="compare"),
    path("feed/", views.KoploperFeedView.as_view(), name="feed"),
    path("lijst/", ColumnsOfList.as_view(files=views.KoploperFileView), name="columns"),
    re_path(r"^lijst\.(?P<kind>csv|xlsx|json)$", views.KoploperFileView.as_view(), name="file"),
    path("<slug:slug>/", views.KoploperDetailView.as_view(), name="detail"),
]
