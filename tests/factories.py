"""The smallest valid object of every model, published where it can be. What matters for a test is written in that test."""

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.models import Device, User
from geography.models import Municipality, Place, Province, Reorganisation
from kopgroep import models as kopgroep
from organisations.models import (
    CareBranch,
    Corner,
    EducationLevel,
    Employment,
    Organisation,
    OrganisationKind,
    Participation,
)
from outbox.models import DeadAddress, Mail
from programme import models as programme
from regels import models as regels
from regions import models as regions
from search import models as search
from themes import models as themes
from volgspot import models as volgspot
from workplace.models import Invitation, Proposal

PUBLISHED = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)
PASSWORD = "een lang wachtwoord voor tests"


class PublishedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    published_at = PUBLISHED


# --- The programme ------------------------------------------------------------------------------


class SourceFactory(PublishedFactory):
    class Meta:
        model = programme.Source

    slug = factory.Sequence("bron-{}".format)
    title = factory.Sequence("Bron {}".format)


class FactFactory(PublishedFactory):
    class Meta:
        model = programme.Fact

    slug = factory.Sequence("feit-{}".format)
    section = programme.Fact.Section.WHAT
    title = factory.Sequence("Feit {}".format)
    text = "Het programma bestaat."


class FigureFactory(PublishedFactory):
    class Meta:
        model = programme.Figure

    slug = factory.Sequence("getal-{}".format)
    subject = "aantal regionale pacten"
    label = factory.Sequence("regionale pacten, telling {}".format)
    value = "16"
    source = factory.SubFactory(SourceFactory)


class TipFactory(PublishedFactory):
    class Meta:
        model = programme.Tip

    slug = factory.Sequence("tip-{}".format)
    title = factory.Sequence("Tip {}".format)
    text = "Begin klein."


class TermFactory(PublishedFactory):
    class Meta:
        model = programme.Term

    slug = factory.Sequence("begrip-{}".format)
    name = factory.Sequence("Begrip {}".format)
    kind = programme.Term.Kind.EDUCATION
    definition = "Een woord van het onderwijs."


class LostPictureFactory(PublishedFactory):
    class Meta:
        model = programme.LostPicture

    number = factory.Sequence(lambda n: n + 1)
    kind = programme.LostPicture.Kind.SCHEMA
    caption = factory.Sequence("Figuur over onderwerp {}".format)
    source = factory.SubFactory(SourceFactory)


class LoadedRecordFactory(DjangoModelFactory):
    class Meta:
        model = programme.LoadedRecord

    kind = "tips"
    key = factory.Sequence("tip-{}".format)
    file_fingerprint = "a" * 64
    record_fingerprint = "b" * 64


class OldAddressFactory(DjangoModelFactory):
    class Meta:
        model = programme.OldAddress

    old_path = factory.Sequence("/kopgroep/oude-naam-{}/".format)


class TriesFactory(DjangoModelFactory):
    class Meta:
        model = programme.Tries

    key_hash = factory.Sequence("{:064}".format)
    ends_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)


# --- Geography ----------------------------------------------------------------------------------


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province

    code = factory.Sequence("X{}".format)
    name = factory.Sequence("Provincie {}".format)
    slug = factory.Sequence("provincie-{}".format)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence("T{:05d}".format)
    name = factory.Sequence("Gemeente {}".format)
    slug = factory.Sequence("gemeente-{}".format)
    province = factory.SubFactory(ProvinceFactory)
    lon = 5.1
    lat = 52.1


class ReorganisationFactory(DjangoModelFactory):
    class Meta:
        model = Reorganisation

    old = factory.SubFactory(MunicipalityFactory, ended=datetime.date(2019, 1, 1))
    new = factory.SubFactory(MunicipalityFactory)
    date = datetime.date(2019, 1, 1)
    area_share = 1


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    name = factory.Sequence("Plaats {}".format)
    municipality = factory.SubFactory(MunicipalityFactory)
    lon = 5.1
    lat = 52.1


# --- Themes -------------------------------------------------------------------------------------


class ThemeFactory(PublishedFactory):
    class Meta:
        model = themes.Theme

    name = factory.Sequence("Thema {}".format)
    slug = factory.Sequence("thema-{}".format)
    summary = "Wat dit thema is."
    definition = "Waar dit thema over gaat."


class InsightFactory(PublishedFactory):
    class Meta:
        model = themes.Insight

    theme = factory.SubFactory(ThemeFactory)
    slug = factory.Sequence("inzicht-{}".format)
    title = factory.Sequence("Inzicht {}".format)
    text = "Wat het programma leerde."
    source = factory.SubFactory(SourceFactory)


class CommonTraitFactory(PublishedFactory):
    class Meta:
        model = themes.CommonTrait

    theme = factory.SubFactory(ThemeFactory)
    slug = factory.Sequence("kenmerk-{}".format)
    text = factory.Sequence("Kenmerk {}".format)
    source = factory.SubFactory(SourceFactory)


class ToolFactory(PublishedFactory):
    class Meta:
        model = themes.Tool

    slug = factory.Sequence("hulpmiddel-{}".format)
    kind = themes.Tool.Kind.GUIDE
    title = factory.Sequence("Hulpmiddel {}".format)
    text = "Waar dit bij helpt."


class WorkingElementFactory(PublishedFactory):
    class Meta:
        model = themes.WorkingElement

    slug = factory.Sequence("element-{}".format)
    group = themes.WorkingElement.Group.COOPERATION
    title = factory.Sequence("Element {}".format)
    text = "Waarom dit werkt."
    source = factory.SubFactory(SourceFactory)


class ElementExampleFactory(PublishedFactory):
    class Meta:
        model = themes.ElementExample

    element = factory.SubFactory(WorkingElementFactory)
    slug = factory.Sequence("voorbeeld-bij-element-{}".format)
    text = factory.Sequence("Zo ging het in praktijk {}.".format)
    source = factory.SubFactory(SourceFactory)


# --- Organisations ------------------------------------------------------------------------------


class OrganisationKindFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationKind

    name = factory.Sequence("soort {}".format)
    slug = factory.Sequence("soort-{}".format)
    corner = Corner.CARE


class CareBranchFactory(DjangoModelFactory):
    class Meta:
        model = CareBranch

    name = factory.Sequence("branche {}".format)
    slug = factory.Sequence("branche-{}".format)


class EducationLevelFactory(DjangoModelFactory):
    class Meta:
        model = EducationLevel

    name = factory.Sequence("niveau {}".format)
    slug = factory.Sequence("niveau-{}".format)


class OrganisationFactory(PublishedFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisatie {}".format)
    slug = factory.Sequence("organisatie-{}".format)
    kind = factory.SubFactory(OrganisationKindFactory)


# --- Regional pacts -----------------------------------------------------------------------------


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory("tests.factories.UserFactory")


class PhaseFactory(DjangoModelFactory):
    class Meta:
        model = regions.Phase

    name = factory.Sequence("Fase {}".format)
    slug = factory.Sequence("fase-{}".format)
    position = factory.Sequence(lambda n: n + 1)


class FunctionFactory(DjangoModelFactory):
    class Meta:
        model = regions.Function

    name = factory.Sequence("Functie {}".format)
    slug = factory.Sequence("functie-{}".format)


class RegionLayoutFactory(DjangoModelFactory):
    class Meta:
        model = regions.RegionLayout

    name = factory.Sequence("indeling {}".format)
    slug = factory.Sequence("indeling-{}".format)


class FundingStreamFactory(DjangoModelFactory):
    class Meta:
        model = regions.FundingStream

    name = factory.Sequence("geldstroom {}".format)
    slug = factory.Sequence("geldstroom-{}".format)


class RegionalPactFactory(PublishedFactory):
    class Meta:
        model = regions.RegionalPact

    name = factory.Sequence("Pact {}".format)
    slug = factory.Sequence("pact-{}".format)
    area_name = "een gebied"


class AreaMunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = regions.AreaMunicipality

    pact = factory.SubFactory(RegionalPactFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class SubregionFactory(DjangoModelFactory):
    class Meta:
        model = regions.Subregion

    pact = factory.SubFactory(RegionalPactFactory)
    name = factory.Sequence("Subregio {}".format)
    slug = factory.Sequence("subregio-{}".format)


class LayoutOverlapFactory(DjangoModelFactory):
    class Meta:
        model = regions.LayoutOverlap

    pact = factory.SubFactory(RegionalPactFactory)
    layout = factory.SubFactory(RegionLayoutFactory)
    name = factory.Sequence("Regio {}".format)


class EarlierCooperationFactory(DjangoModelFactory):
    class Meta:
        model = regions.EarlierCooperation

    pact = factory.SubFactory(RegionalPactFactory)


class PactFunctionFactory(DjangoModelFactory):
    class Meta:
        model = regions.PactFunction

    pact = factory.SubFactory(RegionalPactFactory)
    function = factory.SubFactory(FunctionFactory)


class PactThemeFactory(DjangoModelFactory):
    class Meta:
        model = regions.PactTheme

    pact = factory.SubFactory(RegionalPactFactory)
    theme = factory.SubFactory(ThemeFactory)


class PactParticipationFactory(DjangoModelFactory):
    class Meta:
        model = regions.PactParticipation

    pact = factory.SubFactory(RegionalPactFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Participation.Role.PARTNER


class PhaseChangeFactory(DjangoModelFactory):
    class Meta:
        model = regions.PhaseChange

    pact = factory.SubFactory(RegionalPactFactory)
    phase = factory.SubFactory(PhaseFactory)
    since = "2017"


class PactLeaderFactory(DjangoModelFactory):
    class Meta:
        model = regions.PactLeader

    pact = factory.SubFactory(RegionalPactFactory)
    user = factory.SubFactory("tests.factories.UserFactory")


class VraagstukFactory(DjangoModelFactory):
    class Meta:
        model = regions.Vraagstuk

    pact = factory.SubFactory(RegionalPactFactory)
    title = factory.Sequence("Vraagstuk {}".format)
    slug = factory.Sequence("vraagstuk-{}".format)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = regions.AgendaItem

    pact = factory.SubFactory(RegionalPactFactory)
    title = factory.Sequence("Agendapunt {}".format)
    slug = factory.Sequence("agendapunt-{}".format)


# --- Kopgroep -----------------------------------------------------------------------------------


class CooperationFormFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.CooperationForm

    name = factory.Sequence("vorm {}".format)
    slug = factory.Sequence("vorm-{}".format)


class ChallengeFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.Challenge

    name = factory.Sequence("uitdaging {}".format)
    slug = factory.Sequence("uitdaging-{}".format)


class ResultAreaFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.ResultArea

    name = factory.Sequence("resultaatgebied {}".format)
    slug = factory.Sequence("resultaatgebied-{}".format)
    group = kopgroep.ResultArea.Group.EDUCATION


class EffectFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.Effect

    name = factory.Sequence("effect {}".format)
    slug = factory.Sequence("effect-{}".format)
    group = kopgroep.Effect.Group.STUDENTS


class SustainingAgreementFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.SustainingAgreement

    name = factory.Sequence("afspraak {}".format)
    slug = factory.Sequence("afspraak-{}".format)


class KoploperFactory(PublishedFactory):
    class Meta:
        model = kopgroep.Koploper

    title = factory.Sequence("Koploper {}".format)
    slug = factory.Sequence("koploper-{}".format)
    summary = "Wat deze koploper doet."


class KoploperThemeFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.KoploperTheme

    koploper = factory.SubFactory(KoploperFactory)
    theme = factory.SubFactory(ThemeFactory)


class KoploperParticipationFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.KoploperParticipation

    koploper = factory.SubFactory(KoploperFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Participation.Role.PARTNER


class KoploperLeaderFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.KoploperLeader

    koploper = factory.SubFactory(KoploperFactory)
    user = factory.SubFactory("tests.factories.UserFactory")


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.Result

    koploper = factory.SubFactory(KoploperFactory)
    title = factory.Sequence("Resultaat {}".format)


class KoploperEffectFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.KoploperEffect

    koploper = factory.SubFactory(KoploperFactory)
    effect = factory.SubFactory(EffectFactory)


class VoiceFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.Voice

    koploper = factory.SubFactory(KoploperFactory)
    text = "Ik leer hier meer dan op school."
    who = "derdejaars student"


class AdoptionFactory(DjangoModelFactory):
    class Meta:
        model = kopgroep.Adoption

    koploper = factory.SubFactory(KoploperFactory)


# --- Accounts and mail --------------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    """Logs in with `PASSWORD`."""

    class Meta:
        model = User

    email = factory.Sequence("persoon-{}@voorbeeld.example".format)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, password, **kwargs):
        user = model_class(*args, **kwargs)
        user.set_password(password)
        user.save()
        return user


class DeviceFactory(DjangoModelFactory):
    class Meta:
        model = Device

    user = factory.SubFactory(UserFactory)
    kind = factory.Sequence("Browser {} op Windows".format)
    last_seen = PUBLISHED


class MailFactory(DjangoModelFactory):
    class Meta:
        model = Mail

    key = factory.Sequence("mail-{}".format)
    to = "lezer@voorbeeld.example"
    subject = factory.Sequence("Onderwerp {}".format)
    text = "De tekst van de mail."


class DeadAddressFactory(DjangoModelFactory):
    class Meta:
        model = DeadAddress

    address = factory.Sequence("weg{}@voorbeeld.example".format)
    reason = "550 5.1.1 Wij kennen deze persoon niet."


# --- The search ---------------------------------------------------------------------------------


class SynonymFactory(DjangoModelFactory):
    class Meta:
        model = search.Synonym

    word = factory.Sequence("afkorting {}".format)
    also = "een langer woord"


class MissFactory(DjangoModelFactory):
    class Meta:
        model = search.Miss

    text = factory.Sequence("niet te vinden {}".format)
    first_on = last_on = datetime.date(2026, 1, 1)


# --- The Volgspot -------------------------------------------------------------------------------


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Round

    name = factory.Sequence("ronde {}".format)
    slug = factory.Sequence("ronde-{}".format)
    opens = datetime.date(2020, 1, 1)
    closes = datetime.date(2099, 12, 31)


class GuidingQuestionFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.GuidingQuestion

    round = factory.SubFactory(RoundFactory)
    section = volgspot.SectionKind.RESULTS
    text = "Wat is er bereikt?"


class ElementStepFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.ElementStep

    element = factory.SubFactory(WorkingElementFactory)
    step = volgspot.ElementStep.Step.BEGINNING
    text = "De partners spreken elkaar."


class ReflectionFactory(DjangoModelFactory):
    """A draft without sections; `volgspot.drafts.start` makes one with them."""

    class Meta:
        model = volgspot.Reflection

    pact = factory.SubFactory(RegionalPactFactory)
    round = factory.SubFactory(RoundFactory)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Section

    reflection = factory.SubFactory(ReflectionFactory)
    kind = volgspot.SectionKind.INTENTIONS
    data = factory.LazyFunction(lambda: {"text": "Wij gaan door."})


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Version

    reflection = factory.SubFactory(ReflectionFactory)
    content = factory.LazyFunction(lambda: {"pact": "Pact", "round": {}, "sections": [], "gaps": [], "spread": []})
    public_content = factory.SelfAttribute("content")
    published_at = PUBLISHED


class IntendedResultFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.IntendedResult

    reflection = factory.SubFactory(ReflectionFactory)
    pact = factory.SelfAttribute("reflection.pact")
    row = factory.Sequence("r{}".format)


class IntendedResultVersionFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.IntendedResultVersion

    result = factory.SubFactory(IntendedResultFactory)
    reflection = factory.SelfAttribute("result.reflection")
    valid_from = PUBLISHED - datetime.timedelta(days=365)
    title = "Medewerkers leren werken met zorgtechnologie"
    target = "120"
    by_when = "2020"


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Agreement

    reflection = factory.SubFactory(ReflectionFactory)
    pact = factory.SelfAttribute("reflection.pact")
    row = factory.Sequence("r{}".format)
    text = "Elke instelling maakt een dag per maand vrij."


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Lesson

    reflection = factory.SubFactory(ReflectionFactory)
    row = factory.Sequence("r{}".format)
    kind = volgspot.Lesson.Kind.SUCCESS
    text = "Klein beginnen hielp."


class BottleneckFactory(LessonFactory):
    class Meta:
        model = volgspot.Bottleneck

    kind = volgspot.Lesson.Kind.BOTTLENECK
    text = "De roosters zijn te vol."


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Comment

    reflection = factory.SubFactory(ReflectionFactory)
    section = volgspot.SectionKind.RESULTS
    text = "Waar komt dit cijfer vandaan?"
    made_by = factory.SubFactory(UserFactory)


class PrintedReportFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.PrintedReport

    version = factory.SubFactory(VersionFactory)


class PartnerLinkFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.PartnerLink

    reflection = factory.SubFactory(ReflectionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    email = "partner@voorbeeld.example"
    token_hash = factory.Sequence("{:064}".format)
    lapses_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)


class PartnerViewFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.PartnerView

    link = factory.SubFactory(PartnerLinkFactory)
    scores = factory.LazyFunction(lambda: {"coalitie": 3})


class EvaluationFactory(DjangoModelFactory):
    class Meta:
        model = volgspot.Evaluation

    reflection = factory.SubFactory(ReflectionFactory)
    title = "Onze eigen evaluatie"
    file_name = "evaluatie.pdf"
    stored_as = factory.Sequence("{:032x}".format)
    size = 1000
    added_by = factory.SubFactory(UserFactory)


# --- Ruimte in de regels --------------------------------------------------------------------------


class MinistryFactory(DjangoModelFactory):
    class Meta:
        model = regels.Ministry

    name = factory.Sequence("Ministerie van zaak {}".format)
    abbreviation = factory.Sequence("M{}".format)
    slug = factory.Sequence("m{}".format)
    role = factory.Sequence("ambtenaar M{}".format)


class FreeDayFactory(DjangoModelFactory):
    class Meta:
        model = regels.FreeDay

    date = factory.Sequence(lambda n: datetime.date(2030, 1, 1) + datetime.timedelta(days=n))
    name = "verplichte vrije dag"


class RuleFactory(PublishedFactory):
    class Meta:
        model = regels.Rule

    name = factory.Sequence("Regel {}".format)
    slug = factory.Sequence("regel-{}".format)
    bwb_id = "BWBR0007625"


class RuleVersionFactory(DjangoModelFactory):
    class Meta:
        model = regels.RuleVersion

    rule = factory.SubFactory(RuleFactory)
    valid_from = factory.Sequence(lambda n: datetime.date(2020, 1, 1) + datetime.timedelta(days=n))


class ObstacleFactory(PublishedFactory):
    class Meta:
        model = regels.Obstacle

    title = factory.Sequence("Belemmering {}".format)
    slug = factory.Sequence("belemmering-{}".format)


class ObstacleMoveFactory(DjangoModelFactory):
    class Meta:
        model = regels.ObstacleMove

    obstacle = factory.SubFactory(ObstacleFactory)
    before = regels.Obstacle.Status.KNOWN
    after = regels.Obstacle.Status.EXAMINED
    on = "2020-03-01"
    reason = "Wij zoeken het uit."


class HelpedWordsFactory(PublishedFactory):
    class Meta:
        model = regels.HelpedWords

    obstacle = factory.SubFactory(ObstacleFactory)
    words = factory.Sequence("Wij konden verder, zegt nummer {}.".format)
    who = "teamleider van een wijkteam"


class AlsoMineFactory(DjangoModelFactory):
    class Meta:
        model = regels.AlsoMine

    obstacle = factory.SubFactory(ObstacleFactory)
    person_hash = factory.Sequence("{:064}".format)


class FollowerFactory(DjangoModelFactory):
    class Meta:
        model = regels.Follower

    obstacle = factory.SubFactory(ObstacleFactory)
    email = factory.Sequence("volger-{}@voorbeeld.example".format)


class CaseFactory(PublishedFactory):
    class Meta:
        model = regels.Case

    question = factory.Sequence("Mag dit, vraag {}?".format)
    slug = factory.Sequence("casus-{}".format)
    answer = "Ja, dat mag."
    outcome = regels.Outcome.CLARIFIED
    status = regels.Case.Status.PUBLISHED


class CaseRuleFactory(DjangoModelFactory):
    class Meta:
        model = regels.CaseRule

    case = factory.SubFactory(CaseFactory)
    rule = factory.SubFactory(RuleFactory)


class VerdictFactory(DjangoModelFactory):
    class Meta:
        model = regels.Verdict

    case = factory.SubFactory(CaseFactory)
    is_useful = True
    person_hash = factory.Sequence("{:064}".format)


class LookupHelpedFactory(DjangoModelFactory):
    class Meta:
        model = regels.LookupHelped

    case = factory.SubFactory(CaseFactory)


class SchemeFactory(PublishedFactory):
    class Meta:
        model = regels.Scheme

    name = factory.Sequence("Regeling {}".format)
    slug = factory.Sequence("regeling-{}".format)
    what = "Geld voor stageplaatsen."


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = regels.Grant

    scheme = factory.SubFactory(SchemeFactory)
    title = factory.Sequence("Toekenning {}".format)


class YearNumberFactory(DjangoModelFactory):
    class Meta:
        model = regels.YearNumber

    year = factory.Sequence(lambda n: 2100 + n)


class QuestionFactory(DjangoModelFactory):
    """Confirmed, and nobody's yet."""

    class Meta:
        model = regels.Question

    status = regels.Question.Status.NEW
    year = 2020
    number = factory.Sequence(lambda n: n + 1)
    question = "Mogen wij lesgeven op de werkvloer?"
    email = factory.Sequence("vrager-{}@voorbeeld.example".format)
    confirmed_at = PUBLISHED
    clock_from = PUBLISHED.date()


class StatusLinkFactory(DjangoModelFactory):
    class Meta:
        model = regels.StatusLink

    question = factory.SubFactory(QuestionFactory)
    token_hash = factory.Sequence("{:064}".format)


class PauseFactory(DjangoModelFactory):
    class Meta:
        model = regels.Pause

    question = factory.SubFactory(QuestionFactory)
    since = datetime.date(2020, 3, 2)
    until = datetime.date(2020, 3, 4)


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = regels.Draft

    token_hash = factory.Sequence("{:064}".format)


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = regels.Attachment

    question = factory.SubFactory(QuestionFactory)
    file_name = "brief.pdf"
    stored_as = factory.Sequence("{:032x}".format)
    kind = regels.Attachment.Kind.PDF
    size = 1000


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = regels.Answer

    question = factory.SubFactory(QuestionFactory)
    text = "Ja, dat mag."
    outcome = regels.Outcome.CLARIFIED


class AnswerVersionFactory(DjangoModelFactory):
    class Meta:
        model = regels.AnswerVersion

    answer = factory.SubFactory(AnswerFactory)
    number = factory.Sequence(lambda n: n + 1)
    saved_by = factory.SubFactory(UserFactory)


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = regels.Message

    question = factory.SubFactory(QuestionFactory)
    kind = regels.Message.Kind.ADDITION
    text = "Het gaat om twintig uur."


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = regels.Note

    question = factory.SubFactory(QuestionFactory)
    text = "Dit vroeg iemand eerder."
    author = factory.SubFactory(UserFactory)


class HandoverFactory(DjangoModelFactory):
    class Meta:
        model = regels.Handover

    question = factory.SubFactory(QuestionFactory)
    owner = factory.SubFactory(UserFactory)
    ministry = factory.SubFactory(MinistryFactory)
    by = factory.SubFactory(UserFactory)


class TextBlockFactory(DjangoModelFactory):
    class Meta:
        model = regels.TextBlock

    title = factory.Sequence("Tekstblok {}".format)
    text = "Beste {naam}, dit mag."


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = regels.Presence

    question = factory.SubFactory(QuestionFactory)
    user = factory.SubFactory(UserFactory)


# --- The workplace ------------------------------------------------------------------------------


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    pact = factory.SubFactory(RegionalPactFactory)
    email = factory.Sequence("opvolger-{}@voorbeeld.example".format)
    token_hash = factory.Sequence("{:064}".format)
    lapses_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    invited_by = factory.SubFactory(UserFactory)


class ProposalFactory(DjangoModelFactory):
    """Another phase that nobody knows yet."""

    class Meta:
        model = Proposal

    pact = factory.SubFactory(RegionalPactFactory)
    kind = Proposal.Kind.PHASE
    data = factory.LazyFunction(lambda: {"phase": "mobiliseren", "since": "2020", "why": "De plannen lopen."})
    before = "niet bekend"
    reason = "Besluit van de stuurgroep."
    made_by = factory.SubFactory(UserFactory)
