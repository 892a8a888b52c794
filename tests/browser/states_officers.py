"""The desk of whoever answers questions, in every state; and the questions, cases and text blocks that it takes."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from .desks import OFFICER, TEAM
from .site import PASSWORD

COLLEAGUE = "collega-bureau@voorbeeld.example"
ASKED = "Mag een verpleegkundige zonder lesbevoegdheid lesgeven op het roc?"
LONG_AGO = "?van=2001-03-01&tot=2001-03-31"
# What was made, by name; filled where the database is, in the process that fills it.
MADE = {}


def make_questions():
    """One question in every status, by the steps; with colleagues, notes, a text block and a case."""
    from accounts.invitations import create_account
    from accounts.models import User
    from accounts.roles import OCW, VWS
    from regels.deadlines import recompute
    from regels.models import Ministry, Outcome, Presence, Question, TextBlock
    from regels.workflow import cases, questions
    from tests import factories

    officer, member = User.objects.get(email=OFFICER), User.objects.get(email=TEAM)
    colleague = create_account(COLLEAGUE, [OCW], "Voorbeeld Collega")
    colleague.set_password(PASSWORD)
    colleague.save()
    other = create_account("ambtenaar-vws@voorbeeld.example", [VWS], "Voorbeeld Ambtenaar VWS")
    ocw, vws = Ministry.objects.get(role=OCW), Ministry.objects.get(role=VWS)
    rule = factories.RuleFactory(name="bevoegdheid voor het mbo", place="artikel=4.2.1", ministry=ocw, origin="wet")
    obstacle = factories.ObstacleFactory(title="Wie in de zorg werkt, mag geen les geven", ministry=ocw)
    case = factories.CaseFactory(
        question="Mag iemand uit de zorg lesgeven zonder bevoegdheid?", ministry=ocw, obstacle=obstacle,
        answer="Ja, dat mag als een bevoegde docent verantwoordelijk blijft.", checked_on=datetime.date(2020, 1, 1),
        check_due_on=datetime.date(2021, 1, 1),
    )  # fmt: skip
    factories.CaseRuleFactory(case=case, rule=rule)
    TextBlock.objects.create(
        title="Het mocht al", text="Beste {naam}, dat mag. Zie {regel}.", rule=rule, outcome=Outcome.CLARIFIED
    )

    def asked(text=ASKED, **more):
        fields = {"question": text, "email": "vrager@voorbeeld.example", "name": "Voorbeeld Vrager"} | more
        question = questions.receive(factories.DraftFactory(token_hash=f"{Question.objects.count():064}"), **fields)
        return questions.confirm(question, by=None)

    def answered_by(question, by, text="Ja, dat mag. Een bevoegde docent blijft verantwoordelijk."):
        questions.assign(question, by=by)
        questions.write(question, by=by, text=text, outcome=Outcome.CLARIFIED, version=0)
        return questions.propose(question, by=by)

    long = {
        "goal": "Twee gastlessen per week, een heel schooljaar.", "said_by": "partner", "said_by_note": "personeelszaken van het roc",
        "written_where": "In de cao.", "tried": "Wij vroegen het aan de onderwijsinspectie.", "organisation_name": "Voorbeeldhuis",
        "rule": rule, "may_become_case": True,
    }  # fmt: skip
    MADE["nieuw"] = asked()
    MADE["toegewezen"] = questions.assign(asked(**long), by=officer)
    MADE["twee teksten"] = questions.assign(asked(**long), by=officer)
    MADE["wacht"] = questions.ask_back(
        questions.assign(asked(**long), by=officer), by=officer, text="Om hoeveel uren gaat het?"
    )
    MADE["te toetsen"] = answered_by(asked(**long), colleague)
    MADE["zelf geschreven"] = answered_by(asked(**long), officer)
    MADE["akkoord"] = questions.approve(answered_by(asked(**long), officer), by=colleague)
    MADE["beantwoord"] = questions.send(
        questions.approve(answered_by(asked(**long), officer), by=colleague), by=officer
    )
    sent = questions.send(questions.approve(answered_by(asked(**long), officer), by=colleague), by=officer)
    MADE["correctie"] = questions.correct(sent, by=officer, reason="Het artikel klopt niet.")
    MADE["van een ander"] = questions.assign(asked("Mag een arts dit?"), by=member, ministry=vws, officer=other)
    double = questions.assign(asked("Dezelfde vraag, nog een keer."), by=officer)
    MADE["samengevoegd"] = questions.merge(double, by=officer, into=MADE["toegewezen"])
    full = MADE["toegewezen"]
    questions.classify(full, by=officer, rule=rule, obstacle=obstacle)
    questions.add(full, text="Het gaat om twintig uur per jaar.")
    questions.note(full, by=colleague, text="Dit lijkt op de casus, maar nu een heel jaar.", mentions=[officer])
    questions.write(full, by=officer, text="Ja, dat mag.", outcome=Outcome.CLARIFIED, version=0)
    factories.AttachmentFactory(question=full, file_name="brief-van-het-roc.pdf", scan="schoon")
    factories.AttachmentFactory(question=full, file_name="foto.png", kind="png")
    Presence.objects.update_or_create(
        question=MADE["nieuw"], user=colleague, defaults={"seen_at": timezone.now() + datetime.timedelta(hours=9)}
    )
    long_ago = timezone.now() - datetime.timedelta(days=30)
    Question.objects.filter(pk=full.pk).update(clock_from=long_ago.date(), confirmed_at=long_ago)
    recompute()
    draft = questions.begin_case(MADE["beantwoord"], by=officer)
    draft.question, draft.slug = "Mag een verpleegkundige lesgeven?", "voorbeeld-lesgeven"
    draft.answer = "Ja. In Middelburg deed Jan Jansen dat op 12 maart 2024; bel 0118 123 456."
    draft.save()
    MADE["casus concept"], MADE["casus"] = draft, case
    review = factories.CaseFactory(
        question="Mag een stagiair mee op huisbezoek?", status="concept", published_at=None, ministry=ocw
    )
    MADE["casus te toetsen"] = cases.propose(review, by=colleague)
    factories.VerdictFactory(case=case, is_useful=False, remark="Ik mis een voorbeeld.")
    for name in ("casus-plan", "casus-weg"):
        MADE[name] = factories.CaseFactory(question=f"Voorbeeld {name}?", ministry=ocw)
    cases.withdraw(MADE["casus-weg"], by=officer, reason="De wet is veranderd.")
    cases.revise(MADE["casus-plan"], by=officer)
    MADE["obstacle"] = obstacle
    # More than two pages of a list, from a time of which nothing else is.
    at = timezone.make_aware(datetime.datetime(2001, 3, 1, 12))
    many = {"status": "gesloten", "outcome": Outcome.CLARIFIED, "ministry": ocw, "rule": rule, "is_sample": True}
    factories.QuestionFactory.create_batch(101, year=2001, confirmed_at=at, first_answered_at=at, closed_at=at, **many)


def made(name):
    """The arguments of the address of what was made."""
    return lambda: [MADE.get(name, SimpleNamespace(pk=1)).pk]


def press(button, **fields):
    """Open everything, fill in fields and press a button of which the page says that it cannot be."""

    def reach(page):
        for summary in page.locator("main summary, #content summary").all():
            if not summary.evaluate("summary => summary.parentElement.open"):
                summary.click()
        for name, value in fields.items():
            page.locator(f"[name='{name}']").first.evaluate("(field, value) => { field.value = value; }", value)
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).first.click()

    return reach


def unfold(page):
    for summary in page.locator("#content summary").all():
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()


def officer_states():
    from .states import State

    question, case = "admin:regels_question_change", "admin:regels_case_change"
    reading = (
        "nieuw",
        "toegewezen",
        "wacht",
        "te toetsen",
        "zelf geschreven",
        "akkoord",
        "beantwoord",
        "correctie",
        "van een ander",
        "samengevoegd",
    )
    return [
        *(State(question, name, of=made(name), role=OFFICER, query="?rij=ministerie") for name in reading),
        State(question, "alles open", of=made("toegewezen"), role=OFFICER, reach=unfold),
        State(question, "team wijst toe", of=made("nieuw"), role=TEAM, reach=unfold),
        State(question, "team toetst", of=made("te toetsen"), role=TEAM, reach=unfold),
        State(question, "zoeken", of=made("toegewezen"), role=OFFICER, query="?zoek=lesgeven"),
        State(question, "zonder antwoord voorgelegd", of=made("twee teksten"), role=OFFICER, reach=press("Leg voor aan een tweede lezer")),
        State(
            question, "twee teksten", of=made("toegewezen"), role=OFFICER,
            reach=press("Bewaar", version="0", answer="Nee, dat mag niet."),
        ),
        State(question, "teruggeven zonder reden", of=made("te toetsen"), role=OFFICER, reach=press("Geef terug")),
        *(State("admin:regels_question_changelist", rij, role=OFFICER, query=f"?rij={rij}") for rij in ("van-mij", "te-laat", "verouderd")),
        State("admin:regels_question_figures", role=OFFICER),
        State("admin:regels_question_figures", "niets", role=OFFICER, query="?van=2001-01-01&tot=2001-02-01"),
        State("admin:regels_question_figures", "lijst", role=TEAM, query="?toon=binnen"),
        *(
            State("admin:regels_question_figures", f"lijst bladzijde {n}", role=OFFICER, query=f"{LONG_AGO}&toon=binnen&pagina={n}")
            for n in (1, 2, 3)
        ),
        State(case, "concept", of=made("casus concept"), role=OFFICER),
        State(case, "te toetsen", of=made("casus te toetsen"), role=OFFICER, reach=unfold),
        State(case, "terug zonder reden", of=made("casus te toetsen"), role=TEAM, reach=press("Geef terug")),
        State(case, "mogelijk verouderd", of=made("casus"), role=OFFICER, reach=unfold),
        State(case, "herziening loopt", of=made("casus-plan"), role=OFFICER),
        State(case, "ingetrokken", of=made("casus-weg"), role=OFFICER),
        State("admin:regels_obstacle_change", "verplaatsen", of=made("obstacle"), role=OFFICER),
        State("admin:regels_question_history", of=made("toegewezen"), role=OFFICER),
        State("admin:regels_textblock_changelist", "ambtenaar", role=OFFICER),
        State("admin:regels_textblock_add", "ambtenaar", role=OFFICER),
    ]  # fmt: skip
