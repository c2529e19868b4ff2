"""What docs/specs/order.md and raising.md tell is what pytest and unittest really call, in this order."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from tests.lifecycle.observed import Observation, run_pytest, run_unittest
from tests.pages import SPEC_PAGES, Section, expectations, sections

PAGES = (SPEC_PAGES / "order.md", SPEC_PAGES / "raising.md")
SECTIONS = [section for page in PAGES for section in sections(page) if section.blocks]
# modules of different folders must not share a name under pytest
PLACES = {section.heading: f"p{index}" for index, section in enumerate(SECTIONS)}

each_section = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.heading)


def recording(text: str, place: str) -> str:
    """The source with functions that say that their body was reached."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body.insert(0, ast.parse(f"__import__('record').record('{place} {node.name}')").body[0])
    return ast.unparse(tree)


def is_for_unittest(section: Section) -> bool:
    return "ssot-runner = unittest" in "".join(section.files.values())


def instrumented(section: Section) -> Mapping[str, str]:
    place = PLACES[section.heading]
    folder = "" if is_for_unittest(section) else f"{place}/"
    return {
        f"{folder}{name.replace('example', place)}": recording(text, place)
        for name, text in section.files.items()
        if name.endswith(".py")
    }


@pytest.fixture(scope="module")
def under_pytest(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    files = [instrumented(section) for section in SECTIONS if not is_for_unittest(section)]
    merged = {name: text for each in files for name, text in each.items()}
    return run_pytest(tmp_path_factory.mktemp("pytest"), {**merged, "pytest.ini": "[pytest]\n"})


@pytest.fixture(scope="module")
def under_unittest(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    files = [instrumented(section) for section in SECTIONS if is_for_unittest(section)]
    return run_unittest(
        tmp_path_factory.mktemp("unittest"), {name: text for each in files for name, text in each.items()}
    )


@each_section
def test_what_is_called_is_what_the_page_says(
    section: Section, under_pytest: Observation, under_unittest: Observation
) -> None:
    (expected,) = expectations(section)
    reached = [name for name in expected.expected.split(", ") if not name.startswith("(")]
    observed = under_unittest if is_for_unittest(section) else under_pytest
    assert reached == observed.of(PLACES[section.heading])
