from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from .middleware import KEPT
from .roles import roles_of


@require_GET
@login_required
def after_login(request):
    return redirect("admin:index" if request.user.is_staff else "accounts:account")


@require_GET
@login_required
def account(request):
    return render(request, "account/account.html", {"roles": sorted(roles_of(request.user))})


@require_GET
@login_required
def resume(request):
    """The text that was being sent when the session ended: one button sends it after all."""
    kept = request.session.get(KEPT)
    if not kept or kept["user"] != request.user.pk:
        request.session.pop(KEPT, None)
        return redirect("accounts:after_login")
    return render(request, "account/resume.html", {"kept": kept})


@require_GET
def admin_login(request):
    """The admin has no login of its own, so that nobody gets in past the second factor and the limits."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def admin_logout(request):
    """The admin's button posts its token: 307 hands the post on."""
    return HttpResponseRedirect(reverse("account_logout"), status=307)
