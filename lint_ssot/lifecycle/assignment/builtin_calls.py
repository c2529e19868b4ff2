"""The builtins that look at the test's object, or write on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_ssot.facts.expressions import Argument, Attribute, Call, Constant, Lambda
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.arguments import closure_of, evaluate_arguments
from lint_ssot.lifecycle.assignment.frame import Frame, Parent, Strings, Subject
from lint_ssot.lifecycle.assignment.log import Write
from lint_ssot.lifecycle.assignment.reads import read_attribute
from lint_ssot.lifecycle.assignment.references import is_subject, refer
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.functions.binding import Binding, binding_of, setter_of

# How the standard library calls what it was given as a file or a handler of logging, in order.
_CALLED_BACK = ("read", "readinto", "readline", "readlines", "write", "writelines", "flush", "emit", "handle")


def write_attributes(frame: Frame, attributes: tuple[str, ...], state: State, *, is_augmented: bool = False) -> State:
    """The state after `self.attribute = …` for each of them."""
    for attribute in attributes:
        write = Write(attribute, frame.function, is_augmented, frame.is_heard)
        frame.interpreter.log.writes[write] = None
        state = _set(frame, attribute, state)
    return state.with_assigned(*attributes)


def _set(frame: Frame, attribute: str, state: State) -> State:
    """The state after the setter of a property was called."""
    member = frame.interpreter.hierarchy.find(attribute)
    if not isinstance(member, FunctionDefinition) or binding_of(member) is not Binding.PROPERTY:
        return state
    setter = setter_of(member)
    if setter is None or not setter.node.parameters:
        return state
    bound = {setter.node.parameters[0].name: Subject.SELF}
    return frame.interpreter.follow(setter, bound, state, frame) or state


def _setattr(frame: Frame, call: Call, state: State) -> State | None:
    """`setattr(subject, name, value)`."""
    if len(call.arguments) != 3 or not is_subject(frame, call.arguments[0].value):
        return evaluate_arguments(frame, call, state)
    return set_attribute(frame, Call(call.at, call.function, call.arguments[1:]), state)


def set_attribute(frame: Frame, call: Call, state: State) -> State | None:
    """`self.__setattr__(name, value)`: a name that is not known may be any."""
    if len(call.arguments) != 2:
        return state.opened()
    name, value = call.arguments
    end = frame.interpreter.evaluate(frame, value.value, state)
    held = refer(frame, name.value)
    if end is None:
        return None
    return write_attributes(frame, held.values, end) if isinstance(held, Strings) else end.opened()


def _delattr(frame: Frame, call: Call, state: State) -> State | None:
    match call.arguments:
        case (Argument(value=subject), Argument(value=Constant(value=str(name)))) if isinstance(
            refer(frame, subject), Subject
        ):
            return state.without(name)
    return evaluate_arguments(frame, call, state, is_harmless=True)


def _getattr(frame: Frame, call: Call, state: State) -> State | None:
    """`getattr(self, "x")` reads; by a computed name it may reach any method, as `super()` may by any."""
    match call.arguments:
        case (Argument(value=subject), Argument(value=Constant(value=str(name)))) if is_subject(frame, subject):
            return read_attribute(frame, Attribute(call.at, subject, name), state, is_call=False)
        case (Argument(value=subject), Argument(value=name), *_):
            held = refer(frame, subject)
            is_computed = not isinstance(refer(frame, name), Strings)
            if isinstance(held, Parent) or (isinstance(held, Subject) and is_computed):
                return state.opened()
    return evaluate_arguments(frame, call, state, is_harmless=True)


def _vars(frame: Frame, call: Call, state: State) -> State | None:
    return evaluate_arguments(frame, call, state)


def _harmless(frame: Frame, call: Call, state: State) -> State | None:
    return evaluate_arguments(frame, call, state, is_harmless=True)


def _by_key(frame: Frame, call: Call, state: State) -> State | None:
    """`sorted(…, key=lambda …)` calls it at once."""
    end = _harmless(frame, call, state)
    for argument in call.arguments:
        if end is not None and argument.keyword == "key" and isinstance(argument.value, Lambda):
            end = frame.interpreter.follow_closure(closure_of(frame, argument.value), {}, end, frame)
    return end


def call_back(frame: Frame, call: Call, state: State) -> State:
    """The methods of an object that is given as a file, or as a handler of logging, are called."""
    if any(is_subject(frame, argument.value) for argument in call.arguments):
        for name in _CALLED_BACK:
            member = frame.interpreter.hierarchy.find(name)
            if isinstance(member, FunctionDefinition):
                state = frame.interpreter.defer(frame, member, state)
    return state


def _print(frame: Frame, call: Call, state: State) -> State | None:
    end = _harmless(frame, call, state)
    return end and call_back(frame, call, end)


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
    **dict.fromkeys(("sorted", "min", "max"), _by_key),
    "print": _print,
    "setattr": _setattr,
    "delattr": _delattr,
    "getattr": _getattr,
    "vars": _vars,
}
