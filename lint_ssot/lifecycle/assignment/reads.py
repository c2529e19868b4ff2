"""What a read of an attribute of the test's object finds."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.frame import Frame, Subject
from lint_ssot.lifecycle.assignment.log import Read
from lint_ssot.lifecycle.assignment.references import is_subject
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.functions.binding import Binding, binding_of, getter_of


def read_attribute(frame: Frame, read: Attribute, state: State, *, is_call: bool) -> State | None:
    """Follow `self.attr`: a property runs, a method may run later, anything else must have been assigned."""
    if read.attr == "__dict__":
        return state.opened()
    interpreter = frame.interpreter
    match interpreter.hierarchy.find(read.attr):
        case FunctionDefinition() as member if binding_of(member) is Binding.PROPERTY:
            getter = getter_of(member)
            return interpreter.follow(getter, {_first_parameter(getter): Subject.SELF}, state, frame)
        case FunctionDefinition() as member if not is_call:
            return interpreter.defer(frame, member, state)
        case None:
            return _judge(frame, read, state, is_call)
    return state


def read_of_other(frame: Frame, read: Attribute, state: State) -> State:
    """Follow `self.attr` in a fixture of a wider scope: its object has what the class has, and nothing of a test's."""
    interpreter = frame.interpreter
    if interpreter.hierarchy.find(read.attr) is not None or interpreter.is_assigned_somewhere(read.attr):
        return state
    return _judge(frame, read, state, is_call=False) if _keeps_to_itself(frame.function) else state


def _keeps_to_itself(function: FunctionDefinition) -> bool:
    """Whether a method does nothing with its object but to read and assign attributes that it spells."""
    name = _first_parameter(function)
    parts = [
        part
        for statement in statements_of_all(function.node.body)
        for each in expressions(statement)
        for part in subexpressions(each)
    ]
    spelled = sum(isinstance(part, Attribute) and _is(part.value, name) and not _is_given(part.attr) for part in parts)
    called = any(isinstance(part, Call) and _is_of(part.function, name) for part in parts)
    return not called and spelled == sum(_is(part, name) for part in parts)


def _is_of(expression: Expression, name: str) -> bool:
    return isinstance(expression, Attribute) and _is(expression.value, name)


def _is(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name


def is_method(frame: Frame, named: Attribute) -> bool:
    """Whether the expression names a plain method of the test's object: to read it runs nothing."""
    if not is_subject(frame, named.value):
        return False
    member = frame.interpreter.hierarchy.find(named.attr)
    return isinstance(member, FunctionDefinition) and not member.node.decorators


def _judge(frame: Frame, read: Attribute, state: State, is_call: bool) -> State:
    if state.has(read.attr) or _is_given(read.attr):
        return state
    if frame.is_protected:
        frame.excused.add(read.attr)
        return state
    told = Read(
        attribute=read.attr,
        module=frame.function.module,
        at=read.at,
        function=frame.function,
        is_partial=read.attr in state.partial,
        is_deferred=frame.is_deferred,
        is_conditional=state.is_conditional or (frame.interpreter.is_tearing_down and state.is_filtered),
        is_optional=state.is_optional,
        is_filtered=state.is_filtered,
        is_call=is_call,
    )
    frame.interpreter.log.reads[told] = None
    return state if told.is_conditional else state.with_told(read.attr)


def _is_given(attribute: str) -> bool:
    """Whether every object has it."""
    return attribute.startswith("__") and attribute.endswith("__")


def _first_parameter(function: FunctionDefinition) -> str:
    parameters = function.node.parameters
    return parameters[0].name if parameters else ""
