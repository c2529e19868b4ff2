"""The calls of `super()` in a class's methods, and what each of them reaches."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Argument, Attribute, Await, Call, Constant, Expression, Name, Position
from lint_ssot.facts.statements import Block, Evaluate, Function, Return, Statement, Try, With
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy, Member
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.decorations import last_word

# Every object has them, so `super().__init__()` always reaches one.
_OBJECT = frozenset(dir(object))
# These keep an exception of their body for themselves.
_TOLERANT = ("suppress", "raises", "assertRaises", "assertRaisesRegex")


@dataclass(frozen=True, slots=True)
class ParentCall:
    """`super().name(…)` inside a method.

    `target` is what it reaches in the order of resolution of one concrete class; None if nothing has the name.
    `is_dropped` tells that it is a statement of its own, so that nobody takes what it returns.
    `told_at` is where it is told: there, or at the class that inherits it; then `aside` names the place.
    """

    at: Position
    name: str
    function: FunctionDefinition
    target: Member | None
    is_awaited: bool
    is_dropped: bool
    arguments: tuple[Argument, ...]
    told_at: Position
    aside: str = ""


def parent_calls(owner: ClassDefinition, hierarchy: Hierarchy, classes: Classes) -> Iterator[ParentCall]:
    """The calls of `super()` in the methods of `owner`, resolved for the class that `hierarchy` is of.

    Calls under `try/except`, `suppress` or a `hasattr` test are left out: they expect to find nothing.
    """
    if not classes.names.modules.mentions(owner.module).may_name("super"):
        return
    for member in classes.members(owner).values():
        if isinstance(member, FunctionDefinition) and member.owner == owner:
            yield from _calls_of(member, owner, hierarchy)


def _calls_of(method: FunctionDefinition, owner: ClassDefinition, hierarchy: Hierarchy) -> Iterator[ParentCall]:
    calls = [call for each in _unguarded(method.node) for call in _calls_in(each, method, owner, hierarchy)]
    asked = _asked_for(method.node) if calls else None
    if asked is not None:
        yield from (call for call in calls if call.name not in asked)


def _unguarded(function: Function) -> Iterator[Statement]:
    guarded = [inner for statement in statements(function.body) for inner in statements(_guarded(statement))]
    held = {id(statement) for statement in guarded}
    return (statement for statement in statements(function.body) if id(statement) not in held)


def _asked_for(function: Function) -> frozenset[str] | None:
    """The attributes that a body asks for by `hasattr` or `getattr`; None if they may be any."""
    found: set[str] = set()
    for statement in statements(function.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                match part:
                    case Call(
                        function=Name(id="hasattr" | "getattr"),
                        arguments=(_, Argument(value=Constant(value=str() as name)), *_),
                    ):
                        found.add(name)
                    case Call(function=Name(id="hasattr" | "getattr")):
                        return None
    return frozenset(found)


def _guarded(statement: Statement) -> Block:
    """What a statement keeps from failing."""
    match statement:
        case Try(body=body, handlers=handlers) if handlers:
            return body
        case With(body=body, items=items) if any(last_word(item.value) in _TOLERANT for item in items):
            return body
    return ()


def _calls_in(
    statement: Statement, function: FunctionDefinition, owner: ClassDefinition, hierarchy: Hierarchy
) -> Iterator[ParentCall]:
    for expression in expressions(statement):
        parts = tuple(subexpressions(expression))
        awaited = [part.value for part in parts if isinstance(part, Await)]
        for part in parts:
            name = _parent_name(part, owner)
            if name is None or name in _OBJECT or not isinstance(part, Call):
                continue
            yield ParentCall(
                at=part.at,
                name=name,
                function=function,
                target=hierarchy.find(name, after=owner),
                is_awaited=any(part is value for value in awaited),
                is_dropped=isinstance(statement, Evaluate) and statement.value is part,
                arguments=part.arguments,
                told_at=part.at,
            )


def _parent_name(part: Expression, owner: ClassDefinition) -> str | None:
    """The method name of `super().name(…)` and of `super(Owner, self).name(…)`."""
    match part:
        case Call(function=Attribute(value=Call(function=Name(id="super"), arguments=arguments), attr=name)):
            if not arguments:
                return name
            match arguments[0].value:
                case Name(id=named) if named in (owner.node.name, "__class__"):
                    return name
    return None


def returns_nothing(function: FunctionDefinition) -> bool:
    """Whether a plain function returns None on every path."""
    return not any(
        isinstance(statement, Return) and statement.value is not None for statement in statements(function.node.body)
    )
