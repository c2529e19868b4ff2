"""How each kind of statement is followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lint_ssot.facts.expressions import Attribute, Await, Call, Collection, Expression, Name
from lint_ssot.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Block,
    Break,
    Case,
    Class,
    Continue,
    Delete,
    Evaluate,
    For,
    Function,
    Global,
    If,
    Import,
    ImportFrom,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from lint_ssot.lifecycle.assignment.arguments import consumed
from lint_ssot.lifecycle.assignment.attempts import execute_try, execute_with, may_raise
from lint_ssot.lifecycle.assignment.builtin_calls import write_attributes
from lint_ssot.lifecycle.assignment.calls import evaluate_call
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Loop, Strings, Subject
from lint_ssot.lifecycle.assignment.guards import asks_for_state, inside, is_own_namespace, loop_strings, pledges_of
from lint_ssot.lifecycle.assignment.reads import is_method
from lint_ssot.lifecycle.assignment.references import is_subject, refer
from lint_ssot.lifecycle.assignment.state import State, join
from lint_ssot.lifecycle.assignment.targets import assign, delete
from lint_ssot.lifecycle.assignment.uncalled import note_use


def execute(frame: Frame, block: Block, state: State) -> State | None:
    """Follow statements in order; None when the end is never reached."""
    going: State | None = state
    for statement in block:
        if going is None:
            return None
        frame.interpreter.effort.spend(len(going.assigned))
        if frame.attempts and may_raise(frame, statement, going):
            for raising in frame.attempts:
                raising.append(going)
        going = EXECUTORS[type(statement)](frame, statement, going)
    return going


# --- simple statements ------------------------------------------------------------------------------


def _evaluate(frame: Frame, statement: Evaluate, state: State) -> State | None:
    match statement.value:
        case Call() as call:
            frame.dropped = call
            return evaluate_call(frame, call, state, is_dropped=True)
        case Await(value=Call() as call):
            frame.dropped = call
        case Attribute() as named if is_method(frame, named):
            return state  # `self.prepare` without its parentheses: nobody is given it, nobody calls it
    return frame.interpreter.evaluate(frame, statement.value, state)


def _assign(frame: Frame, statement: Assign, state: State) -> State | None:
    held = refer(frame, statement.value)
    end: State | None = state
    if not isinstance(held, Subject):
        end = frame.interpreter.evaluate(frame, statement.value, state)
    if end is not None and statement.is_augmented:
        return _augment(frame, statement.targets[0], end)
    for target in statement.targets:
        end = end and assign(frame, target, held, end)
    return end


def _augment(frame: Frame, target: Expression, state: State) -> State | None:
    """`self.count += 1` reads, then assigns."""
    end = frame.interpreter.evaluate(frame, target, state)
    if end is not None and isinstance(target, Attribute) and is_subject(frame, target.value):
        return write_attributes(frame, (target.attr,), end, is_augmented=True)
    return end


def _annotate(frame: Frame, statement: Annotate, state: State) -> State | None:
    if statement.value is None:
        return state
    return _assign(frame, Assign((statement.target,), statement.value), state)


def _delete(frame: Frame, statement: Delete, state: State) -> State | None:
    end: State | None = state
    for target in statement.targets:
        end = end and delete(frame, target, end)
    return end


def _return(frame: Frame, statement: Return, state: State) -> State | None:
    end = _evaluate_loosely(frame, statement.value, state)
    if end is not None:
        frame.returns.append(end)
    return None


def _raise(frame: Frame, statement: Raise, state: State) -> State | None:
    _evaluate_loosely(frame, statement.value, state)
    return None


def _evaluate_loosely(frame: Frame, value: Expression | None, state: State) -> State | None:
    """Returning or raising the test's object itself does nothing to it."""
    if value is None or isinstance(refer(frame, value), Subject):
        return state
    return frame.interpreter.evaluate(frame, value, state)


def _assert(frame: Frame, statement: Assert, state: State) -> State | None:
    true, _ = frame.interpreter.assume(frame, statement.test, state)
    return true


def _break(frame: Frame, statement: Break, state: State) -> State | None:
    if frame.loops:
        frame.loops[-1].breaks.append(state)
    return None


def _continue(frame: Frame, statement: Continue, state: State) -> State | None:
    if frame.loops:
        frame.loops[-1].continues.append(state)
    return None


def _nothing(frame: Frame, statement: Statement, state: State) -> State | None:
    return state


def _function(frame: Frame, statement: Function, state: State) -> State | None:
    """A nested function: decorated, somebody else may call it at any time; else it is followed where it is named."""
    closure = Closure(statement, frame)
    frame.bindings[statement.name] = closure
    return frame.interpreter.defer(frame, closure, state) if statement.decorators else state


def _class(frame: Frame, statement: Class, state: State) -> State | None:
    """A nested class: its body runs at once; its methods may run at any time, with the names around them."""
    end: State | None = state
    for each in (*statement.decorators, *(base.value for base in statement.bases)):
        end = end and frame.interpreter.evaluate(frame, each, end)
    around = dict(frame.bindings)
    for inner in statement.body:
        if isinstance(inner, Function):
            end = end and frame.interpreter.defer(frame, Closure(inner, frame), end)
        else:
            end = end and frame.interpreter.execute(frame, (inner,), end)
    frame.bindings = around
    return end


# --- compound statements ----------------------------------------------------------------------------


def _if(frame: Frame, statement: If, state: State) -> State | None:
    true, false = frame.interpreter.assume(frame, statement.test, state)
    is_certain = true is None or false is None
    ways = []
    returned = len(frame.returns)
    for start, block in ((true, statement.body), (false, statement.orelse)):
        if start is not None:
            begun = start if is_certain else inside(frame, statement.test, start)
            ways.append(frame.interpreter.execute(frame, block, begun))
    end = join(*ways)
    if end is None or is_certain:
        return end
    first, second = ways if len(ways) == 2 else (None, None)
    if first is not None and second is not None and first.assigned != second.assigned:
        end = end.with_pledges(pledges_of(statement.test, first, second))
    if asks_for_state(frame, statement.test):
        end = end.with_assigned(*(name for way in ways if way is not None for name in way.assigned))
    if None not in ways:
        return end.under_condition(state.is_conditional)
    if len(frame.returns) > returned or frame.loops:
        return inside(frame, statement.test, end)
    frame.is_filtered = True
    return end.under_condition(state.is_conditional).filtered()


def _for(frame: Frame, statement: For, state: State) -> State | None:
    held = Strings(()) if is_own_namespace(frame, statement.iterable) else loop_strings(frame, statement.iterable)
    entered = frame.interpreter.evaluate(frame, consumed(statement.iterable), state)
    if entered is None:
        return None
    note_use(frame, statement.iterable, "for", state)
    bound = held if isinstance(statement.target, Name) else None
    start = assign(frame, statement.target, bound, entered)
    if held is not None and isinstance(statement.target, Collection) and statement.target.items:
        first = statement.target.items[0]
        if isinstance(first, Name):
            frame.bindings[first.id] = held
    return start and _loop(frame, statement.body, statement.orelse, start)


def _while(frame: Frame, statement: While, state: State) -> State | None:
    true, false = frame.interpreter.assume(frame, statement.test, state)
    if true is None:
        return false and frame.interpreter.execute(frame, statement.orelse, false)
    return _loop(frame, statement.body, statement.orelse, true)


def _loop(frame: Frame, body: Block, orelse: Block, start: State) -> State | None:
    """A loop's body counts as run: whether an iterable is empty cannot be known.

    Who leaves by `break` counts as the way out, since a retry loop that never gets there fails anyway.
    """
    loop = Loop()
    frame.loops.append(loop)
    end = frame.interpreter.execute(frame, body, start)
    frame.loops.pop()
    done = join(end, *loop.continues) or start
    after = frame.interpreter.execute(frame, orelse, done.under_condition(start.is_conditional))
    left = join(*loop.breaks) or after
    return left and left.under_condition(start.is_conditional)


def _match(frame: Frame, statement: Match, state: State) -> State | None:
    start = _evaluate_loosely(frame, statement.subject, state)
    if start is None:
        return None
    # the only case there is, if it always matches, is no condition
    is_certain = len(statement.cases) == 1
    ways = [_case(frame, case, start, is_certain and _always_matches(case)) for case in statement.cases]
    if not any(map(_always_matches, statement.cases)):
        ways.append(start)
    end = join(*ways)
    return end and end.under_condition(state.is_conditional or None in ways)


def _always_matches(case: Case) -> bool:
    return case.is_irrefutable and case.guard is None


def _case(frame: Frame, case: Case, state: State, is_certain: bool) -> State | None:
    inside: State | None = state if is_certain else state.under_condition()
    if case.guard is not None and inside is not None:
        inside, _ = frame.interpreter.assume(frame, case.guard, inside)
    return inside and frame.interpreter.execute(frame, case.body, inside)


EXECUTORS: Mapping[type, Callable[[Frame, Any, State], State | None]] = {
    Evaluate: _evaluate,
    Assign: _assign,
    Annotate: _annotate,
    Delete: _delete,
    If: _if,
    For: _for,
    While: _while,
    Try: execute_try,
    With: execute_with,
    Match: _match,
    Return: _return,
    Raise: _raise,
    Assert: _assert,
    Break: _break,
    Continue: _continue,
    Global: _nothing,
    Import: _nothing,
    ImportFrom: _nothing,
    Function: _function,
    Class: _class,
}
