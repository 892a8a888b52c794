"""What each of the nine sections holds, and how it is read from a form and put back in one.

The `data` of a section is what was typed, as text: `{field: text}` for what is there once, and for rows
`{name: [{"id": row, field: text}, …]}`. A field of several choices holds a list. Rows keep their `id`, so that a
remark, a link of the triangle and the next round find them again.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from django import forms as django_forms
from django.utils.datastructures import MultiValueDict

from . import forms
from .models import SectionKind

MOST_ROWS = 200
THEIRS = "theirs"
ROW_ID = re.compile(r"[a-z0-9-]{1,80}")
# All but the ends of lines and tabs.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Rows:
    """Several of the same sort. `known` gives (row id, record) of those that are there without being added.

    `none` says why there is none, where somebody cannot add one.
    """

    name: str
    form: type
    title: str
    one: str
    known: object = None
    none: str = ""

    @property
    def can_be_added(self):
        return self.known is None

    @property
    def first_field(self):
        return next(name for name in self.form.field_order or self.form.base_fields if name not in self.form.last)


@dataclass(frozen=True)
class SectionType:
    kind: SectionKind
    lead: str
    form: type = None
    rows: tuple = ()

    def rows_named(self, name):
        return next((rows for rows in self.rows if rows.name == name), None)


def frozen(context):
    return [(f"result-{version.result_id}", version) for version in context.frozen_results]


def agenda(context):
    return [(f"item-{item.pk}", item) for item in context.agenda]


def elements(context):
    return [(element.slug, element) for element in context.elements]


def earlier(context):
    return [(f"agreement-{agreement.pk}", agreement) for agreement in context.earlier_agreements]


NOT_FROZEN = "Er ligt nog geen resultaat vast. Wat u hieronder toevoegt, ligt vast zodra het verslag is vastgesteld."
NO_AGENDA = "Er staat nog niets op de actieagenda van het pact."
NO_RESULTS = "Er ligt nog geen beoogd resultaat vast. Een nieuw beoogd resultaat noemt u bij Vraag en driehoek."
NO_EARLIER = "Er zijn geen afspraken van eerder."

SECTIONS = {
    section.kind: section
    for section in (
        SectionType(
            SectionKind.MEETINGS,
            "Wanneer spraken de partners elkaar, en wie waren erbij?",
            rows=(Rows("meetings", forms.MeetingForm, "Bijeenkomsten", "bijeenkomst"),),
        ),
        SectionType(
            SectionKind.TRIANGLE,
            "Wat wil het pact, wat doet het daarvoor, en waaraan is te zien dat het lukt?",
            form=forms.QuestionForm,
            rows=(
                Rows("ambitions", forms.AmbitionForm, "Ambities", "ambitie"),
                Rows("planned", forms.FrozenLinkForm, "Vastgelegde resultaten", "resultaat", frozen, NOT_FROZEN),
                Rows("results", forms.NewResultForm, "Nieuwe beoogde resultaten", "beoogd resultaat"),
            ),
        ),
        SectionType(
            SectionKind.ACTIVITIES,
            "Hoe staat het met de actieagenda? Na vaststelling verandert de agenda op de pagina van het pact mee.",
            rows=(
                Rows("items", forms.ActivityForm, "De actieagenda", "punt", agenda, NO_AGENDA),
                Rows("new", forms.NewActivityForm, "Nieuw op de agenda", "activiteit"),
            ),
        ),
        SectionType(
            SectionKind.RESULTS,
            "Leg naast elkaar wat u wilde bereiken en wat ervan kwam. Niet gelukt is net zo nuttig om te weten als wel gelukt.",
            rows=(
                Rows("results", forms.ResultForm, "Beoogd en bereikt", "resultaat", frozen, NO_RESULTS),
                Rows("words", forms.QualityForm, "Resultaten in woorden", "resultaat"),
                Rows("failed", forms.FailedForm, "Wat niet werkte, en waarom", "ervaring"),
            ),
        ),
        SectionType(
            SectionKind.EFFECTS,
            "Wat merken studenten, zorggebruikers en zorgmedewerkers ervan?",
            rows=(Rows("effects", forms.EffectForm, "Effecten", "effect"),),
        ),
        SectionType(
            SectionKind.COOPERATION,
            "Hoe werken de partners samen? Leg uw blik naast die van de partners.",
            form=forms.PhaseForm,
            rows=(Rows("elements", forms.ElementForm, "Werkzame elementen", "element", known=elements),),
        ),
        SectionType(
            SectionKind.LESSONS,
            "Wat hielp, en wat zat in de weg? Andere regio’s leren hiervan.",
            rows=(
                Rows("success", forms.SuccessForm, "Succesfactoren", "succesfactor"),
                Rows("bottlenecks", forms.BottleneckForm, "Knelpunten", "knelpunt"),
            ),
        ),
        SectionType(
            SectionKind.AGREEMENTS,
            "Wat werd er van de vorige afspraken, en wat spreken de partners nu af?",
            rows=(
                Rows("earlier", forms.FateForm, "Afspraken van eerder", "afspraak", earlier, NO_EARLIER),
                Rows("agreements", forms.AgreementForm, "Nieuwe afspraken", "afspraak"),
            ),
        ),
        SectionType(SectionKind.INTENTIONS, "Wat neemt het pact zich voor?", form=forms.IntentionForm),
    )
}


def clean_text(typed):
    """As it was typed, without what can only confuse: one way of writing accents and line ends, nothing invisible."""
    return CONTROL.sub("", unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def from_post(section_type, post, old, context):
    """The `data` of a section from what a form sent. Fields that the form did not show stay as they are in `old`.

    A row says that it was sent by a hidden field with the name of its set and its id. Fields that are named in
    `theirs` stay as they are too: there somebody chose what the other wrote.
    """
    theirs = set(post.getlist(THEIRS))
    data = {}
    if section_type.form:
        for name, form_field in section_type.form.base_fields.items():
            data[name] = _typed(form_field, post, name, old.get(name), theirs)
    for rows in section_type.rows:
        before = {row["id"]: row for row in old.get(rows.name, [])}
        ids = dict.fromkeys(pk for pk in post.getlist(rows.name) if ROW_ID.fullmatch(pk))
        if rows.known:
            known = {pk for pk, _record in rows.known(context)}
            # What the page did not hold, such as a result that came in meanwhile, stays.
            ids = dict.fromkeys([*(pk for pk in ids if pk in known), *before])
        data[rows.name] = [
            {"id": pk}
            | {
                name: value
                for name, form_field in rows.form.base_fields.items()
                if (
                    value := _typed(form_field, post, f"{rows.name}-{pk}-{name}", before.get(pk, {}).get(name), theirs)
                    if pk in post.getlist(rows.name)
                    else before.get(pk, {}).get(name)
                )
            }
            for pk in list(ids)[:MOST_ROWS]
        ]
    return data


def _typed(form_field, post, name, before, theirs):
    if name in theirs:
        return before or ""
    if isinstance(form_field, django_forms.MultipleChoiceField):
        # Boxes that are all off send nothing: a hidden field says that they were on the page.
        shown = f"{name}-shown" in post
        return [clean_text(value) for value in post.getlist(name)] if shown else before or []
    if isinstance(form_field, django_forms.BooleanField):
        return "on" if post.get(name) else ""
    return clean_text(post[name]) if name in post else before or ""


def merged(section_type, mine, theirs):
    """What was typed by two at once: mine, with the rows that only the other has."""
    both = dict(mine)
    for rows in section_type.rows:
        ids = {row["id"] for row in mine.get(rows.name, [])}
        both[rows.name] = [*mine.get(rows.name, []), *(r for r in theirs.get(rows.name, []) if r["id"] not in ids)]
    return both


def new_row_id():
    """An id that no row ever had: what was removed may still be named by a remark."""
    return f"r{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Forms:
    """The forms of a section, bound to what was typed: the one of what is there once, and of each set of rows its own."""

    single: django_forms.Form | None
    of_rows: dict

    @classmethod
    def of(cls, section_type, data, context):
        form = section_type.form
        return cls(
            form(_bound(form, data), context=context) if form else None,
            {rows.name: list(_row_forms(rows, data, context)) for rows in section_type.rows},
        )

    def __iter__(self):
        yield from [self.single] if self.single else []
        for forms_of_rows in self.of_rows.values():
            yield from forms_of_rows


def _row_forms(rows, data, context):
    """First the known rows in their order, or else those that were added."""
    typed = {row["id"]: row for row in data.get(rows.name, [])}
    records = dict(rows.known(context)) if rows.known else dict.fromkeys(typed)
    for pk, record in records.items():
        prefix = f"{rows.name}-{pk}"
        form = rows.form(_bound(rows.form, typed.get(pk, {}), prefix), prefix=prefix, context=context, row=record)
        form.row_id = pk
        yield form


def _bound(form_class, values, prefix=""):
    start = f"{prefix}-" if prefix else ""
    return MultiValueDict(
        {
            f"{start}{name}": value if isinstance(value, list) else [value]
            for name in form_class.base_fields
            if (value := values.get(name)) is not None
        }
    )


def is_empty(row):
    """Whether nothing was typed in a row."""
    return not any(value for name, value in row.items() if name not in ("id", "audience"))


def has_content(section):
    """Whether anything was typed in a section."""
    return any(
        any(not is_empty(row) for row in value) if isinstance(value, list) else value for value in section.data.values()
    )
