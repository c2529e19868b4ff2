"""Test classes that do not stand on a declared base, and the bases that lead them astray."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Call, Name
from lint_ssot.facts.statements import Class
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, External, Module, Origin
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.declared.absent import spelled
from lint_ssot.lifecycle.declared.bases import (
    ISOLATED_NAMES,
    DeclaredBase,
    DeclaredBases,
    definition_of,
    has_known_bases,
)
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.invocation import Program


@dataclass(frozen=True, slots=True)
class Stray:
    """A class that does not stand on a declared base.

    `nearest` is the declared base that is most like it; `detour` the project's class by which it goes astray,
    the one to mend: what that itself stands on is not the project's, or no base for tests.
    `base` is the base by which its header makes it a test class.
    """

    definition: ClassDefinition
    nearest: DeclaredBase
    detour: ClassDefinition | None = None
    base: str | None = None


def stray_test_classes(
    test_classes: tuple[TestClass, ...], declared: DeclaredBases, classes: Classes, program: Program
) -> Iterator[Stray]:
    """The test classes whose bases are all known and are none of the declared ones.

    A class that is no `TestCase` has tests where pytest runs them; unittest takes it for a mixin.
    """
    for test_class in test_classes:
        hierarchy = test_class.hierarchy
        if program is Program.UNITTEST and not hierarchy.inherits(*TESTCASE_NAMES):
            continue
        if _is_an_object(test_class):
            continue
        if _is_stray(hierarchy, declared, classes):
            nearest = _nearest(hierarchy, declared, is_async=_has_async_tests(test_class))
            detour = _detour(hierarchy, declared, classes)
            yield Stray(test_class.definition, nearest, detour, _base(test_class.definition, classes))


def detouring_bases(module: Module, declared: DeclaredBases, classes: Classes) -> Iterator[Stray]:
    """The classes of a module that have no tests and are `TestCase`s beside the declared bases.

    Only the first of a line is told: what stands on it is mended with it.
    A module that defines a declared base is left alone: who wrote the one chose to have the other beside it.
    """
    if any(base.definition.module is module for base in declared.found):
        return
    for statement in statements(module.facts.body):
        definition = ClassDefinition(module, statement) if isinstance(statement, Class) else None
        if definition is None or not _may_begin_a_detour(definition, classes):
            continue
        hierarchy = classes.hierarchy(definition)
        if not hierarchy.inherits(*TESTCASE_NAMES) or declared.hold_elsewhere(hierarchy):
            continue
        if not _is_stray(hierarchy, declared, classes):
            continue
        if not _is_used(hierarchy, classes) and _detour(hierarchy, declared, classes) is None:
            nearest = _nearest(hierarchy, declared, is_async=hierarchy.inherits(*ISOLATED_NAMES))
            yield Stray(definition, nearest, base=_base(definition, classes))


def _may_begin_a_detour(definition: ClassDefinition, classes: Classes) -> bool:
    """Whether the module binds the class at last, and a base from outside the project is for tests by its name.

    To look into every base there is would take reading whole packages.
    """
    bases = [classes.names.resolve_header(definition, base.value) for base in definition.node.bases]
    if not any(isinstance(base, External) and "test" in base.name.lower() for base in bases):
        return False
    return classes.names.lookup(definition.module, definition.node.name) == definition


def _is_stray(hierarchy: Hierarchy, declared: DeclaredBases, classes: Classes) -> bool:
    """Whether no declared base is among the class's bases, and none stands on the class itself."""
    if declared.has_mystery or not declared.found or not has_known_bases(hierarchy, classes):
        return False
    return not declared.hold(hierarchy) and not declared.stand_on(hierarchy.classes[0])


def _nearest(hierarchy: Hierarchy, declared: DeclaredBases, *, is_async: bool) -> DeclaredBase:
    """The first of those that fit the kind of tests and have the most bases in common with the class."""

    def likeness(base: DeclaredBase) -> tuple[bool, int]:
        shared = sum(each in base.hierarchy.classes for each in hierarchy.classes)
        return base.is_async == is_async, shared

    return max(declared.found, key=likeness)


def _has_async_tests(test_class: TestClass) -> bool:
    is_isolated = test_class.hierarchy.inherits(*ISOLATED_NAMES)
    return is_isolated or any(test.kind is Kind.COROUTINE for test in test_class.tests)


def _detour(hierarchy: Hierarchy, declared: DeclaredBases, classes: Classes) -> ClassDefinition | None:
    """The project's class that a class goes astray by, none if it does so by itself."""
    detours = [each for each in hierarchy.classes[1:] if _may_detour(each, declared)]
    if hierarchy.inherits(*TESTCASE_NAMES):
        testcases = [each for each in detours if classes.hierarchy(each).inherits(*TESTCASE_NAMES)]
        return testcases[-1] if testcases else None
    found: ClassDefinition | None = None
    following = classes.bases(hierarchy.classes[0])
    while following and following[0] in detours and not following[0].node.name.endswith("Mixin"):
        found = following[0]
        following = classes.bases(found)
    return found


def _may_detour(definition: ClassDefinition, declared: DeclaredBases) -> bool:
    return definition.module.origin is Origin.PROJECT and not declared.stand_on(definition)


def _base(definition: ClassDefinition, classes: Classes) -> str | None:
    """The first `TestCase` among the bases, else the first of them: as the header spells it, or by its true name."""
    named: list[str] = []
    for argument in definition.node.bases:
        base = definition_of(classes.names.resolve_header(definition, argument.value), classes)
        text = spelled(argument.value)
        if argument.keyword is not None or text is None or not isinstance(base, ClassDefinition):
            continue
        name = text if text.rpartition(".")[2] == base.node.name else base.node.name
        if classes.hierarchy(base).inherits(*TESTCASE_NAMES):
            return name
        named.append(name)
    return named[0] if named else None


def _is_an_object(test_class: TestClass) -> bool:
    """Whether the only test is a `runTest` and the class is called by its own module: somebody wants its methods."""
    definition = test_class.definition
    names = [test.name for test in test_class.tests]
    return names == ["runTest"] and definition.node.name in _called_names(definition.module)


def _is_used(hierarchy: Hierarchy, classes: Classes) -> bool:
    """Whether the class itself is run, by this runner or another, or is made an object."""
    names = {name for definition in hierarchy.classes for name in classes.members(definition)}
    has_tests = "runTest" in names or any(name.startswith("test") for name in names)
    definition = hierarchy.classes[0]
    return has_tests or definition.node.name in _called_names(definition.module)


def _called_names(module: Module) -> frozenset[str]:
    """The names that are called anywhere in a module: a class among them is used as an object."""
    return frozenset(
        part.function.id
        for statement in statements_of_all(module.facts.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
        if isinstance(part, Call) and isinstance(part.function, Name)
    )
