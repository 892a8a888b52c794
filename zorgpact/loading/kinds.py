"""What can stand in `content/`: for each kind of record its model, its key, and the rows that hang on it."""

from dataclasses import dataclass

from geography.models import Municipality, Province
from kopgroep import models as kopgroep
from organisations import models as organisations
from programme import models as programme
from regels import models as regels
from regions import models as regions
from search import models as search
from themes import models as themes
from volgspot import models as volgspot


@dataclass(frozen=True)
class Rows:
    """Rows that belong to a record, written as a list inside it.

    `short` is the field that is meant when an item is one word instead of a mapping.
    """

    name: str
    model: type
    owner: str
    short: str = ""

    @property
    def is_tagged(self):
        return _has(self.model, "is_sample")

    @property
    def is_published(self):
        return _has(self.model, "published_at")


@dataclass(frozen=True)
class Kind:
    """One file: its name, its model, and by which field a record is known."""

    name: str
    model: type
    key: str = "slug"
    rows: tuple = ()

    @property
    def is_published(self):
        return _has(self.model, "published_at")

    @property
    def is_tagged(self):
        return _has(self.model, "is_sample")


def _has(model, name):
    return any(f.name == name for f in model._meta.get_fields())


PACT_ROWS = (
    Rows("area", regions.AreaMunicipality, "pact", short="municipality"),
    Rows("functions", regions.PactFunction, "pact", short="function"),
    Rows("themes", regions.PactTheme, "pact", short="theme"),
    Rows("participations", regions.PactParticipation, "pact", short="organisation"),
    Rows("phase_changes", regions.PhaseChange, "pact"),
    Rows("earlier_cooperations", regions.EarlierCooperation, "pact"),
    Rows("subregions", regions.Subregion, "pact"),
    Rows("overlaps", regions.LayoutOverlap, "pact"),
    Rows("vraagstukken", regions.Vraagstuk, "pact"),
    Rows("agenda", regions.AgendaItem, "pact"),
)
KOPLOPER_ROWS = (
    Rows("themes", kopgroep.KoploperTheme, "koploper", short="theme"),
    Rows("participations", kopgroep.KoploperParticipation, "koploper", short="organisation"),
    Rows("results", kopgroep.Result, "koploper"),
    Rows("effects", kopgroep.KoploperEffect, "koploper"),
    Rows("voices", kopgroep.Voice, "koploper"),
    Rows("adoptions", kopgroep.Adoption, "koploper"),
)

# In the order in which they are read: what is pointed at comes first.
KINDS = [
    Kind("sources", programme.Source),
    Kind("facts", programme.Fact),
    Kind("figures", programme.Figure),
    Kind("tips", programme.Tip),
    Kind("terms", programme.Term),
    Kind("lost_pictures", programme.LostPicture, key="number"),
    Kind("themes", themes.Theme),
    Kind("insights", themes.Insight),
    Kind("traits", themes.CommonTrait),
    Kind("tools", themes.Tool),
    Kind("elements", themes.WorkingElement, rows=(Rows("steps", volgspot.ElementStep, "element"),)),
    Kind("element_examples", themes.ElementExample),
    Kind("organisation_kinds", organisations.OrganisationKind),
    Kind("care_branches", organisations.CareBranch),
    Kind("education_levels", organisations.EducationLevel),
    Kind("phases", regions.Phase),
    Kind("functions", regions.Function),
    Kind("region_layouts", regions.RegionLayout),
    Kind("funding_streams", regions.FundingStream),
    Kind("cooperation_forms", kopgroep.CooperationForm),
    Kind("challenges", kopgroep.Challenge),
    Kind("result_areas", kopgroep.ResultArea),
    Kind("effects", kopgroep.Effect),
    Kind("sustaining_agreements", kopgroep.SustainingAgreement),
    Kind("organisations", organisations.Organisation),
    Kind("pacts", regions.RegionalPact, rows=PACT_ROWS),
    Kind("koplopers", kopgroep.Koploper, rows=KOPLOPER_ROWS),
    Kind("ministries", regels.Ministry),
    Kind("rules", regels.Rule, rows=(Rows("versions", regels.RuleVersion, "rule"),)),
    Kind(
        "obstacles",
        regels.Obstacle,
        rows=(Rows("moves", regels.ObstacleMove, "obstacle"), Rows("words", regels.HelpedWords, "obstacle")),
    ),
    Kind("cases", regels.Case, rows=(Rows("rules", regels.CaseRule, "case", short="rule"),)),
    Kind("text_blocks", regels.TextBlock, key="title"),
    Kind("schemes", regels.Scheme, rows=(Rows("grants", regels.Grant, "scheme"),)),
    Kind("synonyms", search.Synonym, key="word"),
]
# By what a record of each model is pointed at.
KEYS = {kind.model: kind.key for kind in KINDS} | {Municipality: "slug", Province: "slug"}
# Never compared and never written: they belong to the portal, not to the content.
OWN_FIELDS = {"version", "updated_at", "confirmed_by", "recorded_by", "recorded_at"}
