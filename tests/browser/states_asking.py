"""The states of asking a question, and of the asker's own page. Each makes the record that it shows."""

import datetime

from regels.models import Attachment

from .desks import LEADER
from .states import State, instead, send

ASK = "/ruimte-in-de-regels/vraag-stellen/"
TYPED = {
    "vraag": {
        "question": "Mogen studenten van het mbo bij ons ook in de avond leren?",
        "goal": "Dan passen de diensten.",
    },
    "regel": {"said_by": "eigen-organisatie", "written_where": "In ons eigen examenreglement", "tried": "Wij belden."},
    "waar": {"organisation_name": "Zorghuis De Voorbeeldhof"},
    "bijlagen": {},
    "antwoord": {"email": "vrager@voorbeeld.example", "name": "Vera Voorbeeld", "may_become_case": "on"},
}


def draft(steps=TYPED, step="controle", files=0, **fields):
    def make():
        from regels.models import Draft
        from tests.factories import AttachmentFactory

        made, token = Draft.objects.start(steps=dict(steps), **fields)
        for number in range(files):
            AttachmentFactory(draft=made, question=None, file_name=f"reglement-{number + 1}.pdf", size=420_000)
        return [token, step]

    return make


def until(step):
    """What is typed when somebody comes to a step."""
    return {name: TYPED[name] for name in list(TYPED)[: list(TYPED).index(step)]}


def question(status, *, talk=(), files=(), **fields):
    """The token of a question in a status, with what was said."""

    def make():
        from django.utils import timezone

        from regels.deadlines import set_due_dates
        from regels.models import Ministry, Question, StatusLink
        from tests.factories import AttachmentFactory, MessageFactory, QuestionFactory

        now = timezone.now()
        needs = {
            "onbevestigd": {"number": None, "year": None, "confirmed_at": None, "clock_from": None},
            "wacht-op-vrager": {"waiting_since": now},
            "beantwoord": {"outcome": "regel-verhelderd", "answered_at": now},
        }.get(status, {})
        if status in ("gesloten", "samengevoegd", "ingetrokken"):
            needs = {"closed_at": now}
        words = {
            "question": TYPED["vraag"]["question"],
            "goal": TYPED["vraag"]["goal"],
            "email": "vrager@voorbeeld.example",
            "clock_from": timezone.localdate() - datetime.timedelta(days=5),
            "ministry": Ministry.objects.first(),
            "is_sample": True,
        }
        made = QuestionFactory(status=status, **words | needs | fields)
        if status == "wacht-op-vrager":
            made.pauses.create(since=timezone.localdate())
        set_due_dates(made)
        Question.objects.filter(pk=made.pk).update(answer_due_on=made.answer_due_on)
        for kind, text in talk:
            MessageFactory(question=made, kind=kind, text=text)
        for scan in files:
            AttachmentFactory(question=made, scan=scan, file_name=f"brief {scan}.pdf")
        return [StatusLink.objects.make(made)]

    return make


def attachment(scan):
    def make():
        from regels.models import Question

        [token] = question("toegewezen", files=[scan])()
        return [token, Question.objects.latest("pk").attachments.get().pk]

    return make


def sent(status):
    def make():
        from regels.models import Question, StatusLink
        from zorgpact.tokens import hash_of

        [token] = question(status)()
        asked = StatusLink.objects.get(token_hash=hash_of(token)).question
        [draft_token, _step] = draft(sent_at=asked.submitted_at, sent_as=Question.objects.get(pk=asked.pk))()
        return [draft_token]

    return make


def bottlenecks():
    """A report of which one bottleneck was sent on by its leader."""
    from accounts.models import User
    from volgspot.bottlenecks import send_on
    from volgspot.models import Bottleneck

    asked = {"reflection__pact__slug": "voorbeeldpact-de-polder", "reflection__round__slug": "ronde-2"}
    if first := Bottleneck.objects.filter(**asked).order_by("pk").first():
        send_on(first, by=User.objects.get(email=LEADER))
    return ["voorbeeldpact-de-polder", "ronde-2"]


def public_case():
    from regels.models import Case
    from tests.factories import CaseFactory

    case = Case.objects.published().first() or CaseFactory(is_sample=True)
    return f"?geholpen={case.slug}"


def type_question(text):
    """Type, and wait until the script put beside it what was found."""

    def reach(page):
        page.locator("textarea").press_sequentially(text)
        page.locator("button[name=verder]").wait_for()

    return reach


def open_and(then):
    def reach(page):
        for summary in page.locator("main summary").all():
            summary.click()
        then(page)

    return reach


def stale(page):
    """Another window kept something else since this one was opened."""
    page.locator("[name=stand]").evaluate("field => field.value = 'oud'")
    page.locator("[name=question]").fill("In dit venster staat iets anders.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_load_state()


def choose(name, content):
    def reach(page):
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "x/y", "buffer": content})
        with page.expect_navigation():
            page.get_by_role("button", name="Voeg dit bestand toe").click()

    return reach


def too_late(page):
    """In another window the question was sent since this one was opened."""
    token = page.url.split("/")[-3]
    page.site.run(
        "-c",
        "import django; django.setup(); from django.utils import timezone; from regels.models import Draft; "
        f"Draft.objects.by_token({token!r}).update(sent_at=timezone.now())",
    )
    page.locator("[name=question]").fill("In dit oude venster staat nog iets dat niet meeging.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_load_state()


# Of a portal with a scanner, or one that is no demo.
WAITS_FOR_SCANNER = {
    "token": "x" * 43,
    "attachment": {"file_name": "brief wacht.pdf", "scan": "wacht"},
    "is_at_own_risk": False,
}


ASKED = ("vraag-terug", "Om hoeveel uren per week gaat het, en in welke opleiding?")
ANSWERED = (
    "antwoord",
    "Ja, dat mag.\n\nDe school mag zelf kiezen wanneer er les is. Spreek het af met het examenbureau.",
)
TALK = [ASKED, ("reactie", "Om acht uren, in de opleiding verzorgende."), ANSWERED]
HELPED = {"outcome": "regel-verhelderd"}

ASKING = [
    State("regels:ask"),
    State("regels:ask", "niets gevonden", reach=send("Kijk of er al een antwoord is", question="xyzzy plugh")),
    State("regels:ask", "tijdens het typen", reach=type_question("Mag een verpleegkundige lesgeven op het roc?")),
    State("regels:ask", "leeg verstuurd", reach=send("Kijk of er al een antwoord is", question="")),
    State("regels:ask", "servicenummer", reach=send("Kijk of er al een antwoord is", question="Ik ben 111222333")),
    State("regels:ask", "geholpen", query=public_case),
    State("regels:ask", "weggegooid", query="?weggegooid"),
    *(State("regels:ask_step", step, of=draft(until(step), step)) for step in TYPED),
    State("regels:ask_step", "vraag leeg verstuurd", of=draft(until("vraag"), "vraag"), reach=send("Bewaar en ga verder", question="")),
    State("regels:ask_step", "antwoord fout", of=draft(until("antwoord"), "antwoord"), reach=send("Bewaar en ga verder", email="nee")),
    State("regels:ask_step", "twee vensters", of=draft(step="vraag"), reach=stale),
    State("regels:ask_step", "servicenummer", of=draft({"vraag": {"question": "Ik ben 111222333"}}, "regel")),
    State("regels:ask_step", "een bijlage", of=draft(until("antwoord"), "bijlagen", files=1)),
    State("regels:ask_step", "drie bijlagen", of=draft(until("antwoord"), "bijlagen", files=3)),
    State("regels:ask_step", "bijlage fout", of=draft(until("antwoord"), "bijlagen"), reach=choose("virus.exe", b"MZ")),
    State("regels:ask_step", "bijlage te groot", of=draft(until("antwoord"), "bijlagen"), reach=choose("plan.pdf", b"%PDF" + b"x" * Attachment.MAX_SIZE)),
    State("regels:ask_step", "controle", of=draft(files=2)),
    State("regels:ask_step", "al verstuurd", of=draft(step="vraag"), reach=too_late),
    State("regels:ask_step", "te vaak verstuurd", of=draft(), reach=instead("site/too_often.html", 429, minutes=10, typed=[TYPED["vraag"]["question"]])),
    State("regels:ask_step", "weg", of=lambda: ["x" * 43, "vraag"], status=404),
    State("regels:ask_sent", "bevestigen", of=sent("onbevestigd")),
    State("regels:ask_sent", "bevestigd", of=sent("nieuw")),
    State("regels:ask_sent", "vergeten", of=lambda: draft(sent_at=datetime.datetime.now(datetime.UTC))()[:1]),
    State("regels:status", "bevestigen", of=question("onbevestigd")),
    State("regels:status", "net bevestigd", of=question("nieuw", ministry=None), query="?gedaan=bevestigd"),
    State("regels:status", "in behandeling", of=question("toegewezen", files=["wacht", "schoon"]), reach=open_and(lambda page: None)),
    State("regels:status", "wacht op vrager", of=question("wacht-op-vrager", talk=[ASKED])),
    State("regels:status", "te laat", of=question("toegewezen", clock_from=datetime.date(2026, 1, 5))),
    State("regels:status", "tweede lezer", of=question("tweede-lezer", talk=TALK[:2])),
    State("regels:status", "beantwoord", of=question("beantwoord", talk=TALK), reach=open_and(lambda page: None)),
    State("regels:status", "gesloten", of=question("gesloten", talk=TALK, can_continue=True, **HELPED)),
    State("regels:status", "zonder antwoord gesloten", of=question("gesloten", talk=[ASKED])),
    State("regels:status", "samengevoegd", of=question("samengevoegd")),
    State("regels:status", "ingetrokken", of=question("ingetrokken")),
    State("regels:status", "leeg bericht", of=question("toegewezen"), reach=send("Verstuur", text="")),
    State("regels:status", "servicenummer", of=question("toegewezen"), reach=send("Verstuur", text="Hij is 111222333")),
    State("regels:status", "weg", of=lambda: ["x" * 43], status=404),
    State("regels:status_attachment", "op eigen risico", of=attachment("wacht")),
    State("regels:status_attachment", "wacht op de scanner", of=attachment("wacht"), reach=instead("regels/asking/attachment.html", 403, **WAITS_FOR_SCANNER)),
    State("regels:status_attachment", "besmet", of=attachment("besmet"), status=403),
    State("volgspot:bottlenecks", of=bottlenecks, role=LEADER),
    State("volgspot:bottlenecks", "concept", of=lambda: ["voorbeeldpact-de-polder", "ronde-3"], role=LEADER),
    State("regels:status_attachment", "mislukt", of=attachment("mislukt"), status=403),
]  # fmt: skip
