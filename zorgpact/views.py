"""The pages of the site as a whole."""

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.views.generic import TemplateView


class SitePage(TemplateView):
    """A page of words alone."""


def home(request):
    return render(request, "home.html")


def accessibility(request):
    return render(request, "site/accessibility.html")


def contact(request):
    return render(request, "site/contact.html")


@staff_member_required
def style(request):
    return render(request, "site/style.html")
