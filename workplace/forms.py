"""The forms with which a project leader proposes a change, one for each kind."""

from django import forms
from django.utils import timezone

from organisations.models import Organisation, Participation
from programme.fields import EXAMPLE, validate_partial_date
from regions.models import Phase
from zorgpact.admin_forms import CHOOSE, LongText
from zorgpact.choose import by_name

from .changes import current
from .models import Proposal

Kind = Proposal.Kind
Role = Participation.Role
# A new trekker is a proposal of its own.
ROLES = [(role.value, role.label) for role in Role if role != Role.LEAD]


def when(label):
    return forms.CharField(label=label, help_text=EXAMPLE, max_length=10, validators=[validate_partial_date, not_ahead])


def not_ahead(value):
    if value > timezone.localdate().isoformat():
        raise forms.ValidationError("Deze datum ligt nog in de toekomst. Doe het voorstel als het zover is.")


class ProposalForm(forms.Form):
    """What every kind asks besides its own fields, which come first."""

    reason = LongText(
        label="Waarom, en waar staat het?",
        help_text="Alleen het landelijke team leest dit. Bijvoorbeeld: besluit van de stuurgroep van 12 maart.",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, target, **kwargs):
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["reason"] = self.fields.pop("reason")

    def clean_organisation(self):
        """The number of the organisation where there is one of that name, so that a new name does not matter later."""
        name = self.cleaned_data["organisation"].strip()
        found = by_name(Organisation.objects.published(), name)
        return {"name": found.name if found else name, "pk": found.pk if found else None}


class OrganisationInput(forms.TextInput):
    """Any name may be typed; those that the portal knows are offered."""

    template_name = "workplace/organisation_input.html"

    def get_context(self, name, value, attrs):
        names = Organisation.objects.published().order_by("name").values_list("name", flat=True)[:500]
        return super().get_context(name, value, attrs | {"list": f"{name}-namen", "autocomplete": "off"}) | {
            "offered": names
        }


def organisation_field(label, hint=""):
    return forms.CharField(label=label, help_text=hint, max_length=150, widget=OrganisationInput)


class JoinsForm(ProposalForm):
    organisation = organisation_field(
        "Welke organisatie?",
        "Staat zij niet in de lijst? Schrijf dan de hele naam. Het landelijke team voegt haar toe.",
    )
    role = forms.ChoiceField(label="In welke rol?", choices=ROLES, initial=Role.PARTNER)
    since = when("Sinds wanneer?")


class StopsForm(ProposalForm):
    participation = forms.ChoiceField(label="Wie stopt?")
    until = when("Tot wanneer?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].choices = [("", CHOOSE)] + [
            (str(row.pk), str(row)) for row in current(self.target)
        ]


class LeadForm(ProposalForm):
    organisation = organisation_field("Wie wordt de trekker?")
    since = when("Sinds wanneer?")
    stays = forms.BooleanField(label="De trekker van nu blijft meedoen als partner", required=False)


class PhaseForm(ProposalForm):
    phase = forms.ModelChoiceField(
        label="In welke fase is het pact?", queryset=Phase.objects.all(), to_field_name="slug", empty_label=CHOOSE
    )
    since = when("Sinds wanneer?")
    why = LongText(
        label="Waaraan is dat te zien?",
        help_text="Dit komt op de pagina als het team het voorstel overneemt.",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )

    def clean_phase(self):
        return self.cleaned_data["phase"].slug


FORMS = {Kind.JOINS: JoinsForm, Kind.STOPS: StopsForm, Kind.LEAD: LeadForm, Kind.PHASE: PhaseForm}
