"""What pytest makes of generated modules: which tests die of a missing attribute, which of something else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.generated.programs import SITES
from tests.projects import write_files

FAULTS = 3  # the first, the second or the third call raises
ORACLE = """\
import os

CHOICES = os.environ.get("CHOICES", "")
FAULT = int(os.environ.get("FAULT", "0"))
CALLS = []


def choose(site):
    return CHOICES[site] == "1"


def boom():
    raise ValueError


def use(value=None):
    CALLS.append(value)
    if len(CALLS) == FAULT:
        raise ValueError
    return None
"""
# a plug-in of pytest, kept out of the project: what ended each phase of each test
_RECORDER = """
import json, os, sys
from unittest import TestCase

FOUND = {}
add = TestCase.addCleanup

def addCleanup(self, *arguments):
    add(self, *arguments)
    sys.modules["oracle"].use()

TestCase.addCleanup = addCleanup

def pytest_runtest_setup(item):
    sys.modules["oracle"].CALLS.clear()

def pytest_runtest_makereport(item, call):
    seen = FOUND.setdefault(item.nodeid, [])
    if call.excinfo is None:
        return
    error = call.excinfo.value
    if isinstance(error, AttributeError) and error.obj is not None:
        owner = error.obj if isinstance(error.obj, type) else type(error.obj)
        if getattr(item, "cls", None) is owner:
            last = call.excinfo.traceback[-1]
            seen.append(f"misses {error.name} at {last.path.name}:{last.lineno + 1}")
            return
    seen.append(f"{type(error).__name__}: {error}"[:200])

def pytest_sessionfinish(session):
    with open(os.environ["FOUND"], "w") as file:
        json.dump(FOUND, file)
"""


@dataclass(frozen=True)
class Fate:
    """What became of one test in every run: for each of them what ended it, phase by phase; nothing if it passed.

    In the `faulty` ones a call raised that never does otherwise.
    """

    runs: tuple[tuple[str, ...], ...]
    faulty: tuple[tuple[str, ...], ...] = ()

    @property
    def passes_always(self) -> bool:
        """Whether nothing ever went wrong, in no run and no phase."""
        return not any(self.runs)

    @property
    def misses_always(self) -> bool:
        """Whether it died of an attribute of its own object in every run."""
        return all(map(_misses, self.runs))

    @property
    def misses_after_a_fault(self) -> bool:
        """Whether it died of an attribute of its own object where a call had raised."""
        return any(map(_misses, self.faulty))


def _misses(run: tuple[str, ...]) -> bool:
    return any(each.startswith("misses ") for each in run)


def observed(folder: Path, modules: Mapping[str, str], *, has_conditions: bool = True) -> dict[str, Fate]:
    """The fate of every test of these modules by its node id, under every outcome of the conditions if it has some."""
    write_files(folder / "plugins", {"recorder.py": _RECORDER})
    write_files(folder / "project", {"oracle.py": ORACLE, "pytest.ini": "[pytest]\n", **modules})
    if not has_conditions:
        return {name: Fate((tuple(run),)) for name, run in _run(folder, "").items()}
    runs = [_run(folder, "".join(choices)) for choices in product("01", repeat=SITES)]
    faulty = [_run(folder, "0" * SITES, fault) for fault in range(1, FAULTS + 1)]
    return {name: Fate(_of(name, runs), _of(name, faulty)) for name in runs[0]}


def _of(name: str, runs: list[dict[str, list[str]]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(run.get(name, ["is not run"])) for run in runs)


def _run(folder: Path, choices: str, fault: int = 0) -> dict[str, list[str]]:
    found = folder / f"found{choices}{fault}.json"
    command = ["-m", "pytest", "-q", "-p", "recorder", "-p", "no:cacheprovider", "-W", "ignore", "--tb=no"]
    environment = {
        **os.environ,
        "CHOICES": choices,
        "FAULT": str(fault),
        "FOUND": str(found),
        "PYTEST_ADDOPTS": "",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(folder / "plugins"),
    }
    subprocess.run(
        [sys.executable, *command, "."],
        cwd=folder / "project",
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    said: dict[str, list[str]] = json.loads(found.read_text(encoding="utf-8"))
    return said
