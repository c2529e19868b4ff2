"""Runs the tests that a break can matter to, and tells which of them fail."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from benchmarks.breaks.suite import Suite

PYTEST = "{python} -m pytest -q -p no:cacheprovider --color=no --junitxml={report} {file}"
_SECTION = re.compile(r"^(?:ERROR|FAIL): (.+)$")
_RULER = re.compile(r"^(?:={20,}|-{20,})$")


@dataclass(frozen=True)
class Outcome:
    """What a run came to: why each test failed, by its name, and everything that was said."""

    failures: dict[str, str]
    said: str
    is_over: bool = True


@dataclass
class Runner:
    """Runs a command for each test file; `{python}`, `{file}`, `{module}` and `{report}` stand for what they say.

    With `{report}` the command writes JUnit's XML there, otherwise it says what unittest says.
    `top` is the folder that it runs in, and that names of modules start in.
    """

    suite: Suite
    python: str
    command: str
    top: Path
    seconds: int
    _before: dict[Path, Outcome] = field(default_factory=dict)

    def news(self, path: Path, source: str, affected: tuple[Path, ...]) -> Iterator[tuple[Outcome, Outcome]]:
        """What becomes of each affected file with the file at `path` as it is, and with another text."""
        for each in affected:
            if each not in self._before:
                self._before[each] = self._run(each)
        original = path.read_bytes()
        path.write_text(source, encoding="utf-8")
        try:
            for each in affected:
                yield self._before[each], self._run(each)
        finally:
            path.write_bytes(original)

    def _run(self, path: Path) -> Outcome:
        with TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            names = {
                "python": self.python,
                "file": path.relative_to(self.top).as_posix(),
                "module": ".".join(path.relative_to(self.top).with_suffix("").parts),
                "report": str(report),
            }
            command = [word.format(**names) for word in self.command.split()]
            try:
                done = subprocess.run(
                    command, cwd=self.top, env=self._environment(), timeout=self.seconds, check=False,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                return Outcome({}, "", is_over=False)
            said = done.stdout.decode("utf-8", "replace")
            if "{report}" in self.command:
                failures = dict(_junit(report)) if report.exists() else {"the run": said}
            else:
                failures = dict(_unittest(said))
        return Outcome(failures, said)

    def _environment(self) -> dict[str, str]:
        roots = (self.suite.root / "src", self.suite.root, self.top)
        return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, roots)), "PYTHONDONTWRITEBYTECODE": "1"}


def _junit(report: Path) -> Iterator[tuple[str, str]]:
    for case in ElementTree.parse(report).iter("testcase"):
        reasons = [f"{each.get('message')}\n{each.text}" for each in case if each.tag in ("error", "failure")]
        if reasons:
            yield f"{case.get('classname')}::{case.get('name')}", "\n".join(reasons)


def _unittest(said: str) -> Iterator[tuple[str, str]]:
    """The sections of unittest's report, each with its traceback; the whole if it came to none."""
    name, lines = "", [""]
    sections = 0
    for line in said.splitlines():
        if (section := _SECTION.match(line)) is not None:
            name, lines = section.group(1), []
            sections += 1
        elif _RULER.match(line) and lines:
            if name:
                yield name, "\n".join(lines)
            name, lines = name if not lines else "", []
        else:
            lines.append(line)
    if not sections and "\nRan " not in said:
        yield "the run", said
