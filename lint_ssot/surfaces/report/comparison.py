"""What a change did to the tests: which came free, which were lost, which still are where they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lint_ssot.surfaces.report.model import Fate, Passage, Report


@dataclass(frozen=True)
class Comparison:
    """The same tests before and after, told apart by file and name."""

    before: Report
    after: Report

    @cached_property
    def freed(self) -> tuple[str, ...]:
        """The tests that were stopped and now reach their business."""
        return self._which(Passage.STOPPED, Passage.PASSES)

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """The tests that reached their business and now are stopped."""
        return self._which(Passage.PASSES, Passage.STOPPED)

    @cached_property
    def still_stopped(self) -> tuple[str, ...]:
        """The tests that were stopped and still are."""
        return self._which(Passage.STOPPED, Passage.STOPPED)

    @cached_property
    def stopped_before(self) -> int:
        """How many were stopped, those that are gone since included."""
        return sum(test.outcome is Passage.STOPPED for test in self._old.values())

    @cached_property
    def added(self) -> tuple[str, ...]:
        """The tests that are new."""
        return tuple(name for name in self._new if name not in self._old)

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """The tests that are gone, or have another name or file."""
        return tuple(name for name in self._old if name not in self._new)

    @cached_property
    def _old(self) -> dict[str, Fate]:
        return dict(_named(self.before))

    @cached_property
    def _new(self) -> dict[str, Fate]:
        return dict(_named(self.after))

    def _which(self, before: Passage, after: Passage) -> tuple[str, ...]:
        old = self._old
        return tuple(
            name
            for name, test in self._new.items()
            if test.outcome is after and name in old and old[name].outcome is before
        )


def _named(report: Report) -> Iterator[tuple[str, Fate]]:
    """Every test by its node id; where a class binds a name twice, the last one."""
    return ((f"{file.path}::{test.name}", test) for file in report.files for test in file.tests)
