"""The rows of the table: which command is divided by which, on which files."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.costs import Command, Row, cost, pairs, words
from benchmarks.environments import Environments

_LISTED = ("--isolated", "--exit-zero", "-j1")
_DATA = "VALUES = {\n" + "".join(f'    "key {n}": [{n}, {2 * n}, "text {n}"],\n' for n in range(500)) + "}\n"
_WHAT_IS_LOADED = (
    "import sys; from flake8.main.cli import main; status = main(sys.argv[1:]);"
    "print(*({'libcst', 'astroid'} & set(sys.modules)) or ['neither'], file=sys.stderr)"
)


@dataclass
class Bench:
    """What is measured: a suite, a larger one for what does little per file, and how often."""

    suite: tuple[str, ...]
    whole: tuple[str, ...]
    folder: Path
    environments: Environments
    scratch: Path
    runs: int
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.plain = self.environments.plain()
        self.linter = self.environments.linter()
        by_size = sorted(self.suite, key=lambda file: Path(file).stat().st_size)
        self.one = by_size[len(by_size) // 2]
        self.data = self.scratch / "data.py"
        self.data.write_text(_DATA, encoding="utf-8")

    def rows(self) -> Iterator[Row]:
        """Every row of the table, measured when it is asked for."""
        yield from self._cold()
        yield from self._warm()
        yield from self._editor()
        yield from self._whole()

    def extras(self) -> Iterator[Row]:
        """What others cost on the same files, for orientation."""
        pyrefly = words(self.environments.command("pyrefly"), "check", self.suite)
        pylint = words(self.environments.command("pylint"), "-j1", "--exit-zero", self.suite)
        other = words(self.environments.command("flake8", "flake8-async"), _LISTED, self.suite)
        for name, each in (("pyrefly", pyrefly), ("pylint", pylint), ("flake8-async, with flake8", other)):
            yield self._ratio(f"{name} / plain flake8", "", "", each, self._flake8(self.plain, self.suite), runs=1)

    def _cold(self) -> Iterator[Row]:
        """With an empty cache, which is written; and what four times as many files cost."""
        found = pairs(self.runs, self._emptied, lambda: self._command(self._flake8(self.plain, self.suite)))
        yield Row("flake8, cold: cpu added", "0.75", "0.45", tuple(ours.cpu / plain.cpu - 1 for ours, plain in found))
        yield Row("flake8, cold: peak memory", "2.0", "1.7", tuple(ours.peak / plain.peak for ours, plain in found))
        off = words(self._flake8(self.linter, ()), "--ssot-cache-dir=none")
        for name, jobs in (("all processors", ()), ("one process", ("-j1",))):
            yield self._ratio(
                f"`check`, cold, {name} / plain flake8",
                "0.65",
                "0.40",
                words(self._check("--ssot-cache-dir=none", jobs), self.suite),
                self._flake8(self.plain, self.suite),
            )
        yield self._ratio(
            "4 N files / N files, cold", "4.4", "4.2", words(off, self.suite), words(off, self.suite[::4])
        )

    def _warm(self) -> Iterator[Row]:
        plain, ours = self._flake8(self.plain, self.suite), words(self._flake8(self.linter, self.suite), self._cache())
        cost(self._command(ours))
        found = pairs(self.runs, lambda: self._command(ours), lambda: self._command(plain))
        yield Row("flake8, warm: cpu added", "0.03", "0.01", tuple(us.cpu / them.cpu - 1 for us, them in found))
        check = words(self._check(self._cache()), self.suite)
        yield self._ratio("`check`, warm / plain flake8", "", "", check, plain)
        asked = words(self.linter, "-c", _WHAT_IS_LOADED, _LISTED, self._cache(), self.suite)
        cost(self._command(asked))  # another `sys.path` is another cache
        told = subprocess.run(asked, cwd=self.folder, capture_output=True, text=True)
        loaded = told.stderr.split()
        yield Row("warm: astroid, libcst in `sys.modules`", "0", "0", (0.0 if loaded == ["neither"] else len(loaded),))

    def _editor(self) -> Iterator[Row]:
        """One process a file: as it is on disk, with a change that nobody saved, and one of data alone."""
        ours, plain = words(self._flake8(self.linter, ()), self._cache()), self._flake8(self.plain, ())
        cost(self._command(words(ours, self.one)))
        runs = max(self.runs * 3, 9)
        yield self._ratio("one unchanged file", "1.15", "1.07", words(ours, self.one), words(plain, self.one), runs)
        found = pairs(runs, lambda: self._typed(ours), lambda: self._typed(plain))
        yield Row("one changed file", "2.6", "2.2", tuple(us.cpu / them.cpu for us, them in found))
        yield self._ratio(
            "a file that cannot matter", "1.10", "1.03", words(ours, self.data), words(plain, self.data), runs
        )

    def _whole(self) -> Iterator[Row]:
        check = words(self._check(self._cache()), self.whole)
        cost(self._command(check))
        ty = words(self.environments.command("ty"), "check", "--exit-zero", self.whole)
        yield self._ratio(f"`check`, warm, {len(self.whole)} files / ty", "0.020", "0.005", check, ty, runs=3)
        kept = f"--cache-dir={self.scratch / 'ruff'}"
        ruff = words(self.environments.command("ruff"), "check", "--exit-zero", "--isolated", kept, self.whole)
        cost(self._command(ruff))
        yield self._ratio(f"`check`, warm, {len(self.whole)} files / ruff, warm", "0.200", "0.067", check, ruff)

    def _ratio(
        self, name: str, must: str, goal: str, ours: Sequence[str], others: Sequence[str], runs: int | None = None
    ) -> Row:
        found = pairs(runs or self.runs, lambda: self._command(ours), lambda: self._command(others))
        return Row(name, must, goal, tuple(us.cpu / them.cpu for us, them in found))

    def _emptied(self) -> Command:
        shutil.rmtree(self._cache_folder(), ignore_errors=True)
        return self._command(words(self._flake8(self.linter, self.suite), self._cache()))

    def _typed(self, flake8: Sequence[str]) -> Command:
        """A file as an editor sends it, never twice the same."""
        text = Path(self.one).read_text(encoding="utf-8") + f"# changed {next(self.numbers)} times\n"
        return Command(words(flake8, f"--stdin-display-name={self.one}", "-"), self.folder, text)

    def _command(self, each: Sequence[str]) -> Command:
        return Command(tuple(each), self.folder)

    def _flake8(self, python: Path, files: Sequence[str]) -> tuple[str, ...]:
        return words(python, "-m", "flake8", _LISTED, files)

    def _check(self, *options: str | Sequence[str]) -> tuple[str, ...]:
        return words(self.linter, "-m", "lint_ssot", "check", "--isolated", *options)

    def _cache(self) -> str:
        return f"--ssot-cache-dir={self._cache_folder()}"

    def _cache_folder(self) -> Path:
        return self.scratch / "cache"
