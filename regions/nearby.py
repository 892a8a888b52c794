"""Which pact is near: from what somebody typed as the name of a municipality or a town to an honest answer."""

import math
import re
import unicodedata
from dataclasses import dataclass, field

from django.db.models import CharField, DateField, Value
from django.utils import timezone
from rapidfuzz import fuzz, process

from geography.models import Municipality, Place, Reorganisation

from .models import AreaMunicipality

# Below this likeness (0 to 100) a name is no longer a spelling error but another name.
LIKENESS = 72
SUGGESTIONS = 5
NEAREST = 3
EARTH_RADIUS_KM = 6371


@dataclass
class Lookup:
    """The answer to one typed name."""

    asked: str
    # The municipality that was meant; None where the name fits none, or several.
    municipality: Municipality | None = None
    successors: list = field(default_factory=list)
    # Municipalities that it may have been, each as (slug, what to show).
    likely: list = field(default_factory=list)
    is_exact: bool = False

    @property
    def municipality_ids(self):
        """Of which municipalities the pacts are asked: after a reorganisation those of its successors."""
        if self.successors:
            return [reorganisation.new_id for reorganisation in self.successors]
        return [self.municipality.pk] if self.municipality else []

    @property
    def here(self):
        """The names of those municipalities in one line."""
        names = [r.new.name for r in self.successors] or ([self.municipality.name] if self.municipality else [])
        return " en ".join(", ".join(names).rsplit(", ", 1))

    @property
    def points(self):
        """Where that is, as (name, longitude, latitude) of a point inside each."""
        found = [r.new for r in self.successors] or [self.municipality]
        return [(m.name, m.lon, m.lat) for m in found if m and m.lat is not None]

    def nearest(self):
        """The pacts nearest to it as (pact, distance in whole km), by the points inside municipalities."""
        points = [(lat, lon) for _name, lon, lat in self.points]
        best = {}
        rows = AreaMunicipality.objects.filter(until="", pact__published_at__lte=timezone.now())
        rows = rows.filter(pact__ended="", municipality__lat__isnull=False)
        for row in rows.select_related("pact", "municipality") if points else []:
            km = min(distance_km(point, (row.municipality.lat, row.municipality.lon)) for point in points)
            if km < best.get(row.pact_id, (math.inf,))[0]:
                best[row.pact_id] = (km, row.pact)
        ordered = sorted(best.values(), key=lambda found: (found[0], found[1].name))
        return [(pact, round(km)) for km, pact in ordered[:NEAREST]]


def look_up(asked):
    """What `asked` stands for; None for an empty one."""
    asked = " ".join(asked.split())[:100]
    if not asked:
        return None
    names = _names()
    exact = names.get(plain(asked), {}) or _by_slug(names, asked)
    if not exact:
        return Lookup(asked, likely=_like(names, plain(asked)))
    # The municipality itself comes before a village elsewhere that bears the same name.
    own = [slug for slug, entry in exact.items() if entry.is_municipality] or list(exact)
    own = [slug for slug in own if not exact[slug].has_ended] or own
    if len(own) > 1:
        return Lookup(asked, likely=[(slug, exact[slug].shown) for slug in own], is_exact=True)
    municipality, successors = _with_successors(exact[own[0]])
    found = {municipality.slug, *(r.new.slug for r in successors)}
    others = [(slug, entry.shown) for slug, entry in exact.items() if slug not in found]
    return Lookup(asked, municipality, successors, likely=others, is_exact=True)


def _with_successors(entry):
    """A municipality and, after its end, the rows of those that took over its land."""
    if not entry.has_ended:
        return entry.municipality, []
    rows = Reorganisation.objects.filter(old=entry.municipality).select_related("new")
    has_gone = entry.municipality.ended <= timezone.localdate()
    return entry.municipality, list(rows.order_by("-area_share", "new__name")) if has_gone else []


def plain(name):
    """A name as one would type it in haste: no accents, signs, capitals or “gemeente”."""
    name = unicodedata.normalize("NFKD", name.casefold())
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = re.sub(r"\(.*?\)", " ", name)
    name = re.sub(r"[^a-z0-9]+", " ", name).strip()
    return re.sub(r"^(de )?(gemeente|stad) ", "", name)


def distance_km(a, b):
    """The distance over the earth between two (latitude, longitude) points, in km."""
    (lat1, lon1), (lat2, lon2) = ([math.radians(x) for x in point] for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


@dataclass(frozen=True)
class _Entry:
    shown: str
    # Without what this page does not show, such as its code.
    municipality: Municipality
    is_municipality: bool

    @property
    def has_ended(self):
        return self.is_municipality and bool(self.municipality.ended)


def _names():
    """By plain name: the municipalities (slug to entry) that a typed name may stand for. One query."""
    none = Value(None, output_field=DateField())
    municipalities = Municipality.objects.order_by().values_list(
        "name", "other_name", "slug", "ended", _text(""), "pk", "lon", "lat"
    )
    places = Place.objects.order_by().values_list(
        "name",
        _text(""),
        "municipality__slug",
        none,
        "municipality__name",
        "municipality",
        "municipality__lon",
        "municipality__lat",
    )
    names = {}
    for name, other_name, slug, ended, within, pk, lon, lat in municipalities.union(places, all=True):
        shown = f"{name} (gemeente {within})" if within and within != name else name
        if ended:
            shown = f"{name} (opgeheven in {ended.year})"
        for spelling in filter(None, [name, other_name]):
            entries = names.setdefault(plain(spelling), {})
            if slug not in entries or not within:
                own = Municipality(pk=pk, slug=slug, name=within or name, ended=ended, lon=lon, lat=lat)
                entries[slug] = _Entry(shown, own, is_municipality=not within)
    return names


def _text(value):
    return Value(value, output_field=CharField())


def _by_slug(names, asked):
    """Links within the site carry the slug of a municipality, which says exactly which one is meant."""
    for entries in names.values():
        if asked in entries and entries[asked].is_municipality:
            return {asked: entries[asked]}
    return {}


def _like(names, typed):
    found = process.extract(typed, names.keys(), scorer=fuzz.WRatio, score_cutoff=LIKENESS, limit=SUGGESTIONS)
    likely = {}
    for name, _score, _index in found:
        for slug, entry in names[name].items():
            likely.setdefault(slug, entry.shown)
    return list(likely.items())[:SUGGESTIONS]
