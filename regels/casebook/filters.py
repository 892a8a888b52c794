"""How the lists of cases, obstacles and schemes can be narrowed."""

from django.db.models import F

from kopgroep.models import Koploper
from organisations.models import OrganisationKind
from regels.models import Case, CaseRule, Grant, Ministry, Obstacle, Origin, Outcome, Rule, Scheme
from regels.models.case import AGES, FRESHNESS
from regels.models.scheme import used_by_any
from regions.models import Phase, RegionalPact
from themes.models import Theme
from zorgpact.lists import Facet, ListFilter, OwnFacet


def _capitals(choices):
    return [(slug, label[0].upper() + label[1:]) for slug, label in choices]


def of_ministry(model):
    return Facet(label="Ministerie", rows=model.objects.all, choice="ministry__slug", choices=Ministry.objects.all)


def of_theme(model, owner):
    return Facet(
        label="Thema",
        rows=lambda: model.themes.through.objects.filter(theme__in=Theme.objects.published()),
        owner=owner,
        choice="theme__slug",
        choices=Theme.objects.published,
    )


def of_kind(model, owner):
    return Facet(
        label="Soort organisatie",
        rows=model.organisation_kinds.through.objects.all,
        owner=owner,
        choice="organisationkind__slug",
        choices=OrganisationKind.objects.all,
    )


def of_rule(rows, owner):
    return Facet(
        label="Regel",
        rows=lambda: rows.objects.filter(rule__in=Rule.objects.published()),
        owner=owner,
        choice="rule__slug",
        choices=Rule.objects.published,
    )


def of_pact(rows, owner="pk"):
    return Facet(
        label="Regionaal pact",
        rows=lambda: rows.objects.filter(pact__in=RegionalPact.objects.published()),
        owner=owner,
        choice="pact__slug",
        choices=RegionalPact.objects.published,
        quiet=True,
    )


def of_koploper(rows, owner="pk"):
    return Facet(
        label="Koploper",
        rows=lambda: rows.objects.filter(koploper__in=Koploper.objects.published()),
        owner=owner,
        choice="koploper__slug",
        choices=koplopers_by_title,
        quiet=True,
    )


def koplopers_by_title():
    return Koploper.objects.published().annotate(name=F("title"))


class UsedBy(Facet):
    """The koploper that used a scheme or got something from it: as on the page of the koploper, not one of the two."""

    def owners(self, value):
        return used_by_any(Koploper.objects.published().filter(slug__in=value).values("pk"))


class CaseFilter(ListFilter):
    ministerie = of_ministry(Case)
    thema = of_theme(Case, "case")
    regel = of_rule(CaseRule, "case")
    uitkomst = OwnFacet(label="Uitkomst", choice="outcome", choices=_capitals(Outcome.choices))
    herkomst = OwnFacet(label="Van wie de regel echt was", choice="origin", choices=_capitals(Origin.choices))
    organisatie = of_kind(Case, "case")
    nagekeken = OwnFacet(label="Laatst nagekeken", annotate=lambda cases: cases.with_age(), choice="age", choices=AGES)
    status = OwnFacet(
        label="Klopt het nog?", annotate=lambda cases: cases.with_freshness(), choice="freshness", choices=FRESHNESS
    )
    belemmering = Facet(
        label="Belemmering",
        rows=lambda: Case.objects.filter(obstacle__in=Obstacle.objects.published()),
        choice="obstacle__slug",
        choices=lambda: Obstacle.objects.published().annotate(name=F("title")),
        quiet=True,
    )
    pact = of_pact(Case)
    koploper = of_koploper(Case)

    kinds = ("casus",)
    sortings = {
        "nieuwste": ("Nieuwste eerst", ["-published_at", "-pk"]),
        "nagekeken": ("Laatst nagekeken", [F("checked_on").desc(nulls_last=True), "question", "pk"]),
        "naam": ("Vraag, van A tot Z", ["question", "pk"]),
    }

    class Meta:
        model = Case
        fields = []


class ObstacleFilter(ListFilter):
    status = OwnFacet(label="Stand", choice="status", choices=_capitals(Obstacle.Status.choices))
    ministerie = of_ministry(Obstacle)
    thema = of_theme(Obstacle, "obstacle")
    regel = of_rule(Obstacle.rules.through, "obstacle")
    organisatie = of_kind(Obstacle, "obstacle")
    pact = of_pact(Obstacle)
    koploper = of_koploper(Obstacle)

    kinds = ("belemmering",)
    sortings = {
        "bewogen": ("Laatst bewogen", [F("moved_on").desc(nulls_last=True), "title", "pk"]),
        "gemeld": ("Vaakst gemeld", ["-also_mine", "title", "pk"]),
        "naam": ("Naam", ["title", "pk"]),
    }

    class Meta:
        model = Obstacle
        fields = []


class SchemeFilter(ListFilter):
    status = OwnFacet(
        label="Stand",
        annotate=lambda schemes: schemes.with_state(),
        choice="state_now",
        choices=_capitals(Scheme.State.choices),
    )
    ministerie = of_ministry(Scheme)
    thema = of_theme(Scheme, "scheme")
    fase = Facet(
        label="Past bij fase",
        rows=Scheme.phases.through.objects.all,
        owner="scheme",
        choice="phase__slug",
        choices=Phase.objects.all,
    )
    pact = of_pact(Grant, "scheme")
    koploper = UsedBy(
        label="Koploper",
        rows=Scheme.koplopers.through.objects.all,
        owner="scheme",
        choice="koploper__slug",
        choices=koplopers_by_title,
        quiet=True,
    )

    kinds = ("regeling",)
    # By ministry: those of none come last.
    by_ministry = [
        F("ministry__position").asc(nulls_last=True),
        F("ministry__name").asc(nulls_last=True),
        "name",
        "pk",
    ]
    sortings = {
        "ministerie": ("Ministerie", by_ministry),
        "sluit": ("Wat het eerst sluit", [F("closes_on").asc(nulls_last=True), "name", "pk"]),
        "naam": ("Naam", ["name", "pk"]),
    }

    class Meta:
        model = Scheme
        fields = []
