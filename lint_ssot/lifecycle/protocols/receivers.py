"""What the methods of a class do to their receiver, and the scope such a method runs in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from lint_ssot.facts.deferred import lines_left, may_speak_of
from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name
from lint_ssot.facts.statements import Evaluate, Function, Statement
from lint_ssot.facts.traversal import statements, statements_of_all
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.binding import Binding as MethodBinding
from lint_ssot.lifecycle.functions.binding import binding_of
from lint_ssot.lifecycle.protocols.bindings import Assigned, Binding, Obscure, bound_targets
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope, Write, first_positional
from lint_ssot.lifecycle.protocols.values import ClassObject, Instance

# what may stand behind a target
_BEHIND = re.compile(r"\s*(?:(?:\*\*|//|>>|<<|[-+*/%&|^@])?=|[,:)\]#\\]|in\b|$)")


def method_scope(inferring: Inferring, method: FunctionDefinition, value: Instance | ClassObject) -> Scope:
    """The scope in which a method runs that is reached through the value."""
    receiver: Instance | ClassObject | None = value
    match binding_of(method), value:
        case MethodBinding.STATIC, _:
            receiver = None
        case MethodBinding.CLASS, Instance(definition=definition):
            receiver = ClassObject(definition)
        case MethodBinding.INSTANCE | MethodBinding.PROPERTY, ClassObject(definition=definition):
            receiver = Instance(definition)
    return Scope(method.module, partial(inferring.bindings, method.node.body), method, receiver)


def may_write(method: FunctionDefinition, attribute: str) -> bool:
    """Whether it is worth looking into a method for what it assigns to an attribute, by its text."""
    is_private = attribute.startswith("_") and "__" in attribute  # and may be written otherwise
    lines = lines_left(method.node)
    if lines is None or is_private or may_speak_of(method.node, "setattr"):
        return True
    text, at = lines.text, lines.text.find(attribute, lines.start, lines.end)
    while at >= 0:
        end = at + len(attribute)
        if _BEHIND.match(text, end):
            return True
        at = text.find(attribute, end, lines.end)
    return False


def writes_of(method: FunctionDefinition) -> Mapping[str, tuple[Write, ...]]:
    """What a method assigns to attributes of its first parameter."""
    own_name = first_positional(method.node.parameters)
    if own_name is None or binding_of(method) is MethodBinding.STATIC:
        return {}
    found: dict[str, list[Write]] = {}
    own = set(map(id, statements(method.node.body)))
    for statement in statements_of_all(method.node.body):
        for attribute, binding in _written(statement, own_name):
            certain = binding if id(statement) in own else Obscure()
            found.setdefault(attribute, []).append(Write(certain, method))
    return {attribute: tuple(writes) for attribute, writes in found.items()}


def methods_of(definition: ClassDefinition) -> Iterator[FunctionDefinition]:
    """The functions in a class body, conditional ones included."""
    for statement in statements(definition.node.body):
        if isinstance(statement, Function):
            yield FunctionDefinition(definition.module, statement, definition)


def _written(statement: Statement, own_name: str) -> Iterator[tuple[str, Binding]]:
    match statement:
        case Evaluate(value=Call(function=Name(id="setattr"), arguments=(receiver, name, value))):
            is_own = isinstance(receiver.value, Name) and receiver.value.id == own_name
            if is_own and isinstance(name.value, Constant):
                yield str(name.value.value), Assigned(value.value)
    for target, binding in bound_targets(statement):
        yield from _attributes(target, own_name, binding)


def _attributes(target: Expression, own_name: str, binding: Binding) -> Iterator[tuple[str, Binding]]:
    match target:
        case Attribute(value=Name(id=name), attr=attribute) if name == own_name:
            yield attribute, binding
        case Attribute(value=Attribute(value=Name(id=name), attr="__class__"), attr=attribute) if name == own_name:
            yield attribute, binding
        case Collection(items=items):
            for item in items:
                yield from _attributes(item, own_name, Obscure())
