"""The themes, and what works."""

from django.shortcuts import render
from django.views.generic import DetailView, ListView

from .models import Theme, WorkingElement


class ThemeListView(ListView):
    context_object_name = "themes"

    def get_queryset(self):
        return Theme.objects.published()


class ThemeDetailView(DetailView):
    context_object_name = "theme"

    def get_queryset(self):
        return Theme.objects.published()


def works(request):
    return render(request, "themes/works.html", {"elements": WorkingElement.objects.published()})
