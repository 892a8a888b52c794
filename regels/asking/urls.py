"""To ask a question, and to follow the own one: addresses with a secret in them."""

from django.urls import path

from . import status, views

# Every secret stands directly after one of these two; the log leaves out what follows.
ASK, MINE = "vraag-stellen/", "mijn-vraag/"

urlpatterns = [
    path(ASK, views.ask, name="ask"),
    path(f"{ASK}<str:token>/verstuurd/", views.sent, name="ask_sent"),
    path(f"{ASK}<str:token>/<slug:step>/", views.step, name="ask_step"),
    path(f"{MINE}<str:token>/", status.status, name="status"),
    path(f"{MINE}<str:token>/gegevens/", status.own_data, name="status_data"),
    path(f"{MINE}<str:token>/bijlage/<int:number>/", status.attachment, name="status_attachment"),
]
