"""The steps of asking a question: what stands in each, what was typed, and what is still to do."""

from dataclasses import dataclass

from django import forms
from django.urls import reverse

from . import citizen_numbers
from .forms import AnswerForm, PlaceForm, QuestionForm, RuleForm


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    lead: str = ""
    form_class: type | None = None

    @property
    def number(self):
        return STEPS.index(self) + 1

    @property
    def before(self):
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def next(self):
        return STEPS[self.number] if self.number < len(STEPS) else None

    def url(self, token):
        return reverse("regels:ask_step", args=[token, self.slug])


QUESTION = Step("vraag", "Uw vraag", "Schrijf het zoals u het een collega zou vertellen.", QuestionForm)
RULE = Step(
    "regel",
    "De regel",
    "Vaak mag er meer dan iemand denkt. Daarom willen wij weten van wie u hoorde dat het niet mag.",
    RuleForm,
)
PLACE = Step("waar", "Waar het speelt", "Zo komt uw vraag bij het goede ministerie.", PlaceForm)
FILES = Step("bijlagen", "Bijlagen", "Staat de regel in een brief of een reglement? Voeg die toe.")
ANSWER = Step(
    "antwoord",
    "Uw antwoord krijgen",
    "U hebt geen account nodig. Het antwoord komt per mail en op uw eigen pagina.",
    AnswerForm,
)
CHECK = Step("controle", "Kijk het na en verstuur", "U verstuurt uw vraag pas met de knop onderaan deze pagina.")
STEPS = (QUESTION, RULE, PLACE, FILES, ANSWER, CHECK)
WITH_FORM = tuple(step for step in STEPS if step.form_class)


def step_named(slug):
    return next((step for step in STEPS if step.slug == slug), None)


def typed_in(form_class, post):
    """What was typed in the fields of a form, right or not: a text, or a list where several may be chosen."""
    typed = {}
    for name, field in form_class.base_fields.items():
        if isinstance(field, forms.ModelMultipleChoiceField):
            typed[name] = post.getlist(name)
        elif name in post:
            typed[name] = post[name].replace("\r\n", "\n")
    return {name: value for name, value in typed.items() if value}


def form_of(draft, step):
    """The form of a step as it is kept, checked."""
    return step.form_class(draft.steps.get(step.slug, {}))


def form_to_fill(draft, step):
    """The same to type in: nobody is told what is missing before they had a chance."""
    return step.form_class(initial=draft.steps.get(step.slug, {}))


def forms_of(draft):
    """Step → its form as it is kept, for all that have one."""
    return {step: form_of(draft, step) for step in WITH_FORM}


def first_open(draft, forms=None):
    """The first step that was not filled in rightly; no later one is shown before it.

    `forms` may be those of `forms_of`: a form looks up what was chosen once, however often it is asked.
    """
    forms = forms or forms_of(draft)
    for step in STEPS[:-1]:
        if step.slug not in draft.steps or (step in forms and not forms[step].is_valid()):
            return step
    return CHECK


def in_words(form):
    """[(label, text)] of a form that was checked: what somebody sees who looks it over."""
    return [(field.label, _value(form, field)) for field in form]


def _value(form, field):
    value = form.cleaned_data.get(field.name, field.data)
    if isinstance(field.field, forms.ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value or ())
    if isinstance(field.field, forms.BooleanField):
        return "ja" if value else "nee"
    if isinstance(field.field, forms.ChoiceField) and not hasattr(field.field, "queryset"):
        return str(dict(field.field.choices).get(value, value or ""))
    return str(value or "")


def with_citizen_number(draft):
    """The steps in which somebody seems to have typed a citizen's service number."""
    return [
        step
        for step in WITH_FORM
        if any(
            isinstance(value, str) and citizen_numbers.holds_one(value)
            for value in draft.steps.get(step.slug, {}).values()
        )
    ]
