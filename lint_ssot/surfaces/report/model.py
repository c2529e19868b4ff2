"""What a report says: how far each test comes, what stops it, and what that adds up to."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable

from lint_ssot.facts.values import dataclass


class Stage(enum.IntEnum):
    """The stages of a test's way, each of which takes the one before."""

    FOUND = 0
    COLLECTED = 1
    BASE = 2
    SETUP = 3
    BUSINESS = 4


class Passage(enum.Enum):
    """What is known of one test at one stage."""

    PASSES = "passes"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a person would mend; several findings, in several tests, may come of one.

    `key` is the same for all of them; `line` is 1-based, `path` as it is shown.
    """

    key: str
    code: str
    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A finding that keeps a test from a stage, and what it comes of."""

    stage: Stage
    code: str
    text: str
    path: str
    line: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Fate:
    """How far one test comes.

    `stops` are in the order of the stages; the first one is why it comes no further.
    `unknown_from` is the first stage of which nobody can know whether the test attains it; `why` tells why,
    or why it is skipped.
    `passes_unrun` tells that the runner reports it as passed although its body never runs.
    """

    name: str
    line: int
    stops: tuple[Stop, ...] = ()
    unknown_from: Stage | None = None
    is_skipped: bool = False
    why: str = ""
    passes_unrun: bool = False

    def at(self, stage: Stage) -> Passage:
        """Whether it attains the stage, as far as anybody can know."""
        if self.stops and self.stops[0].stage <= stage:
            return Passage.STOPPED
        if self.is_skipped and not self.stops:
            return Passage.SKIPPED if stage >= Stage.SETUP else Passage.PASSES
        is_open = self.unknown_from is not None and self.unknown_from <= stage
        return Passage.UNKNOWN if is_open else Passage.PASSES

    @property
    def outcome(self) -> Passage:
        """What becomes of it in the end."""
        return self.at(Stage.BUSINESS)


@dataclass(frozen=True, slots=True)
class StageTally:
    """How many tests attain a stage; `stopped` are those that attain the one before and surely not this one."""

    stage: Stage
    passing: int
    unknown: int
    skipped: int
    stopped: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some tests attain each stage."""

    found: int
    stages: tuple[StageTally, ...]
    passing_unrun: int

    def at(self, stage: Stage) -> StageTally:
        """The tests at one stage."""
        return self.stages[stage]

    @property
    def reaching(self) -> int:
        """Those that surely reach their business."""
        return self.at(Stage.BUSINESS).passing

    @property
    def unknown(self) -> int:
        """Those of which nobody can know whether they do."""
        return self.at(Stage.BUSINESS).unknown

    @property
    def skipped(self) -> int:
        """Those that are skipped on purpose."""
        return self.at(Stage.BUSINESS).skipped

    @property
    def stopped(self) -> int:
        """Those that surely do not reach it."""
        return self.found - self.reaching - self.unknown - self.skipped

    @property
    def share(self) -> float | None:
        """The share that reaches its business, of those of which it is known and wanted; None if there are none."""
        judged = self.reaching + self.stopped
        return self.reaching / judged if judged else None


def tally(tests: Iterable[Fate]) -> Tally:
    """Count how far tests come."""
    fates = tuple(tests)
    stages = tuple(_stage_tally(stage, fates) for stage in Stage)
    return Tally(len(fates), stages, sum(each.passes_unrun for each in fates))


def _stage_tally(stage: Stage, fates: tuple[Fate, ...]) -> StageTally:
    counts = Counter(each.at(stage) for each in fates)
    stopped = sum(bool(each.stops) and each.stops[0].stage is stage for each in fates)
    return StageTally(stage, counts[Passage.PASSES], counts[Passage.UNKNOWN], counts[Passage.SKIPPED], stopped)


@dataclass(frozen=True, slots=True)
class FileReport:
    """The tests of one file, in order."""

    path: str
    tests: tuple[Fate, ...]

    @property
    def folder(self) -> str:
        """The folder that the file is in; `.` for none."""
        return self.path.rpartition("/")[0] or "."


@dataclass(frozen=True, slots=True)
class Report:
    """The tests of some files, as they are in the work tree or at a `revision`.

    `has_bases` tells whether any base class is declared; without, nothing is said about bases.
    """

    title: str
    files: tuple[FileReport, ...]
    has_bases: bool
    revision: str | None = None

    @property
    def tests(self) -> tuple[Fate, ...]:
        """All tests."""
        return tuple(test for file in self.files for test in file.tests)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are told of."""
        return tuple(stage for stage in Stage if self.has_bases or stage is not Stage.BASE)
