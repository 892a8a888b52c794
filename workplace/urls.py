from django.urls import path

from . import views

app_name = "workplace"
urlpatterns = [
    path("mijn/", views.mine, name="mine"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
