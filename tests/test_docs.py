"""The site is built without a broken link, and what its guides claim about code is so."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.config import OPTIONS
from lint_ssot.rules import RULES
from tests.pages import ROOT, Section, claims, sections
from tests.projects import lint_project, write_project
from tests.test_pages import disagreements

DOCS = ROOT / "docs"
GUIDES = ("index.md", "how-it-decides.md")
PROJECTS = [
    pytest.param(DOCS / name, section, id=f"{name}-{section.heading}".replace(" ", "-"))
    for name in GUIDES
    for section in sections(DOCS / name)
    if section.blocks
]


@pytest.mark.parametrize(("page", "section"), PROJECTS)
def test_an_example_of_a_guide_is_judged_as_the_guide_says(page: Path, section: Section, tmp_path: Path) -> None:
    write_project(tmp_path, section.files)
    assert [] == disagreements(page, claims(section, "LSS000"), lint_project(tmp_path))


def test_every_option_has_a_section() -> None:
    headings = [section.heading for section in sections(DOCS / "options.md") if section.heading.startswith("ssot-")]
    assert [option.name for option in OPTIONS] == headings


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks("editors.md", "json"))
def test_settings_can_be_copied_as_they_are(block: str) -> None:
    assert isinstance(json.loads(block), dict)


@pytest.mark.hosts
def test_the_site_is_built_and_no_link_of_it_is_broken(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="the extra `docs` is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    # `--quiet` would keep warnings from being counted, too
    assert (0, []) == (done.returncode, re.findall(r"^WARNING.*", done.stderr, re.MULTILINE))
    index = (tmp_path / "rules" / "index.html").read_text(encoding="utf-8")
    assert [] == [rule.code for rule in RULES if f">{rule.code}</a>" not in index]
