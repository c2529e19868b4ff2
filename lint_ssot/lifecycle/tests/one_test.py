"""A module as if one test were all it has, so that rules speak of that test alone."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collecting.collection import Collection, TestClass, TestMethod
from lint_ssot.lifecycle.declared.bases import DeclaredBases
from lint_ssot.lifecycle.imports.problems import ImportProblem
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.problems import WithProblem
from lint_ssot.lifecycle.tests.unrun import UnrunTest


@dataclass(frozen=True)
class OneTest(LintedModule):
    """The module in the light of one test; `test_class` is None for a function of the module.

    What the other tests do still counts for why something is missing.
    """

    test: TestMethod
    test_class: TestClass | None
    whole: LintedModule

    @cached_property
    def collection(self) -> Collection:
        """That of the whole module, as are the next ones: found once for all tests."""
        return self.whole.collection

    @cached_property
    def declared(self) -> DeclaredBases:
        """The declared bases that hold for the file."""
        return self.whole.declared

    @cached_property
    def with_problems(self) -> tuple[WithProblem, ...]:
        """What is wrong with the with statements of the module."""
        return self.whole.with_problems

    @cached_property
    def import_problems(self) -> tuple[ImportProblem, ...]:
        """What is wrong with the imports of the module."""
        return self.whole.import_problems

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
    shared = {field.name: getattr(module, field.name) for field in fields(LintedModule)}
    return OneTest(**shared, test=test, test_class=test_class, whole=module)
