from django.urls import path

from . import views

app_name = "programme"

urlpatterns = [
    path("", views.about, name="about"),
    path("bronnen/", views.sources, name="sources"),
]
