"""`python -m benchmarks SUITE`: what the linter costs beside plain flake8 and others, pair by pair."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PEERS = {"ty": ("ty", "check", "--exit-zero"), "ruff": ("ruff", "check", "--exit-zero")}
_LISTED = ("--isolated", "--exit-zero", "-j1")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds of processor time, and its peak memory in MiB."""

    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is divided by what, and what is wanted of the ratio."""

    name: str
    must: str
    goal: str
    ratios: tuple[float, ...]

    def __str__(self) -> str:
        median = statistics.median(self.ratios)
        spread = f"{min(self.ratios):.3f}-{max(self.ratios):.3f}"
        return f"| {self.name} | {self.must} | {self.goal} | {median:.3f} | {spread} |"


class Bench:
    """The commands that are measured, on one suite."""

    def __init__(self, files: Sequence[str], plain: Path, folder: Path, runs: int) -> None:
        self._files = tuple(files)
        self._plain = (str(plain), "-m", "flake8", *_LISTED)
        self._cache = folder / "cache"
        self._runs = runs
        self._ours = (sys.executable, "-m", "flake8", *_LISTED)
        self._check = (sys.executable, "-m", "lint_ssot", "check", "--isolated")

    def rows(self) -> Iterator[Row]:
        """Every row, measured when it is asked for."""
        files, cache = self._files, f"--ssot-cache-dir={self._cache}"
        off = "--ssot-cache-dir=none"
        cold = self._pairs((*self._ours, off, *files), (*self._plain, *files))
        yield Row("flake8, cold: cpu added", "0.75", "0.45", tuple(ours.cpu / plain.cpu - 1 for ours, plain in cold))
        yield Row("flake8, cold: peak memory", "2.0", "1.7", tuple(ours.peak / plain.peak for ours, plain in cold))
        cost((*self._ours, cache, *files))
        warm = self._pairs((*self._ours, cache, *files), (*self._plain, *files))
        yield Row("flake8, warm: cpu added", "0.03", "0.01", tuple(ours.cpu / plain.cpu - 1 for ours, plain in warm))
        yield self._row("`check`, cold / plain flake8", "0.65", "0.40", (*self._check, off, *files), self._plain, files)
        yield self._row("`check`, warm / plain flake8", "", "", (*self._check, cache, *files), self._plain, files)
        for name, must, goal in (("ty", "0.020", "0.005"), ("ruff", "0.200", "0.067")):
            if shutil.which(name):
                yield self._row(
                    f"`check`, warm / {name}", must, goal, (*self._check, cache, *files), _PEERS[name], files
                )
        one = max(files, key=lambda file: Path(file).stat().st_size)
        yield self._row("one unchanged file", "1.15", "1.07", (*self._ours, cache, one), self._plain, (one,))
        yield self._row("one changed file", "2.6", "2.2", (*self._ours, off, one), self._plain, (one,))
        half = cost((*self._ours, off, *files[::4])).cpu / cost((*self._ours, off, *files)).cpu
        yield Row("4 N files / N files, cold", "4.4", "4.2", (1 / half,))

    def _row(
        self, name: str, must: str, goal: str, ours: Sequence[str], others: Sequence[str], files: Sequence[str]
    ) -> Row:
        pairs = self._pairs(ours, (*others, *files))
        return Row(name, must, goal, tuple(mine.cpu / other.cpu for mine, other in pairs))

    def _pairs(self, ours: Sequence[str], others: Sequence[str]) -> list[tuple[Cost, Cost]]:
        """Both in turn, so that what slows the machine down slows both."""
        return [(cost(ours), cost(others)) for _ in range(self._runs)]


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end, whatever it says."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def plain_flake8(folder: Path) -> Path:
    """An interpreter with flake8 and nothing else."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "flake8"], check=True)
    return python


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suite", type=Path, help="a folder of tests; 40,000 lines make the ratios steady")
    parser.add_argument("--runs", type=int, default=3, help="how many pairs of runs a row")
    parser.add_argument("--plain", type=Path, help="an interpreter whose flake8 has no plug-ins; made by default")
    arguments = parser.parse_args()
    files = [str(path.resolve()) for path in sorted(arguments.suite.rglob("*.py"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = arguments.plain or plain_flake8(folder / "plain")
        print("| what | must | goal | median | range |\n|---|---|---|---|---|")
        for row in Bench(files, plain, folder, arguments.runs).rows():
            print(row, flush=True)


if __name__ == "__main__":
    main()
