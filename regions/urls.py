from django.urls import path, re_path

from zorgpact.files import ColumnsOfList

from . import views

app_name = "regions"

urlpatterns = [
    path("", views.PactListView.as_view(), name="list"),
    path("feed/", views.PactFeedView.as_view(), name="feed"),
    path("lijst/", ColumnsOfList.as_view(files=views.PactFileView), name="columns"),
    re_path(r"^lijst\.(?P<kind>csv|xlsx|json)$", views.PactFileView.as_view(), name="file"),
    path("lijst.geojson", views.PactGeoJsonView.as_view(), name="geojson"),
    path("<slug:slug>/", views.PactDetailView.as_view(), name="detail"),
]
