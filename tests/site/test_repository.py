"""What must be true of the files around the code."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from ruamel.yaml import YAML

from tests import database

ROOT = Path(settings.BASE_DIR)
MANDATORY = [
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
    "legal", "maintenance", "localisation",
]  # fmt: skip


def test_publiccode_holds_what_it_must():
    found = YAML(typ="safe").load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert [key for key in MANDATORY if key not in found] == []
    assert 150 <= len(found["description"]["nl"]["longDescription"]) <= 10_000
    assert len(found["description"]["nl"]["shortDescription"]) <= 150
    assert found["legal"]["license"] == "EUPL-1.2"
    assert found["localisation"] == {"localisationReady": False, "availableLanguages": ["nl"]}


@pytest.mark.parametrize(
    "name", ["LICENSE", "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "REUSE.toml"]
)
def test_file_is_there(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_every_licence_that_is_named_is_there():
    named = set(re.findall(r'SPDX-License-Identifier = "([^"]+)"', (ROOT / "REUSE.toml").read_text(encoding="utf-8")))

    assert named == {path.stem for path in (ROOT / "LICENSES").glob("*.txt")}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_holds_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==.*$", text, flags=re.MULTILINE)
    assert [line for line in pinned if not line.endswith("\\")] == []


def test_every_page_of_the_documentation_is_reached():
    for folder in ("docs/beheer", "docs/besluiten"):
        index = (ROOT / folder / "README.md").read_text(encoding="utf-8")
        pages = {path.name for path in (ROOT / folder).glob("*.md")} - {"README.md"}
        assert pages - set(re.findall(r"\]\(([\w-]+\.md)\)", index)) == set()


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert broken == []


def test_kept_tables_of_the_tests_change_with_what_migrations_use():
    """Otherwise a run would go on with the tables of yesterday."""
    used = {
        name
        for path in database.migrations()
        for name in re.findall(r"^(?:from|import) ([\w.]+)", path.read_text(encoding="utf-8"), re.M)
        if (ROOT / name.split(".")[0]).is_dir()
    }

    assert used <= set(database.USED_BY_MIGRATIONS)
