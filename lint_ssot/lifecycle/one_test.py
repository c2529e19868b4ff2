"""A module as if one test were all it has, so that rules speak of that test alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collection import TestClass, TestMethod
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.unrun_tests import UnrunTest


@dataclass(frozen=True)
class OneTest(LintedModule):
    """The module in the light of one test; `test_class` is None for a function of the module.

    What the other tests do still counts for why something is missing.
    """

    test: TestMethod
    test_class: TestClass | None
    whole: LintedModule

    @cached_property
    def test_classes(self) -> tuple[TestClass, ...]:
        """The class of the test."""
        return () if self.test_class is None else (self.test_class,)

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """The life of the test, if its runner is known."""
        return tuple(
            replace(timeline, lives=tuple(life for life in timeline.lives if life.test is self.test))
            for timeline in self.whole.timelines
            if timeline.test_class is self.test_class
        )

    @cached_property
    def unrun_tests(self) -> tuple[tuple[TestClass | None, UnrunTest], ...]:
        """The test itself, if its body never runs."""
        return tuple(
            (test_class, unrun)
            for test_class, unrun in self.whole.unrun_tests
            if test_class is self.test_class and unrun.function == self.test.function
        )


def one_test(module: LintedModule, test_class: TestClass | None, test: TestMethod) -> OneTest:
    """The module with nothing but this test, which it collects."""
    return OneTest(module.module, module.classes, module.settings, module.project, test, test_class, module)
