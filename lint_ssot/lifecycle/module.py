"""What rules are given: a module and everything that is known about its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lint_ssot.config import Settings
from lint_ssot.facts.expressions import Position
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import FunctionDefinition, Module, Origin, Unknown
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.assigned import Cause, MissingAttribute, missing_attributes
from lint_ssot.lifecycle.assignment.timeline import Timeline, tell_timeline
from lint_ssot.lifecycle.assignment.writes import Writes
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.collecting.collection import Collection, TestClass
from lint_ssot.lifecycle.declared.bases import DeclaredBases, declared_bases
from lint_ssot.lifecycle.declared.forks import Fork, find_forks
from lint_ssot.lifecycle.effort import Effort, Exhausted, tell_of_exhaustion
from lint_ssot.lifecycle.fixtures.plans import Fixtures
from lint_ssot.lifecycle.hooks.left_behind import left_behind
from lint_ssot.lifecycle.hooks.lookalikes import REAL
from lint_ssot.lifecycle.hooks.parent_calls import ParentCall, parent_calls
from lint_ssot.lifecycle.hooks.schedule import schedule_of
from lint_ssot.lifecycle.imports.judgment import import_problems, package_depth
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.lifecycle.protocols.inference import Inference
from lint_ssot.lifecycle.protocols.problems import WithProblem, with_problems
from lint_ssot.lifecycle.runners import Runner
from lint_ssot.lifecycle.standing import aside
from lint_ssot.lifecycle.tests.unrun import UnrunTest, UnrunTests


@dataclass(frozen=True)
class LintedModule:
    """The module under judgment, the graph it stands in, and what the user asked for."""

    module: Module
    classes: Classes
    settings: Settings
    project: Project
    inference: Inference

    @cached_property
    def collection(self) -> Collection:
        """What the runner collects from this module."""
        return Collection(self.module, self.classes, self.project, self.settings)

    @cached_property
    def test_classes(self) -> tuple[TestClass, ...]:
        """The concrete test classes that this module defines and the runner collects."""
        return self.collection.test_classes()

    @cached_property
    def declared(self) -> DeclaredBases:
        """The declared bases that hold for this module's file."""
        return declared_bases(self.module, self.classes, self.settings, self.project)

    @cached_property
    def forks(self) -> tuple[Fork, ...]:
        """The second definitions of declared bases at the module's own level."""
        return find_forks(self.module, self.declared, self.classes, self.test_classes)

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """The lives of the tests of every class whose runner is known."""
        return tuple(self._timelines())

    @cached_property
    def missing(self) -> tuple[tuple[TestClass, MissingAttribute], ...]:
        """The attributes that tests of this module read and do not have."""
        return tuple(
            (timeline.test_class, missing)
            for timeline in self.timelines
            for missing in missing_attributes(timeline.test_class, timeline)
        )

    def missing_by(self, *causes: Cause) -> Iterator[tuple[TestClass, MissingAttribute]]:
        """The missing attributes of these causes."""
        return ((test_class, missing) for test_class, missing in self.missing if missing.cause in causes)

    @cached_property
    def parent_calls(self) -> tuple[ParentCall, ...]:
        """The calls of `super()` in the methods of this module's judged classes, each place once for each teller."""
        reached = {timeline.test_class.definition: timeline.reached for timeline in self.timelines}
        found: dict[tuple[Position, str], ParentCall] = {}
        for test_class in self.test_classes:
            if test_class.hierarchy.open_because is None:
                run = reached.get(test_class.definition, frozenset())
                for call in (*self._parent_calls_of(test_class, run), *self._inherited_calls_of(test_class, run)):
                    found.setdefault((call.told_at, call.aside), call)
        return tuple(found.values())

    def _parent_calls_of(self, test_class: TestClass, reached: frozenset[FunctionDefinition]) -> Iterator[ParentCall]:
        """Without those in a method that nothing leads to; a hook counts unless another one hides it."""
        hierarchy = test_class.hierarchy
        for owner in hierarchy.classes:
            for call in parent_calls(owner, hierarchy, self.classes) if owner.module is self.module else ():
                name = call.function.node.name
                if call.function in reached or (name in REAL and hierarchy.find(name) == call.function):
                    yield call

    def _inherited_calls_of(
        self, test_class: TestClass, reached: frozenset[FunctionDefinition]
    ) -> Iterator[ParentCall]:
        """Those in methods of other files that the tests of the class run: nobody else may judge them."""
        hierarchy, told_at = test_class.hierarchy, test_class.definition.node.at
        for owner in hierarchy.classes:
            if owner.module is not self.module and owner.module.origin is Origin.PROJECT:
                for call in parent_calls(owner, hierarchy, self.classes):
                    if call.function in reached:
                        yield replace(call, told_at=told_at, aside=aside(test_class, owner.module, call.at))

    @cached_property
    def unrun_tests(self) -> tuple[tuple[TestClass | None, UnrunTest], ...]:
        """The tests of this module whose body never runs, with their class if they have one."""
        default = "strict" if "pytest-asyncio" in self.project.requirements else None
        mode = self.settings.asyncio_mode or self.project.pytest.asyncio_mode or default
        telling = UnrunTests(self.collection.invocation, mode, self.inference)
        found: list[tuple[TestClass | None, UnrunTest]] = []
        for test_class in self.test_classes:
            if isinstance(test_class.runner, Runner):
                unrun = telling.among(test_class, test_class.runner, test_class.tests)
                found += ((test_class, each) for each in unrun)
        runner = runner_of_functions(self.collection.invocation)
        found += ((None, each) for each in telling.among(None, runner, self.collection.test_functions()))
        return tuple(found)

    @cached_property
    def with_problems(self) -> tuple[WithProblem, ...]:
        """What is wrong with the with statements of this module, and with what it defines for them."""
        collected = tuple(test_class.definition for test_class in self.test_classes)
        return with_problems(self.inference, self.module, collected)

    def with_problems_by(self, *faults: Fault) -> Iterator[WithProblem]:
        """The with problems of these faults."""
        return (problem for problem in self.with_problems if problem.verdict.fault in faults)

    @cached_property
    def import_problems(self) -> tuple[ImportProblem, ...]:
        """What is wrong with the imports of this module."""
        depth = package_depth(self.module, self.classes.names.modules, self.collection.invocation)
        return import_problems(self.module, self.classes.names, depth)

    def import_problems_by(self, fault: ImportFault) -> Iterator[ImportProblem]:
        """The import problems of this fault."""
        return (problem for problem in self.import_problems if problem.fault is fault)

    def _timelines(self) -> Iterator[Timeline]:
        fixtures = Fixtures(self.classes, self.settings, self.project)
        writes, effort = Writes(), Effort()
        for test_class in self.test_classes:
            schedule = schedule_of(test_class, self.classes, fixtures)
            if isinstance(schedule, Unknown):
                continue
            try:
                left = left_behind(test_class, schedule.runner, self.collection)
                yield tell_timeline(test_class, self.classes, schedule, writes, effort, left)
            except Exhausted:
                tell_of_exhaustion(test_class.definition.node.qualname, self.module.path)
