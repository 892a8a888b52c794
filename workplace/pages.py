"""Which parts of a public page its project leaders change themselves, and with what form.

Who takes part, who leads and in which phase a pact is, are not among them: those are proposed, see `proposals.py`.
"""

from dataclasses import dataclass, field

from django import forms
from django.http import Http404

from kopgroep.models import Adoption, Koploper, Result
from regions.models import AgendaItem, RegionalPact
from themes.models import Theme
from zorgpact.admin_forms import MainForm, plain_field


class PartForm(MainForm):
    """A part of a page, or one row on it. Somebody who changes another part does not make it old."""

    watches_record = False


class AgendaForm(PartForm):
    constraint_fields = {"stopped_agenda_item_has_a_reason": "status_reason"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance
        self.fields["theme"].queryset = Theme.objects.published() | Theme.objects.filter(pk=item.theme_id)
        for name, offered in (("vraagstuk", item.pact.vraagstukken), ("subregion", item.pact.subregions)):
            self.fields[name].queryset = offered.all()
            if not offered.exists():
                del self.fields[name]


class ResultForm(PartForm):
    constraint_fields = {"result_number_has_a_unit": "unit"}


def form_of(model, *fields, base=PartForm):
    return forms.modelform_factory(model, form=base, fields=fields, formfield_callback=plain_field)


@dataclass(frozen=True)
class Part:
    """One part of a page. With `rows` it is a list, of which each row has a form of its own."""

    slug: str
    title: str
    lead: str
    form: type
    rows: str = ""
    one: str = ""
    can_be_removed: bool = True


@dataclass(frozen=True)
class Page:
    """The public page of one kind of record. The kind is also what a row calls its record."""

    model: type
    parts: dict = field(default_factory=dict)

    def find(self, user, slug):
        """The record by its short name, for whoever leads it today; for others it does not exist."""
        record = self.model.objects.led_by(user).filter(slug=slug).first()
        if record is None:
            raise Http404
        return record


def _by_slug(*parts):
    return {part.slug: part for part in parts}


PAGES = {
    "pact": Page(
        RegionalPact,
        _by_slug(
            Part(
                "verhaal",
                "Verhaal",
                "Waar het pact om draait, en hoe iemand meedoet.",
                form_of(RegionalPact, "summary", "story", "how_to_join", "website"),
            ),
            Part(
                "ambitie",
                "Ambitie",
                "Wat het pact wil bereiken, en wat de overheid daarin doet.",
                form_of(RegionalPact, "ambition", "national_tie", "government_role", "municipality_gain"),
            ),
            Part(
                "werkwijze",
                "Hoe het pact werkt",
                "Bestuur, projectgroepen en middelen.",
                form_of(RegionalPact, "governance", "project_groups", "means", "refinancing"),
            ),
            Part(
                "actieagenda",
                "Actieagenda",
                "Projecten en activiteiten. Gaat iets niet door? Zet het op gestopt, met de reden erbij.",
                form_of(
                    AgendaItem,
                    "title",
                    "goal",
                    "kind",
                    "domain",
                    "vraagstuk",
                    "subregion",
                    "theme",
                    "status",
                    "status_reason",
                    "planned_from",
                    "planned_until",
                    "preconditions",
                    base=AgendaForm,
                ),  # fmt: skip
                rows="agenda",
                one="punt",
                # A report of the Volgspot may tell of it.
                can_be_removed=False,
            ),
        ),
    ),
    "koploper": Page(
        Koploper,
        _by_slug(
            Part(
                "verhaal",
                "Verhaal",
                "Wat het is, voor wie niets weet, en hoe u werkt.",
                form_of(Koploper, "summary", "story", "method", "website"),
            ),
            Part(
                "zelf-toepassen",
                "Zelf toepassen",
                "Wat een ander nodig heeft om dit ook te doen.",
                form_of(
                    Koploper,
                    "needs_conditions",
                    "needs_people",
                    "needs_money",
                    "time_to_first_result",
                    "what_went_wrong",
                    "challenges_note",
                    "sustaining_note",
                    "advice",
                ),  # fmt: skip
            ),
            Part(
                "resultaten",
                "Resultaten",
                "Wat de koploper bereikte, met een getal waar dat er is.",
                form_of(Result, "title", "area", "number", "unit", "year", base=ResultForm),
                rows="results",
                one="resultaat",
            ),
            Part(
                "overgenomen",
                "Overgenomen door",
                "Andere regio’s die (een deel van) deze koploper overnamen. Weet u niet alles? Laat leeg wat u niet weet.",
                form_of(
                    Adoption, "by_whom", "municipality", "which_part", "what_changed", "since", "still_running"
                ),  # fmt: skip
                rows="adoptions",
                one="overname",
            ),
        ),
    ),
}
