"""How the arguments of a call are followed, and which parameters they bind."""

from __future__ import annotations

from collections.abc import Mapping

from lint_ssot.facts.expressions import Argument, Call, Comprehension, Constant, Expression, Lambda, Name
from lint_ssot.facts.statements import Function, Parameter, Return
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Given, Reference, Subject
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State

# They hand on what they are given, when they are asked.
_KEEPING = frozenset({"enumerate", "filter", "iter", "map", "zip"})


def evaluate_arguments(frame: Frame, call: Call, state: State, *, is_harmless: bool = False) -> State | None:
    """Follow the arguments; the test's object handed to nobody knows whom opens the state."""
    going: State | None = state
    for argument in call.arguments:
        if going is None:
            return None
        held = refer(frame, argument.value)
        if isinstance(held, Subject):
            # who is handed pytest's request hardly ever assigns on the object behind it
            going = going if is_harmless or held is Subject.REQUEST else going.opened()
        else:
            going = frame.interpreter.evaluate(frame, consumed(argument.value, call.function), going)
    return going


def consumed(value: Expression, by: Expression | None = None) -> Expression:
    """A generator expression as what becomes of it: who is given one runs through it, but for a few."""
    is_kept = isinstance(by, Name) and by.id in _KEEPING
    return replace(value, is_lazy=False) if isinstance(value, Comprehension) and not is_kept else value


def bind_arguments(
    frame: Frame, function: FunctionDefinition | Closure, arguments: tuple[Argument, ...], skipped: int = 0
) -> Mapping[str, Reference]:
    """The parameters that lead to the test's object, or to a function, string or truth that is known here."""
    node = function.node if isinstance(function, FunctionDefinition) else function.function
    names = [parameter.name for parameter in node.parameters if parameter.kind == "positional"][skipped:]
    known = {parameter.name for parameter in node.parameters}
    is_told = not node.decorators and not any(argument.star for argument in arguments)
    bound = _defaults(node.parameters) if is_told else {}
    for index, argument in enumerate(arguments):
        if argument.star:
            break
        name = argument.keyword or (names[index] if index < len(names) else None)
        if name is None or name not in known:
            continue
        bound.pop(name, None)
        held = refer(frame, argument.value) or _given(argument.value) or _called(frame, node, name, argument.value)
        if held is not None:
            bound[name] = held
    return bound


def closure_of(frame: Frame, expression: Lambda) -> Closure:
    """A lambda as the function that it is."""
    parameters = tuple(Parameter(name, "positional", None) for name in expression.parameters)
    body = (Return(expression.value),)
    return Closure(
        Function(expression.at, "<lambda>", "<lambda>", parameters, (), body, is_async=False, is_generator=False), frame
    )


def _called(frame: Frame, node: Function, name: str, value: Expression) -> Closure | None:
    """A lambda that is given to a function which calls it itself."""
    if not isinstance(value, Lambda) or node.is_generator:
        return None
    parts = (part for each in statements(node.body) for e in expressions(each) for part in subexpressions(e))
    called = [part.function for part in parts if isinstance(part, Call)]
    is_called = any(isinstance(each, Name) and each.id == name for each in called)
    return closure_of(frame, value) if is_called else None


def _defaults(parameters: tuple[Parameter, ...]) -> dict[str, Reference]:
    found = ((each.name, _given(each.default)) for each in parameters)
    return {name: given for name, given in found if given is not None}


def _given(value: Expression | None) -> Given | None:
    match value:
        case Constant(value=bool() | None as constant):
            return Given(constant)
    return None
