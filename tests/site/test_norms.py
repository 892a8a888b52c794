"""The list of norms and the tests name the same: what proves an id, and what has no proof and why. Also a few proofs."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.walk import addresses

ROOT = Path(settings.BASE_DIR)
LIST = ROOT / "docs" / "normen.md"
OURS = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
# Instead of a test: why there is none.
REASONS = ("Niet van toepassing:", "Beheerder:", "Nog niet:", "Deels:")


def marked():
    """Id → the tests that say they prove it, as `folder/file.py::test`."""
    found = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            for mark in getattr(function, "decorator_list", []):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.norm":
                    for argument in mark.args:
                        found[argument.value].add(f"{path.relative_to(ROOT / 'tests')}::{function.name}")
    return found


def listed():
    """Id → (its tests, the reason) of every row of the list."""
    rows = re.findall(r"^\| ([A-Z]+-[\w./]+) \| [^|]+ \| ([^|]+) \|$", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (set(re.findall(r"`([\w/]+\.py::\w+)`", proof)), proof) for name, proof in rows}


def test_list_names_every_test_that_proves_something():
    assert {name: tests for name, (tests, _) in listed().items() if tests} == marked()


def test_every_norm_has_a_test_or_a_reason():
    bare = [name for name, (tests, proof) in listed().items() if not tests and not proof.startswith(REASONS)]

    assert bare == []
    assert len(listed()) > 100


def test_every_norm_stands_in_the_list_once():
    names = re.findall(r"^\| ([A-Z]+-[\w./]+) \|", LIST.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(set(names)) == sorted(names)


# --- Proofs that read the code ------------------------------------------------------------------


def code(*folders, ends):
    for folder in folders:
        for path in (ROOT / folder).rglob(f"*{ends}"):
            if "vendor" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


@pytest.mark.norm("ASVS-15.3.1", "ASVS-15.3.3")
def test_every_form_names_its_fields():
    assert [
        path for path, text in code(*OURS, ends=".py") if re.search(r"fields\s*=\s*[\"']__all__|exclude = \[", text)
    ] == []


@pytest.mark.norm("ASVS-14.3.3")
def test_no_script_keeps_anything_in_the_browser():
    scripts = [*code("static", "accounts/static", ends=".js")]

    assert len(scripts) > 3
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open")
    assert [path for path, text in scripts if kept.search(text)] == []


@pytest.mark.norm("NCSC-U/WA.04")
def test_no_template_takes_text_for_markup():
    bad = re.compile(r"\|\s*safe\b|autoescape off|safeseq")
    shown = [path for path, text in code("templates", ends=".html") if bad.search(text)]

    assert shown == []


@pytest.mark.norm("ASVS-13.4.5", "NCSC-U/PW.07")
def test_there_is_no_address_for_developers():
    routes = " ".join(f"{address.route} {address.name}" for address in addresses())

    assert not re.search(r"__debug__|/doc/|admindocs|silk|metrics|swagger|graphql", routes)
    assert finders.find("admin/js/vendor/jquery/jquery.js")  # what is looked at is the whole


@pytest.mark.norm("ASVS-15.1.2", "ASVS-15.2.1")
def test_every_package_is_pinned_with_its_hash():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)(?:\[[^\]]+\])?==[^ ]+", text, re.MULTILINE)

    assert len(names) > 40
    assert text.count("--hash=sha256:") >= len(names)
    assert "pip-audit" in (ROOT / "tools" / "check").read_text(encoding="utf-8")


@pytest.mark.norm("ASVS-15.1.1", "BIO-8.08.01")
def test_terms_for_mending_are_written_down():
    said = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    assert "binnen een week" in said
    assert "binnen een maand" in said


@pytest.mark.norm("ASVS-16.1.1", "BIO-8.15.03")
def test_overview_of_logs_names_every_logger():
    said = (ROOT / "docs" / "logs.md").read_text(encoding="utf-8")
    loggers = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path, text in code(*OURS, ends=".py")
        if "logging.getLogger(__name__)" in text
    }

    assert len(loggers) > 4
    assert [name for name in loggers if f"`{name}`" not in said] == []
