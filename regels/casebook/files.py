"""The columns of the lists of cases, obstacles and schemes as files."""

from functools import partial

from regels.models import Case, Obstacle, Scheme
from zorgpact.files import ADDRESS, Column, changed_of, column, slug_of


def _names(field):
    return lambda record: [one.name for one in record.names[field]]


def _ministry(record):
    return record.ministry.abbreviation if record.ministry else ""


MINISTRY = Column("ministerie", _ministry, "Het ministerie dat erover gaat. Leeg: niet bekend.")
THEMES = Column("thema’s", _names("themes"), "De thema’s van het Zorgpact waar dit bij hoort.")
KINDS = Column("soorten organisaties", _names("organisation_kinds"), "Voor welke soort organisaties dit telt.")
RULES = Column("regels", _names("rules"), "De regels waar het om gaat.")

_case, _obstacle, _scheme = (partial(column, model) for model in (Case, Obstacle, Scheme))

CASES = [
    slug_of(Case),
    _case("question", "vraag", "De vraag in één zin."),
    ADDRESS,
    _case("is_sample", "voorbeeld"),
    _case("answer", "antwoord", "Het antwoord in gewone woorden."),
    _case("outcome", "uitkomst", "Hoe het afliep.", lambda c: c.get_outcome_display()),
    _case("origin", "van wie de regel was", "Van wie de regel echt bleek te zijn.", lambda c: c.get_origin_display()),
    RULES,
    MINISTRY,
    THEMES,
    KINDS,
    Column(
        "belemmering",
        lambda c: c.obstacle.title if c.obstacle and c.obstacle.is_published else "",
        "De belemmering waar de casus bij hoort. Leeg: niet bekend.",
    ),
    _case("checked_on", "nagekeken op", "De laatste dag waarop een ministerie keek of dit nog klopt."),
    _case("check_due_on", "opnieuw nakijken op", "De dag waarop een ministerie dit opnieuw nakijkt."),
    Column("klopt het nog", lambda c: c.freshness, "Actueel, of verouderd: dan is een regel veranderd of is het nakijken te laat."),
    _case("published_at", "op de site sinds", "Wanneer de casus op de site kwam."),
    changed_of(Case),
]  # fmt: skip

OBSTACLES = [
    slug_of(Obstacle),
    _obstacle("title", "belemmering", "Wat er niet kan of mag, in één zin."),
    ADDRESS,
    _obstacle("is_sample", "voorbeeld"),
    _obstacle("summary", "uitleg", "Waar het om gaat."),
    _obstacle("status", "stand", "Hoe ver het is.", lambda o: o.get_status_display()),
    _obstacle("status_since", "stand sinds", "Jaar, jaar en maand, of datum. Leeg: niet bekend."),
    _obstacle("reported_on", "gemeld", "Jaar, jaar en maand, of datum. Leeg: niet bekend."),
    RULES,
    MINISTRY,
    THEMES,
    KINDS,
    Column("speelt ook bij anderen", lambda o: o.also_mine, "Hoe vaak iemand zei: dit speelt bij mij ook."),
    Column("casussen", lambda o: o.cases_count, "Hoeveel casussen op de site over deze belemmering gaan."),
    changed_of(Obstacle),
]

SCHEMES = [
    slug_of(Scheme),
    _scheme("name", "naam", "Hoe de regeling heet."),
    ADDRESS,
    _scheme("is_sample", "voorbeeld"),
    MINISTRY,
    _scheme("what", "wat het is", "Waar de regeling voor is."),
    _scheme("for_whom", "voor wie", "Wie de regeling kan gebruiken."),
    _scheme("amount", "bedrag"),
    _scheme("opens_on", "open vanaf", "Leeg: niet bekend."),
    _scheme("closes_on", "open tot en met", "Leeg: niet bekend."),
    _scheme("period_note", "looptijd in woorden"),
    Column("stand", lambda s: s.state.label, "Open, sluit binnenkort (binnen 30 dagen), nog niet open, gesloten, of niet bekend; op de dag van het downloaden."),
    THEMES,
    Column("fasen", _names("phases"), "Bij welke fasen van samenwerking de regeling past."),
    _scheme("official_url", "officiële pagina", "Het adres bij de overheid."),
    changed_of(Scheme),
]  # fmt: skip
