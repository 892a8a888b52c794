"""What every template may use."""

from django.conf import settings


def portal(request):
    sso = settings.SINGLE_SIGN_ON
    return {
        "portal_url": settings.PORTAL_URL,
        "portal_demo": settings.PORTAL_DEMO,
        # Where one can log in too.
        "single_sign_on": sso and sso["label"],
    }
