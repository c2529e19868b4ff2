"""Small projects that pytest and unittest really run: which lines they reached, and what became of each test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.projects import write_project

_RECORD = """
from pathlib import Path

FILE = Path(__file__).with_name("record.txt")

def record(line):
    with FILE.open("a") as file:
        file.write(line + "\\n")
"""
_OUTCOME = re.compile(r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (?:\[\d+\] )?(\S+)", re.MULTILINE)
_UNITTEST_OUTCOME = re.compile(r"^(\w+) \((\S+)\)(?:.*\n)*?.*?\.\.\. (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Observation:
    """What a run did: the lines recorded, the outcome of each test by its id, and all that was printed."""

    lines: tuple[str, ...]
    outcomes: Mapping[str, str]
    output: str

    def of(self, prefix: str) -> list[str]:
        """The recorded lines that begin with the prefix and a space, without it."""
        return [line.removeprefix(f"{prefix} ") for line in self.lines if line.startswith(f"{prefix} ")]


def run_pytest(folder: Path, files: Mapping[str, str], arguments: Iterable[str] = ()) -> Observation:
    """Write a project whose modules may import `record`, and run pytest in it."""
    command = ["-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", "-rA", "-q", "--tb=line", *arguments]
    output = _run(folder, files, command)
    return Observation(_lines(folder), {name: said for said, name in _OUTCOME.findall(output)}, output)


def run_unittest(folder: Path, files: Mapping[str, str]) -> Observation:
    """Write a project whose modules may import `record`, and run unittest in it."""
    output = _run(folder, files, ["-W", "ignore", "-m", "unittest", "discover", "-v"])
    outcomes = {name: said for _, name, said in _UNITTEST_OUTCOME.findall(output)}
    return Observation(_lines(folder), outcomes, output)


def _run(folder: Path, files: Mapping[str, str], command: list[str]) -> str:
    write_project(folder, {"record.py": _RECORD, **files})
    (folder / "record.txt").unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": "", "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    return done.stdout + done.stderr


def _lines(folder: Path) -> tuple[str, ...]:
    record = folder / "record.txt"
    return tuple(record.read_text().splitlines()) if record.exists() else ()
