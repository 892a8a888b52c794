"""How fast the search is in a large index: `python -m tools.bench.search`, on the database of `DATABASE_URL`.

Fills that database, which must hold no content, with so many documents made of the words of the real ones, and asks the questions of
the tests, without and with filters. Prints milliseconds as JSON, of each question the best of three:
what else runs on the machine says nothing about the search.
"""

import argparse
import json
import os
import random
import statistics
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
QUERIES = ROOT / "tests" / "search" / "queries.yaml"
ROUNDS = 3
SENTENCES = 14


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")
    django.setup()

    from django.core.management import call_command

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    number = options.parse_args().documents
    call_command("migrate", interactive=False, verbosity=0)
    took = fill(number)
    rows = [measure(label, lambda ask, filters=filters: look(ask, filters)) for label, filters in VARIANTS.items()]
    rows += [measure("suggesties", offer), measure("eerst kijken", look_first)]
    print(json.dumps({"documents": number, "seconds": took, "rows": rows}))


VARIANTS = {
    "zonder filter": {},
    "één soort": {"soort": ["koploper"]},
    "één thema": {"thema": ["permanent-leren"]},
    "één provincie": {"provincie": ["zeeland"]},
    "soort, thema en provincie, vijf keuzes": {
        "soort": ["koploper", "pact"],
        "thema": ["permanent-leren"],
        "provincie": ["zeeland", "utrecht"],
    },
}


def look(ask, filters):
    from search.finding import find

    found = find(ask, filters)
    return found.hits(list(found.page(1).object_list))


def offer(ask):
    from search.suggestions import suggest

    return suggest(ask[:5])


def look_first(ask):
    """The cases beside a question that is being typed."""
    from regels.asking.looking import likely_cases

    return likely_cases(ask)


def measure(label, job):
    from ruamel.yaml import YAML

    questions = [query["ask"] for query in YAML(typ="safe").load(QUERIES.read_text(encoding="utf-8"))]
    for ask in questions[:10]:
        job(ask)
    rounds = [[_milliseconds(job, ask) for _round in range(ROUNDS)] for ask in questions]
    times, work = ([min(pair[n] for pair in pairs) for pairs in rounds] for n in (0, 1))
    slowest = max(zip(times, questions, strict=True))
    cuts, own = statistics.quantiles(times, n=20), statistics.quantiles(work, n=20)
    return {"label": label, "median": cuts[9], "p95": cuts[18], "own": own[18], "most": slowest[0], "ask": slowest[1]}


def _milliseconds(job, ask):
    """How long it took, and how long this process itself was at work."""
    start, at_work = time.perf_counter(), time.process_time()
    job(ask)
    return (time.perf_counter() - start) * 1000, (time.process_time() - at_work) * 1000


def fill(number):
    """The real documents, and made-up ones of their sentences until there are enough. Gives how many seconds that took."""
    from django.core.management import call_command
    from django.db import transaction

    from search.indexing import new_version
    from search.models import Document
    from search.whole import analyse_again, count_words

    if Document.objects.count() >= number:
        return None
    if Document.objects.count() > 1000:
        raise SystemExit("Deze database is niet leeg.")
    call_command("load_content", samples=True, verbosity=0)
    start = time.perf_counter()
    with transaction.atomic():
        for batch in made_up(list(Document.objects.all()), number):
            Document.objects.bulk_create(batch)
        analyse_again(count_words())
        new_version()
    return time.perf_counter() - start


def made_up(real, number):
    from search.facets import NAMES, term
    from search.models import Document

    chance = random.Random(1)  # noqa: S311 - the same documents each time
    sentences = [
        s.strip() for d in real for s in f"{d.title}. {d.summary} {d.body}".replace("\n", ". ").split(". ") if s.strip()
    ]
    titles = [word for d in real for word in d.title.split()]
    kinds = ["koploper"] * 6 + ["organisatie"] * 6 + ["casus"] * 4 + ["pact", "inzicht", "bron", "begrip"]
    themes = ["permanent-leren", "leren-in-de-praktijk", "zorg-en-technologie", "toenemende-opleidingseisen"]
    provinces = ["zeeland", "utrecht", "limburg", "groningen", "drenthe", "gelderland", "flevoland", "overijssel"]
    batch = []
    for place in range(len(real), number):
        kind = chance.choice(kinds)
        chosen = zip(NAMES, (kind, chance.choice(themes), chance.choice(provinces)), strict=True)
        batch.append(
            Document(
                kind=kind,
                object_id=10_000_000 + place,
                facets=" ".join(term(name, slug) for name, slug in chosen),
                title=" ".join(chance.choices(titles, k=4)),
                url=f"/verzonnen/{place}/",
                summary=chance.choice(sentences),
                body=". ".join(chance.choices(sentences, k=SENTENCES)),
                fingerprint=str(place),
            )
        )
        if len(batch) == 500:
            yield batch
            batch = []
    yield batch


if __name__ == "__main__":
    main()
