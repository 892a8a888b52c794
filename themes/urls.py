from django.urls import path

from . import views

app_name = "themes"

urlpatterns = [
    path("themas/", views.ThemeListView.as_view(), name="list"),
    path("themas/<slug:slug>/", views.ThemeDetailView.as_view(), name="detail"),
    path("wat-werkt/", views.works, name="works"),
]
