"""What a visitor may press and say, without an account."""

from django import forms

LONGEST_REMARK = 2000


class AlsoMineForm(forms.Form):
    """“Dit speelt bij mij ook”. Nothing is required: the press says enough."""

    provincie = forms.ChoiceField(label="Uw provincie", required=False)
    email = forms.EmailField(
        label="Uw e-mailadres",
        help_text="Alleen als u bericht wilt wanneer hier iets verandert. U bevestigt het met een knop in de mail, en stopt wanneer u wilt.",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, provinces, **kwargs):
        super().__init__(*args, **kwargs)
        self.provinces = {province.slug: province for province in provinces}
        names = [(slug, province.name) for slug, province in self.provinces.items()]
        self.fields["provincie"].choices = [("", "Zeg ik liever niet"), *names]

    def clean(self):
        cleaned = super().clean()
        cleaned["province"] = self.provinces.get(cleaned.get("provincie"))
        return cleaned


class VerdictForm(forms.Form):
    nuttig = forms.ChoiceField(
        label="Was dit nuttig?", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect
    )
    opmerking = forms.CharField(
        label="Wat mist u, of wat klopt niet?",
        help_text="Schrijf geen namen of andere gegevens van mensen. U krijgt geen antwoord; een ministerie leest dit.",
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
