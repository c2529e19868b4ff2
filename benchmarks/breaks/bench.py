"""Tells and runs breaks: what becomes of each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.breaks.running import Runner
from benchmarks.breaks.suite import Accident, Suite
from benchmarks.breaks.telling import Teller
from benchmarks.breaks.verdict import Verdict, verdict
from lint_ssot.session import read_source


@dataclass(frozen=True)
class Fate:
    """What became of a break: what the linter says of it, if anything, and what a run came to, if there was one."""

    news: tuple[str, ...]
    verdict: Verdict | None
    reason: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the linter says anything."""
        return bool(self.news)

    @property
    def is_miss(self) -> bool:
        """Whether tests die of it, as far as that was tried, and nothing is said."""
        return not self.news and self.verdict in (None, Verdict.DIES)

    @property
    def is_false(self) -> bool:
        """Whether something is said, and nothing dies of it; a person has to read why."""
        return self.is_told and self.verdict is Verdict.HARMLESS

    def __str__(self) -> str:
        ran = "not run" if self.verdict is None else f"{self.verdict.value} {self.reason}".rstrip()
        told = f"told, {ran}: {self.news[0]}" if self.news else ""
        return f"miss: {self.reason or ran}" if self.is_miss else told or ran


@dataclass
class Bench:
    """A suite, who tells its breaks, and who runs it; without a runner what is not told is taken for real.

    `told_runs` is how many of the told breaks of a kind are run as well.
    """

    suite: Suite
    teller: Teller
    runner: Runner | None
    told_runs: int = 0
    _ran: Counter[str] = field(default_factory=Counter)

    def judged(self, accidents: Iterator[Accident]) -> Iterator[tuple[Accident, Fate]]:
        """Each break, and what became of it."""
        for accident in accidents:
            affected = self.suite.affected(accident.path)
            news = tuple(self.teller.news(accident.path, accident.cause.source, affected))
            yield accident, Fate(news, *self._run(accident, affected, bool(news)))

    def _run(self, accident: Accident, affected: tuple[Path, ...], is_told: bool) -> tuple[Verdict | None, str]:
        if self.runner is None or (is_told and self._ran[accident.cause.kind] >= self.told_runs):
            return None, ""
        self._ran[accident.cause.kind] += is_told
        runs = self.runner.news(accident.path, accident.cause.source, affected)
        sources = [read_source(path) for path in {accident.path, *affected}]
        return verdict(runs, sources, accident.cause.what)
