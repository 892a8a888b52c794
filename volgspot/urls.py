from django.urls import path

from . import editor, views, voices

app_name = "volgspot"
urlpatterns = [
    path("mijn/volgspot/", views.mine, name="mine"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/", views.overview, name="overview"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/bekijken/<str:audience>/", views.preview, name="preview"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/partners/", voices.ask, name="partners"),
    path("mening/<str:token>/", voices.view, name="view"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/<str:kind>/", editor.section, name="section"),
]
