"""What `/stijl/` shows: the real templates, fed with examples that stand in no database."""

import datetime
import re
from types import SimpleNamespace

from django import forms
from django.conf import settings

from geography.maps import Area, AreaMap, Spot, SpotMap
from geography.topology import borders
from organisations.models import Corner, Participation
from organisations.table import Seat, Side
from organisations.triangle import Triangle
from regels.asking.status import line_of, stages_of
from regels.clock import Clock
from regels.models import Obstacle, Question, Scheme
from regions.models import AgendaItem

from .lists import PER_PAGE, Chip, CountedPaginator, Option

LONG = "Voorbeeldpact Noordelijk Rivierengebied, Stedelijke Agglomeratie en Waterschapsgemeenten"
COLOUR = re.compile(r"(--[\w-]+): #")


class Rows(list):
    """A list that templates read as they read what hangs on a record."""

    @property
    def all(self):
        return self


class ExampleForm(forms.Form):
    """Every kind of field the portal uses."""

    name = forms.CharField(label="Naam", help_text="Bijvoorbeeld: Zorgpact Zeeland.")
    email = forms.EmailField(label="E-mailadres", error_messages={"required": "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."})  # fmt: skip
    story = forms.CharField(label="Verhaal", widget=forms.Textarea, required=False, help_text="Korte, actieve zinnen.")
    phase = forms.ChoiceField(label="Fase", choices=[("1", "Kaderen"), ("2", "Richten")])
    corner = forms.ChoiceField(label="Hoek", choices=Corner.choices[:3], widget=forms.RadioSelect, error_messages={"required": "Kies de hoek van uw organisatie."})  # fmt: skip
    agreed = forms.BooleanField(label="De gegevens kloppen", error_messages={"required": "Zet een vinkje als de gegevens kloppen."})  # fmt: skip


def examples():
    """All that the page shows, by name."""
    filled = {"name": "Zorgpact Zeeland", "email": "naam@voorbeeld.example", "phase": "1", "corner": Corner.CARE}
    return {
        "colours": colours(),
        "form": ExampleForm(initial=filled, prefix="goed"),
        "form_with_errors": ExampleForm({"fout-name": "Zorgpact Zeeland", "fout-phase": "1"}, prefix="fout"),
        "sample": SimpleNamespace(is_sample=True),
        "triangles": _triangles(),
        "sides_full": _sides(3, is_complete=True),
        "sides_sixty": _sides(60, is_complete=True),
        "sides_missing": _sides(1, is_complete=True),
        "sides_unknown": _sides(0, is_complete=False),
        "pacts": _pacts(),
        "koplopers": _koplopers(),
        "filter": _filter(),
        "chips": [Chip("Zeeland", ""), Chip("Leren in de praktijk", ""), Chip("“zorgspot” (onbekend)", "")],
        "phases": _phases(),
        "statuses": AgendaItem.Status.choices,
        "confirmed": [
            SimpleNamespace(confirmed_on=datetime.date(2026, 5, 1), is_stale=False),
            SimpleNamespace(confirmed_on=datetime.date(2019, 5, 1), is_stale=True),
            SimpleNamespace(confirmed_on=None, is_stale=True),
        ],
        "example_messages": ["De gegevens zijn bewaard.", "Uw e-mailadres is bevestigd."],
        "lookup": _lookup(),
        "area_map": _area_map(),
        "spot_map": _spot_map(),
        **_case(),
        "obstacle_statuses": Obstacle.Status.choices,
        "schemes": _schemes(),
        "stages": stages_of(Question(status=Question.Status.ASSIGNED)),
        **_clock(),
        **_pages(),
    }


def colours():
    """The names of the colours, as the file of the house style has them."""
    text = (settings.BASE_DIR / "static" / "css" / "theme.css").read_text(encoding="utf-8")
    return list(dict.fromkeys(COLOUR.findall(text)))


def _triangles():
    care, education, government = Corner.CARE, Corner.EDUCATION, Corner.GOVERNMENT
    return [
        ("Alle drie doen mee", Triangle(frozenset({care, education, government}), True)),
        ("Eén hoek ontbreekt", Triangle(frozenset({care, education}), True)),
        ("Twee hoeken ontbreken", Triangle(frozenset({education}), True)),
        ("Eén hoek nog niet bekend", Triangle(frozenset({care, government}), False)),
        ("Nog niets bekend", Triangle(frozenset(), False)),
        ("Niemand doet mee", Triangle(frozenset(), True)),
    ]


def _area_map():
    """Two areas that overlap, one that ended, one of which the borders are unknown, and land of another."""
    topology = borders()
    zeeland, brabant, limburg, utrecht = (topology.in_provinces({code}) for code in ("PV29", "PV30", "PV31", "PV26"))
    shared = frozenset(sorted(brabant)[:12])
    areas = [
        Area(1, "Voorbeeldpact aan Zee", "#kaarten", zeeland | shared),
        Area(2, "Voorbeeldpact aan de Maas", "#kaarten", brabant, is_sample=True),
        Area(3, "Voorbeeldpact in het Zuiden", "#kaarten", limburg, "geëindigd in 2019"),
        Area(4, "Voorbeeldpact zonder grenzen", "#kaarten", frozenset()),
    ]
    return AreaMap(areas, covered=zeeland | brabant | utrecht, pins=[("Voorbeeldgemeente", 3.9, 51.5)])


def _spot_map():
    """A single point, a group, and one that has no place."""
    return SpotMap(
        [
            Spot("Voorbeelddorp", 6.5, 53.2, 0, [(0, "Voorbeeld in het Noorden", "#kaarten")], 1),
            Spot("Voorbeeldstad", 5.1, 52.1, 1, [(i, f"Voorbeeld {i}", "#kaarten") for i in (1, 2)], 2),
        ],
        missing=[("Voorbeeld zonder plaats", "#kaarten")],
        missing_total=1,
    )


def _sides(number, *, is_complete):
    """`number` organisations over the corners, the first of each with a role."""
    sides = [Side(corner, is_complete=is_complete) for corner in (Corner.CARE, Corner.EDUCATION, Corner.GOVERNMENT)]
    for i in range(number):
        organisation = SimpleNamespace(slug="voorbeeld", name=f"Voorbeeldorganisatie {i + 1}")
        roles = [Participation.Role.LEAD.label] if i == 0 else []
        sides[i % 3].seats.append(Seat(organisation, roles, is_sample=i == 2, since=""))
    return sides


def _record(**fields):
    seen = {"corners": f"{Corner.CARE},{Corner.EDUCATION}", "participants_complete": True}
    return SimpleNamespace(**{"get_absolute_url": "#rijen", "is_sample": False, **seen, **fields})


def _theme(name, is_sample=False):
    return SimpleNamespace(theme=SimpleNamespace(name=name), is_sample=is_sample)


def _pacts():
    common = {"function_rows": Rows(), "ended": "", "phase_name": "", "lead_name": "", "summary": ""}
    full = {
        **common,
        "name": "Voorbeeldpact aan Zee",
        "area_name": "De kust",
        "lead_name": "Voorbeeldorganisatie",
        "lead_role": Participation.Role.LEAD,
        "summary": "Zeven thema’s, van praktijkroute tot wijkleerbedrijf.",
        "phase_name": "Mobiliseren van de uitvoering",
        "phase_is_sample": True,
        "theme_rows": Rows([_theme("Leren in de praktijk"), _theme("Zorg en technologie", is_sample=True)]),
    }
    bare = {**common, "name": LONG, "area_name": "Een heel groot gebied", "theme_rows": Rows()}
    nobody = {"corners": None, "participants_complete": False}
    return [
        _record(**full),
        _record(**{**bare, **nobody}),
        _record(**{**full, "name": "Voorbeeldpact dat stopte", "is_sample": True, "ended": "2019-06"}),
    ]


def _koplopers():
    full = {
        "title": "Voorbeeldkoploper in de wijk",
        "where": "Middelburg",
        "pacts": Rows([SimpleNamespace(name="Voorbeeldpact aan Zee")]),
        "first_result": "130 studenten per jaar vinden een plek in de wijk",
        "summary": "Studenten helpen bewoners, en leren het vak.",
        "theme_rows": Rows([_theme("Leren in de praktijk")]),
        "forms": Rows([SimpleNamespace(name="wijkleerbedrijf")]),
        "confirmation": "zeker",
        "status": "actief",
        "kind": "koploper",
    }
    bare = {**full, "where": "", "pacts": Rows(), "first_result": None, "theme_rows": Rows(), "forms": Rows()}
    return [
        _record(**full),
        _record(**{**bare, "title": LONG, "confirmation": "nog-te-bevestigen"}),
        _record(**{**full, "title": "Voorbeeldkoploper die stopte", "status": "geeindigd", "is_sample": True}),
        _record(**{**bare, "title": "Voorbeeld dat geen koploper is", "kind": "goed-voorbeeld"}),
    ]


def _filter():
    """A filter with a choice that is on, one that gives nothing, and one that nobody knows."""
    options = [
        Option("leren-in-de-praktijk", "Leren in de praktijk", 31, True),
        Option("zorg-en-technologie", "Zorg en technologie", 12, False),
        Option("permanent-leren", "Permanent leren", 0, False),
    ]
    return SimpleNamespace(
        groups=[{"name": "thema", "label": "Thema", "options": options, "is_open": True}],
        carried=[],
        chips=[],
        total=31,
        sortings=["naam", "nieuwste"],
        sort_options=[("", "Naam", True), ("nieuwste", "Nieuwste eerst", False)],
        clear_query="",
        unknown=["zorgspot"],
    )


def _phases():
    names = ["Kaderen van de uitdaging", "Richten van de inzet", "Mobiliseren van de uitvoering", "Verankeren"]
    steps = [SimpleNamespace(name=name, is_from_source=name != names[3]) for name in names]
    change = SimpleNamespace(since="2017-09", phase=steps[2], reason="De eerste projecten begonnen.", is_sample=True)
    states = ["past", "past", "now", ""]
    return {
        "now": steps[2],
        "all": [
            {"phase": phase, "state": state, "changes": [change] if phase == steps[2] else []}
            for phase, state in zip(steps, states, strict=True)
        ],
    }


def _lookup():
    """The answer for who lives somewhere without a pact."""
    near = _record(name="Voorbeeldpact aan Zee")
    return SimpleNamespace(municipality=True, here="Voorbeeldstad", successors=[], nearest=[(near, 12)], likely=[])


def _case():
    """An answer that may not be true any more: a rule changed, and the next check is late."""
    rule = SimpleNamespace(
        name="Voorbeeldregel over lestijd", get_absolute_url="#regels", version_on=datetime.date(2026, 8, 1)
    )
    case = SimpleNamespace(
        checked_on=datetime.date(2025, 3, 1),
        check_due_on=datetime.date(2026, 3, 1),
        is_check_due=True,
        ministry=SimpleNamespace(abbreviation="OCW"),
    )
    return {
        "case": case,
        "rules": [SimpleNamespace(rule=rule, is_behind=True)],
        "lead": "Ja, dat mag, als een docent de studenten begeleidt.",
        "more": ["De wet zegt niet waar een les moet zijn."],
    }


def _schemes():
    day = datetime.date(2026, 12, 1)
    return [SimpleNamespace(state=state, opens_on=day, closes_on=day, period_note="") for state in Scheme.State]


def _clock():
    """A term with a pause behind it, half-way."""
    pause = (datetime.date(2026, 6, 3), datetime.date(2026, 6, 8))
    clock, today = Clock(datetime.date(2026, 6, 1), term=10, pauses=(pause,)), datetime.date(2026, 6, 11)
    return {"clock": clock, "clock_line": list(line_of(clock, today)), "clock_words": list(clock.sentences(today))}


def _pages():
    paginator = CountedPaginator(range(12 * PER_PAGE), PER_PAGE, count=12 * PER_PAGE)
    page = paginator.get_page(6)
    return {"page_obj": page, "pages": paginator.window(page.number), "page_query": ""}
