"""Where a body enters, awaits or hands over what should keep a protocol."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Await, Call, Collection, Comprehension, Expression, Lambda, Position
from lint_ssot.facts.statements import Assign, Block, Class, Evaluate, Function, Return, Statement, Try, With
from lint_ssot.facts.traversal import blocks, expressions, parts, statements_of_all, subexpressions
from lint_ssot.lifecycle.protocols.keeping import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import dotted
from lint_ssot.lifecycle.protocols.tolerance import asked_about, expects_failure, handles_failure, prefixes

# methods that enter the context manager they are given, and the protocol they need
ENTERING = {
    "enterContext": Protocol.SYNC,
    "enterClassContext": Protocol.SYNC,
    "enter_context": Protocol.SYNC,
    "enterAsyncContext": Protocol.ASYNC,
    "enter_async_context": Protocol.ASYNC,
}


class Fate(enum.Enum):
    """What becomes of what a call gives."""

    USED = "used"
    DROPPED = "dropped"
    BOUND = "bound to a name"


@dataclass(frozen=True, slots=True, eq=False)
class Entering:
    """A with item, or the argument of a method that enters it: then `call` is that call, and `fate` what it gives.

    `bound` is the dotted name that what it gives is assigned to.
    """

    at: Position
    value: Expression
    protocol: Protocol
    scope: Scope
    call: Call | None = None
    fate: Fate = Fate.USED
    bound: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Awaiting:
    """`await value`."""

    at: Position
    value: Expression
    scope: Scope


Use: TypeAlias = Entering | Awaiting


def uses_in(inferring: Inferring, block: Block, scope: Scope) -> Iterator[Use]:
    """The uses in a body itself, in order, without those that are there to fail."""
    for statement in block:
        match statement:
            case Function() | Class():
                continue
            case With():
                yield from _in_with(inferring, statement, scope)
            case Try() if handles_failure(inferring, statement, scope):
                for inner in blocks(statement)[1:]:
                    yield from uses_in(inferring, inner, scope)
            case _:
                yield from _in_expressions(statement, scope)
                for inner in blocks(statement):
                    yield from uses_in(inferring, inner, scope)


def is_asked_about(use: Use, block: Block) -> bool:
    """Whether the body asks of what kind the used thing is: `hasattr(client, "__aenter__")`."""
    return bool(prefixes(use.value) & asked_about(block))


def _in_with(inferring: Inferring, statement: With, scope: Scope) -> Iterator[Use]:
    protocol = Protocol.ASYNC if statement.is_async else Protocol.SYNC
    for item in statement.items:
        yield from _in_expression(item.value, scope)
        yield Entering(item.at, item.value, protocol, scope)
        if expects_failure(inferring, item.value, scope):
            return
    yield from uses_in(inferring, statement.body, scope)


def _in_expressions(statement: Statement, scope: Scope) -> Iterator[Use]:
    fate, whole, bound = Fate.USED, None, None
    match statement:
        case Evaluate(value=value):
            fate, whole = Fate.DROPPED, value
        case Assign(targets=(target,), value=value):
            fate, whole, bound = Fate.BOUND, value, dotted(target)
    for expression in expressions(statement):
        for use in _in_expression(expression, scope):
            is_whole = isinstance(use, Entering) and use.call is whole
            yield replace(use, fate=fate, bound=bound) if is_whole and isinstance(use, Entering) else use


def _in_expression(expression: Expression, scope: Scope) -> Iterator[Use]:
    """The uses in an expression, without what runs later or has names of its own."""
    if isinstance(expression, (Lambda, Comprehension)):
        return
    match expression:
        case Await(at=at, value=value):
            yield Awaiting(at, value, scope)
        case Call(at=at, function=Attribute(attr=name), arguments=(argument,)) if name in ENTERING:
            if not argument.star:
                yield Entering(at, argument.value, ENTERING[name], scope, expression)
    for part in parts(expression):
        yield from _in_expression(part, scope)


def handed_on(block: Block) -> frozenset[str]:
    """The dotted names that are awaited, passed, returned or bound to another name somewhere in a block."""
    values: list[Expression] = []
    for statement in statements_of_all(block):
        match statement:
            case Return(value=value) | Assign(value=value) if value is not None:
                values.append(value)
        for expression in expressions(statement):
            for part in subexpressions(expression):
                values += _handed_on_by(part)
    return frozenset(name for value in values if (name := dotted(value)) is not None)


def _handed_on_by(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Await(value=value):
            return (value,)
        case Call(arguments=arguments):
            return tuple(argument.value for argument in arguments)
        case Collection(items=items):
            return items
    return ()
