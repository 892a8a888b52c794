"""Every page of the portal in every state that looks different, with the address where it is.

The tests look at all of them and `make screens` makes a picture of each. The pages of the admin follow from what is
registered; for the others `test_every_address_has_a_state` complains about an address that is missing here.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Count
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts import roles
from accounts.models import User
from kopgroep.models import Koploper
from programme.models import OldAddress
from regions.models import AgendaItem, RegionalPact
from tests.factories import InvitationFactory, PrintedReportFactory
from themes.models import Theme
from volgspot.models import Audience, Evaluation, PartnerLink, Reflection, SectionKind, Version
from volgspot.printing import LONG
from workplace.models import Invitation, Proposal
from zorgpact.exchange.admin import ExchangeAdmin
from zorgpact.tokens import hash_of

from .desks import ADMINISTRATOR, HALFWAY, LEADER, OFFICER, SECURED, TEAM, VISITOR
from .states_officers import officer_states


@dataclass(frozen=True)
class State:
    """`view` is the name in the site map; `of` gives the arguments of its address, `query` what stands behind it, both
    from the database of the portal that is looked at. `reach` is what to do on the page to get at the state."""

    view: str
    what: str = ""
    of: Callable = tuple
    query: Callable | str = ""
    role: str = VISITOR
    status: int = 200
    reach: Callable | None = None
    path: Callable | str = ""

    @property
    def name(self):
        return re.sub(r"\W+", "-", f"{self.view} {self.what}").strip("-").lower()

    def address(self):
        path, query = (part() if callable(part) else part for part in (self.path, self.query))
        return (path or reverse(self.view, args=self.of())) + query


def all_states():
    from .states_asking import ASKING
    from .states_casebook import CASEBOOK
    from .states_ministry import MINISTRY

    return [*PUBLIC, *ERRORS, *ACCOUNT, *MINISTRY, *VOLGSPOT, *ASKING, *CASEBOOK, *officer_states(), *admin_states()]


# --- What to do on a page -------------------------------------------------------------------------


def send(button, **fields):
    """Fill in fields by their name and press the button: most often a form with errors."""

    def reach(page):
        for name, value in fields.items():
            page.locator(f"main [name='{name}']:not([type=hidden])").fill(value)
        page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
        page.wait_for_load_state()

    return reach


choose_short_password = send("Wachtwoord opslaan", password1="kort", password2="anders")


def type_in(field, text):
    """Type in a field that makes suggestions, until they are there, and walk to the first."""

    def reach(page):
        page.locator(f"#{field}").press_sequentially(text)
        page.get_by_role("listbox").wait_for()
        page.keyboard.press("ArrowDown")

    return reach


def choose_action(name):
    def reach(page):
        page.locator("input.action-select").first.check()
        page.locator("select[name=action]").select_option(name)
        page.locator("button[name=index]").click()
        page.wait_for_load_state()

    return reach


def instead(template, status, **context):
    """Put a page in the place of the one that is open: the one of an error that nobody may really cause here."""

    def reach(page):
        body = render_to_string(template, context, request=RequestFactory().get("/"))
        page.route(page.url, lambda route: route.fulfill(status=status, body=body, content_type="text/html"))
        page.reload()
        page.unroute(page.url)

    return reach


def open_all(page):
    for summary in page.locator("main summary").all():
        summary.click()


# In the place of a browser that asks for a key and gets none, which takes a minute.
NO_KEY = """() => {
    const refuse = () => Promise.reject(new DOMException("", "NotAllowedError"));
    navigator.credentials.get = navigator.credentials.create = refuse;
}"""


def use_no_key(button):
    """Press a button that asks for a key, without one."""

    def reach(page):
        page.evaluate(NO_KEY)
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        page.locator("[data-key-error]").wait_for()
        # The script throws what the browser threw, after it said so.
        page.watch.forget()

    return reach


def try_import(*rows):
    """Send a spreadsheet and see what it would change."""
    sheet = "\n".join(rows).encode()

    def reach(page):
        page.locator("input[type=file]").set_input_files({"name": "lijst.csv", "mimeType": "text/csv", "buffer": sheet})
        page.get_by_role("button", name="Doe een proef").click()
        page.wait_for_load_state()

    return reach


# --- Records to show ------------------------------------------------------------------------------


def busiest(queryset):
    """The record with most participants: what fits with this one fits with all."""
    return queryset.alias(n=Count("participations")).order_by("-n", "pk").first()


def emptiest(queryset):
    return queryset.alias(n=Count("participations")).order_by("n", "pk").first()


def pact():
    return busiest(RegionalPact.objects.published())


def koploper():
    return busiest(Koploper.objects.published())


def slug(find):
    return lambda: [find().slug]


def four_koplopers():
    return "?" + "&".join(f"koploper={k.slug}" for k in Koploper.objects.published().order_by("-pk")[:4])


def pact_with_agenda():
    return RegionalPact.objects.published().filter(agenda__isnull=False).order_by("pk").first() or pact()


# --- The pages ------------------------------------------------------------------------------------

PUBLIC = [
    State("home"),
    State("regions:list"),
    State("regions:list", "met keuzes", query="?fase=mobiliseren&hoek=zorg&thema=bestaat-niet"),
    State("regions:list", "verfijnen", query="#verfijn"),
    State("regions:list", "niets", query="?q=zzzzzz"),
    State("regions:list", "gemeente", query="?gemeente=Middelburg"),
    State("regions:list", "gemeente zonder pact", query="?gemeente=Enschede"),
    State("regions:list", "verschreven gemeente", query="?gemeente=Amstredam"),
    State("regions:list", "onbekende gemeente", query="?gemeente=qqqqqq"),
    State("regions:list", "opgeheven gemeente", query="?gemeente=Weesp"),
    State("regions:detail", "druk", of=slug(pact)),
    State("regions:detail", "leeg", of=slug(lambda: emptiest(RegionalPact.objects.published()))),
    State("regions:detail", "agenda verfijnd", of=slug(pact_with_agenda), query=f"?status={AgendaItem.Status.RUNNING}"),
    State("kopgroep:list"),
    State("kopgroep:list", "bladzijde 2", query="?pagina=2"),
    State("kopgroep:list", "met keuzes", query="?thema=permanent-leren&overgenomen=ja&sorteer=nieuwste"),
    State("kopgroep:list", "verfijnen", query="#verfijn"),
    State("kopgroep:list", "niets", query="?q=zzzzzz&provincie=bestaat-niet"),
    State("kopgroep:detail", "druk", of=slug(koploper)),
    State("kopgroep:detail", "leeg", of=slug(lambda: emptiest(Koploper.objects.published()))),
    State("kopgroep:criteria"),
    State("search:search"),
    State("search:search", "typen", reach=type_in("zoek", "wijk")),
    State("search:search", "resultaten", query="?q=wijkleerbedrijf"),
    State("search:search", "verfijnen", query="?q=leren#verfijn"),
    State("search:search", "met keuzes", query="?q=leren&soort=koploper&thema=bestaat-niet&thema=permanent-leren"),
    State("search:search", "verschreven", query="?q=zeelnad"),
    State("search:search", "niets", query="?q=qqqqxxxx"),
    State("kopgroep:columns"),
    State("kopgroep:compare"),
    State("kopgroep:compare", "vier naast elkaar", query=lambda: four_koplopers()),
    State("kopgroep:compare", "onbekend", query="?koploper=bestaat-niet"),
    State("regions:columns"),
    State("themes:list"),
    State("themes:detail", of=slug(lambda: Theme.objects.published().first())),
    State("themes:works"),
    State("programme:about"),
    State("programme:sources"),
    State("accessibility"),
    State("privacy"),
    State("cookies"),
    State("contact"),
    State("vulnerability"),
    State("style", role=TEAM),
]


TYPED = "Mag een verpleegkundige bij ons lesgeven?\nIn de eerste regel staat een vraag, in deze de uitleg."

ERRORS = [
    State("fout", "410", path=lambda: OldAddress.objects.filter(new_path="").first().old_path, status=410),
    State("fout", "404", path="/bestaat-niet/", status=404),
    State("fout", "403", path="/beheer/", status=403, role=LEADER),
    State("fout", "400", path="/kopgroep/", query="?q=%00", status=400),
    State(
        "fout",
        "niet van ons",
        path="/bestaat-niet/",
        status=404,
        reach=instead("site/not_ours.html", 403, typed=[TYPED]),
    ),
    State("fout", "429", path="/bestaat-niet/", status=404, reach=instead("429.html", 429)),
    State(
        "fout",
        "429 formulier",
        path="/bestaat-niet/",
        status=404,
        reach=instead("site/too_often.html", 429, minutes=10, typed=[TYPED]),
    ),
    State("fout", "500", path="/bestaat-niet/", status=404, reach=instead("500.html", 500, reference="1a2b3c4d")),
]


def token():
    user = User.objects.get(email=SECURED)
    return [user_pk_to_url_str(user), default_token_generator.make_token(user)]


def unconfirmed():
    return [EmailConfirmationHMAC(EmailAddress.objects.filter(verified=False).first()).key]


def factor(kind):
    return lambda: [Authenticator.objects.get(user__email=SECURED, type=kind).pk]


KEY = Authenticator.Type.WEBAUTHN

ACCOUNT = [
    State("account_login"),
    State("account_login", "leeg verstuurd", reach=send("Inloggen")),
    State("account_login", "onjuist", reach=send("Inloggen", login="wie@voorbeeld.example", password="niet het mijne")),
    State("mfa_authenticate", role=HALFWAY),
    State("mfa_authenticate", "onjuist", role=HALFWAY, reach=send("Inloggen", code="12")),
    State("account_login", "sleutel werkt niet", reach=use_no_key("Inloggen met een sleutel")),
    State("account_signup"),
    State("account_inactive"),
    State("account_reset_password"),
    State("account_reset_password", "leeg verstuurd", reach=send("Stuur mij de link")),
    State("account_reset_password_done"),
    State("account_reset_password_from_key", of=token),
    State(
        "account_reset_password_from_key",
        "te kort",
        of=token,
        reach=choose_short_password,
    ),
    State("account_reset_password_from_key", "werkt niet", of=lambda: [token()[0], "x-y"]),
    State("account_reset_password_from_key_done"),
    State("account_email_verification_sent"),
    State("account_confirm_email", of=unconfirmed),
    State("account_confirm_email", "werkt niet", of=lambda: ["x"]),
    *[
        State(view, role=SECURED)
        for view in (
            "accounts:account",
            "accounts:own_data",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_email",
            "account_change_password",
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "usersessions_list",
            "account_logout",
        )
    ],
    State("mfa_edit_webauthn", role=SECURED, of=factor(KEY)),
    State("mfa_remove_webauthn", role=SECURED, of=factor(KEY)),
    State("accounts:account", "projectleider", role=LEADER),
    State("account_reauthenticate", "onjuist", role=SECURED, reach=send("Bevestigen", password="niet het mijne")),
    State("mfa_reauthenticate", "onjuist", role=SECURED, reach=send("Bevestigen", code="12")),
    State("account_email", "geen adres", role=SECURED, reach=send("Wijzigen", email="geen adres")),
    State("account_change_password", "leeg verstuurd", role=SECURED, reach=send("Wachtwoord wijzigen")),
    State("mfa_add_webauthn", "lukt niet", role=SECURED, reach=use_no_key("Sleutel toevoegen")),
    State("mfa_index", "niets ingesteld", role=TEAM),
    State("mfa_list_webauthn", "geen sleutel", role=TEAM),
    State("mfa_activate_totp", role=TEAM),
    State("mfa_activate_totp", "onjuist", role=TEAM, reach=send("App instellen", code="12")),
]


LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def file_too_early(page):
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Dien ")).click()


def reflection(pact, round):
    """The arguments of an address about a reflection of the samples."""
    return lambda: [Reflection.objects.get(pact__slug=f"voorbeeldpact-{pact}", round__slug=round).pk]


def hand_over(page):
    page.get_by_text("Draag een pact of koploper over").click()
    page.get_by_role("button", name="Vraag uw opvolger").click()
    page.wait_for_load_state()


# What the leader of the demo leads.
LED = {"pact": "voorbeeldpact-de-polder", "koploper": "voorbeeld-wijkleerteam-in-vier-dorpen"}


def led(kind, *more):
    """The arguments of an address about it."""
    return lambda: [kind, LED[kind], *more]


def proposal(kind, status="open"):
    return Proposal.objects.get(is_sample=True, kind=kind, status=status)


def first_result():
    return ["koploper", LED["koploper"], "resultaten", Koploper.objects.get(slug=LED["koploper"]).results.first().pk]


def saved_elsewhere(field):
    """The same form is saved in another window first."""

    def reach(page):
        other = page.context.new_page()
        other.goto(page.url)
        text = other.locator(f"main [name='{field}']").input_value()
        send("Bewaar", **{field: f"{text} Bewaard in een ander venster."})(other)
        other.close()
        send("Bewaar", **{field: f"{text} Bewaard in dit venster."})(page)

    return reach


def invited(name, **values):
    """The token of an invitation of its own, that is how `values` say."""

    def token():
        sample = RegionalPact.objects.filter(is_sample=True).first()
        InvitationFactory(pact=sample, token_hash=hash_of(name), email=f"{name}@voorbeeld.example")
        Invitation.objects.filter(token_hash=hash_of(name)).update(**values)
        return [name]

    return token


def partner(name, round="ronde-3", answered=False, **values):
    """The token of a link that a partner of the samples has, and that is how `values` say."""

    def token():
        links = PartnerLink.objects.filter(
            reflection__round__slug=round, reflection__pact__slug="voorbeeldpact-de-polder"
        )
        if answered is not None:
            links = links.filter(view__isnull=not answered)
        link = links.exclude(pk__in=TAKEN).first()
        TAKEN.add(link.pk)
        links.filter(pk=link.pk).update(token_hash=hash_of(name), **values)
        return [name]

    return token


def a_long_report():
    """A report with more rows than are drawn while somebody waits, and that the worker has begun with.

    It began later than now: after ten minutes it would begin again and finish, and a busy machine needs longer to get here.
    """
    version = Version.objects.get(reflection__pact__slug="limburg", reflection__round__slug="ronde-1")
    for section in version.public_content["sections"]:
        for rows in section["rows"].values():
            rows *= LONG + 1
    version.save()
    PrintedReportFactory(version=version, step=4, tries=1, started_at=timezone.now() + datetime.timedelta(hours=3))
    return ["limburg", "ronde-1"]


# Links of which a state made use: what is done with one does not show with another.
TAKEN = set()


def with_values(button, **values):
    """Send a form with values that nobody can type: read before somebody else saved, or longer than a field lets in.

    A field is the first of which the name ends so.
    """

    def reach(page):
        for name, value in values.items():
            page.locator(f"main [name$='{name}']").first.evaluate("(field, value) => { field.value = value; }", value)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button, exact=True).last.click()
        page.locator(".summary").first.wait_for()

    return reach


def write_nonsense(page):
    """A date that is none, in a new meeting."""
    with page.expect_navigation():
        page.get_by_role("button", name="Voeg een bijeenkomst toe").click()
    page.locator("[name$='-held_on']").last.fill("gisteren")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Bewaar", exact=True).last.click()


def save_after_filing(page):
    """Take the report back, open a section, send the report in from a second window, and save in the first."""
    section = page.url
    overview = section.rsplit("/", 2)[0] + "/"
    page.goto(overview)
    with page.expect_navigation():
        page.get_by_role("button", name="Haal terug").click()
    page.goto(section)
    second = page.context.new_page()
    second.goto(overview)
    with second.expect_navigation():
        second.get_by_role("button", name=re.compile("^Dien ")).click()
    second.close()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Bewaar", exact=True).last.click()


def filed(round, *more, pact="voorbeeldpact-de-polder"):
    """The arguments of an address about what a pact of the samples filed in a round."""
    return lambda: [pact, round, *more]


VOLGSPOT = [
    State("reports:method"),
    State("reports:rounds", "drie rondes", of=lambda: ["voorbeeldpact-de-polder"]),
    State("reports:rounds", "alles", of=lambda: ["voorbeeldpact-de-polder"], query="?toon=alles"),
    State("reports:rounds", "geen verslag", of=lambda: ["voorbeeldpact-beide-oevers"]),
    State("reports:rounds", "alleen een datum", of=lambda: ["limburg"]),
    State("reports:report", of=filed("ronde-2")),
    State("reports:report", "alleen een datum", of=filed("ronde-1", pact="limburg")),
    State("reports:pdf", "in de maak", of=a_long_report, status=202),
    State("workplace:mine", role=LEADER),
    State("workplace:mine", "overdragen fout", role=LEADER, reach=hand_over),
    State("workplace:mine", "leidt niets", role=TEAM),
    *(State("workplace:page", kind, of=led(kind), role=LEADER) for kind in ("pact", "koploper")),
    State("workplace:part", "pact", of=led("pact", "verhaal"), role=LEADER),
    State("workplace:part", "koploper", of=led("koploper", "zelf-toepassen"), role=LEADER),
    State("workplace:part", "fout", of=led("pact", "verhaal"), role=LEADER, reach=send("Bewaar", website="geen adres")),
    State("workplace:part", "twee teksten", of=led("pact", "werkwijze"), role=LEADER, reach=saved_elsewhere("means")),
    State("workplace:row", "nieuw punt", of=led("pact", "actieagenda", "nieuw"), role=LEADER),
    State("workplace:row", "leeg bewaard", of=led("pact", "actieagenda", "nieuw"), role=LEADER, reach=send("Bewaar")),
    State("workplace:row", "resultaat", of=lambda: first_result(), role=LEADER, reach=open_all),
    *(State("workplace:propose", kind, of=led("pact", kind.value), role=LEADER) for kind in Proposal.Kind),
    State(
        "workplace:propose",
        "leeg verstuurd",
        of=led("pact", "andere-trekker"),
        role=LEADER,
        reach=send("Verstuur het voorstel"),
    ),
    State("workplace:proposal", "veranderd", of=lambda: [proposal("andere-fase").pk], role=LEADER),
    State(
        "workplace:proposal", "teruggegeven", of=lambda: [proposal("deelnemer-stopt", "teruggegeven").pk], role=LEADER
    ),
    State("admin:workplace_proposal_changelist", "wacht", role=TEAM, query="?stand=open"),
    State("admin:workplace_proposal_change", "veranderd", of=lambda: [proposal("andere-fase").pk], role=TEAM),
    State("admin:workplace_proposal_change", "onbekend", of=lambda: [proposal("nieuwe-deelnemer").pk], role=TEAM),
    State(
        "admin:workplace_proposal_change",
        "zonder reden",
        of=lambda: [proposal("nieuwe-deelnemer").pk],
        role=TEAM,
        reach=send("Geef terug"),
    ),
    State(
        "admin:workplace_proposal_change",
        "besloten",
        of=lambda: [proposal("deelnemer-stopt", "teruggegeven").pk],
        role=TEAM,
    ),
    State("workplace:invitation", of=invited("uitnodiging")),
    State("workplace:invitation", "iemand anders", of=invited("uitnodiging-van-een-ander"), role=LEADER),
    State("workplace:invitation", "gebruikt", of=invited("uitnodiging-gebruikt", used_at=LONG_AGO), status=410),
    State("workplace:invitation", "verlopen", of=invited("uitnodiging-verlopen", lapses_at=LONG_AGO), status=410),
    State("workplace:invitation", "ingetrokken", of=invited("uitnodiging-weg", withdrawn_at=LONG_AGO), status=410),
    State("workplace:invitation", "onbekend", of=lambda: ["bestaat-niet"], status=404),
    State("volgspot:mine", role=LEADER),
    State("volgspot:mine", "zonder pact", role=TEAM),
    State("volgspot:overview", "concept", of=filed("ronde-3"), role=LEADER),
    State("volgspot:overview", "indienen kan nog niet", of=filed("ronde-3"), role=LEADER, reach=file_too_early),
    State("volgspot:overview", "vastgesteld", of=filed("ronde-2"), role=LEADER),
    State(
        "volgspot:overview", "nog niet begonnen", of=filed("ronde-3", pact="voorbeeldpact-beide-oevers"), role=LEADER
    ),
    State("volgspot:overview", "teruggegeven", of=filed("ronde-2", pact="voorbeeldpact-beide-oevers"), role=LEADER),
    State("volgspot:overview", "ingediend", of=filed("ronde-3", pact="voorbeeldpact-plassen-en-weiden"), role=LEADER),
    State("volgspot:overview", "verbeteren", of=filed("ronde-2", pact="voorbeeldpact-plassen-en-weiden"), role=LEADER),
    *(State("volgspot:section", kind, of=filed("ronde-3", kind.value), role=LEADER) for kind in SectionKind),
    State("volgspot:section", "vastgesteld", of=filed("ronde-2", "resultaten"), role=LEADER),
    State(
        "volgspot:section",
        "twee teksten",
        of=filed("ronde-3", "samenwerking"),
        role=LEADER,
        reach=with_values("Bewaar", words="Dit stond in een ander venster.", version="0"),
    ),
    State(
        "volgspot:section",
        "geen datum",
        of=filed("ronde-3", "bijeenkomst", pact="voorbeeldpact-beken-en-kanalen"),
        role=LEADER,
        reach=write_nonsense,
    ),
    State(
        "volgspot:section",
        "honderd activiteiten",
        of=filed("ronde-3", "activiteiten", pact="voorbeeldpact-beken-en-kanalen"),
        role=LEADER,
        reach=lambda page: page.locator("summary", has_text="Ga naar een van de").click(),
    ),
    State(
        "volgspot:section",
        "intussen ingediend",
        of=filed("ronde-3", "voornemens", pact="voorbeeldpact-plassen-en-weiden"),
        role=LEADER,
        reach=save_after_filing,
    ),
    *(
        State(
            "volgspot:section",
            f"opmerkingen {kind}",
            of=filed("ronde-2", kind, pact="voorbeeldpact-beide-oevers"),
            role=LEADER,
        )
        for kind in ("bijeenkomst", "resultaten")
    ),
    *(State("volgspot:preview", audience, of=filed("ronde-3", audience.value), role=LEADER) for audience in Audience),
    State("volgspot:evaluations", "leeg", of=filed("ronde-1"), role=LEADER),
    State("volgspot:evaluations", of=filed("ronde-3"), role=LEADER),
    State("volgspot:new_evaluation", of=filed("ronde-3"), role=LEADER),
    State("volgspot:new_evaluation", "leeg bewaard", of=filed("ronde-3"), role=LEADER, reach=send("Bewaar")),
    State(
        "volgspot:edit_evaluation",
        of=lambda: [*filed("ronde-3")(), Evaluation.objects.get(reflection__pact__slug="voorbeeldpact-de-polder").pk],
        role=LEADER,
        reach=open_all,
    ),
    State("volgspot:partners", "vijf antwoorden", of=filed("ronde-3"), role=LEADER),
    State("volgspot:partners", "fout", of=filed("ronde-3"), role=LEADER, reach=send("Stuur de link")),
    State(
        "volgspot:partners", "niemand gevraagd", of=filed("ronde-3", pact="voorbeeldpact-beken-en-kanalen"), role=LEADER
    ),
    State("volgspot:partners", "ingediend", of=filed("ronde-2"), role=LEADER),
    State("volgspot:view", of=partner("partner")),
    State("volgspot:view", "ingevuld", of=partner("partner-die-antwoordt"), reach=send("Verstuur uw antwoorden")),
    State(
        "volgspot:view",
        "te lang",
        of=partner("partner-met-veel-woorden", answered=True),
        reach=with_values("Bewaar de wijziging", note="woord " * 600),
    ),
    State(
        "volgspot:view",
        "twee vensters",
        of=partner("partner-met-twee-vensters", answered=True),
        reach=with_values("Bewaar de wijziging", note="Dit stond in een ander venster.", version="0"),
    ),
    State("volgspot:view", "verslag lezen", of=partner("partner-die-leest", "ronde-2", answered=None)),
    State(
        "volgspot:view",
        "ingetrokken",
        of=partner("partner-weg", "ronde-1", answered=True, revoked_at=LONG_AGO),
        status=410,
    ),
    State(
        "volgspot:view",
        "verlopen",
        of=partner("partner-te-laat", "ronde-1", answered=True, lapses_at=LONG_AGO),
        status=410,
    ),
    State("volgspot:view", "onbekend", of=lambda: ["bestaat-niet"], status=404),
    State("admin:volgspot_reflection_board", role=TEAM),
    State("admin:volgspot_reflection_board", "verfijnd", role=TEAM, query="?ronde=ronde-3&stand=concept"),
    State("admin:volgspot_reflection_changelist", "ingediend", role=TEAM, query="?rij=ingediend"),
    State("admin:volgspot_lesson_changelist", "verfijnd", role=TEAM, query="?q=rooster&kind__exact=knelpunt"),
    *(
        State("admin:volgspot_reflection_change", f"{pact} {round}", of=reflection(pact, round), role=TEAM)
        for pact, round in [
            ("plassen-en-weiden", "ronde-3"),
            ("beide-oevers", "ronde-2"),
            ("beken-en-kanalen", "ronde-2"),
            # A concept.
            ("de-polder", "ronde-3"),
        ]
    ),
    State(
        "admin:volgspot_reflection_change",
        "teruggeven zonder reden",
        of=reflection("plassen-en-weiden", "ronde-3"),
        role=TEAM,
        reach=send("Geef terug"),
    ),
    State(
        "admin:volgspot_reflection_change",
        "versie",
        of=reflection("de-polder", "ronde-2"),
        query="?versie=1",
        role=TEAM,
    ),
]

# Addresses that show no page of their own.
NOT_A_PAGE = {
    "regels:status_data": "a file",
    "reports:feed": "a feed",
    "reports:evaluation": "a file",
    "volgspot:evaluation": "a file",
    "volgspot:partner_evaluation": "a file",
    "admin:volgspot_lesson_file": "a file",
    "admin:regels_question_file": "a file",
    "admin:regels_attachment": "a file",
    "admin:regels_presence": "answers the script of the page of a question",
    "account_confirm_login_code": "login by a mailed code is off",
    "accounts:after_login": "leads on",
    "kopgroep:feed": "a feed",
    "kopgroep:file": "a file",
    "kopgroep:geojson": "a file",
    "regels:feed": "a feed",
    "regels:file": "a file",
    "regels:obstacles:feed": "a feed",
    "regels:obstacles:file": "a file",
    "regels:schemes:feed": "a feed",
    "regels:schemes:file": "a file",
    "regions:feed": "a feed",
    "regions:file": "a file",
    "regions:geojson": "a file",
    "sitemap": "for machines",
    "robots": "for machines",
    "favicon": "a picture",
    "healthz": "for machines",
    "security_txt": "for machines",
    "^(?:kopgroep/|regionale-pacten/alle-regionale-pacten/)?verhalen(?:/.*)?$": "the page of what was removed, or leads on",
    "^regionale-pacten/alle-regionale-pacten/(?P<slug>[-a-zA-Z0-9_]+)/?$": "leads on",
    "^regionale-pacten/alle-regionale-pacten/?$": "leads on",
    "mfa_login_webauthn": "answers the script of the login page",
    "mfa_download_recovery_codes": "a file",
    ".well-known/change-password": "leads on",
    "search:suggestions": "data for a script",
    "admin:login": "leads on to the login",
    "admin:logout": "leads on to the logout",
    "admin:password_change": "leads on to the account",
    "admin:password_change_done": "leads on to the account",
    "admin:autocomplete": "data for a script",
    "admin:jsi18n": "words for a script",
    "admin:view_on_site": "leads on",
    "admin:<path:object_id>/": "leads to the page to change a record",
    "admin:(?P<url>.*)$": "answers what the admin does not know",
}


# --- The admin ------------------------------------------------------------------------------------

WITHOUT_RECORD = {"changelist": "has_view_permission", "add": "has_add_permission"}
WITH_RECORD = {"change": "has_view_permission", "history": "has_view_permission", "delete": "has_delete_permission"}


def administrator():
    """A request of somebody with the rights of an administrator, without a database."""
    rights = roles.permissions_of(roles.ADMINISTRATOR)
    return SimpleNamespace(user=SimpleNamespace(has_perm=rights.__contains__, is_active=True, is_staff=True))


def record_of(model):
    """The record with most rows, where it has any."""
    queryset = model._default_manager.all()
    if any(field.name == "participations" for field in model._meta.related_objects):
        return busiest(queryset)
    return queryset.order_by("pk").last()


def admin_states():
    return [state for state, allowed in _admin_pages() if allowed] + ADMIN_SPECIALS


def refused_admin_views():
    """Addresses of the admin without a page: nobody may open it, or it is a file."""
    return {state.view for state, allowed in _admin_pages() if not allowed}


def _admin_pages():
    request = administrator()
    yield State("admin:index", role=ADMINISTRATOR), True
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield State("admin:app_list", label, of=lambda label=label: [label], role=ADMINISTRATOR), True
    for model, model_admin in admin.site._registry.items():
        for page, right in (WITHOUT_RECORD | WITH_RECORD).items():
            view = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            of = (lambda model=model: [record_of(model).pk]) if page in WITH_RECORD else tuple
            yield State(view, of=of, role=ADMINISTRATOR), getattr(model_admin, right)(request)
        if isinstance(model_admin, ExchangeAdmin):
            view = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            yield State(f"{view}_import", role=ADMINISTRATOR), True
            yield State(f"{view}_export"), False


ADMIN_SPECIALS = [
    State("admin:geography_reorganisation_proposals", role=TEAM),
    State("admin:outbox_mail_kinds", role=TEAM),
    State("admin:outbox_mail_kinds", "voorbeelden open", role=TEAM, reach=open_all),
    State("admin:outbox_mail_example", of=lambda: ["accounts.invitation"], role=TEAM),
    State("admin:outbox_mail_changelist", "team", role=TEAM),
    State(
        "admin:organisations_organisation_import",
        "proef",
        role=TEAM,
        reach=try_import(
            "korte naam;naam;soort", "cordaan;Cordaan anders;zorgaanbieder", ";Nieuwe instelling;zorgaanbieder"
        ),
    ),
    State(
        "admin:organisations_organisation_import",
        "proef met fouten",
        role=TEAM,
        reach=try_import("korte naam;naam;soort", "cordaan;Cordaan;bestaat niet", "cordaan;Cordaan;zorgaanbieder"),
    ),
    State("admin:index", "team", role=TEAM),
    State("admin:index", "ambtenaar", role=OFFICER),
    State("admin:regions_regionalpact_change", "alleen lezen", of=lambda: [pact().pk], role=OFFICER),
    State("admin:regions_regionalpact_add", "leeg bewaard", role=TEAM, reach=send("Bewaar")),
    State("admin:kopgroep_koploper_add", "leeg bewaard", role=TEAM, reach=send("Bewaar")),
    State("admin:kopgroep_koploper_changelist", "niets gevonden", role=TEAM, query="?q=zzzzzz"),
    State("admin:kopgroep_koploper_changelist", "verfijnd", role=TEAM, query="?voorbeeld=ja&site=ja"),
    State("admin:kopgroep_koploper_changelist", "verwijderen", role=TEAM, reach=choose_action("delete_selected")),
    State(
        "admin:accounts_user_changelist",
        "tweede stap wissen",
        role=ADMINISTRATOR,
        reach=choose_action("clear_second_factor"),
    ),
]


# --- The site map ---------------------------------------------------------------------------------


def site_map():
    """The name of every address; for one without a name its pattern."""
    return {name or route for name, route in _walk(get_resolver())}


def _walk(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield space + pattern.name, ""
        else:
            yield "", space + str(pattern.pattern)
