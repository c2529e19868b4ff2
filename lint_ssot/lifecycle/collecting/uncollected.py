"""Test classes that no runner can make objects of, or call hooks on, so that none of their tests runs."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module, Origin
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collectable import Obstacle, Uncollected
from lint_ssot.lifecycle.collecting.collection import Collection, TestClass
from lint_ssot.lifecycle.fixtures.plans import is_fixture_decorated
from lint_ssot.lifecycle.invocation import Program

_UNMADE = "cannot run: its `__init__` does not call `super().__init__()`"
# pytest asks every object for these, also those of classes within the one that has them.
_INHERITED_BY_NESTING = ("setup_method", "teardown_method")
_SINCE = (8, 1)


@dataclass(frozen=True, slots=True)
class Unrunnable:
    """A class whose tests cannot run, what is wrong with it, and the definition that is to blame."""

    definition: ClassDefinition
    fault: str
    blamed: FunctionDefinition | ClassDefinition


def unrunnable_classes(
    module: Module, classes: Classes, collection: Collection, test_classes: tuple[TestClass, ...]
) -> Iterator[Unrunnable]:
    """The classes of a module that look like tests and cannot be run as such.

    Who makes objects of the class in the same module, or collects a class that stands on it, runs its tests otherwise.
    """
    found = [*_uncollected(collection, test_classes), *_unmade_classes(test_classes)]
    made = frozenset(_made(module)) if found else frozenset()
    yield from (each for each in found if each.definition.node.name not in made)
    for test_class in test_classes:
        yield from _without_outer_hooks(test_class, classes, collection)


def _uncollected(collection: Collection, test_classes: tuple[TestClass, ...]) -> Iterator[Unrunnable]:
    stood_on = {base for test_class in test_classes for base in test_class.hierarchy.classes[1:]}
    is_pytest = collection.invocation.program is Program.PYTEST
    for definition, uncollected in collection.uncollected():
        is_pytests = uncollected.obstacle is not Obstacle.INIT_WITHOUT_METHOD_NAME
        if definition not in stood_on and (is_pytest or not is_pytests):
            yield Unrunnable(definition, _fault(definition, uncollected), uncollected.cause)


def _unmade_classes(test_classes: tuple[TestClass, ...]) -> Iterator[Unrunnable]:
    for test_class in test_classes:
        unmade = _unmade(test_class.hierarchy)
        if unmade is not None:
            yield Unrunnable(test_class.definition, _UNMADE, unmade)


def _fault(definition: ClassDefinition, uncollected: Uncollected) -> str:
    if uncollected.obstacle is Obstacle.INIT_WITHOUT_METHOD_NAME:
        return "cannot be made: its `__init__` does not take the `methodName` that unittest passes"
    cause, what = uncollected.cause, uncollected.obstacle.value
    if isinstance(cause, ClassDefinition):
        own = "its decorator" if cause == definition else f"the decorator of `{cause.node.name}`"
        return f"is not collected: {own} gives it an {what}"
    if cause.owner is None or cause.owner == definition:
        return f"is not collected: it has its own {what}"
    return f"is not collected: `{cause.owner.node.name}` gives it an {what}"


def _made(module: Module) -> Iterator[str]:
    """The names that are called somewhere in the module."""
    for statement in statements_of_all(module.facts.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                match part:
                    case Call(function=Name(id=name)):
                        yield name


def _unmade(hierarchy: Hierarchy) -> FunctionDefinition | None:
    """The `__init__` that keeps `unittest.TestCase.__init__` from running."""
    if not hierarchy.inherits(*TESTCASE_NAMES) or hierarchy.open_because is not None:
        return None
    init = hierarchy.find("__init__")
    while isinstance(init, FunctionDefinition) and init.module.origin is Origin.PROJECT:
        called = list(_called_inits(init))
        if not called:
            return None if init.node.decorators else init
        if not all(map(_is_super, called)):
            return None
        init = hierarchy.find("__init__", after=init.owner)
    return None


def _called_inits(init: FunctionDefinition) -> Iterator[Expression]:
    """What `__init__` is called on, or handed on with, in a body; and whatever plants the name of the test."""
    for statement in statements(init.node.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                match part:
                    case Attribute(value=value, attr="__init__" | "_testMethodName"):
                        yield value


def _is_super(value: Expression) -> bool:
    match value:
        case Call(function=Name(id="super")):
            return True
    return False


def _without_outer_hooks(test_class: TestClass, classes: Classes, collection: Collection) -> Iterator[Unrunnable]:
    """A class within another one lacks a hook that pytest calls on its objects, because the outer class has it."""
    oldest = collection.invocation.oldest_pytest
    if test_class.outer is None or test_class.hierarchy.open_because is not None:
        return
    if collection.invocation.program is not Program.PYTEST or (oldest is not None and oldest < _SINCE):
        return
    outer = classes.hierarchy(test_class.outer)
    for name in _INHERITED_BY_NESTING:
        hook = outer.find(name)
        if not isinstance(hook, FunctionDefinition) or is_fixture_decorated(hook):
            continue
        if test_class.hierarchy.find(name) is None:
            fault = f"lacks `{name}`, which pytest calls on it because `{test_class.outer.node.name}` has one"
            yield Unrunnable(test_class.definition, fault, hook)
            return
