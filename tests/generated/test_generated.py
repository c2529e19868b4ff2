"""Whatever dice make of hooks, helpers, fixtures and branches: the linter ends, says the same again, and is right."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.facts.flow import reduced_module
from lint_ssot.facts.quick.flow import reduced_tree
from lint_ssot.rules import RULES
from lint_ssot.session import Session
from tests.generated.comparison import compare
from tests.generated.programs import Writer
from tests.projects import lint_project, write_project

# `MANY_EXAMPLES=5000 pytest tests/generated` takes its time, and other dice each time
MANY = int(os.environ.get("MANY_EXAMPLES", "0"))
deterministic = settings(max_examples=MANY or 60, derandomize=not MANY, deadline=None, database=None)
modules = st.builds(
    lambda dice, is_clear: Writer(dice, is_clear).module(), st.randoms(use_true_random=False), st.booleans()
)


@pytest.mark.hosts
@pytest.mark.parametrize("are_clear", [True, False], ids=["clear", "unclear"])
def test_what_dies_is_told_and_what_passes_is_not(are_clear: bool, tmp_path: Path) -> None:
    found = compare(tmp_path, range(80), are_clear=are_clear)
    assert ((), ()) == (found.false_alarms, found.missed_alarms)
    assert min(found.dead, found.alive) > 20  # or the comparison says nothing


@deterministic
@given(modules)
def test_both_readers_say_the_same(source: str) -> None:
    assert reduced_module(source) == reduced_tree(ast.parse(source), source)


@deterministic
@given(modules)
def test_the_same_is_said_again(source: str) -> None:
    first, second = said_of(source), said_of(source)
    assert first == second
    assert [] == [each for each in first if each.code == "LSS000"]


def said_of(source: str) -> list[Diagnostic]:
    return lint(Path("/nowhere/test_it.py"), source, Session(Settings(cache_dir=None), RULES))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    count = MANY or 40
    write_project(folder, {f"test_{seed}.py": Writer(Random(seed), seed % 2 == 0).module() for seed in range(count)})
    return folder


def test_a_cold_run_says_what_a_warm_one_says(project: Path) -> None:
    without = lint_project(project, ["--ssot-cache-dir=none"])
    cold, warm = lint_project(project), lint_project(project)
    assert [without, without] == [cold, warm]
    assert without


@pytest.mark.hosts
def test_two_processes_say_what_one_says(project: Path) -> None:
    one, two = (flake8_of(project, f"-j{jobs}") for jobs in (1, 2))
    assert one == two
    assert one


def flake8_of(folder: Path, jobs: str) -> list[str]:
    command = [sys.executable, "-m", "flake8", "--select=LSS", "--ssot-cache-dir=none", jobs, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "" == done.stderr
    return sorted(done.stdout.splitlines())
