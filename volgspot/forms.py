"""The fields of the nine sections. A draft may be unfinished: nothing is required here, `completeness.py` says what is.

Every form is bound to what was typed, so that a number that is no number comes back with a message beside it.
"""

from django import forms

from programme.fields import validate_partial_date
from regions.models import AgendaItem

from .models import Agreement, Audience, ElementStep, IntendedResultVersion, PartnerView

AS_SECTION = [("", "Zoals het hele onderdeel"), *Audience.choices]


def paragraph(label, *, hint="", rows=3, longest=5000):
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=False, widget=forms.Textarea({"rows": rows})
    )


def line(label, *, hint="", longest=300):
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=False)


def choice(label, choices, *, hint="", empty="Maak een keuze", radio=False):
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices if radio else [("", empty), *choices],
        required=False,
        widget=forms.RadioSelect if radio else forms.Select,
    )


class Offered(forms.MultipleChoiceField):
    """Several choices; one that is offered no longer falls away without a word."""

    def to_python(self, value):
        offered = {str(key) for key, _label in self.choices}
        return [key for key in super().to_python(value) if key in offered]


def several(label, *, hint=""):
    return Offered(label=label, help_text=hint, choices=[], required=False, widget=forms.CheckboxSelectMultiple)


def when(label, *, hint="Een jaar, een maand of een dag, bijvoorbeeld 2026, 2026-09 of 2026-09-15."):
    return forms.CharField(
        label=label, help_text=hint, max_length=10, required=False, validators=[validate_partial_date]
    )


class SectionForm(forms.Form):
    """The fields of a section that are there once."""

    # Its fields need not say that they may be empty: all may, until the reflection is submitted.
    is_draft = True

    def __init__(self, *args, context, **kwargs):
        super().__init__(*args, **kwargs)
        self.context = context
        self.set_choices(context)

    def set_choices(self, context):
        """Fill the lists that depend on the pact or on the content of the site."""


class RowForm(SectionForm):
    """One of several of the same sort. `needed` must be filled in at submit."""

    needed = ()
    # What comes after all else.
    last = ("audience",)
    # What is seldom needed stands under a heading of its own, closed.
    folded = ()
    folded_title = ""

    audience = choice("Wie mag dit lezen?", AS_SECTION[1:], empty=AS_SECTION[0][1])

    def __init__(self, *args, row=None, **kwargs):
        # `row` is what is known about it beside what was typed: a frozen result, an item of the agenda.
        self.row = row
        super().__init__(*args, **kwargs)
        for name in self.last:
            self.fields[name] = self.fields.pop(name)


class LinkedForm(RowForm):
    """A row that is tied to activities: the lines of the triangle."""

    last = ("activities", "audience")

    activities = several("Activiteiten die hierbij horen")

    def set_choices(self, context):
        self.fields["activities"].choices = context.activity_choices
        if not context.activities:
            self.fields["activities"].help_text = "Er zijn nog geen activiteiten. Noem ze eerst bij Activiteiten."


class MeetingForm(RowForm):
    needed = ("held_on", "organisations")

    held_on = forms.DateField(label="Datum", help_text="Bijvoorbeeld 31-12-2026.", required=False)
    place = line("Plaats")
    joined_to = line("Hoorde bij een eigen overleg", hint="Bijvoorbeeld: het bestuurdersoverleg van maart.")
    organisations = several(
        "Wie waren er?",
        hint="Kies de organisaties die meepraatten. Mist er een? Stel haar voor op Mijn Zorgpact, bij uw pact.",
    )
    attendees = paragraph(
        "Namen van deelnemers", hint="Alleen voor uzelf en uw mede-projectleiders. Komt in geen enkel verslag.", rows=2
    )

    def set_choices(self, context):
        self.fields["organisations"].choices = context.partner_choices


class QuestionForm(SectionForm):
    question = paragraph("De overkoepelende vraag", hint="Waar wil het pact een antwoord op vinden?")
    government_role = paragraph(
        "De rol van gemeenten en provincie",
        hint="Wat doen zij, en wat vraagt het pact van hen? Deze rol blijft vaak onuitgesproken.",
    )


class AmbitionForm(LinkedForm):
    needed = ("text",)

    text = paragraph("Ambitie", hint="Wat wil het pact bereiken, en voor wie?")
    questions = paragraph("Deelvragen", hint="Is de ambitie breed? Splits haar in vragen, één per regel.")
    long_term_effect = paragraph(
        "Effect op lange termijn", hint="Wat is er over vijf jaar anders? Per deelvraag één regel."
    )


class NewResultForm(LinkedForm):
    needed = ("title", "target", "by_when")

    title = line("Beoogd resultaat", hint="Bijvoorbeeld: medewerkers leren werken met zorgtechnologie.")
    kind = choice("Te meten als", IntendedResultVersion.Kind.choices, empty="Een getal")
    indicator = line("Indicator", hint="Waaraan is het te zien? Bijvoorbeeld: aantal medewerkers met een training.")
    unit = line("Eenheid", hint="Bijvoorbeeld: medewerkers.", longest=60)
    baseline = line("Beginstand", longest=60)
    target = line("Doel", hint="Bijvoorbeeld: 120.", longest=200)
    by_when = when("Wanneer")


class FrozenLinkForm(LinkedForm):
    """A frozen result in the triangle: its text stands, its activities may change."""


class ActivityForm(RowForm):
    """A point of the action agenda."""

    status = choice("Stand", AgendaItem.Status.choices, empty="Niet veranderd")
    status_reason = line("Reden", hint="Nodig bij gestopt en uitgesteld.", longest=200)
    news = paragraph("Nieuws", hint="Wat gebeurde er sinds de vorige keer?")


class NewActivityForm(ActivityForm):
    needed = ("title", "status")

    title = line("Activiteit", longest=200)
    kind = choice("Soort", AgendaItem.Kind.choices, empty="Project")
    field_order = ["title", "kind", "status", "status_reason", "news"]


class ResultForm(RowForm):
    """What came of one frozen result."""

    folded = ("new_target", "new_by_when", "is_dropped", "change_reason")
    folded_title = "Het doel verandert of vervalt"

    reached = line("Bereikt", hint="Een getal, bijvoorbeeld 96.", longest=200)
    reached_on = when("Gemeten op")
    source = line("Waar staat dat?", hint="Bijvoorbeeld: eigen telling van het leerbedrijf.", longest=200)
    story = paragraph("Hoe kwam dat?", hint="Wat hielp, wat zat in de weg? Eén alinea is genoeg.")
    not_reached_because = paragraph(
        "Niet gelukt, want", hint="Niet gelukt is net zo nuttig om te weten als wel gelukt.", rows=2
    )
    new_target = line("Nieuw doel", hint="Alleen als het doel verandert. Het oude blijft zichtbaar.", longest=200)
    new_by_when = when("Nieuwe datum")
    is_dropped = forms.BooleanField(label="Dit resultaat vervalt", required=False)
    change_reason = line("Waarom verandert of vervalt het?", longest=500)

    def clean_reached(self):
        reached = self.cleaned_data["reached"]
        is_number = self.row is None or self.row.kind == IntendedResultVersion.Kind.NUMBER
        if reached and is_number and as_number(reached) is None:
            raise forms.ValidationError(f"Vul een getal in. U schreef “{reached}”.")
        return reached

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.get(name) for name in ("new_target", "new_by_when", "is_dropped")) and not cleaned.get(
            "change_reason"
        ):
            self.add_error("change_reason", "Schrijf op waarom. De reden blijft bij het oude doel staan.")
        return cleaned


def as_number(typed):
    """`typed` as a number the Dutch way ("1.250", "12,5", "60 %"), or None."""
    plain = typed.replace("%", "").replace(" ", "").replace("\xa0", "")
    if plain.count(",") <= 1 and "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1 or (plain.count(".") == 1 and len(plain.rpartition(".")[2]) == 3):
        plain = plain.replace(".", "")
    try:
        return float(plain) if plain.isascii() and plain[-1:].isdigit() and "e" not in plain.lower() else None
    except ValueError:
        return None


class QualityForm(RowForm):
    needed = ("text",)

    text = paragraph("Resultaat in woorden", hint="Wat is er te zien dat zich niet laat tellen?")


class FailedForm(RowForm):
    needed = ("text", "because")

    text = paragraph("Wat werkte niet?", rows=2)
    because = paragraph("Waarom niet?", rows=2)


class EffectForm(RowForm):
    needed = ("group", "seen", "evidence")
    EVIDENCE = [("verhaal", "een verhaal"), ("eigen-cijfers", "eigen cijfers"), ("onderzoek", "onderzoek")]

    group = choice("Voor wie", [])
    effect = choice("Welk effect", [], empty="Een ander effect")
    intended = paragraph("Beoogd", rows=2)
    seen = paragraph("Gezien", hint="Wat merken zij ervan? Nog niets gezien is ook een antwoord.", rows=2)
    evidence = choice("Hoe sterk is het bewijs?", EVIDENCE)

    def set_choices(self, context):
        self.fields["group"].choices = [("", "Maak een keuze"), *context.effect_groups]
        self.fields["effect"].choices = [("", "Een ander effect"), *context.effect_choices]


class ElementForm(RowForm):
    """One of the five working elements, as the pact sees itself."""

    needed = ("step",)

    step = choice("Waar staat het pact?", [], radio=True)
    words = paragraph("In eigen woorden", rows=2)

    def set_choices(self, context):
        texts = {s.step: s.text for s in self.row.steps.all()} if self.row else {}
        self.fields["step"].choices = [
            (str(step.value), f"{step.label}: {texts[step.value]}" if step.value in texts else step.label)
            for step in ElementStep.Step
        ]


class PhaseForm(SectionForm):
    phase = choice("In welke fase ziet het pact zichzelf?", [])
    phase_evidence = paragraph("Waaraan is dat te zien?")

    def set_choices(self, context):
        self.fields["phase"].choices = [("", "Maak een keuze"), *((p.slug, p.name) for p in context.phases)]


class LessonForm(RowForm):
    needed = ("text",)

    themes = several("Thema’s")

    def set_choices(self, context):
        self.fields["themes"].choices = [(t.slug, t.name) for t in context.themes]


class SuccessForm(LessonForm):
    text = paragraph("Wat hielp?")
    field_order = ["text", "themes"]


class BottleneckForm(LessonForm):
    text = paragraph("Wat zat in de weg?")
    because = paragraph("Waardoor?", hint="Een regel, geld, mensen, iets anders?", rows=2)
    is_beyond_region = forms.BooleanField(label="Dit is groter dan onze regio", required=False)
    field_order = ["text", "because", "is_beyond_region", "themes"]


class FateForm(RowForm):
    """What came of an earlier agreement."""

    needed = ("fate",)

    fate = choice("Hoe liep het af?", Agreement.Fate.choices, radio=True)
    because = line("Want", hint="Nodig als de afspraak wijzigde of verviel.", longest=500)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("fate") in (Agreement.Fate.CHANGED, Agreement.Fate.DROPPED) and not cleaned.get("because"):
            self.add_error("because", "Schrijf op waarom de afspraak wijzigde of verviel.")
        return cleaned


class AgreementForm(RowForm):
    needed = ("text", "who", "by_when")

    text = line("Wat spreken we af?", longest=500)
    who = line("Welke organisatie doet het?", longest=200)
    by_when = when("Voor wanneer")


class IntentionForm(SectionForm):
    text = paragraph("Wat neemt het pact zich voor?", hint="Voor de komende periode, los van de afspraken.", rows=6)


class PartnerViewForm(forms.Form):
    """The one form of a partner: scores and words per working element, the ambition, a note, and who may see it."""

    # The page says once that nothing is required.
    is_draft = True

    def __init__(self, *args, elements, **kwargs):
        super().__init__(*args, **kwargs)
        self.elements = elements
        for element in elements:
            texts = {s.step: s.text for s in element.steps.all()}
            steps = [
                (str(s.value), f"{s.label}: {texts[s.value]}" if s.value in texts else s.label)
                for s in ElementStep.Step
            ]
            self.fields[f"score-{element.slug}"] = choice("Waar staat het pact?", steps, radio=True)
            self.fields[f"words-{element.slug}"] = paragraph("Toelichting", rows=2, longest=2000)
            self.fields[f"share-{element.slug}"] = self._share("Wie mag deze toelichting lezen?")
        self.fields["share-scores"] = self._share("Wie mag uw antwoorden op de schaal zien?")
        self.fields["words-ambition"] = paragraph("Hoe kijkt uw organisatie naar de ambitie?", longest=3000)
        self.fields["share-ambition"] = self._share("Wie mag dit lezen?")
        self.fields["words-note"] = paragraph("Wilt u nog iets kwijt?", longest=3000)
        self.fields["share-note"] = self._share("Wie mag dit lezen?")

    def clean(self):
        if not any(value for name, value in self.cleaned_data.items() if not name.startswith("share-")):
            raise forms.ValidationError("U hebt nog niets ingevuld. Kies een antwoord of schrijf iets op.")
        shares = [name for name in self.fields if name.startswith("share-")]
        return self.cleaned_data | {n: self.cleaned_data.get(n) or PartnerView.Share.UNNAMED.value for n in shares}

    def label_of(self, name):
        """What a field is called where it stands alone."""
        about = name.partition("-")[2]
        title = next((e.title for e in self.elements if e.slug == about), "")
        return f"{title}: {self.fields[name].label}" if title else self.fields[name].label

    def in_words(self, name, value):
        return dict(getattr(self.fields[name], "choices", ())).get(value, value)

    @staticmethod
    def _share(label):
        field = choice(label, PartnerView.Share.choices, radio=True)
        field.initial = PartnerView.Share.UNNAMED
        return field
