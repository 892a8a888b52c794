"""What everybody reads of the Volgspot, among the pages of the regional pacts."""

from django.urls import path

from . import reports

app_name = "reports"
urlpatterns = [
    path("volgspot/", reports.method, name="method"),
    path("volgspot/feed/", reports.feed, name="feed"),
    path("<slug:slug>/volgspot/", reports.rounds, name="rounds"),
    path("<slug:slug>/volgspot/<slug:round>/", reports.report, name="report"),
    path("<slug:slug>/volgspot/<slug:round>/evaluatie/<int:pk>/", reports.evaluation, name="evaluation"),
    path("<slug:slug>/volgspot/<slug:round>/verslag.pdf", reports.pdf, name="pdf"),
]
