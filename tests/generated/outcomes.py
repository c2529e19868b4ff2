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

ORACLE = """\
import os

CHOICES = os.environ.get("CHOICES", "")


def choose(site):
    return CHOICES[site] == "1"


def boom():
    raise ValueError


def use(value=None):
    return None
"""
# a plug-in of pytest, kept out of the project: what ended each phase of each test
_RECORDER = """
import json, os, sys

FOUND = {}

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
    """What became of one test in every run: for each of them what ended it, phase by phase; nothing if it passed."""

    runs: tuple[tuple[str, ...], ...]

    @property
    def passes_always(self) -> bool:
        """Whether nothing ever went wrong, in no run and no phase."""
        return not any(self.runs)

    @property
    def misses_always(self) -> bool:
        """Whether it died of an attribute of its own object in every run."""
        return all(any(each.startswith("misses ") for each in run) for run in self.runs)


def observed(folder: Path, modules: Mapping[str, str]) -> dict[str, Fate]:
    """The fate of every test of these modules by its node id, under every outcome of the conditions."""
    write_files(folder / "plugins", {"recorder.py": _RECORDER})
    write_files(folder / "project", {"oracle.py": ORACLE, "pytest.ini": "[pytest]\n", **modules})
    runs = [_run(folder, "".join(choices)) for choices in product("01", repeat=SITES)]
    return {name: Fate(tuple(tuple(run.get(name, ["is not run"])) for run in runs)) for name in runs[0]}


def _run(folder: Path, choices: str) -> dict[str, list[str]]:
    found = folder / f"found{choices}.json"
    command = ["-m", "pytest", "-q", "-p", "recorder", "-p", "no:cacheprovider", "-W", "ignore", "--tb=no"]
    environment = {
        **os.environ,
        "CHOICES": choices,
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
