"""How the arguments of a call are followed, and which parameters they bind."""

from __future__ import annotations

from collections.abc import Mapping

from lint_ssot.facts.expressions import Argument, Call
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Reference, Subject
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State


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
            going = frame.interpreter.evaluate(frame, argument.value, going)
    return going


def bind_arguments(
    frame: Frame, function: FunctionDefinition | Closure, arguments: tuple[Argument, ...], skipped: int = 0
) -> Mapping[str, Reference]:
    """The parameters that lead to the test's object, or to a function or string that is known here."""
    node = function.node if isinstance(function, FunctionDefinition) else function.function
    names = [parameter.name for parameter in node.parameters if parameter.kind == "positional"][skipped:]
    known = {parameter.name for parameter in node.parameters}
    bound: dict[str, Reference] = {}
    for index, argument in enumerate(arguments):
        if argument.star:
            break
        name = argument.keyword or (names[index] if index < len(names) else None)
        held = refer(frame, argument.value)
        if name is not None and name in known and held is not None:
            bound[name] = held
    return bound
