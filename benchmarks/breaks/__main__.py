"""`python -m benchmarks.breaks SUITE`: which of the breaks that kill tests the linter tells."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.breaks.bench import Bench, Fate
from benchmarks.breaks.making import KINDS
from benchmarks.breaks.running import PYTEST, Runner
from benchmarks.breaks.suite import Suite
from benchmarks.breaks.telling import Teller
from benchmarks.breaks.verdict import Verdict


def table(fates: Iterable[tuple[str, Fate]], kinds: tuple[str, ...]) -> Iterator[str]:
    """How many breaks of each kind were made, how many of them kill tests, how many of those are told; told and run."""
    every = list(fates)
    yield "| kind | made | real | told | share | told and run | die | harmless |\n|---|---|---|---|---|---|---|---|"
    for kind in kinds:
        made = [fate for each, fate in every if each == kind]
        if made:
            told = [fate for fate in made if fate.is_told and not fate.is_false]
            real = len(told) + sum(fate.is_miss for fate in made)
            run = [fate.verdict for fate in made if fate.is_told and fate.verdict is not None]
            share = f"{len(told) / real:.0%}" if real else ""
            died, harmless = run.count(Verdict.DIES), run.count(Verdict.HARMLESS)
            yield f"| {kind} | {len(made)} | {real} | {len(told)} | {share} | {len(run)} | {died} | {harmless} |"


def arguments() -> argparse.ArgumentParser:
    """What can be asked of the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.breaks", description=__doc__)
    parser.add_argument("suite", type=Path, help="the folder of a project; it is copied, and the copy is broken")
    parser.add_argument("--tests", default=".", help="the folder in it whose files are broken")
    parser.add_argument("--per-kind", type=int, default=20, help="how many breaks of each kind")
    parser.add_argument("--kinds", default=",".join(KINDS), help="which kinds, with commas between them")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other breaks")
    parser.add_argument("--python", help="an interpreter that can run the suite; without it nothing is run")
    parser.add_argument("--told", type=int, default=0, help="how many told breaks of each kind are run as well")
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
    fates: list[tuple[str, Fate]] = []
    with TemporaryDirectory() as folder:
        suite = Suite.copied(asked.suite.resolve(), asked.tests, Path(folder))
        runner = None
        if asked.python:
            runner = Runner(suite, asked.python, asked.run, (suite.root / asked.top).resolve(), asked.seconds)
        bench = Bench(suite, Teller(asked.python, asked.runner), runner, asked.told)
        for accident, fate in bench.judged(suite.accidents(kinds, asked.per_kind, asked.seed)):
            cause = accident.cause
            fates.append((cause.kind, fate))
            if asked.verbose or fate.is_miss or fate.is_false:
                print(f"{suite.name(accident.path)}:{cause.line} {cause.kind}: {cause.what}: {fate}", flush=True)
    print(*table(fates, kinds), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
