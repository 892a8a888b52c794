"""What is asked in each step. Every step is checked again, all together, when the question is sent."""

from django import forms

from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from regels.attachments import AttachmentField
from regels.models import Question, Rule, SaidBy
from regions.models import RegionalPact
from themes.models import Theme

NO_NAMES = "Schrijf geen namen of medische gegevens van anderen op."
LONGEST = 5000
ADDRESSES = "Bijvoorbeeld naam@voorbeeld.nl. Hier komt het antwoord."


class Text(forms.CharField):
    """Browsers send other ends of lines than were typed; that is no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


def paragraph(label, *, hint="", rows=4, required=False, longest=LONGEST):
    widget = forms.Textarea({"rows": rows})
    return Text(label=label, help_text=hint, max_length=longest, required=required, widget=widget)


def line(label, name, *, hint="", autocomplete=""):
    """A field of one line, as long as the model keeps it."""
    longest = Question._meta.get_field(name).max_length
    widget = forms.TextInput({"autocomplete": autocomplete} if autocomplete else {})
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=False, widget=widget)


def one_of(label, model, *, hint="", empty="Maak een keuze"):
    """A record by its short name, in a list that opens."""
    return forms.ModelChoiceField(
        model.objects.none(), label=label, help_text=hint, to_field_name="slug", empty_label=empty, required=False
    )


class QuestionForm(forms.Form):
    question = paragraph("Uw vraag", hint=NO_NAMES, rows=6, required=True)
    goal = paragraph("Wat wilt u bereiken?", hint="Wat gebeurt er als het wel mag? Voor wie?")


class RuleForm(forms.Form):
    said_by = forms.ChoiceField(
        label="Wie zegt dat het niet mag?", choices=SaidBy, required=False, widget=forms.RadioSelect
    )
    said_by_note = line("Wie precies, en wat zei die?", "said_by_note", hint="Een functie is genoeg, geen naam.")
    written_where = line(
        "Waar staat dat het niet mag?", "written_where", hint="Bijvoorbeeld: artikel 7 van ons eigen examenreglement."
    )
    rule = one_of("Om welke regel gaat het?", Rule, empty="Weet ik niet, of hij staat er niet bij")
    rule_text = line("Staat de regel er niet bij? Schrijf hem in uw eigen woorden", "rule_text")
    tried = paragraph("Wat hebt u al geprobeerd?", hint="Met wie sprak u, en wat kwam eruit? " + NO_NAMES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = Rule.objects.published().order_by("name")

    def clean_said_by(self):
        return self.cleaned_data["said_by"] or SaidBy.UNKNOWN


class PlaceForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label="Waar gaat uw vraag over?",
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisation_name = line("Naam van uw organisatie", "organisation_name", autocomplete="organization")
    organisation_kind = one_of("Wat voor organisatie is dat?", OrganisationKind)
    pact = one_of("Hoort uw vraag bij een regionaal pact?", RegionalPact, empty="Nee, of dat weet ik niet")
    koploper = one_of("Hoort uw vraag bij een koploper?", Koploper, empty="Nee, of dat weet ik niet")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.published()
        self.fields["organisation_kind"].queryset = OrganisationKind.objects.all()
        self.fields["pact"].queryset = RegionalPact.objects.published().order_by("name")
        self.fields["koploper"].queryset = Koploper.objects.published().order_by("title")


class AnswerForm(forms.Form):
    email = forms.EmailField(
        label="Uw e-mailadres",
        help_text=ADDRESSES,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    name = line("Uw naam", "name", hint="Dan weet de ambtenaar wie de vraag stelt.", autocomplete="name")
    may_become_case = forms.BooleanField(
        label="Van mijn vraag mag een casus komen",
        help_text="Dan leert een ander ervan. Wij schrijven een nieuwe tekst, zonder namen. Uw eigen woorden komen nooit op de site.",
        required=False,
    )


class FileForm(forms.Form):
    file = AttachmentField(label="Kies een bestand", required=False)


class TrapForm(forms.Form):
    """A field that no person sees, and that a program fills in."""

    website = forms.CharField(
        label="Laat dit veld leeg", required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Maak dit veld leeg en verstuur opnieuw. Zo houden wij programma’s tegen.")
        return ""


class LookForm(TrapForm):
    """The question as it is looked for, before anything is kept."""

    question = paragraph("Uw vraag", hint=NO_NAMES, rows=6, required=True)
    field_order = ["question", "website"]


class MessageForm(forms.Form):
    text = paragraph("Uw bericht", hint=NO_NAMES, required=True)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Waarom trekt u de vraag in?", max_length=500, required=False)


class NotHelpedForm(forms.Form):
    text = paragraph("Waarom kunt u nog niet verder?", hint="Dan weet de ambtenaar wat er ontbreekt. " + NO_NAMES)
