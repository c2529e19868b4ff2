"""Which causes, mended one after the other, free the most tests."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.report.model import Cause, Fate, Passage

# so many a person reads
MOST = 10


@dataclass(frozen=True, slots=True)
class RankedCause:
    """A cause, how many tests it stops, and how many are free once it and those above it are mended."""

    cause: Cause
    stops: int
    frees: int


def ranked_causes(tests: Iterable[Fate], most: int = MOST) -> tuple[RankedCause, ...]:
    """The causes in the order in which to mend them.

    Each is the one that frees the most tests after those before it; where none frees any by itself,
    the one that brings the most tests nearest to it.
    """
    stopped = [test for test in tests if test.outcome is Passage.STOPPED]
    causes = {stop.cause.key: stop.cause for test in reversed(stopped) for stop in reversed(test.stops)}
    stoppers = [frozenset(stop.cause.key for stop in test.stops) for test in stopped]
    stops = {key: sum(key in each for each in stoppers) for key in causes}
    left = stoppers
    ranked: list[RankedCause] = []
    while left and len(ranked) < most:
        key = _next(left, causes)
        frees = sum(each == {key} for each in left)
        left = [each - {key} for each in left if each != {key}]
        ranked.append(RankedCause(causes[key], stops[key], frees))
    return tuple(ranked)


def _next(left: list[frozenset[str]], causes: dict[str, Cause]) -> str:
    frees: dict[str, int] = {}
    share: dict[str, float] = {}
    for each in left:
        for key in each:
            frees[key] = frees.get(key, 0) + (len(each) == 1)
            share[key] = share.get(key, 0) + 1 / len(each)
    return min(frees, key=lambda key: (-frees[key], -round(share[key], 6), causes[key].path, causes[key].line, key))
