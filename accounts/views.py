from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import LogoutView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zorgpact.numbers import number_of

from .own_data import SECTIONS, in_words, own_data
from .roles import roles_of
from .sessions import open_sessions


@require_GET
@login_required
def after_login(request):
    return redirect("admin:index" if request.user.is_staff else "workplace:mine")


class LogOut(LogoutView):
    """Whoever came from a ministry is told that the login there goes on."""

    def get_redirect_url(self):
        records = get_authentication_records(self.request, self.request.user)
        if not self.get_next_url() and any(record["method"] == "socialaccount" for record in records):
            return reverse("single_sign_on_logged_out")
        return super().get_redirect_url()


class Sessions(ListUserSessionsView):
    """Where somebody is logged in, this place first; one of the others, or all of them, can be ended."""

    def get_context_data(self, **kwargs):
        # Past the library's own, which reads the sessions one by one.
        context = super(ListUserSessionsView, self).get_context_data(**kwargs)
        sessions = open_sessions(self.request.user)
        sessions.sort(key=lambda session: (session.is_current(), session.last_seen_at), reverse=True)
        return context | {"sessions": sessions, "session_count": len(sessions)}

    def form_valid(self, form):
        number = self.request.POST.get("sessie", "")
        if not number:
            return super().form_valid(form)
        others = UserSession.objects.filter(user=self.request.user).exclude(
            session_key=self.request.session.session_key
        )
        get_object_or_404(others, pk=number_of(number)).end()
        messages.success(self.request, "Daar bent u uitgelogd.")
        return redirect(self.success_url)


@require_GET
@login_required
def account(request):
    return render(request, "account/account.html", {"roles": sorted(roles_of(request.user))})


@require_http_methods(["GET", "POST"])
@login_required
def download(request):
    """All that the portal knows of this person, as a file for a person or for a program."""
    if request.method == "GET":
        return render(request, "account/own_data.html", {"sections": SECTIONS})
    data = own_data(request.user)
    if request.POST.get("vorm") == "json":
        return as_file(JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False}), "json")
    text = "\n".join(in_words(data))
    return as_file(HttpResponse(text, content_type="text/plain; charset=utf-8"), "txt")


def as_file(response, kind):
    response["Content-Disposition"] = f'attachment; filename="mijn-gegevens.{kind}"'
    return response
