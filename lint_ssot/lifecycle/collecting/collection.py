"""Which classes and functions of a module the runner collects as tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from lint_ssot.config import Settings
from lint_ssot.facts.statements import Class, Function
from lint_ssot.facts.traversal import statements, statements_of_all
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module, Origin, Unknown
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.choice import TESTCASE_NAMES, runner_of
from lint_ssot.lifecycle.collecting.collectable import (
    Obstacle,
    Uncollected,
    matches,
    obstacle_to,
    says_test,
    set_from_outside,
)
from lint_ssot.lifecycle.collecting.files import is_ignored, is_test_file
from lint_ssot.lifecycle.collecting.load_tests import decides_what_runs, has_scenarios
from lint_ssot.lifecycle.fixtures.definitions import fixture_of
from lint_ssot.lifecycle.functions.conditions import (
    Conditions,
    conditions_of_class,
    conditions_of_function,
    conditions_of_module,
    is_skipped,
)
from lint_ssot.lifecycle.functions.decorations import decorations_of
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.invocation import Program, invocation_of
from lint_ssot.lifecycle.runners import Runner


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A test: a method, or a function of the module.

    `conditions` are its marks and decorators, those of its class and module included.
    """

    __test__: ClassVar[bool] = False

    name: str
    function: FunctionDefinition
    kind: Kind
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def marks(self) -> frozenset[str]:
        """The names of the pytest marks that hold for it."""
        return self.conditions.marks

    @property
    def is_conditional(self) -> bool:
        """Whether a mark or decorator may keep it from running."""
        return self.conditions.is_conditional


@dataclass(frozen=True, slots=True)
class TestClass:
    """A concrete class that is collected, and who runs it.

    `conditions` are the marks and decorators of the class, its bases and its module.
    `outers` are the test classes in whose bodies it stands, the outermost first.
    """

    __test__: ClassVar[bool] = False

    definition: ClassDefinition
    hierarchy: Hierarchy
    runner: Runner | Unknown
    tests: tuple[TestMethod, ...]
    conditions: Conditions = field(default_factory=Conditions)
    outers: tuple[ClassDefinition, ...] = ()

    @property
    def outer(self) -> ClassDefinition | None:
        """The test class whose body it stands in."""
        return self.outers[-1] if self.outers else None

    @property
    def is_conditional(self) -> bool:
        """Whether a mark or decorator may keep the whole class from running."""
        return self.conditions.is_conditional


class Collection:
    """What is collected from one module."""

    def __init__(self, module: Module, classes: Classes, project: Project, settings: Settings) -> None:
        self._module = module
        self.classes = classes
        self._names = classes.names
        self.project = project
        self.invocation = invocation_of(module, self._names, project, settings)

    def test_classes(self) -> tuple[TestClass, ...]:
        """The concrete classes of this module that are collected and have tests, their own or inherited."""
        return () if self.is_empty else tuple(self._test_classes((), conditions_of_module(self._module, self._names)))

    def test_functions(self) -> tuple[TestMethod, ...]:
        """The test functions of this module; only pytest runs them."""
        return () if self.is_empty or self._is_for_testcases_only else tuple(self._test_functions())

    def uncollected(self) -> tuple[tuple[ClassDefinition, Uncollected], ...]:
        """The classes of this module that are named and filled as tests and cannot be collected, and why."""
        if self.is_empty:
            return ()
        found = ((each, why_uncollected(each, self.classes, self.project)) for each in self._candidates(None))
        return tuple((definition, why) for definition, why in found if why is not None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the module is collected, whatever it defines."""
        path = self._module.path
        if path is None or not is_test_file(path, self.project):
            return True
        if self.invocation.program is Program.UNITTEST and decides_what_runs(self._module.facts.body):
            return True
        return is_ignored(path, self._names.modules.conftests(path)) or is_skipped(self._module, self._names)

    @property
    def _is_for_testcases_only(self) -> bool:
        return self.invocation.program is Program.UNITTEST

    @property
    def _minds_test(self) -> bool:
        """Whether `__test__ = False` keeps a class from being collected; where nobody says by whom, it does."""
        return self.invocation.program is Program.PYTEST or not self.invocation.is_certain

    def _test_functions(self) -> Iterator[TestMethod]:
        outside = conditions_of_module(self._module, self._names)
        for statement in statements(self._module.facts.body):
            if isinstance(statement, Function) and self._is_test_function(statement):
                yield self._test(statement.name, FunctionDefinition(self._module, statement), outside)

    def _candidates(self, outer: ClassDefinition | None) -> Iterator[ClassDefinition]:
        """The classes that the module, or the body of a class, binds at last."""
        body = self._module.facts.body if outer is None else outer.node.body
        for statement in statements(body):
            if isinstance(statement, Class):
                definition = ClassDefinition(self._module, statement)
                if self._bound(statement.name, outer) == definition:
                    yield definition

    def _test_classes(self, outers: tuple[ClassDefinition, ...], outside: Conditions) -> Iterator[TestClass]:
        """The test classes, each followed by those in its body."""
        for definition in self._candidates(outers[-1] if outers else None):
            hierarchy = self.classes.hierarchy(definition)
            if not self._is_collected(hierarchy):
                continue
            test_class = self._test_class(hierarchy, outside, outers)
            if test_class.tests:
                yield test_class
            if not hierarchy.inherits(*TESTCASE_NAMES):
                yield from self._test_classes((*outers, definition), test_class.conditions)

    def _bound(self, name: str, outer: ClassDefinition | None) -> object:
        if outer is None:
            return self._names.lookup(self._module, name)
        return self.classes.members(outer).get(name)

    def _is_test_function(self, function: Function) -> bool:
        if not matches(function.name, self.project.pytest.python_functions):
            return False
        if set_from_outside(self._module, function.name) is not None:
            return False
        definition = FunctionDefinition(self._module, function)
        return self._bound(function.name, None) == definition and fixture_of(definition, self._names) is None

    def takes(self, hierarchy: Hierarchy) -> bool:
        """Whether the class is collected with tests wherever a test module binds its name, as by an import."""
        return self._is_collected(hierarchy) and bool(
            named_tests(hierarchy, self.classes, _prefixes(hierarchy, self.project))
        )

    def _is_collected(self, hierarchy: Hierarchy) -> bool:
        if not self._is_named_as_test(hierarchy):
            return False
        return obstacle_to(hierarchy, self._names, minds_test=self._minds_test) is None

    def _is_named_as_test(self, hierarchy: Hierarchy) -> bool:
        if hierarchy.inherits(*TESTCASE_NAMES):
            return True
        if self._is_for_testcases_only:
            return False
        name = hierarchy.classes[0].node.name
        return matches(name, self.project.pytest.python_classes) or says_test(hierarchy) is True

    def _test_class(self, hierarchy: Hierarchy, outside: Conditions, outers: tuple[ClassDefinition, ...]) -> TestClass:
        conditions = conditions_of_class(hierarchy, self._names) + outside
        prefixes = _prefixes(hierarchy, self.project)
        tests = (
            self._test(name, function, conditions)
            for name, function in named_tests(hierarchy, self.classes, prefixes)
            if fixture_of(function, self._names) is None
        )
        return TestClass(
            definition=hierarchy.classes[0],
            hierarchy=hierarchy,
            runner=self._runner(hierarchy),
            tests=tuple(each for each in tests if each.kind is not Kind.PROPERTY),
            conditions=conditions,
            outers=outers,
        )

    def _runner(self, hierarchy: Hierarchy) -> Runner | Unknown:
        definition = hierarchy.classes[0]
        for decoration in decorations_of(self._names, definition.module, definition.node.decorators):
            if isinstance(decoration.resolution, FunctionDefinition) and _makes_a_class(decoration.resolution):
                return Unknown("a decorator puts another class in its place")
        if has_scenarios(hierarchy):
            return Unknown("its `scenarios` give it attributes")
        return runner_of(hierarchy, self.invocation)

    def _test(self, name: str, function: FunctionDefinition, outside: Conditions) -> TestMethod:
        conditions = conditions_of_function(function, self._names) + outside
        return TestMethod(name, function, kind_of(function, self._names), conditions)


def _makes_a_class(decorator: FunctionDefinition) -> bool:
    """Whether a decorator of the project defines a class, which then is collected instead, and in its own way."""
    is_ours = decorator.module.origin is Origin.PROJECT
    return is_ours and any(isinstance(each, Class) for each in statements_of_all(decorator.node.body))


def why_uncollected(definition: ClassDefinition, classes: Classes, project: Project) -> Uncollected | None:
    """What keeps a class with the name and the methods of tests from being collected, if a person should know."""
    hierarchy = classes.hierarchy(definition)
    why = obstacle_to(hierarchy, classes.names)
    if why is None or why.obstacle is Obstacle.OTHER or hierarchy.open_because is not None:
        return None
    is_testcase = hierarchy.inherits(*TESTCASE_NAMES)
    if not is_testcase and not matches(definition.node.name, project.pytest.python_classes):
        return None
    return why if named_tests(hierarchy, classes, _prefixes(hierarchy, project)) else None


def named_tests(
    hierarchy: Hierarchy, classes: Classes, prefixes: tuple[str, ...]
) -> tuple[tuple[str, FunctionDefinition], ...]:
    """The methods that are tests by their name, inherited ones first, an override in its base's place.

    A name that is bound to anything but a function is no test, nor is what it overrides.
    `runTest` is a test of a `TestCase` that has no others.
    """
    found: dict[str, FunctionDefinition | None] = {}
    for definition in reversed(hierarchy.classes):
        for name, member in classes.members(definition).items():
            if matches(name, prefixes):
                found[name] = member if isinstance(member, FunctionDefinition) else None
    if not found and hierarchy.inherits(*TESTCASE_NAMES):
        alone = hierarchy.find("runTest")
        if isinstance(alone, FunctionDefinition) and alone.module.origin is Origin.PROJECT:
            found["runTest"] = alone
    return tuple((name, function) for name, function in found.items() if function is not None)


def _prefixes(hierarchy: Hierarchy, project: Project) -> tuple[str, ...]:
    return ("test",) if hierarchy.inherits(*TESTCASE_NAMES) else project.pytest.python_functions
