from django.urls import path

from . import views

app_name = "regions"

urlpatterns = [
    path("", views.PactListView.as_view(), name="list"),
    path("<slug:slug>/", views.PactDetailView.as_view(), name="detail"),
]
