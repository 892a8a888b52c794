from accounts.own_data import section

from .models import Invitation, Proposal


@section("Uitnodigingen om iets te leiden")
def invitations(user):
    found = Invitation.objects.filter(email=user.email).select_related("pact", "koploper")
    return [{"voor": str(one.target), "verstuurd": one.sent_at, "stand": one.state.label} for one in found]


@section("Voorstellen om een pagina te wijzigen")
def proposals(user):
    found = Proposal.objects.filter(made_by=user).select_related("pact", "koploper")
    return [
        {"voor": str(one.target), "wat": one.get_kind_display(), "waarom": one.reason, "op": one.made_at, "stand": one.get_status_display()}
        for one in found
    ]  # fmt: skip
