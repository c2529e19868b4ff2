"""How a call is followed: to a method by dispatch, to `super()`, to a cleanup, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from lint_ssot.facts.expressions import Attribute, Call, Expression, Lambda, Name
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.assignment.arguments import bind_arguments, closure_of, evaluate_arguments
from lint_ssot.lifecycle.assignment.attempts import expects_attribute_error
from lint_ssot.lifecycle.assignment.builtin_calls import set_attribute
from lint_ssot.lifecycle.assignment.foreign_calls import call_by_name, call_closure, call_foreign
from lint_ssot.lifecycle.assignment.frame import Frame, Parent, Presence, Reference, Subject
from lint_ssot.lifecycle.assignment.guards import is_own_namespace
from lint_ssot.lifecycle.assignment.log import Cleanup
from lint_ssot.lifecycle.assignment.reads import read_attribute
from lint_ssot.lifecycle.assignment.references import class_spelled, refer
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.choice import is_of_framework
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of

# Calling one of these only makes an object; its body waits for an await or a loop.
BODY_WAITS = frozenset({Kind.COROUTINE, Kind.GENERATOR, Kind.ASYNC_GENERATOR})
CLEANUPS = frozenset({"addCleanup", "addClassCleanup", "addAsyncCleanup", "addfinalizer"})
# They call what was registered up to now, wherever that was.
CLEANING = frozenset({"doCleanups", "doClassCleanups"})
# What a namespace is asked without changing it.
LOOKS = frozenset({"items", "keys", "values", "get", "copy", "__contains__"})


def evaluate_call(frame: Frame, call: Call, state: State, *, is_dropped: bool) -> State | None:
    """Follow a call; `is_dropped` tells that nobody takes its result, so that a coroutine's body never runs."""
    if len(call.arguments) < 2 or not expects_attribute_error(call):
        return _evaluate_call(frame, call, state, is_dropped)
    protected, frame.is_protected = frame.is_protected, True
    end = _evaluate_call(frame, call, state, is_dropped)
    frame.is_protected = protected
    return end


def _evaluate_call(frame: Frame, call: Call, state: State, is_dropped: bool) -> State | None:
    match call.function:
        case Name(id=name):
            return call_by_name(frame, name, call, state)
        case Attribute() as attribute:
            return _call_attribute(frame, attribute, call, state, is_dropped)
        case Lambda() as function:
            return call_closure(frame, closure_of(frame, function), call, state)
    end = frame.interpreter.evaluate(frame, call.function, state)
    return end and evaluate_arguments(frame, call, end)


def _call_attribute(frame: Frame, attribute: Attribute, call: Call, state: State, is_dropped: bool) -> State | None:
    value, name = attribute.value, attribute.attr
    if name in LOOKS and is_own_namespace(frame, value):
        return evaluate_arguments(frame, call, state, is_harmless=True)
    if (owner := class_spelled(frame, value)) is not None:
        return _call_on_class(frame, owner, attribute, call, state, is_dropped)
    match refer(frame, value):
        case Subject.SELF | Subject.CLASS:
            return _call_method(frame, attribute, call, state, is_dropped)
        case Parent(after=after):
            return _call_parent(frame, name, after, call, state, is_dropped)
        case Subject.REQUEST if name in CLEANUPS:
            return _register(frame, call, state)
        case Subject.REQUEST:
            return evaluate_arguments(frame, call, state)
    return call_foreign(frame, call, state)


def _register(frame: Frame, call: Call, state: State) -> State | None:
    """`addCleanup(function, *arguments)`: the function runs when the test is over."""
    if not call.arguments:
        return state
    callback, *rest = call.arguments
    is_of_class = isinstance(call.function, Attribute) and call.function.attr == "addClassCleanup"
    frame.interpreter.log.cleanups.append(Cleanup(callback.value, frame, is_of_class))
    end = _holder_read(frame, callback.value, state)
    return end and evaluate_arguments(frame, Call(call.at, call.function, tuple(rest)), end, is_harmless=True)


def _holder_read(frame: Frame, callback: Expression, state: State) -> State | None:
    """What `self.server.stop` is a method of is read when it is registered, as `self.stop` is if it is no method."""
    match callback:
        case Attribute(value=Attribute() as holder):
            return frame.interpreter.evaluate(frame, holder, state)
        case Attribute(value=Name() as holder, attr=name) if refer(frame, holder) in (Subject.SELF, Subject.CLASS):
            is_method = frame.interpreter.hierarchy.find(name) is not None
            return state if is_method else read_attribute(frame, callback, state, is_call=False)
    return state


def _call_method(frame: Frame, method: Attribute, call: Call, state: State, is_dropped: bool) -> State | None:
    member = frame.interpreter.hierarchy.find(method.attr)
    if method.attr in CLEANUPS and member is not None:
        return _register(frame, call, state)
    if method.attr in CLEANING and isinstance(member, FunctionDefinition) and is_of_framework(member):
        return state.opened()
    if method.attr == "__setattr__" and member is None:
        return set_attribute(frame, call, state)
    if isinstance(member, FunctionDefinition) and binding_of(member) is not Binding.PROPERTY:
        return _call_member(frame, member, call, state, is_dropped)
    end = read_attribute(frame, method, state, is_call=True)
    return end and evaluate_arguments(frame, call, end)


def _call_on_class(
    frame: Frame, owner: ClassDefinition, method: Attribute, call: Call, state: State, is_dropped: bool
) -> State | None:
    """`Base.setUp(self)`: no dispatch, and the object is an argument like any other."""
    member = frame.interpreter.classes.hierarchy(owner).find(method.attr)
    if not isinstance(member, FunctionDefinition):
        end = read_attribute(frame, method, state, is_call=True)
        return end and evaluate_arguments(frame, call, end)
    if binding_of(member) is not Binding.INSTANCE:
        return _call_member(frame, member, call, state, is_dropped)
    end = evaluate_arguments(frame, call, state, is_harmless=True)
    if end is None or (is_dropped and kind_of(member, frame.interpreter.classes.names) in BODY_WAITS):
        return end
    return frame.interpreter.follow(member, bind_arguments(frame, member, call.arguments), end, frame)


def _call_parent(
    frame: Frame, name: str, after: ClassDefinition | None, call: Call, state: State, is_dropped: bool
) -> State | None:
    hierarchy = frame.interpreter.hierarchy
    member = hierarchy.find(name, after=after) if after in hierarchy.classes else None
    if isinstance(member, FunctionDefinition):
        return _call_member(frame, member, call, state, is_dropped)
    return evaluate_arguments(frame, call, state)


def _call_member(frame: Frame, member: FunctionDefinition, call: Call, state: State, is_dropped: bool) -> State | None:
    end = evaluate_arguments(frame, call, state, is_harmless=True)
    if end is None or (is_dropped and kind_of(member, frame.interpreter.classes.names) in BODY_WAITS):
        return end
    is_heard = frame.is_heard or frame.dropped is not call
    end = frame.interpreter.follow(member, _bind_method(frame, member, call), end, frame, is_heard)
    return end and _asserted(frame, member, call, end)


def _asserted(frame: Frame, member: FunctionDefinition, call: Call, state: State) -> State:
    """`self.assertTrue(hasattr(self, "x"))` returns only where `x` is there."""
    if member.node.name not in {"assertTrue", "assertIsNotNone"} or not call.arguments:
        return state
    held = refer(frame, call.arguments[0].value)
    return state.with_assigned(held.attribute) if isinstance(held, Presence) else state


def _bind_method(frame: Frame, member: FunctionDefinition, call: Call) -> Mapping[str, Reference]:
    binding = binding_of(member)
    if binding is Binding.STATIC:
        return bind_arguments(frame, member, call.arguments)
    bound = dict(bind_arguments(frame, member, call.arguments, skipped=1))
    if member.node.parameters:
        receiver = Subject.CLASS if binding is Binding.CLASS else Subject.SELF
        bound[member.node.parameters[0].name] = receiver
    return bound
