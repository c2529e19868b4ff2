"""What an assignment does to the test's object, and to the names that stand for it."""

from __future__ import annotations

from lint_ssot.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Constant,
    Expression,
    Name,
    Starred,
    Subscript,
)
from lint_ssot.lifecycle.assignment.builtin_calls import write_attributes
from lint_ssot.lifecycle.assignment.frame import Frame, Reference, Strings, Subject
from lint_ssot.lifecycle.assignment.references import is_subject, refer
from lint_ssot.lifecycle.assignment.state import State


def assign(frame: Frame, target: Expression, held: Reference | None, state: State) -> State | None:
    """Follow an assignment of a value that stands for `held` to one target."""
    match target:
        case Name(id=name):
            return _assign_name(frame, name, held, state)
        case Attribute(value=value, attr=attr):
            if is_subject(frame, value):
                return write_attributes(frame, (attr,), state)
            end = frame.interpreter.evaluate(frame, value, state)
            return end and (end.opened() if isinstance(held, Subject) else end)
        case Collection(items=items):
            return _assign_items(frame, items, state)
        case Starred(value=value):
            return assign(frame, value, None, state)
        case Subscript():
            return _assign_item(frame, target, held, state)
    return frame.interpreter.evaluate(frame, target, state)


def delete(frame: Frame, target: Expression, state: State) -> State | None:
    """Follow `del target`."""
    match target:
        case Attribute(value=value, attr=attr) if isinstance(refer(frame, value), Subject):
            end = frame.interpreter.evaluate(frame, target, state)
            return end and end.without(attr)
        case Name(id=name):
            frame.bindings.pop(name, None)
            return state
    return frame.interpreter.evaluate(frame, target, state)


def _assign_name(frame: Frame, name: str, held: Reference | None, state: State) -> State:
    if held is None:
        frame.bindings.pop(name, None)
    else:
        frame.bindings[name] = held
    return state


def _assign_items(frame: Frame, items: tuple[Expression, ...], state: State) -> State | None:
    going: State | None = state
    for item in items:
        if going is None:
            return None
        going = assign(frame, item, None, going)
    return going


def _assign_item(frame: Frame, target: Subscript, held: Reference | None, state: State) -> State | None:
    """`self.__dict__["x"] = …` and `vars(self)["x"] = …` assign attributes too."""
    if _is_namespace(frame, target.value):
        named = refer(frame, target.index)
        return write_attributes(frame, named.values, state) if isinstance(named, Strings) else state.opened()
    end = frame.interpreter.evaluate(frame, target, state)
    return end and (end.opened() if isinstance(held, Subject) else end)


def _is_namespace(frame: Frame, expression: Expression) -> bool:
    match expression:
        case Attribute(attr="__dict__", value=value):
            return isinstance(refer(frame, value), Subject)
        case Call(function=Name(id="vars"), arguments=(argument,)):
            return isinstance(refer(frame, argument.value), Subject)
        case Constant():
            return False
    return False
