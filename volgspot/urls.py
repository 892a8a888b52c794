from django.urls import path

from . import bottlenecks, editor, evaluations, views, voices

app_name = "volgspot"
urlpatterns = [
    path("mijn/volgspot/", views.mine, name="mine"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/", views.overview, name="overview"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/bekijken/<str:audience>/", views.preview, name="preview"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/partners/", voices.ask, name="partners"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/evaluatie/", evaluations.evaluations, name="evaluations"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/evaluatie/nieuw/", evaluations.edit, name="new_evaluation"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/evaluatie/<int:pk>/", evaluations.file, name="evaluation"),
    path(
        "mijn/volgspot/<slug:pact>/<slug:round>/evaluatie/<int:pk>/wijzigen/", evaluations.edit, name="edit_evaluation"
    ),
    path("mening/<str:token>/evaluatie/<int:pk>/", evaluations.partner_file, name="partner_evaluation"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/knelpunten/", bottlenecks.page, name="bottlenecks"),
    path("mening/<str:token>/", voices.view, name="view"),
    path("mijn/volgspot/<slug:pact>/<slug:round>/<str:kind>/", editor.section, name="section"),
]
