from accounts.own_data import section

from .models import Follower, Question


@section("Vragen die u stelde")
def questions(user):
    """What stands in a question opens with its own link: the mail about it has one."""
    asked = Question.objects.filter(email__iexact=user.email, confirmed_at__isnull=False, anonymised_at=None)
    return [
        {"nummer": one.reference, "gesteld": one.confirmed_at, "stand": one.get_status_display()}
        for one in asked.order_by("pk")
    ]


@section("Belemmeringen die u volgt")
def followed(user):
    found = Follower.objects.told().filter(email__iexact=user.email).select_related("obstacle")
    return [{"belemmering": str(one.obstacle), "sinds": one.added_at} for one in found]
