"""The builtins that look at the test's object, or write on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_ssot.facts.expressions import Argument, Attribute, Call, Constant
from lint_ssot.lifecycle.assignment.arguments import evaluate_arguments
from lint_ssot.lifecycle.assignment.frame import Frame, Strings, Subject
from lint_ssot.lifecycle.assignment.log import Write
from lint_ssot.lifecycle.assignment.reads import read_attribute
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State


def write_attributes(frame: Frame, attributes: tuple[str, ...], state: State) -> State:
    """The state after `self.attribute = …` for each of them."""
    for attribute in attributes:
        frame.interpreter.log.writes[Write(attribute, frame.function)] = None
    return state.with_assigned(*attributes)


def _setattr(frame: Frame, call: Call, state: State) -> State | None:
    match call.arguments:
        case (Argument(value=subject), Argument(value=name), Argument(value=value)):
            end = frame.interpreter.evaluate(frame, value, state)
            if end is None or not isinstance(refer(frame, subject), Subject):
                return end
            held = refer(frame, name)
            return write_attributes(frame, held.values, end) if isinstance(held, Strings) else end.opened()
    return evaluate_arguments(frame, call, state)


def _delattr(frame: Frame, call: Call, state: State) -> State | None:
    match call.arguments:
        case (Argument(value=subject), Argument(value=Constant(value=str(name)))) if isinstance(
            refer(frame, subject), Subject
        ):
            return state.without(name)
    return evaluate_arguments(frame, call, state, is_harmless=True)


def _getattr(frame: Frame, call: Call, state: State) -> State | None:
    match call.arguments:
        case (Argument(value=subject), Argument(value=Constant(value=str(name)))) if isinstance(
            refer(frame, subject), Subject
        ):
            return read_attribute(frame, Attribute(call.at, subject, name), state, is_call=False)
    return evaluate_arguments(frame, call, state, is_harmless=True)


def _vars(frame: Frame, call: Call, state: State) -> State | None:
    return evaluate_arguments(frame, call, state)


def _harmless(frame: Frame, call: Call, state: State) -> State | None:
    return evaluate_arguments(frame, call, state, is_harmless=True)


HARMLESS_BUILTINS = frozenset(
    [
        "all",
        "any",
        "ascii",
        "bool",
        "bytes",
        "callable",
        "dict",
        "dir",
        "enumerate",
        "filter",
        "format",
        "hasattr",
        "hash",
        "id",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "object",
        "print",
        "range",
        "repr",
        "reversed",
        "set",
        "sorted",
        "staticmethod",
        "str",
        "sum",
        "super",
        "tuple",
        "type",
        "zip",
    ]
)
BUILTIN_CALLS: Mapping[str, Callable[[Frame, Call, State], State | None]] = {
    **dict.fromkeys(HARMLESS_BUILTINS, _harmless),
    "setattr": _setattr,
    "delattr": _delattr,
    "getattr": _getattr,
    "vars": _vars,
}
