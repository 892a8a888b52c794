from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from .roles import roles_of


@require_GET
@login_required
def after_login(request):
    return redirect("admin:index" if request.user.is_staff else "accounts:account")


@require_GET
@login_required
def account(request):
    return render(request, "account/account.html", {"roles": sorted(roles_of(request.user))})
