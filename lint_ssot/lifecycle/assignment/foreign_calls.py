"""How a call of something that is no method of the test's object is followed."""

from __future__ import annotations

import sys

from lint_ssot.facts.deferred import may_speak_of
from lint_ssot.facts.expressions import Attribute, Call, Expression, Lambda, Name
from lint_ssot.facts.statements import Raise, Return
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.definitions import ClassDefinition, External, FunctionDefinition
from lint_ssot.lifecycle.assignment.arguments import bind_arguments, evaluate_arguments
from lint_ssot.lifecycle.assignment.builtin_calls import BUILTIN_CALLS, HARMLESS_BUILTINS, call_back
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Subject
from lint_ssot.lifecycle.assignment.references import is_subject, refer
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.assignment.uncalled import note_attribute, note_builtin
from lint_ssot.lifecycle.functions.binding import Binding, binding_of

# Reads its argument, or stores it, but never assigns attributes on it.
HARMLESS_PACKAGES = frozenset({"builtins", "pytest", "mock", "_pytest", *sys.stdlib_module_names})
# They raise, so what stands behind them is never reached (pytest, "Skip and xfail"; sys.exit).
NEVER_RETURN = frozenset(
    {"pytest.skip", "pytest.fail", "pytest.xfail", "pytest.exit", "sys.exit", "os._exit", "os.abort"}
)


def call_by_name(frame: Frame, name: str, call: Call, state: State) -> State | None:
    """A call of a bare name: a nested function, a builtin, or anything of the module."""
    held = frame.binding(name)
    if isinstance(held, Closure):
        return call_closure(frame, held, call, state)
    note_builtin(frame, name, call, state)
    if not frame.is_local(name) and name in BUILTIN_CALLS:
        return BUILTIN_CALLS[name](frame, call, state)
    return call_foreign(frame, call, state)


def call_closure(frame: Frame, closure: Closure, call: Call, state: State) -> State | None:
    """A call of a function that is defined inside another one."""
    end = evaluate_arguments(frame, call, state, is_harmless=True)
    bound = bind_arguments(frame, closure, call.arguments)
    return end and frame.interpreter.follow_closure(closure, bound, end, frame)


def call_foreign(frame: Frame, call: Call, state: State) -> State | None:
    """A call of something that is no method of the test's object."""
    target = _target(frame, call.function)
    hands_over = any(
        isinstance(argument.value, Lambda) or isinstance(refer(frame, argument.value), Subject | Closure)
        for argument in call.arguments
    )
    match target:
        case FunctionDefinition() if hands_over:
            return _call_with_subject(frame, target, call, state)
        case FunctionDefinition() if _always_raises(target):
            frame.interpreter.log.reached[target] = None
            return evaluate_arguments(frame, call, state) and None
        case External(name=name) if name in NEVER_RETURN:
            return evaluate_arguments(frame, call, state) and None
        case External(name=name) if name.partition(".")[0] in HARMLESS_PACKAGES:
            done = evaluate_arguments(frame, call, state, is_harmless=True)
            return done and call_back(frame, call, done)
        case ClassDefinition() if hands_over:
            return _construct(frame, target, call, state)
    end: State | None = state
    if isinstance(call.function, Attribute):
        note_attribute(frame, call.function, state)
        end = frame.interpreter.evaluate(frame, call.function.value, state)
    return end and evaluate_arguments(frame, call, end)


def _call_with_subject(frame: Frame, target: FunctionDefinition, call: Call, state: State) -> State | None:
    """A helper function, or `Base.setUp(self)`."""
    end = evaluate_arguments(frame, call, state, is_harmless=True)
    # a class method is given its class before anything else
    skipped = 1 if binding_of(target) is Binding.CLASS else 0
    return end and frame.interpreter.follow(target, bind_arguments(frame, target, call.arguments, skipped), end, frame)


def _construct(frame: Frame, target: ClassDefinition, call: Call, state: State) -> State | None:
    """A class that is handed the test's object may assign on it now, or later through what it keeps."""
    hierarchy = frame.interpreter.classes.hierarchy(target)
    initializer = hierarchy.find("__init__")
    end = evaluate_arguments(frame, call, state, is_harmless=True)
    if end is None:
        return None
    keeps_object = any(is_subject(frame, argument.value) for argument in call.arguments)
    if hierarchy.open_because or not isinstance(initializer, FunctionDefinition):
        return end.opened() if keeps_object else end
    if keeps_object and frame.interpreter.writes_through(target):
        return end.opened()
    return frame.interpreter.follow(
        initializer, bind_arguments(frame, initializer, call.arguments, skipped=1), end, frame
    )


def _target(frame: Frame, function: Expression) -> object:
    root = function
    while isinstance(root, Attribute):
        root = root.value
    if not isinstance(root, Name) or frame.is_local(root.id):
        return None
    if root.id in HARMLESS_BUILTINS:
        return External(f"builtins.{root.id}")
    return frame.interpreter.classes.names.resolve(frame.function.module, function)


def _always_raises(function: FunctionDefinition) -> bool:
    if not may_speak_of(function.node, "raise"):
        return False
    body = function.node.body
    if not body or not isinstance(body[-1], Raise) or function.node.is_async:
        return False
    return not any(isinstance(statement, Return) for statement in statements(body))
