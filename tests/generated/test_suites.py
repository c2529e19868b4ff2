"""The story of each test of a suite made of dice ends as the test did when it was run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lint_ssot.config import Settings
from lint_ssot.rules import RULES
from lint_ssot.session import Session
from lint_ssot.surfaces.told import Findings, Teller
from lint_ssot.surfaces.why.as_json import story_as_json
from tests.generated.outcomes import observed
from tests.generated.suites import SuiteWriter
from tests.projects import lint_project, write_project

pytestmark = pytest.mark.hosts


def suites(count: int, *, is_clear: bool) -> dict[str, str]:
    written = (SuiteWriter(Random(seed), f"s{seed}", is_clear).files() for seed in range(count))
    return {name: text for files in written for name, text in files.items()}


def verdicts(project: Path, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the story of each test says became of it, by the test's node id."""
    findings = Findings(Session(Settings(cache_dir=None), tuple(rule for rule in RULES if not rule.is_opt_in)))
    for name in files:
        if not name.endswith("conftest.py"):
            teller = Teller(project / name, findings)
            for owner, test in teller.tests():
                assert owner is not None
                story: Any = story_as_json(teller.tell(owner, test), teller.module, test.name)
                yield f"{name}::{owner.definition.node.qualname.replace('.', '::')}::{test.name}", story["verdict"]


@pytest.mark.parametrize("is_clear", [True, False], ids=["clear", "unclear"])
def test_a_verdict_is_what_came_of_the_test(is_clear: bool, tmp_path: Path) -> None:
    files = suites(30, is_clear=is_clear)
    fates, told = observed(tmp_path, files, has_conditions=False), dict(verdicts(tmp_path / "project", files))
    wrong = [name for name, fate in fates.items() if fate.passes_always and told[name].startswith("dies")]
    missed = [name for name, fate in fates.items() if fate.misses_always and not told[name].startswith("dies")]
    assert ([], []) == (wrong, missed if is_clear else [])
    counted = Counter(fate.passes_always for fate in fates.values())
    assert min(counted[True], counted[False]) > 20  # or the comparison says nothing


def test_a_cold_run_says_what_a_warm_one_says(tmp_path: Path) -> None:
    write_project(tmp_path, suites(20, is_clear=False))
    without = lint_project(tmp_path, ["--ssot-cache-dir=none"])
    cold, warm = lint_project(tmp_path), lint_project(tmp_path)
    assert [without, without] == [cold, warm]
    assert without
    assert [] == [each for each in without if each.code == "LSS000"]
