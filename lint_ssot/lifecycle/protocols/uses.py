"""Where a body enters, awaits or hands over what should keep a protocol."""

from __future__ import annotations

import enum
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Await, Call, Collection, Expression, Position
from lint_ssot.facts.statements import Annotate, Assign, Block, Evaluate, Raise, Return, Statement, Try, With
from lint_ssot.facts.traversal import blocks, expressions, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.imports.guards import leaves_at_once
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.spelling import dotted

# methods that enter the context manager they are given, and the protocol they need
ENTERING = {
    "enterContext": Protocol.SYNC,
    "enterClassContext": Protocol.SYNC,
    "enter_context": Protocol.SYNC,
    "enterAsyncContext": Protocol.ASYNC,
    "enter_async_context": Protocol.ASYNC,
}
# methods of exit stacks that take what has only the second method, or a function, and fail when the stack is left
PUSHING = {"push": Protocol.SYNC, "push_async_exit": Protocol.ASYNC}
# most with statements of a test suite are of these, which need no second look
_INNOCENT = frozenset(
    {"assertLogs", "assertRaises", "assertRaisesRegex", "assertWarns", "catch_warnings", "patch", "raises"}
    | {"subTest", "suppress", "warns", "TemporaryDirectory", "NamedTemporaryFile"}
)


# functions that look at what they are given, and await nothing
_LOOKING = ("assert", "isinstance", "print", "repr", "str")


class Fate(enum.Enum):
    """What becomes of what a call gives."""

    USED = "used"
    DROPPED = "dropped"
    BOUND = "bound to a name"


@dataclass(frozen=True, slots=True, eq=False)
class Entering:
    """A with item, or the argument of a method that enters it: then `call` is that call, and `fate` what it gives.

    `bound` is the dotted name that what it gives is assigned to.
    `within` are the `try` statements around it and the with items entered before.
    """

    at: Position
    value: Expression
    protocol: Protocol
    within: tuple[Try | Expression, ...]
    call: Call | None = None
    fate: Fate = Fate.USED
    bound: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Awaiting:
    """`await value`, as a statement, the value of an assignment or a with item."""

    at: Position
    value: Call
    within: tuple[Try | Expression, ...]


Use: TypeAlias = Entering | Awaiting
MethodUses: TypeAlias = tuple[tuple[FunctionDefinition, tuple[Use, ...]], ...]


def uses_in(block: Block) -> tuple[Use, ...]:
    """The uses in a body itself, in order, up to where it certainly leaves; those in inner functions are theirs."""
    found: list[Use] = []
    _collect(block, (), found)
    return tuple(found)


def _collect(block: Block, within: tuple[Try | Expression, ...], found: list[Use]) -> None:
    for statement in block:
        # by exact type, as this goes over every statement of every linted file
        kind = type(statement)
        if kind in _PLAIN:
            _collect_from_plain(statement, within, found)
        elif isinstance(statement, With):
            _collect_from_with(statement, within, found)
        elif isinstance(statement, Try):
            _collect(statement.body, (*within, statement), found)
            for inner in blocks(statement)[1:]:
                _collect(inner, within, found)
        else:
            for inner in blocks(statement):
                _collect(inner, within, found)
        if kind in _LEAVING and (kind is Return or leaves_at_once(statement)):
            return


_LEAVING = (Evaluate, Assign, Raise, Return)
_PLAIN = (Evaluate, Assign, Return, Annotate)


def _collect_from_with(statement: With, within: tuple[Try | Expression, ...], found: list[Use]) -> None:
    protocol = Protocol.ASYNC if statement.is_async else Protocol.SYNC
    for item in statement.items:
        if isinstance(item.value, Await):
            _collect_from_await(item.value, within, found)
        if statement.is_async or last_word(item.value) not in _INNOCENT:
            found.append(Entering(item.at, item.value, protocol, within))
        within = (*within, item.value)
    _collect(statement.body, within, found)


def _collect_from_plain(statement: Statement, within: tuple[Try | Expression, ...], found: list[Use]) -> None:
    match statement:
        case Evaluate(value=Await() as value) | Return(value=Await() as value) | Assign(value=Await() as value):
            _collect_from_await(value, within, found)
        case Annotate(value=Await() as value):
            _collect_from_await(value, within, found)
        case Evaluate(value=Call() as call):
            _collect_from_call(call, within, found, Fate.DROPPED)
        case Assign(targets=(target,), value=Call() as call):
            _collect_from_call(call, within, found, Fate.BOUND, dotted(target))
        case Return(value=Call() as call):
            _collect_from_call(call, within, found)


def _collect_from_await(value: Await, within: tuple[Try | Expression, ...], found: list[Use]) -> None:
    if isinstance(value.value, Call):
        found.append(Awaiting(value.at, value.value, within))
        _collect_from_call(value.value, within, found)


def _collect_from_call(
    call: Call,
    within: tuple[Try | Expression, ...],
    found: list[Use],
    fate: Fate = Fate.USED,
    bound: str | None = None,
) -> None:
    match call:
        case Call(function=Attribute(attr=name), arguments=(argument,)) if name in ENTERING and not argument.star:
            found.append(Entering(call.at, argument.value, ENTERING[name], within, call, fate, bound))
        case Call(function=Attribute(attr=name), arguments=(argument,)) if name in PUSHING and not argument.star:
            found.append(Entering(call.at, argument.value, PUSHING[name], within, call))


def handed_on(block: Block) -> frozenset[str]:
    """The dotted names that are awaited, passed on, returned or bound to another name somewhere in a block."""
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
        case Call(function=function, arguments=arguments) if not (last_word(function) or "").startswith(_LOOKING):
            return tuple(argument.value for argument in arguments)
        case Collection(items=items):
            return items
    return ()
