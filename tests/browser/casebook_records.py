"""Cases, obstacles, rules and schemes in every state that looks different. The words are made up."""

from datetime import date, timedelta

from django.utils import timezone

# Who walks the whole job in `test_asking.py`; each has a rule of its own, that gets a new text at the end.
WALKERS = ("muis", "toetsen", "telefoon")
LONG = "Wij willen leerlingen een deel van de week in de wijk laten leren, samen met een thuiszorgorganisatie en de gemeente."


def add():
    from geography.models import Province
    from kopgroep.models import Koploper
    from organisations.models import OrganisationKind
    from programme.models import Source
    from regels.models import Case, Ministry, Obstacle, Origin, Outcome
    from regions.models import Phase, RegionalPact
    from tests import factories as f
    from themes.models import Theme

    today = timezone.localdate()
    sample = {"is_sample": True}
    ministry = Ministry.objects.filter(slug="ocw").first() or f.MinistryFactory()
    themes = list(Theme.objects.published()[:2])
    source = Source.objects.published().first()
    rule = f.RuleFactory(
        name="Begeleide onderwijstijd in het mbo (staat)", slug="staat-onderwijstijd", law="Wet educatie en beroepsonderwijs (WEB)",
        place="hoofdstuk=7&artikel=7.2.7&lid=3", ministry=ministry, version_on=date(2026, 8, 1),
        explanation="Een school geeft per jaar een vast aantal uren les en praktijk.\nZij mag afwijken als het onderwijs goed blijft.",
        link_checked_on=today, **sample,
    )  # fmt: skip
    f.RuleVersionFactory(
        rule=rule, valid_from=date(2026, 8, 1), what_changed="Minder begeleide uren in het eerste jaar."
    )
    f.RuleVersionFactory(rule=rule, valid_from=date(2019, 8, 1))
    own = f.RuleFactory(
        name="Beleid over gastdocenten (staat)", slug="staat-gastdocenten", bwb_id="", origin=Origin.OWN, **sample
    )
    for who in WALKERS:
        walked = f.RuleFactory(name=f"Regel voor de proef met {who}", slug=f"proef-{who}", ministry=ministry, **sample)
        f.RuleVersionFactory(rule=walked, valid_from=date(2019, 8, 1))
    Status = Obstacle.Status
    for number, status in enumerate(Status):
        obstacle = f.ObstacleFactory(
            title=f"Lesgeven op de werkvloer telt niet als onderwijstijd ({status.label})", slug=f"staat-{status}",
            status=status, status_since="2024-05", ministry=ministry, reported_on=f"{2019 + number}-03", summary=LONG, **sample,
        )  # fmt: skip
        obstacle.rules.add(rule)
        obstacle.themes.add(*themes)
    f.ObstacleMoveFactory(
        obstacle=obstacle,
        on="2023-11-02",
        reason="Drie regio’s melden hetzelfde. Wij vragen de inspectie hoe zij ernaar kijkt.",
        **sample,
    )
    f.ObstacleMoveFactory(
        obstacle=obstacle, before=Status.EXAMINED, after=Status.STAYS, on="2024-05-01", source=source,
        reason="De norm blijft, want zij beschermt studenten.\nAfwijken mag als de school uitlegt waarom het onderwijs goed blijft.", **sample,
    )  # fmt: skip
    f.HelpedWordsFactory(
        obstacle=obstacle,
        words="Wij dachten dat het niet mocht. Na één telefoontje konden wij verder.",
        said_on="2024-06",
        source=source,
        **sample,
    )
    for number, province in enumerate([*Province.objects.all()[:3], None]):
        for _ in range(number + 1):
            f.AlsoMineFactory(obstacle=obstacle, province=province, **sample)
    kinds = list(OrganisationKind.objects.all()[:2])
    full = f.CaseFactory(
        question="Mogen wij onderwijstijd verplaatsen naar de praktijk?", slug="staat-vol", obstacle=obstacle, ministry=ministry,
        answer="Ja, dat mag, als een docent de studenten begeleidt.\nDe wet zegt niet waar een les moet zijn. U hebt geen toestemming nodig.",
        context=LONG, room="De wet telt begeleide uren, niet lokalen.\nDe school bepaalt zelf hoe zij begeleidt.",
        what_you_can_do="Spreek af welke docent begeleidt en beoordeelt.\nLeg dat vast in de onderwijsovereenkomst.\nMeld het de examencommissie.",
        conditions="Een bevoegde docent houdt de leiding.\nDe medezeggenschap is het ermee eens.",
        origin=Origin.OWN, origin_note="De school had dit zelf zo opgeschreven.", outcome=Outcome.OWN_RULES,
        pact=RegionalPact.objects.published().first(), koploper=Koploper.objects.published().first(),
        checked_on=today - timedelta(days=20), check_due_on=today + timedelta(days=345), **sample,
    )  # fmt: skip
    f.CaseRuleFactory(case=full, rule=rule, checked_version_on=date(2026, 8, 1))
    f.CaseRuleFactory(case=full, rule=own)
    full.themes.add(*themes)
    full.organisation_kinds.add(*kinds)
    full.sources.add(*Source.objects.published()[:2])
    old = f.CaseFactory(
        question="Welke cao geldt bij werken voor twee instellingen?", slug="staat-verouderd", obstacle=obstacle, ministry=ministry,
        answer="De cao van de werkgever die het salaris betaalt.", outcome=Outcome.CLARIFIED, origin=Origin.AGREEMENT,
        checked_on=date(2023, 2, 1), check_due_on=date(2024, 2, 1), **sample,
    )  # fmt: skip
    f.CaseRuleFactory(case=old, rule=rule, checked_version_on=date(2019, 8, 1))
    f.CaseFactory(
        question="Mogen wij experts uit de praktijk inzetten als docent?", slug="staat-niet-bewaard",
        answer="Het antwoord is niet bewaard gebleven.", outcome=Outcome.NOT_KEPT, **sample,
    )  # fmt: skip
    f.CaseFactory(
        slug="staat-ingetrokken", status=Case.Status.WITHDRAWN, published_at=None, withdrawn_on=today,
        withdrawn_reason="De regel is per 1 augustus vervallen.\nEen nieuw antwoord volgt.", **sample,
    )  # fmt: skip
    dates = {
        "open": (today - timedelta(days=90), today + timedelta(days=200)),
        "sluit-binnenkort": (today - timedelta(days=90), today + timedelta(days=5)),
        "gepland": (today + timedelta(days=30), today + timedelta(days=200)),
        "gesloten": (date(2014, 1, 1), date(2018, 12, 31)),
        "onbekend": (None, None),
    }
    for state, (opens, closes) in dates.items():
        scheme = f.SchemeFactory(
            name=f"Subsidie voor stageplaatsen in de zorg ({state})", slug=f"staat-{state}", opens_on=opens, closes_on=closes,
            ministry=None if state == "onbekend" else ministry, what="Geld voor organisaties die stages begeleiden.\nU vraagt het één keer per studiejaar aan.",
            for_whom="Erkende leerbedrijven in zorg en welzijn.", amount="€ 125 miljoen per jaar", official_url="https://www.voorbeeld.example/regeling",
            period_note="" if closes else "per studiejaar", **sample,
        )  # fmt: skip
        scheme.themes.add(*themes)
        scheme.phases.add(*Phase.objects.all()[:1])
    closed = type(scheme).objects.get(slug="staat-gesloten")
    closed.koplopers.add(*Koploper.objects.published()[:2])
    f.GrantFactory(
        scheme=closed, title="Leren in de wijk", amount="€ 1,2 miljoen", granted_on="2016", region="Noord-Nederland",
        koploper=full.koploper, pact=full.pact, theme=themes[0] if themes else None, source=source, **sample,
    )  # fmt: skip
    f.FollowerFactory(obstacle=obstacle, email="nog-niet@voorbeeld.example")
    f.FollowerFactory(obstacle=obstacle, email="volgt@voorbeeld.example", confirmed_at=timezone.now())
