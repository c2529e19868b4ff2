"""What calling a function really gives: its decorators undone, the project's own ones looked into."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.expressions import Call, Expression, Name
from lint_ssot.facts.statements import Assign, Function, Return
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.classes.decorating import Decorating
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.decorations import Decoration, decoration_of, decorations_of, last_word
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of

# A decorator, its factory, and what decorates the wrapper within.
_DEPTH = 4


class Kind(enum.Enum):
    """What a call of a function gives."""

    PLAIN = "plain"
    COROUTINE = "coroutine"
    GENERATOR = "generator"
    ASYNC_GENERATOR = "async generator"
    CONTEXT_MANAGER = "context manager"
    ASYNC_CONTEXT_MANAGER = "async context manager"
    PROPERTY = "property"
    UNKNOWN = "unknown"


_QUESTIONS = ("iscoroutinefunction", "isasyncgenfunction", "isgeneratorfunction", "is_coroutine_function")
_KINDS = {
    Effect.CONTEXT_MANAGER: Kind.CONTEXT_MANAGER,
    Effect.ASYNC_CONTEXT_MANAGER: Kind.ASYNC_CONTEXT_MANAGER,
    Effect.COROUTINE: Kind.COROUTINE,
    Effect.PLAIN: Kind.PLAIN,
}


def kind_of(function: FunctionDefinition, names: Names) -> Kind:
    """What a call of the function gives, its decorators applied; UNKNOWN if one of them is not known.

    A wrapper that is a plain `def` makes it PLAIN, whatever it may hand through:
    that is what runners ask with `iscoroutinefunction`.
    """
    if function.node.decorators and binding_of(function) is Binding.PROPERTY:
        return Kind.PROPERTY
    return _kind(function, names, _DEPTH)


def own_kind(node: Function) -> Kind:
    """What a call would give without decorators."""
    if node.is_async:
        return Kind.ASYNC_GENERATOR if node.is_generator else Kind.COROUTINE
    return Kind.GENERATOR if node.is_generator else Kind.PLAIN


def _kind(function: FunctionDefinition, names: Names, depth: int) -> Kind:
    kind = own_kind(function.node)
    for decorator in reversed(function.node.decorators):
        if last_word(decorator) in ("classmethod", "staticmethod"):
            continue
        decoration = decoration_of(names, function.module, decorator, function.owner)
        kind = _decorated(kind, decoration, names, depth)
    return kind


def _decorated(kind: Kind, decoration: Decoration, names: Names, depth: int) -> Kind:
    effect = effect_of(decoration)
    if effect in (Effect.NOTHING, Effect.MAY_SKIP):
        return kind
    if effect in _KINDS:
        return _KINDS[effect]
    decorator = decoration.resolution
    if not isinstance(decorator, FunctionDefinition) or not depth:
        return Kind.UNKNOWN
    if Decorating(names).hands_back(decorator, decorator.module, is_called=decoration.arguments is not None):
        return kind
    if decoration.arguments is not None:
        inner = _returned_function(decorator)
        if inner is None:
            return Kind.UNKNOWN
        decorator = inner
    return _wrapped(kind, decorator, names, depth - 1)


def _returned_function(factory: FunctionDefinition) -> FunctionDefinition | None:
    """The one function defined in a decorator factory that each of its returns hands out."""
    found = [_named(factory, name) for name in _returned_names(factory.node)]
    if len(found) == 1 and len(found[0]) == 1:
        return found[0][0]
    return None


def _wrapped(kind: Kind, decorator: FunctionDefinition, names: Names, depth: int) -> Kind:
    """What a function of this kind becomes under one of the project's own decorators."""
    node = decorator.node
    above = decorations_of(names, decorator.module, node.decorators, decorator.owner)
    if own_kind(node) is not Kind.PLAIN or any(effect_of(each) is not Effect.NOTHING for each in above):
        return Kind.UNKNOWN
    results = {each for name in _returned_names(node) for each in _result(kind, decorator, name, names, depth)}
    if len(results) == 1:
        return results.pop()
    if kind in results and Kind.UNKNOWN not in results and _asks_for_the_kind(node):
        return kind
    return Kind.UNKNOWN


def _result(kind: Kind, decorator: FunctionDefinition, name: str | None, names: Names, depth: int) -> Iterator[Kind]:
    wrappers = _named(decorator, name)
    for wrapper in wrappers:
        yield _kind(wrapper, names, depth)
    if not wrappers:
        parameters = decorator.node.parameters
        is_own = bool(parameters) and name == parameters[0].name and not _is_rebound(decorator.node, name)
        yield kind if is_own else Kind.UNKNOWN


def _returned_names(node: Function) -> frozenset[str | None]:
    """The names that a function returns; None for any other value, and for running off its end."""
    returned = [each.value for each in statements(node.body) if isinstance(each, Return)]
    return frozenset(map(_returned_name, returned)) or frozenset({None})


def _returned_name(value: Expression | None) -> str | None:
    match value:
        case Name(id=name):
            return name
        case Call(function=Call(function=wraps), arguments=(wrapper,)) if last_word(wraps) == "wraps":
            return _returned_name(wrapper.value)
        case Call(function=function, arguments=(_, wrapper)) if last_word(function) == "cast":
            return _returned_name(wrapper.value)
        case Call(function=function, arguments=(wrapper, *_)) if last_word(function) == "update_wrapper":
            return _returned_name(wrapper.value)
        case _:
            return None


def _named(outer: FunctionDefinition, name: str | None) -> list[FunctionDefinition]:
    """The functions of this name that are defined in another one's body."""
    if name is None or _is_rebound(outer.node, name):
        return []
    return [
        FunctionDefinition(outer.module, each)
        for each in statements(outer.node.body)
        if isinstance(each, Function) and each.name == name
    ]


def _is_rebound(node: Function, name: str | None) -> bool:
    return any(
        isinstance(target, Name) and target.id == name
        for each in statements(node.body)
        if isinstance(each, Assign)
        for target in each.targets
    )


def _asks_for_the_kind(node: Function) -> bool:
    """Whether it chooses by `iscoroutinefunction` or the like."""
    return any(
        isinstance(part, Call) and last_word(part) in _QUESTIONS
        for statement in statements(node.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )
