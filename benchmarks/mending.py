"""How much `lint-ssot fix` mends of a suite: `python -m benchmarks.mending SUITE [--as-is]`.

One break after the other is made in a copy of the suite, told, mended and, with `--python`, run: before, broken and
mended.
"""

from __future__ import annotations

import argparse
import enum
import itertools
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from benchmarks.breaks.__main__ import arguments
from benchmarks.breaks.running import Outcome, Runner
from benchmarks.breaks.suite import Accident, Suite
from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.mending import Mended, Mending

KINDS = (
    "super dropped",
    "decorator gone",
    "fixture gone",
    "classmethod gone",
    "async hook",
    "sync hook",
    "plain TestCase",
    "with mixed up",
)
_Said: TypeAlias = "Counter[tuple[str, str]]"


class Step(enum.Enum):
    """How far a break came."""

    MADE = "made"
    TOLD = "told"
    MENDED = "mended"
    UNSAFE = "with --unsafe"
    AS_IT_WAS = "byte for byte"
    RUN = "run"
    ALIVE = "pass again"


@dataclass
class Workshop:
    """A copy of a suite in which one thing at a time is broken and mended; `most_runs` of a kind are run."""

    suite: Suite
    session: Session
    runner: Runner | None
    most_runs: int
    complaints: list[str] = field(default_factory=list)
    _runs: Counter[str] = field(default_factory=Counter)

    def steps(self, accident: Accident) -> Iterator[Step]:
        """What becomes of one break; the file is as it was afterwards."""
        original = accident.path.read_bytes()
        before = self._said(accident.path)
        try:
            accident.path.write_text(accident.cause.source, encoding="utf-8", newline="")
            yield from self._broken(accident, before, original)
        finally:
            accident.path.write_bytes(original)
            self.session.put(accident.path, read_source(accident.path))

    def _broken(self, accident: Accident, before: _Said, original: bytes) -> Iterator[Step]:
        yield Step.MADE
        news = self._said(accident.path) - before
        if not news:
            return
        yield Step.TOLD
        for step, is_unsafe in ((Step.MENDED, False), (Step.UNSAFE, True)):
            mended = self._mend(accident.path, is_unsafe=is_unsafe)
            if not _keys(mended.remaining) - before:
                yield step
                break
        else:
            self._complain(accident, f"left: {' '.join(min(news))}")
            return
        text = next((text for file, text in mended.files if file.path == accident.path), accident.cause.source)
        if text.encode("utf-8") == original:
            yield Step.AS_IT_WAS
        self._check_settled(accident, text)
        yield from self._ran(accident, text, original)

    def _check_settled(self, accident: Accident, text: str) -> None:
        accident.path.write_text(text, encoding="utf-8", newline="")
        if self._mend(accident.path, is_unsafe=False).files:
            self._complain(accident, "a second run changes something")

    def _mend(self, path: Path, *, is_unsafe: bool) -> Mended:
        self.session.put(path, read_source(path))
        return Mending((path,), self.session, lambda _path, _source, found: found, is_unsafe).mend()

    def _ran(self, accident: Accident, mended: str, original: bytes) -> Iterator[Step]:
        """Whether a test that passed before fails when broken, and whether all of these pass when mended."""
        kind = accident.cause.kind
        if self.runner is None or self._runs[kind] >= self.most_runs:
            return
        # the runner knows by itself what was before only if it finds that on disk
        accident.path.write_bytes(original)
        affected = self.suite.affected(accident.path)
        broken = _new_failures(self.runner.news(accident.path, accident.cause.source, affected))
        if not broken:
            return
        self._runs[kind] += 1
        yield Step.RUN
        left = _new_failures(self.runner.news(accident.path, mended, affected))
        if not left:
            yield Step.ALIVE
        else:
            name, reason = next(iter(left.items()))
            self._complain(accident, f"stays dead: {name}: {reason.strip().splitlines()[-1][:160]}")

    def _said(self, path: Path) -> _Said:
        return _keys(lint(path, read_source(path), self.session))

    def _complain(self, accident: Accident, why: str) -> None:
        cause = accident.cause
        self.complaints.append(f"{self.suite.name(accident.path)}:{cause.line} {cause.kind}: {cause.what}: {why}")
        print(self.complaints[-1], flush=True)


def _new_failures(runs: Iterable[tuple[Outcome, Outcome]]) -> dict[str, str]:
    new: dict[str, str] = {}
    for before, after in runs:
        if before.is_over and "the run" not in before.failures:
            new |= {} if after.is_over else {"the run": "is not over in time"}
            new |= {test: why for test, why in after.failures.items() if test not in before.failures}
    return new


def _keys(found: Iterable[Diagnostic]) -> _Said:
    """Findings wherever they stand."""
    return Counter((each.code, re.sub(r"\d", "", each.text)) for each in found)


def table(counts: Counter[tuple[str, Step]], kinds: Iterable[str]) -> Iterator[str]:
    """A row for each kind: how many of its breaks came to each step."""
    yield "| break | " + " | ".join(step.value for step in Step) + " |\n|---|" + "---:|" * len(Step)
    for kind in kinds:
        if counts[kind, Step.MADE]:
            yield f"| {kind} | " + " | ".join(str(counts[kind, step]) for step in Step) + " |"


def as_is(suite: Suite, session: Session, every: int) -> Iterator[str]:
    """Of each code how many findings there are in the suite as it stands, and how many are mended."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(suite.tests.rglob("*.py"))[::every]:
        found = Counter(each.code for each in lint(path, read_source(path), session))
        counts.update({(code, "found"): number for code, number in found.items()})
        for word, is_unsafe in (("mended", False), ("with --unsafe", True)) if found else ():
            mended = Mending((path,), session, lambda _path, _source, found: found, is_unsafe).mend()
            session.put(path, read_source(path))
            left = Counter(each.code for each in mended.remaining)
            counts.update({(code, word): number - left[code] for code, number in found.items()})
    words = ("found", "mended", "with --unsafe")
    yield f"| | {' | '.join(words)} |\n|---|---:|---:|---:|"
    for code in sorted({code for code, _ in counts}):
        yield f"| {code} | {' | '.join(str(counts[code, word]) for word in words)} |"


def _options() -> argparse.ArgumentParser:
    parser = arguments()
    parser.prog, parser.description = "python -m benchmarks.mending", __doc__
    parser.set_defaults(kinds=",".join(KINDS), told=5)
    parser.add_argument("--as-is", action="store_true", help="break nothing: mend what is wrong already")
    parser.add_argument("--minutes", type=float, default=600, help="no break is begun after so many")
    parser.add_argument("--every", type=int, default=1, help="with --as-is, one in so many files")
    parser.add_argument("--base", action="append", default=[], help="a declared base class")
    return parser


def main(words: list[str]) -> None:
    """Break, mend and run; print what came of it."""
    asked = _options().parse_args(words)
    settings = Settings(python=asked.python, runner=asked.runner, cache_dir=None, base_classes=tuple(asked.base))
    session = Session(settings, tuple(rule for rule in RULES if not rule.is_opt_in))
    counts: Counter[tuple[str, Step]] = Counter()
    with TemporaryDirectory() as folder:
        suite = Suite.copied(asked.suite.resolve(), asked.tests, Path(folder))
        if asked.as_is:
            print(*as_is(suite, session, asked.every), sep="\n")
            return
        top = (suite.root / asked.top).resolve()
        runner = Runner(suite, asked.python, asked.run, top, asked.seconds) if asked.python else None
        workshop = Workshop(suite, session, runner, asked.told)
        kinds = tuple(asked.kinds.split(","))
        end = time.monotonic() + 60 * asked.minutes
        in_time = itertools.takewhile(
            lambda _: time.monotonic() < end, suite.accidents(kinds, asked.per_kind, asked.seed)
        )
        for accident in in_time:
            counts.update((accident.cause.kind, step) for step in workshop.steps(accident))
    print(*table(counts, kinds), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
