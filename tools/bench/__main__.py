"""Measure the portal as visitors get it: `make bench`.

Starts the production server on SQLite and on PostgreSQL, with the content and its samples, and prints a table; then
again with many times as many records; and the search in a large index and the queues of many questions, in a database
of their own. An empty view of 25 kB in the same run is what each rate is compared with.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from .server import PORT, ROOT, Server

REPORT = ROOT / "docs" / "snelheid.md"
MARK = "<!-- hieronder schrijft make bench -->"
TIMES_PACTS = 5
# The search in a large index is measured apart: to make the index of so many records takes longer than all the rest.
NOT_LARGE = ("zoeken", "suggesties")
# By itself `tools.bench.search` takes a hundred thousand, and a good ten minutes.
DOCUMENTS = 20_000
PAGE_HEAD = ["pagina", "per seconde", "p95 (ms)", "tegen leeg", "queries koud", "koud (ms)", "kB"]
GROWTH_HEAD = ["groei uit het geheugen", "groei koud"]
FEW_QUESTIONS, MANY_QUESTIONS = 500, 50_000


def main():
    options = _arguments()
    if not shutil.which("wrk"):
        print("Voor deze meting is wrk nodig: apt-get install wrk", file=sys.stderr)
        return 1
    tables = []
    for name, address in _databases(options):
        with tempfile.TemporaryDirectory(prefix="zorgpact-bench-") as folder:
            for table in _on(name, address or f"sqlite:///{folder}/bench.sqlite3", folder, options):
                # At once, so that a run that is broken off has told what it found.
                print(table, end="\n\n", flush=True)
                tables.append(table)
    if options.write:
        _write("\n\n".join(tables))
    return 0


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--factor", type=int, default=int(os.environ.get("BENCH_FACTOR", "1000")))
    parser.add_argument("--seconds", type=int, default=1, help="zo lang duurt één meting")
    parser.add_argument("--runs", type=int, default=3, help="zo vaak; de middelste telt")
    parser.add_argument("--questions", type=int, default=MANY_QUESTIONS, help="zoveel vragen in de lange rijen")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="zoveel records in de grote index")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--write", action="store_true", help="bewaar de tabellen in docs/snelheid.md")
    return parser.parse_args()


def _databases(options):
    found = [
        ("SQLite", ""),
        ("PostgreSQL", os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/zorgpact_bench")),
    ]
    return [pair for pair in found if options.only in (None, pair[0].lower())]


def _on(name, address, folder, options):
    """The tables of one database, each as soon as it is made."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "PORTAL_VAR_DIR": folder,
        "STATIC_ROOT": f"{folder}/static",
        "PORTAL_ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-measuring-" + "x" * 50,
        "PORTAL_HTTPS": "off",
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
        "PYTHONPATH": str(ROOT),
    }
    if name == "PostgreSQL":
        _new_database(address)
    _say(f"{name}: klaarzetten")
    for command in (["collectstatic", "--noinput"], ["migrate", "--noinput"], ["load_content", "--samples"]):
        _manage(environment, *command)
    title, rows, editor = _measure(f"{name}, zoals het is", environment, options, with_editor=True)
    yield "\n\n".join([title, _as_table(PAGE_HEAD, rows), editor])
    if options.factor > 1:
        _say(f"{name}: {options.factor} keer zo groot maken")
        call = f"from tools.bench.multiply import multiply; multiply({options.factor}, {TIMES_PACTS})"
        _manage(environment, "shell", "--no-imports", "-c", call)
        title = f"{name}, koplopers, organisaties, casussen en vragen ×{options.factor}, pacten ×{TIMES_PACTS}"
        title, large, _no_editor = _measure(title, environment, options, without=NOT_LARGE)
        yield f"{title}\n\n" + _as_table([*PAGE_HEAD, *GROWTH_HEAD], _with_growth(rows, large))
        environment = _another_database(name, environment, folder)
        yield _search(name, environment, options)
        yield _queues(name, environment, options)


def _another_database(name, environment, folder):
    if name == "PostgreSQL":
        _new_database(environment["DATABASE_URL"])
        return environment
    return environment | {"DATABASE_URL": f"sqlite:///{folder}/another.sqlite3"}


def _queues(name, environment, options):
    """The queues of an officer with few and with many questions."""
    _say(f"{name}: rijen van vragen")
    numbers = (FEW_QUESTIONS, options.questions)
    few, many = _asked("tools.bench.queues", *map(str, numbers), environment=environment).values()
    rows = [
        [
            slug,
            *(str(at[slug][key]) for at in (few, many) for key in ("queries", "ms")),
            f"{many[slug]['ms'] / few[slug]['ms']:.2f}",
        ]
        for slug in few
    ]
    head = ["rij", *(f"{what} bij {number}" for number in numbers for what in ("queries", "ms")), "verhouding"]
    return f"### {name}, rijen van vragen in het beheer\n\n" + _as_table(head, rows)


def _search(name, environment, options):
    """The search in a large index, in an empty database."""
    _say(f"{name}: zoeken in een grote index")
    found = _asked("tools.bench.search", "--documents", str(options.documents), environment=environment)
    rows = [
        [row["label"], *(f"{row[key]:.1f}" for key in ("median", "p95", "own", "most")), row["ask"]]
        for row in found["rows"]
    ]
    title = f"{name}, zoeken onder {found['documents']} records; de index maken duurde {found['seconds']:.0f} s"
    head = ["zoeken", "p50 (ms)", "p95 (ms)", "p95 eigen werk (ms)", "meest (ms)", "bij de vraag"]
    return f"### {title}\n\n" + _as_table(head, rows)


def _editor(environment):
    """The editor of the Volgspot, with the server that runs now."""
    found = _asked("tools.bench.editor", f"http://127.0.0.1:{PORT}", environment=environment)
    rows = [
        [row["label"], f"{row['median']:.0f}", f"{row['p95']:.0f}", str(row["queries"]), f"{row['size'] / 1000:.1f}"]
        for row in found["rows"]
    ]
    return _as_table(["onderdeel van de Volgspot", "p50 (ms)", "p95 (ms)", "queries", "kB"], rows)


def _asked(module, *arguments, environment):
    """What a part of the measurement says, as JSON on the last line."""
    out = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return json.loads(out.splitlines()[-1])


def _new_database(address):
    server, name = address.rsplit("/", 1)
    for command in (f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'):
        subprocess.run(["psql", "-q", f"{server}/postgres", "-c", command], check=True, stderr=subprocess.DEVNULL)  # noqa: S603, S607


def _manage(environment, *command):
    subprocess.run([sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True)  # noqa: S603


def _measure(title, environment, options, *, with_editor=False, without=()):
    pages = _asked("tools.bench.pages", environment=environment)
    for label in without:
        del pages[label]
    cold, pace = _asked("tools.bench.cold", *pages.values(), environment=environment).values()
    with Server(environment) as server:
        _say(f"{title}: meten")
        rows = [_row(server, label, address, cold[address], options) for label, address in pages.items()]
        editor = _editor(environment) if with_editor else ""
    title = f"### {title}\n\nEen miljoen optellingen in Python duurde tijdens het koude meten {pace:.0f} ms."
    return title, rows, editor


def _with_growth(normal, large):
    """The rows of the large portal with how many times as long a page takes there: out of memory, as its rate against
    that of the empty page, and cold."""
    before = {row[0]: row for row in normal}
    against_empty, cold = (PAGE_HEAD.index(name) for name in ("tegen leeg", "koud (ms)"))
    return [
        [
            *row,
            f"{float(before[row[0]][against_empty]) / float(row[against_empty]):.2f}",
            f"{float(row[cold]) / float(before[row[0]][cold]):.2f}",
        ]
        for row in large
    ]


def _row(server, label, address, cold, options):
    rate, p95, against_empty = server.against_empty(address, options.seconds, options.runs)
    return [
        label,
        f"{rate:.0f}",
        f"{p95:.1f}",
        f"{against_empty:.2f}",
        str(cold["queries"]),
        f"{cold['ms']:.1f}",
        f"{server.weight(address) / 1000:.1f}",
    ]


def _as_table(head, rows):
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _say(text):
    print(f"== {text}", file=sys.stderr, flush=True)


def _machine():
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{date.today().isoformat()}, {os.cpu_count()} kernen ({model}), Python {platform.python_version()}. Server, database en meter deelden die kernen."


def _write(text):
    before = REPORT.read_text(encoding="utf-8").split(MARK)[0]
    REPORT.write_text(f"{before}{MARK}\n\nGemeten op {_machine()}\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
