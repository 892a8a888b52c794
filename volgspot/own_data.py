from accounts.own_data import section

from .models import Comment, Evaluation, PartnerLink, Section


@section("Onderdelen van verslagen die u het laatst bewaarde")
def sections(user):
    found = Section.objects.filter(saved_by=user).select_related("reflection__pact", "reflection__round")
    return [{"verslag": str(one.reflection), "onderdeel": str(one), "op": one.saved_at} for one in found.defer("data")]


@section("Opmerkingen die u bij verslagen maakte")
def comments(user):
    found = Comment.objects.filter(made_by=user).select_related("reflection__pact", "reflection__round")
    return [{"verslag": str(one.reflection), "opmerking": one.text, "op": one.made_at} for one in found]


@section("Evaluaties die u bij verslagen voegde")
def evaluations(user):
    found = Evaluation.objects.filter(added_by=user).select_related("reflection__pact", "reflection__round")
    return [{"verslag": str(one.reflection), "evaluatie": one.title, "op": one.added_at} for one in found]


@section("Waar wij u vroegen hoe een partner het ziet")
def links(user):
    """What was answered is of the organisation, and opens with its own link."""
    found = PartnerLink.objects.filter(email__iexact=user.email)
    return [
        {"voor": str(one.reflection), "organisatie": str(one.organisation), "verstuurd": one.sent_at}
        for one in found.select_related("reflection__pact", "reflection__round", "organisation")
    ]
