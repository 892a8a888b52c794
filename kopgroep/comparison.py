"""Two to four koplopers side by side, at an address that can be shared."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.shortcuts import render

from organisations.models import TRIANGLE
from search.finding import records_of

from .models import Koploper, KoploperEffect, KoploperTheme, Result
from .views import names_on

MOST = 4
NAME = "koploper"
OFFERED = 8
# Of what hangs on a real koploper.
MADE_UP = " (voorbeeld)"


def compare(request):
    """The koplopers that the address names, in its order; and a way to add one more."""
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist(NAME) if slug))
    found = {koploper.slug: koploper for koploper in _chosen(asked)}
    chosen = [found[slug] for slug in asked if slug in found][:MOST]
    rows = _rows(chosen) if chosen else []
    text = request.GET.get("q", "").strip()[:200]
    return render(
        request,
        "kopgroep/compare.html",
        {
            "koplopers": chosen,
            "columns": [
                {"koploper": k, "without": _query([other for other in chosen if other is not k])} for k in chosen
            ],
            "rows": [(label, cells) for label, cells in rows if any(lines for _k, lines in cells)],
            "not_known": [label for label, cells in rows if not any(lines for _k, lines in cells)],
            "unknown": [slug for slug in asked if slug not in found],
            "too_many": len(found) > MOST,
            "is_full": len(chosen) == MOST,
            "text": text,
            "offered": [] if len(chosen) == MOST else [(k, _query([*chosen, k])) for k in _offered(chosen, text)],
        },
    )


def _query(koplopers):
    return urlencode([(NAME, koploper.slug) for koploper in koplopers])


def _chosen(slugs):
    """With how many take part from each corner, and how often it was taken over."""
    if not slugs:
        return Koploper.objects.none()
    current = Q(participations__ended="", participations__organisation__published_at__isnull=False)
    counts = {
        f"in_{corner.name.lower()}": Count(
            "participations__organisation",
            current & Q(participations__organisation__kind__corner=corner),
            distinct=True,
        )
        for corner in TRIANGLE
    }
    return (
        Koploper.objects.published()
        .filter(slug__in=slugs)
        .with_corners()
        .select_related("place")
        .prefetch_related("municipalities")
        .annotate(
            adopted=Count("adoptions", distinct=True),
            adopted_in_sample=Count("adoptions", Q(adoptions__is_sample=True), distinct=True),
            **counts,
        )
    )


def _offered(chosen, text):
    """Koplopers to put beside them: those that the search finds, or those on the same themes."""
    others = Koploper.objects.published().counted().exclude(pk__in=[k.pk for k in chosen])
    if text:
        found = records_of(text, ("koploper",))[: OFFERED + MOST]
        by_pk = others.in_bulk(found)
        return [by_pk[pk] for pk in found if pk in by_pk][:OFFERED]
    if not chosen:
        return list(others.order_by("is_sample", "title")[:OFFERED])
    themes = KoploperTheme.objects.filter(koploper__in=chosen).values("theme")
    shared = Count("theme_rows", filter=Q(theme_rows__theme__in=themes), distinct=True)
    return list(others.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", "title")[:OFFERED])


def _rows(koplopers):
    """What is compared, as (label, a cell for each koploper); a cell is a text or a list of them, empty is not known."""
    names, by = names_on(koplopers), defaultdict(list)
    real = {koploper.pk for koploper in koplopers if not koploper.is_sample}

    def add(row, what, text):
        made_up = row.is_sample and row.koploper_id in real
        by[row.koploper_id, what].append(f"{text}{MADE_UP}" if made_up else text)

    for row in KoploperTheme.objects.public().filter(koploper__in=koplopers):
        add(row, "themes", row.theme.name)
    for result in Result.objects.filter(koploper__in=koplopers).order_by("position", "pk"):
        add(result, "results", result.title)
    for effect in KoploperEffect.objects.filter(koploper__in=koplopers, is_seen=True).select_related("effect"):
        how = f"{effect.effect.get_group_display()}; {effect.get_evidence_display()}"
        add(effect, "effects", f"{effect.effect.name} ({how})")
    cells = {
        "Wat het opleverde": lambda k: by[k.pk, "results"],
        "Wat er zichtbaar veranderde": lambda k: by[k.pk, "effects"],
        "Waar": lambda k: k.where,
        "Thema’s": lambda k: by[k.pk, "themes"],
        "Vorm": lambda k: [name for name, _slug in names[k.pk, "forms"]],
        "Wie doen mee": _participants,
        "Afspraken": lambda k: k.get_agreement_display(),
        "Wat geregeld moet zijn": lambda k: k.needs_conditions,
        "Welke mensen u nodig hebt": lambda k: k.needs_people,
        "Wat het kost": lambda k: k.needs_money,
        "Tijd tot het eerste resultaat": lambda k: k.time_to_first_result,
        "Wat lastig is": lambda k: [name for name, _slug in names[k.pk, "challenges"]],
        "Wat er misging": lambda k: k.what_went_wrong,
        "Hoe het blijft": lambda k: [name for name, _slug in names[k.pk, "sustaining"]],
        "Overgenomen": _adopted,
        "Stand": lambda k: k.get_status_display(),
    }
    return [(label, [(k, _as_list(cell(k))) for k in koplopers]) for label, cell in cells.items()]


def _adopted(koploper):
    if not koploper.adopted:
        return "nog niet, voor zover bekend"
    made_up = koploper.adopted_in_sample and not koploper.is_sample
    return f"{koploper.adopted} keer{MADE_UP}" if made_up else f"{koploper.adopted} keer"


def _participants(koploper):
    counted = [(corner.label.lower(), getattr(koploper, f"in_{corner.name.lower()}")) for corner in TRIANGLE]
    return [f"{number} uit {label}" for label, number in counted if number]


def _as_list(value):
    return value if isinstance(value, list) else [value] if value else []
