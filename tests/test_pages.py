"""Every page of the documentation is true."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.rules import RULES
from tests.pages import RULE_PAGES, SPEC_PAGES, Claim, Section, claims, expectations, sections
from tests.probes import PROBES
from tests.projects import lint_project, linted_modules, write_project

FIRST_HEADINGS = ["What it does", "Why is this bad?", "Example", "Use instead"]
LAST_HEADING = "Known limits"

RULE_PROJECTS = [
    pytest.param(page, section, id=f"{page.stem}-{section.heading}".replace(" ", "-"))
    for page in sorted(RULE_PAGES.glob("LSS*.md"))
    for section in sections(page)
    if section.blocks
]
SPEC_PROJECTS = [
    pytest.param(page, section, id=f"{page.stem}-{section.heading}".replace(" ", "-"))
    for page in sorted(SPEC_PAGES.glob("*.md"))
    for section in sections(page)
    if section.blocks
]


@pytest.mark.parametrize(("page", "section"), RULE_PROJECTS)
def test_every_diagnostic_is_claimed_and_every_claim_is_met(page: Path, section: Section, tmp_path: Path) -> None:
    write_project(tmp_path, section.files)
    assert [] == disagreements(page, claims(section, page.stem), lint_project(tmp_path))


def disagreements(page: Path, claimed: Iterable[Claim], said: Iterable[Diagnostic]) -> list[str]:
    unclaimed = list(said)
    problems = []
    for claim in claimed:
        met = next((diagnostic for diagnostic in unclaimed if meets(claim, diagnostic)), None)
        if met is None:
            problems.append(f"{page.name}:{claim.page_line}: nobody says {claim.code} {claim.part}".rstrip())
        else:
            unclaimed.remove(met)
    return problems + [
        f"{page.name}: unclaimed {diagnostic.path}:{diagnostic.line}: {diagnostic.code} {diagnostic.text}"
        for diagnostic in unclaimed
    ]


def meets(claim: Claim, diagnostic: Diagnostic) -> bool:
    place = diagnostic.path.as_posix(), diagnostic.line, diagnostic.code
    return place == (claim.path, claim.line, claim.code) and claim.part in diagnostic.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_page_has_its_headings_a_claim_and_a_silent_project(rule) -> None:  # type: ignore[no-untyped-def]
    found = sections(RULE_PAGES / f"{rule.code}.md")
    headings = [section.heading for section in found if section.level == 2]
    claimed = [bool(claims(section, rule.code)) for section in found if section.blocks]

    assert (found[0].level, found[0].heading) == (1, f"{rule.name} ({rule.code})")
    assert headings[:4] == FIRST_HEADINGS
    assert headings[-1] == LAST_HEADING
    assert set(claimed) == {True, False}
    assert any(claim.code == rule.code for section in found for claim in claims(section, rule.code)), (
        "no claim of the page's own rule"
    )


@pytest.mark.parametrize(("page", "section"), SPEC_PROJECTS)
def test_every_probe_answers_as_the_specification_says(page: Path, section: Section, tmp_path: Path) -> None:
    write_project(tmp_path, section.files)
    modules = linted_modules(tmp_path)
    expected = expectations(section)
    answers = [PROBES[asked.probe](modules[Path(asked.path)], asked.line) for asked in expected]
    assert [(asked.page_line, asked.expected) for asked in expected] == [
        (asked.page_line, answer) for asked, answer in zip(expected, answers, strict=True)
    ]


@pytest.mark.parametrize("page", sorted(SPEC_PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_specification_asks_probes(page: Path) -> None:
    assert any(expectations(section) for section in sections(page))
