from accounts.own_data import section

from .models import Invitation


@section("Uitnodigingen om iets te leiden")
def invitations(user):
    found = Invitation.objects.filter(email=user.email).select_related("pact", "koploper")
    return [{"voor": str(one.target), "verstuurd": one.sent_at, "stand": one.state.label} for one in found]
