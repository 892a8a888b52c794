"""What visitors press: “dit speelt bij mij ook”, “was dit nuttig?”, and to hear of an obstacle or not any more.

Without an account, a cookie or a script. Each press has a page of its own: what is wrong with it comes back there.
"""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from geography.models import Province
from programme.limits import Limit, place_of
from regels import counting, following
from regels.models import AlsoMine, Case, Obstacle
from zorgpact.open_forms import behind_a_token, same_origin_post, too_often
from zorgpact.written import WrittenOnce

from .forms import AlsoMineForm, VerdictForm

# One person presses on a few pages; an office shares a network. A mail goes to an address that somebody typed.
PRESS = Limit("casebook.press", from_address=20, from_network=100)
MAIL = Limit("casebook.mail", from_address=5, from_network=20)
open_form = require_http_methods(["GET", "HEAD", "POST"])


@same_origin_post
@open_form
def also_mine(request, slug):
    """“Dit speelt bij mij ook”: one more, once a person; and an address for who wants to hear."""
    obstacle = get_object_or_404(Obstacle.objects.published(), slug=slug)
    panel = also_mine_panel(obstacle, request.POST if request.method == "POST" else None)
    form = panel["also_mine_form"]
    if request.method != "POST" or not form.is_valid():
        return _show(request, "also_mine", form, **panel)
    province, email = form.cleaned_data["province"], form.cleaned_data["email"]
    if not PRESS.lets(request) or (email and not MAIL.lets(request)):
        return too_often(request, PRESS)
    is_new = counting.also_mine(obstacle, person_hash=_person(request, obstacle), province=province)
    if email:
        following.follow(obstacle, email)
    return redirect(f"{request.path}?{_counted(is_new)}{'&mail' if email else ''}")


@same_origin_post
@open_form
def useful(request, slug):
    """“Was dit nuttig?”, with a remark for the ministry."""
    case = get_object_or_404(Case.objects.published(), slug=slug)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "useful", form, case=case)
    if not PRESS.lets(request):
        return too_often(request, PRESS)
    said, remark = form.cleaned_data["nuttig"], form.cleaned_data["opmerking"]
    is_new = counting.judge(case, person_hash=_person(request, case), is_useful=said == "ja", remark=remark)
    if remark and not is_new:
        # What was written is not kept a second time: it comes back, to be copied.
        return _show(request, "useful", form, status=409, case=case, typed=[remark])
    return redirect(f"{request.path}?{_counted(is_new)}")


@same_origin_post
@behind_a_token
@open_form
def follow(request, token):
    """Behind the link in a mail: say yes, or stop. Both by a button; looking changes nothing."""
    follower = following.follower_of(token)
    if follower is None:
        is_stopped = "gestopt" in request.GET
        return render(
            request, "regels/casebook/follow_gone.html", {"is_stopped": is_stopped}, status=200 if is_stopped else 404
        )
    if request.method == "POST":
        if "stop" in request.POST:
            following.stop(follower)
            return redirect(f"{request.path}?gestopt")
        if "ja" in request.POST:
            following.confirm(follower)
        return redirect(request.path)
    return render(request, "regels/casebook/follow.html", {"follower": follower, "obstacle": follower.obstacle})


def also_mine_panel(obstacle, sent=None):
    """The context of the panel: nothing where there is no public obstacle."""
    if obstacle is None or not obstacle.is_published:
        return {"obstacle": None}
    provinces = provinces_saying(obstacle.pk)
    return {
        "obstacle": obstacle,
        "also_mine": sum(_said(obstacle.pk)),
        "provinces": [province for province in provinces if province.said],
        "also_mine_form": AlsoMineForm(sent, provinces=provinces),
    }


@WrittenOnce
def _said(obstacle):
    """How many said so, as one row; none where nobody did."""
    said = AlsoMine.objects.filter(obstacle=obstacle).order_by().values("obstacle")
    return said.annotate(n=Count("pk")).values_list("n", flat=True)


@WrittenOnce
def provinces_saying(obstacle):
    """All provinces, each with `said`: how many there said that it plays with them too."""
    said = AlsoMine.objects.filter(obstacle=obstacle, province=OuterRef("pk")).order_by().values("province")
    return Province.objects.annotate(said=Coalesce(Subquery(said.annotate(n=Count("pk")).values("n")), 0))


def _counted(is_new):
    return "geteld" if is_new else "al-geteld"


def _show(request, name, form, *, status=200, **context):
    response = render(
        request,
        f"regels/casebook/{name}.html",
        {"form": form, "is_counted": "geteld" in request.GET, "was_counted": "al-geteld" in request.GET, **context},
        status=400 if form.errors else status,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _person(request, record):
    """Whether it is the same person, as far as that can be said without following anybody."""
    return counting.hash_of_person(record, place_of(request)[0], request.headers.get("User-Agent", ""))
