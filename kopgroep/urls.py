from django.urls import path

from . import views

app_name = "kopgroep"

urlpatterns = [
    path("", views.KoploperListView.as_view(), name="list"),
    path("criteria/", views.criteria, name="criteria"),
    path("<slug:slug>/", views.KoploperDetailView.as_view(), name="detail"),
]
