"""A rule is one module, one page, one row of the README and one entry of the changelog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lint_ssot.config import OPTIONS
from lint_ssot.rules import RULES
from tests.pages import ROOT, RULE_PAGES
from tests.rule_table import README, rows_in_readme, rows_of_rules

# what fails inside the linter is told by the engine itself, for any rule
ENGINE_CODES = {"LSS000"}


def test_rules_are_listed_in_the_order_of_their_codes() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == codes


def test_every_module_holds_the_rule_of_its_name() -> None:
    modules = {path.stem for path in (ROOT / "lint_ssot" / "rules").glob("[!_]*.py")}
    homes = {rule.check.__module__.rpartition(".")[2]: rule.check.__name__ for rule in RULES}
    assert {module: module for module in modules} == homes


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)


def test_every_rule_has_a_page() -> None:
    pages = {path.stem for path in RULE_PAGES.glob("*.md")}
    assert {rule.code for rule in RULES} | ENGINE_CODES == pages


def test_a_summary_says_what_is_checked_for() -> None:
    assert [] == [rule.code for rule in RULES if not re.fullmatch(r"Checks for .+\.", rule.summary)]


def test_the_readme_lists_every_rule() -> None:
    assert rows_of_rules() == rows_in_readme(), "write them anew: python -m tests.derived"


def test_the_readme_lists_every_option() -> None:
    rows = re.findall(r"^\| `(ssot-.*?)`", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [option.name for option in OPTIONS] == rows


def test_the_changelog_names_every_rule_under_its_version() -> None:
    named = {version: set(re.findall(r"LSS\d{3}", text)) for version, text in releases(ROOT / "CHANGELOG.md")}
    for rule in RULES:
        assert any(
            rule.code in codes
            for version, codes in named.items()
            if version == rule.since or version.startswith(f"{rule.since}.")
        ), f"{rule.code} is not in the changelog under {rule.since}"


def test_the_changelog_names_no_rule_that_does_not_exist() -> None:
    named = set(re.findall(r"LSS\d{3}", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
    assert set() == named - {rule.code for rule in RULES} - ENGINE_CODES


def test_the_version_is_the_top_entry_of_the_changelog() -> None:
    versions = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions == [version for version, _ in releases(ROOT / "CHANGELOG.md")][:1]


def releases(changelog: Path) -> Iterator[tuple[str, str]]:
    """The released versions, newest first, and what the changelog says of each."""
    parts = re.split(r"^## \[(.+?)\].*$", changelog.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for version, text in zip(parts[1::2], parts[2::2], strict=True):
        if version != "Unreleased":
            yield version, text
