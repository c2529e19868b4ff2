"""Which marks a test carries, and whether a mark or decorator may keep it from running."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Starred
from lint_ssot.facts.statements import Annotate, Assign, Block, Evaluate, Raise, Statement
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Module,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.decorations import Decoration, decoration_of, decorations_of, last_word
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of

_BINDING = ("classmethod", "staticmethod", "property")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The decorators and marks of a test, the nearest first: its own, its class's, its module's."""

    decorations: tuple[Decoration, ...] = ()

    def __add__(self, outer: Conditions) -> Conditions:
        return Conditions(self.decorations + outer.decorations)

    @property
    def marks(self) -> frozenset[str]:
        """The names of the pytest marks."""
        return frozenset(each.mark for each in self.decorations if each.mark is not None)

    @property
    def is_conditional(self) -> bool:
        """Whether one may keep the test from running; one that is not known may."""
        return any(effect_of(each) is not Effect.NOTHING for each in self.decorations)

    @property
    def is_skipped(self) -> bool:
        """Whether one keeps the test from running, whatever happens: `skip`, or `skipIf(True, …)`."""
        return any(_skips_always(each) for each in self.decorations if each.mark or each.package == "unittest")

    def marked(self, name: str) -> Iterator[Decoration]:
        """The marks of this name, the nearest first."""
        return (each for each in self.decorations if each.mark == name)


def _skips_always(decoration: Decoration) -> bool:
    first = next((each.value for each in decoration.arguments or () if each.keyword in (None, "condition")), None)
    match decoration.last, first:
        case "skip", _:
            return True
        case "skipIf" | "skipif", Constant(value=value):
            # pytest evaluates a string
            return bool(value) and not isinstance(value, str)
        case "skipUnless", Constant(value=value):
            return not value
    return False


def conditions_of_function(function: FunctionDefinition, names: Names) -> Conditions:
    """What stands above a function, the lowest first: so pytest stores marks."""
    decorators = conditional_decorators(function)[::-1]
    return Conditions(decorations_of(names, function.module, decorators, function.owner))


def conditional_decorators(function: FunctionDefinition) -> tuple[Expression, ...]:
    """The decorators of a function that may have a say in whether it runs."""
    return tuple(each for each in function.node.decorators if last_word(each) not in _BINDING)


def conditions_of_class(hierarchy: Hierarchy, names: Names) -> Conditions:
    """What stands above a class and its bases, and their `pytestmark`, in the order pytest stores marks."""
    return Conditions(
        tuple(
            decoration
            for definition in reversed(hierarchy.classes)
            for decoration in _conditions_of_one_class(definition, names)
        )
    )


def conditions_of_module(module: Module, names: Names) -> Conditions:
    """The marks of a module's `pytestmark`."""
    return Conditions(tuple(marks_in(names, module, module.facts.body, None)))


def is_skipped(module: Module, names: Names) -> bool:
    """Whether the module says, under no condition, that none of it is to run.

    `importorskip` is no such thing: where the package is there, all of it runs.
    """
    return any(_skips(statement, module, names) for statement in module.facts.body)


def _conditions_of_one_class(definition: ClassDefinition, names: Names) -> Iterator[Decoration]:
    node, module = definition.node, definition.module
    yield from marks_in(names, module, node.body, definition)
    yield from decorations_of(names, module, node.decorators[::-1])


def marks_in(names: Names, module: Module, body: Block, owner: ClassDefinition | None) -> Iterator[Decoration]:
    """The marks of the `pytestmark` in the body of a module or class."""
    for statement in body:
        match statement:
            case Assign(targets=(target,), value=value) if last_word(target) == "pytestmark":
                yield from _marks_in(names, module, value, owner)
            case Annotate(target=target, value=value) if last_word(target) == "pytestmark":
                yield from _marks_in(names, module, value, owner)
            case Evaluate(
                value=Call(function=Attribute(value=target, attr="append" | "extend"), arguments=(added,))
            ) if last_word(target) == "pytestmark":
                yield from _marks_in(names, module, added.value, owner)


def _marks_in(
    names: Names, module: Module, value: Expression | None, owner: ClassDefinition | None
) -> Iterator[Decoration]:
    match value:
        case None:
            return
        case Collection(items=items):
            for item in items:
                yield from _marks_in(names, module, item, owner)
        case Starred(value=inner):
            yield from _marks_in(names, module, inner, owner)
        case _:
            yield from _mark(decoration_of(names, module, value, owner), names)


def _mark(found: Decoration, names: Names) -> Iterator[Decoration]:
    """The decoration, or those in the list that its name stands for."""
    aliased = found.resolution
    if isinstance(aliased, ValueDefinition) and isinstance(aliased.value, Collection):
        yield from _marks_in(names, aliased.module, aliased.value, None)
    else:
        yield found


def _skips(statement: Statement, module: Module, names: Names) -> bool:
    match statement:
        case Raise(value=value) if value is not None:
            raised = value.function if isinstance(value, Call) else value
            return names.dotted(module, raised) in ("unittest.SkipTest", "unittest.case.SkipTest")
        case Evaluate(value=Call(function=Attribute() as function) as call) if function.attr == "skip":
            return any(each.keyword == "allow_module_level" for each in call.arguments)
    return False
