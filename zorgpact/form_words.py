"""What a form says when something is wrong: how to mend it, in our words instead of Django's."""

from django import forms
from django.core import validators

REQUIRED = "Vul dit veld in."
EMAIL = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
NOT_OFFERED = "Kies iets uit de lijst: “%(value)s” staat er niet in."

WORDS = {
    forms.Field: {"required": REQUIRED},
    forms.IntegerField: {"invalid": "Vul een heel getal in, bijvoorbeeld 12."},
    forms.FloatField: {"invalid": "Vul een getal in, bijvoorbeeld 12,5."},
    forms.DecimalField: {"invalid": "Vul een getal in, bijvoorbeeld 12,5."},
    forms.DateField: {"invalid": "Vul een datum in, bijvoorbeeld 31-12-2026."},
    forms.TimeField: {"invalid": "Vul een tijd in, bijvoorbeeld 14:03."},
    forms.DateTimeField: {"invalid": "Vul een datum en een tijd in, bijvoorbeeld 31-12-2026 14:03."},
    forms.SplitDateTimeField: {
        "invalid_date": "Vul een datum in, bijvoorbeeld 31-12-2026.",
        "invalid_time": "Vul een tijd in, bijvoorbeeld 14:03.",
    },
    forms.URLField: {"invalid": "Vul een adres in dat begint met https://, bijvoorbeeld https://www.voorbeeld.nl."},
    forms.FileField: {"required": "Kies een bestand.", "missing": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    forms.ChoiceField: {"required": "Maak een keuze.", "invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {"required": "Maak een keuze.", "invalid_choice": NOT_OFFERED},
    forms.ModelChoiceField: {"required": "Maak een keuze.", "invalid_choice": NOT_OFFERED},
    forms.ModelMultipleChoiceField: {"required": "Maak een keuze.", "invalid_choice": NOT_OFFERED},
}


def use():
    """For every form, those of the packages and of the admin too."""
    for field, words in WORDS.items():
        # A dictionary of its own: some of Django's share that of their parent.
        field.default_error_messages = {**field.default_error_messages, **words}
    validators.EmailValidator.message = EMAIL
    validators.validate_email.message = EMAIL
    validators.URLValidator.message = WORDS[forms.URLField]["invalid"]
