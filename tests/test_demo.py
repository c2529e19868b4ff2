"""The demo fails as its page says, and the linter knew it before."""

from __future__ import annotations

import re

from lint_ssot.diagnostic import Diagnostic
from tests.demo import DEMO, FIRST_SCREEN, FLAKE8, PYTEST, essential, run, transcript
from tests.projects import lint_project

CRASH = re.compile(r"^.*[\\/]tests[\\/](?P<file>\w+\.py):(?P<line>\d+): (?P<error>\w*Error.*)$", re.MULTILINE)
MISSING = re.compile(r"has no attribute '(\w+)'")


def outcomes(output: str) -> list[str]:
    """The failed tests and the last line; the reasons differ from one Python to the next."""
    return [line.partition(" - ")[0] for line in essential(output).splitlines()]


def test_pytest_says_what_the_page_shows() -> None:
    assert outcomes(transcript(PYTEST)) == outcomes(run(*PYTEST))
    assert "16 failed, 2 skipped" == outcomes(transcript(PYTEST))[-1]


def test_flake8_says_what_the_page_shows() -> None:
    assert transcript(FLAKE8) == run(*FLAKE8)


def test_every_crash_is_explained_by_a_finding() -> None:
    said = lint_project(DEMO)
    crashes = list(CRASH.finditer(run("pytest", "-q", "--tb=line")))
    assert 16 == len(crashes)
    assert [] == [crash[0] for crash in crashes if not any(explains(finding, crash) for finding in said)]


def explains(finding: Diagnostic, crash: re.Match[str]) -> bool:
    """Whether the finding stands where the test crashed, or names the attribute that it missed."""
    if finding.path.name != crash["file"]:
        return False
    missing = MISSING.search(crash["error"])
    names = f"`self.{missing[1]}`" in finding.text if missing else False
    return names or finding.line == int(crash["line"])


def test_what_is_skipped_is_explained_by_the_swallowed_import() -> None:
    assert ["LSS503"] == [d.code for d in lint_project(DEMO) if "PostOffice" in d.text or "post_office" in d.text]


def test_the_product_and_the_base_of_the_demo_are_innocent() -> None:
    assert [] == [d for d in lint_project(DEMO) if d.path.parts[0] != "tests"]


def test_the_first_screen_shows_what_flake8_says() -> None:
    assert transcript(FLAKE8) == transcript(FLAKE8, FIRST_SCREEN)
