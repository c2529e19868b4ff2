"""`python -m benchmarks.breaks SUITE`: which of the breaks that kill tests the linter tells."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.breaks.making import KINDS
from benchmarks.breaks.running import PYTEST, Runner
from benchmarks.breaks.suite import Accident, Suite
from benchmarks.breaks.telling import Teller
from benchmarks.breaks.verdict import Verdict, verdict
from lint_ssot.session import read_source

TOLD = "told"


@dataclass(frozen=True)
class Bench:
    """A suite, who tells its breaks, and who runs it; without a runner what is not told is taken for real."""

    suite: Suite
    teller: Teller
    runner: Runner | None

    def judged(self, accidents: Iterator[Accident]) -> Iterator[tuple[Accident, str, str]]:
        """Each break, what became of it, and what tells that."""
        for accident in accidents:
            affected = self.suite.affected(accident.path)
            if news := self.teller.news(accident.path, accident.cause.source, affected):
                yield accident, TOLD, news[0]
            else:
                yield accident, *self._run(accident, affected)

    def _run(self, accident: Accident, affected: tuple[Path, ...]) -> tuple[str, str]:
        if self.runner is None:
            return Verdict.DIES.value, "not run"
        runs = self.runner.news(accident.path, accident.cause.source, affected)
        sources = [read_source(path) for path in {accident.path, *affected}]
        found, reason = verdict(runs, sources, accident.cause.what)
        return found.value, reason


def table(counts: Counter[tuple[str, str]], kinds: tuple[str, ...]) -> Iterator[str]:
    """How many breaks of each kind were made, how many of them kill tests, and how many of those are told."""
    yield "| kind | made | real | told | share |\n|---|---|---|---|---|"
    for kind in kinds:
        made = sum(number for (each, _), number in counts.items() if each == kind)
        told = counts[kind, TOLD]
        if made:
            real = told + counts[kind, Verdict.DIES.value]
            yield f"| {kind} | {made} | {real} | {told} | {f'{told / real:.0%}' if real else ''} |"


def arguments() -> argparse.ArgumentParser:
    """What can be asked of the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.breaks", description=__doc__)
    parser.add_argument("suite", type=Path, help="the folder of a project; it is copied, and the copy is broken")
    parser.add_argument("--tests", default=".", help="the folder in it whose files are broken")
    parser.add_argument("--per-kind", type=int, default=20, help="how many breaks of each kind")
    parser.add_argument("--kinds", default=",".join(KINDS), help="which kinds, with commas between them")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other breaks")
    parser.add_argument("--python", help="an interpreter that can run the suite; without it nothing is run")
    parser.add_argument("--run", default=PYTEST, help="how it runs one file (default: %(default)s)")
    parser.add_argument("--top", default=".", help="the folder that it runs in, and that names of modules start in")
    parser.add_argument("--seconds", type=int, default=60, help="how long a run may take")
    parser.add_argument("--runner", default="auto", choices=("auto", "pytest", "unittest"), help="`ssot-runner`")
    parser.add_argument("--verbose", action="store_true", help="print what becomes of every break")
    return parser


def main(words: list[str]) -> None:
    """Break, tell and run; print every miss and the table."""
    asked = arguments().parse_args(words)
    kinds = tuple(asked.kinds.split(","))
    counts: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as folder:
        suite = Suite.copied(asked.suite.resolve(), asked.tests, Path(folder))
        runner = None
        if asked.python:
            runner = Runner(suite, asked.python, asked.run, (suite.root / asked.top).resolve(), asked.seconds)
        bench = Bench(suite, Teller(asked.python, asked.runner), runner)
        for accident, became, reason in bench.judged(suite.accidents(kinds, asked.per_kind, asked.seed)):
            cause = accident.cause
            counts[cause.kind, became] += 1
            if asked.verbose or became == Verdict.DIES.value:
                word = "miss" if became == Verdict.DIES.value else became
                print(
                    f"{word}: {suite.name(accident.path)}:{cause.line} {cause.kind}: {cause.what}: {reason}", flush=True
                )
    print(*table(counts, kinds), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
