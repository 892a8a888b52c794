"""Models, queries, workflow and migrations know each other in one direction."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Whom each part may know, itself apart.
MAY_KNOW = {
    "programme": set(),
    "geography": {"programme"},
    "themes": {"programme"},
    "organisations": {"programme", "geography", "themes"},
    "regions": {"programme", "geography", "themes", "organisations"},
    "kopgroep": {"programme", "geography", "themes", "organisations", "regions"},
    "regels": {"programme", "geography", "themes", "organisations", "regions", "kopgroep"},
    "volgspot": {"programme", "geography", "themes", "organisations", "regions", "kopgroep", "regels"},
    "workplace": {"programme", "geography", "themes", "organisations", "regions", "kopgroep", "regels", "volgspot"},
    "accounts": set(),
    "outbox": set(),
    "search": set(),
}
# What may read every part, through what is public or a query for the person.
READS_ALL = {
    "admin", "views", "urls", "apps", "filters", "forms", "files", "middleware", "feeds", "table", "nearby",
    "signals", "adapter", "invitations", "roles", "exchange", "findable", "mails", "comparison", "reports", "reading", "compared", "board",
    "editor", "panels", "progress", "voices", "own_data", "devices", "pages", "editing", "proposals", "evaluations",
    "status", "guard", "looking", "desk_mails", "told",
}  # fmt: skip
OURS = {*MAY_KNOW, "zorgpact"}
# What every part may use: they know no part.
TOOLS = {
    "zorgpact.workflow",
    "zorgpact.tokens",
    "zorgpact.uploads",
    "zorgpact.numbers",
    "zorgpact.how_many",
    "zorgpact.addresses",
    "zorgpact.written",
}


def modules(part):
    """The files of a part that hold models, queries, workflow or migrations: all but those that may read everything."""
    for path in sorted((ROOT / part).rglob("*.py")):
        inside = path.relative_to(ROOT / part).parts
        if inside[0] not in ("management", "templatetags", "admin", "casebook") and path.stem not in READS_ALL:
            yield path


def imported(path):
    """The parts of ours that a file imports, by line; also inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        for name in names:
            if name.partition(".")[0] in OURS and name not in TOOLS:
                yield name.partition(".")[0], node.lineno


@pytest.mark.parametrize("part", MAY_KNOW)
def test_a_part_knows_only_what_stands_before_it(part):
    allowed = MAY_KNOW[part] | {part}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} knows {other}"
        for path in modules(part)
        for other, line in imported(path)
        if other not in allowed
    ]
    assert wrong == []


def test_the_models_are_looked_at():
    for part in MAY_KNOW:
        looked_at = {path.name for path in modules(part)} | {path.parent.name for path in modules(part)}
        assert "0001_initial.py" in looked_at
        assert looked_at & {"models.py", "models"}


@pytest.mark.parametrize("part", ["outbox", "search"])
def test_some_know_no_other_part_at_all(part):
    everywhere = {other for path in (ROOT / part).rglob("*.py") for other, _line in imported(path)}
    # The screen of the back office stands on the base of all of them.
    assert everywhere <= {part, "zorgpact"}


def test_every_part_is_in_the_table(settings):
    ours = {app.partition(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.partition(".")[0]).is_dir()}
    assert ours - {"zorgpact"} == set(MAY_KNOW)
