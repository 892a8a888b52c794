"""The public pages of the Kopgroep."""

from django.shortcuts import render
from django.views.generic import DetailView, ListView

from .models import Koploper


class KoploperListView(ListView):
    def get_queryset(self):
        return Koploper.objects.published()


class KoploperDetailView(DetailView):
    context_object_name = "koploper"

    def get_queryset(self):
        return Koploper.objects.published()


def criteria(request):
    return render(request, "kopgroep/criteria.html")
