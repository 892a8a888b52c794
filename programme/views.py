"""What the programme says of itself."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.shortcuts import render

from organisations.models import TRIANGLE, OrganisationKind
from regions.models import Function, Phase

from .models import Fact, Figure, LostPicture, Source, Term

# The publication that most facts come from.
PUBLICATION = "platform31-2018"
# What a group of sources is called.
KINDS = {
    Source.Kind.PUBLICATION: "Andere publicaties",
    Source.Kind.WEB_PAGE: "Webpagina’s",
    Source.Kind.NEWS: "Nieuwsberichten",
    Source.Kind.MAGAZINE: "Artikelen uit magazines",
    Source.Kind.REGULATION: "Regelingen",
    Source.Kind.DATA: "Gegevens",
}


@dataclass
class Subject:
    """The published numbers about one thing."""

    name: str
    figures: list = field(default_factory=list)

    @property
    def is_disputed(self):
        """Whether sources give different numbers for what they call the same."""
        values = {}
        for figure in self.figures:
            values.setdefault(figure.label, set()).add(figure.value)
        return any(len(found) > 1 for found in values.values())


def about(request):
    facts = Fact.objects.published().prefetch_related(Prefetch("sources", Source.objects.published()))
    kinds = list(OrganisationKind.objects.all())
    return render(
        request,
        "programme/about.html",
        {
            "sections": _grouped(facts, Fact.Section, "section"),
            "corners": [(corner, [kind for kind in kinds if kind.corner == corner]) for corner in TRIANGLE],
            "phases": list(Phase.objects.select_related("source")),
            "functions": list(Function.objects.all()),
            "subjects": _subjects(Figure.objects.published().select_related("source")),
            "glossary": _grouped(Term.objects.published().select_related("source"), Term.Kind, "kind"),
        },
    )


def sources(request):
    found = list(Source.objects.published())
    publication = next((source for source in found if source.slug == PUBLICATION), None)
    others = [source for source in found if source != publication and not source.in_bibliography]
    return render(
        request,
        "programme/sources.html",
        {
            "publication": publication,
            "bibliography": [source for source in found if source.in_bibliography and source != publication],
            "groups": [(kind, KINDS[kind], members) for kind, members in _grouped(others, Source.Kind, "kind")],
            "pictures": list(LostPicture.objects.published().select_related("source")),
        },
    )


def _grouped(records, choices, name):
    """The records by one of their choices, in the order of the choices; without the empty groups."""
    groups = {choice: [] for choice in choices}
    for record in records:
        groups[choices(getattr(record, name))].append(record)
    return [(choice, members) for choice, members in groups.items() if members]


def _subjects(figures):
    """The numbers by what they are about, in the order of the first of each."""
    subjects = {}
    for figure in figures:
        subjects.setdefault(figure.subject, Subject(figure.subject)).figures.append(figure)
    return list(subjects.values())
