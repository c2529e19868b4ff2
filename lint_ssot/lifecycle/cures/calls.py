"""The calls of `super()` that a cure has to take along when it changes a hook."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Await, Call, Expression, Name, Position
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class SuperCall:
    """`super().name(…)`."""

    at: Position
    name: str
    is_awaited: bool


def super_calls(function: FunctionDefinition) -> tuple[SuperCall, ...]:
    """The calls of parents in a body, in order."""
    return tuple(_super_calls(function))


def _super_calls(function: FunctionDefinition) -> Iterator[SuperCall]:
    for part in _parts(function):
        match part:
            case Await(value=Call(at=at, function=Attribute(value=Call(function=Name(id="super")), attr=name))):
                yield SuperCall(at, name, is_awaited=True)
    awaited = [part.value for part in _parts(function) if isinstance(part, Await)]
    for part in _parts(function):
        match part:
            case Call(at=at, function=Attribute(value=Call(function=Name(id="super")), attr=name)):
                if not any(part is value for value in awaited):
                    yield SuperCall(at, name, is_awaited=False)


def calls_by_name(function: FunctionDefinition, name: str) -> bool:
    """Whether the body calls a method of that name, of whatever it may be."""
    return any(
        isinstance(part, Call) and isinstance(part.function, Attribute) and part.function.attr == name
        for part in _parts(function)
    )


def sync_parents(function: FunctionDefinition, hierarchy: Hierarchy, names: Names) -> tuple[SuperCall, ...]:
    """The awaited calls of parents that are known not to be async."""
    return tuple(
        call
        for call in super_calls(function)
        if call.is_awaited
        and isinstance(target := hierarchy.find(call.name, after=function.owner), FunctionDefinition)
        and kind_of(target, names) is Kind.PLAIN
    )


def _parts(function: FunctionDefinition) -> Iterator[Expression]:
    for statement in statements(function.node.body):
        for expression in expressions(statement):
            yield from subexpressions(expression)
