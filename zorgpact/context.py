"""What every template may use."""

from django.conf import settings


def portal(request):
    return {"portal_url": settings.PORTAL_URL, "portal_demo": settings.PORTAL_DEMO}
