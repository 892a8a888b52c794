"""What the programme says of itself."""

from django.shortcuts import render

from .models import Fact, Source


def about(request):
    return render(request, "programme/about.html", {"facts": Fact.objects.published()})


def sources(request):
    return render(request, "programme/sources.html", {"sources": Source.objects.published()})
