"""What in the text of a case may still lead to somebody: it warns and never decides.

A text without a name can point at somebody all the same: where only one organisation fits what it says, everybody knows
which one. So `fits` counts those too.
"""

import re
from dataclasses import dataclass

from django.db.models import Q

from geography.models import Municipality, Place, Province
from organisations.models import Organisation
from regions.models import AreaMunicipality

# Below this many organisations a description says which one it is.
FEW = 5
LONGEST_NAME = 6
MOST_CANDIDATES = 900
CONTEXT = 30
# Villages and towns that are words too: at the beginning of a sentence they are the word.
EVERYDAY = {"Best", "Echt", "Een", "Heel", "Hem"}

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
PATTERNS = {
    "e-mailadres": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "telefoonnummer": re.compile(r"(?<![\w/])(?:\+31|0031|0)[\s-]?(?:\(0\)[\s-]?)?[1-9](?:[\s-]?\d){7,8}(?!\d)"),
    "datum": re.compile(
        rf"\b\d{{1,2}}\s+(?:{MONTHS})(?:\s+\d{{4}})?\b|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
        re.IGNORECASE,
    ),
    "nummer": re.compile(
        r"\bR-\d{4}-\d+\b|\b[A-Z]{2}\d{2}[A-Z]{4}\d{10}\b|\b\d{4}\s?[A-Z]{2}\b|(?<![\d.,€-])(?<!€ )\b\d{6,}\b(?![.,]\d)"
    ),
}
TITLE = r"(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Mm]w\.|[Dd]hr\.|[Zz]uster|[Dd]okter|[Dd]rs\.|[Dd]r\.|[Pp]rof\.)"
CAPITAL = r"[A-ZÀ-Þ][\w’'À-ÿ]+(?:-[A-ZÀ-Þ][\w’'À-ÿ]+)?"
BETWEEN = r"(?:\s(?:van|de|der|den|ten|ter|te|el|het))*"
PERSON = re.compile(
    rf"\b{TITLE}\s{CAPITAL}(?:{BETWEEN}\s{CAPITAL})?|(?<![.!?:\n]\s)(?<!^)\b{CAPITAL}{BETWEEN}\s{CAPITAL}"
)
WORD = re.compile(r"[\w’'À-ÿ&.-]*[\w’'À-ÿ&-]")


@dataclass(frozen=True)
class Left:
    """Something that was left in: what it is, the words, in which field, and the words around it."""

    kind: str
    words: str
    field: str
    around: str


def left_in(texts, private=()):
    """All that stands out in `texts` (what a field is called → its text). `private` are words of the original question."""
    found = []
    for field, text in texts.items():
        taken = []
        for kind, words, start, end in [*_by_pattern(text), *_from_the_original(text, private)]:
            taken.append((start, end))
            found.append(Left(kind, words, field, _around(text, start, end)))
        found += [
            Left("naam van een mens", match[0], field, _around(text, *match.span()))
            for match in PERSON.finditer(text)
            if not _overlaps(match.span(), taken)
        ]
    known = _known_names(texts)
    found = [one for one in found if one.kind != "naam van een mens" or not any(one.words in k.words for k in known)]
    return sorted({*found, *known}, key=lambda left: (list(texts).index(left.field), left.kind, left.words))


def _by_pattern(text):
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield kind, match[0], *match.span()


def _from_the_original(text, private):
    """Words that only the asker used of themselves: a name, an organisation."""
    for words in sorted({words.strip() for words in private if len(words.strip()) > 2}):
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
            yield "uit de vraag", match[0], *match.span()


def _overlaps(span, taken):
    return any(span[0] < end and start < span[1] for start, end in taken)


def _around(text, start, end):
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return " ".join(
        f"{'…' if start > CONTEXT else ''}{before}{text[start:end]}{after}{'…' if end + CONTEXT < len(text) else ''}".split()
    )


# --- Names that we know -----------------------------------------------------------------------------


def _candidates(text):
    """Every run of words that may be a name: it begins with a capital or a number. As {words: (start, end)}."""
    words, found = list(WORD.finditer(text)), {}
    for place, first in enumerate(words):
        if not (first[0][0].isupper() or first[0][0].isdigit() or first[0][0] in "'’"):
            continue
        for last in words[place : place + LONGEST_NAME]:
            if last is first and _is_an_everyday_word(text, first):
                continue
            found.setdefault(text[first.start() : last.end()], (first.start(), last.end()))
            if len(found) >= MOST_CANDIDATES:
                return found
    return found


def _is_an_everyday_word(text, word):
    before = text[: word.start()].rstrip(" “\"'")
    return word[0] in EVERYDAY and (not before or before[-1] in ".!?:\n")


def _known_names(texts):
    """Places, municipalities and organisations of our own directory."""
    by_field = {field: _candidates(text) for field, text in texts.items()}
    names = {name for candidates in by_field.values() for name in candidates}
    if not names:
        return set()
    kinds = _kinds_of(names)
    return {
        Left(kinds[name], name, field, _around(texts[field], *span))
        for field, candidates in by_field.items()
        for name, span in candidates.items()
        if name in kinds and not _inside_longer(name, candidates, kinds)
    }


def _kinds_of(names):
    """Name → what it is, of those that we know."""
    places = Place.objects.filter(name__in=names).values_list("name", flat=True)
    municipalities = Municipality.objects.filter(Q(name__in=names) | Q(other_name__in=names))
    provinces = Province.objects.filter(name__in=names).values_list("name", flat=True)
    organisations = Organisation.objects.filter(name__in=names).values_list("name", flat=True)
    kinds = dict.fromkeys(places, "plaats") | dict.fromkeys(provinces, "provincie")
    for pair in municipalities.values_list("name", "other_name"):
        kinds |= dict.fromkeys(names & set(pair), "gemeente")
    return kinds | dict.fromkeys(organisations, "organisatie")


def _inside_longer(name, candidates, kinds):
    start, end = candidates[name]
    return any(
        other in kinds and other != name and candidates[other][0] <= start and end <= candidates[other][1]
        for other in candidates
    )


# --- How many fit ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fits:
    """How many organisations of the directory fit what a case says, and what it says."""

    number: int
    description: str

    @property
    def is_few(self):
        return self.number < FEW


def fits(case, texts):
    """None where the case says nothing that narrows it down."""
    kinds = list(case.organisation_kinds.all())
    area, named = _area_of(case, texts)
    if not kinds and area is None:
        return None
    found = Organisation.objects.all()
    said = []
    if kinds:
        found = found.filter(kind__in=kinds)
        said.append(" of ".join(str(kind) for kind in kinds))
    if area is not None:
        found = found.filter(municipality__in=area)
        said.append(f"in {', '.join(named)}")
    return Fits(found.count(), " ".join(said))


def _area_of(case, texts):
    """The municipalities that the text or the case points at, with the words that do; None where nothing does."""
    names = {name for text in texts.values() for name in _candidates(text)}
    towns = Municipality.objects.filter(
        Q(name__in=names) | Q(other_name__in=names) | Q(places__name__in=names) | Q(province__name__in=names)
    )
    area = set(towns.values_list("pk", flat=True)) if names else set()
    said = sorted(name for name, kind in _kinds_of(names).items() if kind != "organisatie") if area else []
    if case.pact_id:
        area |= set(AreaMunicipality.objects.filter(pact=case.pact_id).values_list("municipality", flat=True))
        said.append(str(case.pact))
    return (area, said) if area else (None, [])
