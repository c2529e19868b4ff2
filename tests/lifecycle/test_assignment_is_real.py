"""What docs/specs/assignment.md says is assigned is really there when the test begins."""

from __future__ import annotations

import ast

import pytest

from tests.lifecycle.observed import Observation, run_pytest
from tests.pages import SPEC_PAGES, Expectation, Section, expectations, sections

# Django needs settings before its classes can be made
SECTIONS = [
    section
    for section in sections(SPEC_PAGES / "assignment.md")
    if section.blocks and "django" not in "".join(section.files.values())
]
PLACES = {section.heading: f"p{index}" for index, section in enumerate(SECTIONS)}


def names(expectation: Expectation) -> list[str]:
    return [name for name in expectation.expected.split(", ") if name not in ("", "…")]


def asking(section: Section, path: str, text: str) -> str:
    """The source with tests that say which of the attributes they have."""
    expected = {each.line: names(each) for each in expectations(section) if each.path == path}
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.lineno in expected:
            there = f"[n for n in {expected[node.lineno]} if hasattr(self, n)]"
            said = f"__import__('record').record('{PLACES[section.heading]}.{node.name} ' + ', '.join({there}))"
            node.body.insert(0, ast.parse(said).body[0])
    return ast.unparse(tree)


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    files = {
        f"{PLACES[section.heading]}/{path.replace('example', PLACES[section.heading])}": asking(section, path, text)
        for section in SECTIONS
        for path, text in section.files.items()
    }
    return run_pytest(tmp_path_factory.mktemp("pytest"), {**files, "pytest.ini": "[pytest]\n"})


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.heading)
def test_every_attribute_is_there(section: Section, observed: Observation) -> None:
    place = PLACES[section.heading]
    lines = section.files["test_example.py"].splitlines()
    for expected in expectations(section):
        name = lines[expected.line - 1].split("def ")[1].split("(")[0]
        assert [", ".join(names(expected))] == observed.of(f"{place}.{name}")
