"""What decorators make of a function: a context manager, the same function, or something of their own."""

from __future__ import annotations

from lint_ssot.facts.expressions import Argument, Call, Expression, Name, Position
from lint_ssot.facts.traversal import subexpressions
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.decorations import decoration_of, last_word
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of
from lint_ssot.lifecycle.protocols.names import is_local
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope, nothing_bound
from lint_ssot.lifecycle.protocols.values import MYSTERY, FunctionObject, Value, Values, union

_MAKING = {
    Effect.CONTEXT_MANAGER: Kind.CONTEXT_MANAGER,
    Effect.ASYNC_CONTEXT_MANAGER: Kind.ASYNC_CONTEXT_MANAGER,
    Effect.COROUTINE: Kind.COROUTINE,
}


def decorated(inferring: Inferring, function: FunctionDefinition, scope: Scope | None) -> Values:
    """Everything the name of a function can be after its decorators; `scope` is where it is defined."""
    around = scope or inferring.module_scope(function.module)
    values: Values = (FunctionObject(function, outer=scope if scope and scope.function else None),)
    for decorator in reversed(function.node.decorators):
        values = union(_applied(inferring, decorator, each, function, around) for each in values)
    return values


def _applied(
    inferring: Inferring, decorator: Expression, value: Value, function: FunctionDefinition, scope: Scope
) -> Values:
    """What one decorator makes of a value; what binds a method is looked at where the method is reached."""
    word = last_word(decorator) or ""
    if word in ("classmethod", "staticmethod") or _is_property(word, function):
        return (value,)
    callee = decorator.function if isinstance(decorator, Call) else decorator
    if any(isinstance(part, Name) and is_local(part.id, scope) for part in subexpressions(callee)):
        return _called_with(inferring, decorator, value, scope)
    decoration = decoration_of(inferring.classes.names, function.module, decorator, function.owner)
    effect = effect_of(decoration)
    match effect, value:
        case ((Effect.NOTHING | Effect.MAY_SKIP), _):
            return MYSTERY if decoration.last == "fixture" else (value,)
        case _, FunctionObject() if effect in _MAKING:
            return (replace(value, making=_MAKING[effect]),)
        case Effect.UNKNOWN, _ if isinstance(decoration.resolution, (FunctionDefinition, ClassDefinition)):
            return _called_with(inferring, decorator, value, scope)
    return MYSTERY


def _is_property(word: str, function: FunctionDefinition) -> bool:
    return word.endswith("property") and binding_of(function) is Binding.PROPERTY


def _called_with(inferring: Inferring, decorator: Expression, value: Value, scope: Scope) -> Values:
    """What the project's own decorator returns when it is given the value."""
    nowhere = Position(0, 0)
    # the value goes by a name that no source can spell
    given = Scope(scope.module, nothing_bound, given={"<decorated>": (value,)}, outer=scope)
    argument = Argument(Name(nowhere, "<decorated>"))
    return union(inferring.called(each, (argument,), given) for each in inferring.infer(decorator, scope))
