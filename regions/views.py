"""The public pages of the regional pacts."""

from django.views.generic import DetailView, ListView

from .models import RegionalPact


class PactListView(ListView):
    queryset = RegionalPact.objects.all()

    def get_queryset(self):
        return RegionalPact.objects.published()


class PactDetailView(DetailView):
    context_object_name = "pact"

    def get_queryset(self):
        return RegionalPact.objects.published()
