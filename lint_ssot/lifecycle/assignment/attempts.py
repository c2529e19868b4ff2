"""How `try` and `with` are followed: from where a body may raise, and who would catch it."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Constant,
    Expression,
    Mapping,
    Name,
)
from lint_ssot.facts.statements import (
    Annotate,
    Assign,
    Block,
    Break,
    Class,
    Continue,
    Evaluate,
    Function,
    Global,
    Handler,
    If,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import ValueDefinition
from lint_ssot.lifecycle.assignment.frame import Frame
from lint_ssot.lifecycle.assignment.log import Use
from lint_ssot.lifecycle.assignment.references import is_subject, refer
from lint_ssot.lifecycle.assignment.state import State, join
from lint_ssot.lifecycle.assignment.targets import assign

CATCH_ATTRIBUTE_ERROR = frozenset({"AttributeError"})
CATCH_EVERYTHING = frozenset({"Exception", "BaseException"})
# They keep an exception of the body for themselves (contextlib, unittest, pytest).
SWALLOW = frozenset(
    {
        "suppress",
        "raises",
        "assertRaises",
        "assertRaisesRegex",
        "assertRaisesMessage",
        "assertFailure",
        "subTest",
    }
)


def execute_try(frame: Frame, statement: Try, state: State) -> State | None:
    """Follow `try`: a handler starts from what was there before anything in the body could raise."""
    left = [(ways, len(ways)) for ways in _ways_out(frame)] if statement.finalbody else []
    protected = frame.is_protected
    is_hidden = any(_hides_attribute_error(frame, handler) for handler in statement.handlers)
    frame.is_protected = protected or _drops_exceptions(statement.finalbody) or is_hidden
    raising: list[State] = []
    frame.attempts.append(raising)
    uses = dict(frame.interpreter.log.uses)
    end = frame.interpreter.execute(frame, statement.body, state)
    _forget_uses(frame, uses, (name for each in statement.handlers for name in _type_names(each.type)))
    frame.attempts.pop()
    frame.is_protected = protected
    interrupted = _interrupted(state, raising, end)
    if end is not None:
        end = _execute_else(frame, statement.orelse, end, is_hidden and bool(raising))
    handled = [_execute_handler(frame, handler, interrupted) for handler in statement.handlers]
    joined = join(end, *handled) if raising else end
    if joined is not None:
        # who assigns in a handler, `self.error = error`, means to see that exception
        caught = (each.assigned - interrupted.assigned for each in handled if each is not None)
        joined = joined.with_told(*frozenset[str]().union(*caught))
    for ways, before in left:
        _pass_finally(frame, statement.finalbody, ways, before)
    return _execute_finally(frame, statement, joined, interrupted, state)


def _ways_out(frame: Frame) -> Iterable[list[State]]:
    """Where the states are kept that leave the body of a function, or of the loop around this point."""
    loops = frame.loops[-1:]
    return (frame.returns, *(loop.breaks for loop in loops), *(loop.continues for loop in loops))


def _pass_finally(frame: Frame, finalbody: Block, ways: list[State], before: int) -> None:
    """Who leaves by `return`, `break` or `continue` runs `finally` first; `before` is how many had left by then."""
    leaving = join(*ways[before:])
    if leaving is not None:
        del ways[before:]
        end = frame.interpreter.execute(frame, finalbody, leaving.under_condition())
        ways.extend([end.under_condition(leaving.is_conditional)] if end is not None else [])


def _execute_else(frame: Frame, orelse: Block, state: State, is_hidden: bool) -> State | None:
    """Nobody comes here without what the body could not do without."""
    unexcused = frame.excused - state.told
    start = state.with_told(*unexcused).under_condition(state.is_conditional or is_hidden)
    end = frame.interpreter.execute(frame, orelse, start)
    return end and replace(end, told=end.told - unexcused).under_condition(state.is_conditional)


def _execute_finally(
    frame: Frame, statement: Try, end: State | None, interrupted: State, before: State
) -> State | None:
    if end is not None:
        end = frame.interpreter.execute(frame, statement.finalbody, end.under_condition(before.is_conditional))
    elif statement.finalbody:
        frame.interpreter.execute(frame, statement.finalbody, interrupted.under_condition())
    return end


def _interrupted(before: State, raising: list[State], end: State | None) -> State:
    """What is there when the body raises: certainly what stood before its first call, perhaps the rest."""
    start = join(*raising) or before
    if end is None:
        return start
    somewhere = (start.partial | end.partial | end.assigned) - start.assigned
    return replace(start, partial=somewhere, told=start.told | end.told, is_open=start.is_open or end.is_open)


def _execute_handler(frame: Frame, handler: Handler, state: State) -> State | None:
    if handler.name:
        frame.bindings.pop(handler.name, None)
    return frame.interpreter.execute(frame, handler.body, state.under_condition())


def _hides_attribute_error(frame: Frame, handler: Handler) -> bool:
    """Whether an AttributeError of the body is expected, and no failure.

    Who catches everything expects it only where things are torn down:
    elsewhere a test that ends in such a handler has not reached its business.
    """
    caught = frozenset(_type_names(handler.type))
    if caught & CATCH_ATTRIBUTE_ERROR:
        return True
    catches_all = handler.type is None or bool(caught & CATCH_EVERYTHING)
    return catches_all and frame.interpreter.is_tearing_down and not _fails(handler)


def _drops_exceptions(finalbody: Block) -> bool:
    """Whether whatever was raised is forgotten: `finally` ends in a `return`, or leaves its loop."""
    return isinstance(finalbody[-1] if finalbody else None, (Return, Break, Continue))


def _type_names(expression: Expression | None) -> Iterable[str]:
    match expression:
        case Name(id=name) | Attribute(attr=name):
            yield name
        case Collection(items=items):
            for item in items:
                yield from _type_names(item)


def _fails(handler: Handler) -> bool:
    """Whether the handler certainly raises or fails the test itself."""
    match handler.body[-1:]:
        case (Raise(value=Call(function=Name(id="SkipTest") | Attribute(attr="SkipTest"))),):
            return False
        case (Raise(),) | (Evaluate(value=Call(function=Attribute(attr="fail"))),):
            return True
    return False


def execute_with(frame: Frame, statement: With, state: State) -> State | None:
    """Follow `with`: a manager that keeps exceptions for itself makes the end of its body reachable."""
    entered: State | None = state
    for item in statement.items:
        value = item.value.value if isinstance(item.value, Await) else item.value
        entered = entered and frame.interpreter.evaluate(frame, value, entered)
        if entered is not None and item.target is not None:
            entered = assign(frame, item.target, refer(frame, value), entered)
    if entered is None:
        return None
    return _execute_body(frame, statement, entered)


def _execute_body(frame: Frame, statement: With, entered: State) -> State | None:
    swallowed = [name for item in statement.items for name in _swallowed(item.value)]
    if not swallowed:
        return frame.interpreter.execute(frame, statement.body, entered)
    protected = frame.is_protected
    frame.is_protected = protected or _has_attribute_error(swallowed)
    raising: list[State] = []
    frame.attempts.append(raising)
    uses = dict(frame.interpreter.log.uses)
    end = frame.interpreter.execute(frame, statement.body, entered)
    _forget_uses(frame, uses, swallowed)
    frame.attempts.pop()
    frame.is_protected = protected
    if not raising:
        return end
    interrupted = _interrupted(entered, raising, end)
    # `suppress` is `except …: pass`; the others fail, or say so, where the body ends otherwise than they expect
    return (
        join(end, interrupted.under_condition(entered.is_conditional))
        if "suppress" in swallowed
        else end or interrupted
    )


def expects_attribute_error(call: Call) -> bool:
    """Whether it is of the form `assertRaises(AttributeError, function, ...)`, or makes the manager of that meaning."""
    return _has_attribute_error(_swallowed(call))


def _forget_uses(frame: Frame, before: dict[Use, None], caught: Iterable[str]) -> None:
    """Where a TypeError is expected, what cannot be done with a method is no slip."""
    if "TypeError" in caught:
        frame.interpreter.log.uses = before


def _has_attribute_error(names: Iterable[str]) -> bool:
    return not (CATCH_ATTRIBUTE_ERROR | CATCH_EVERYTHING).isdisjoint(names)


def _swallowed(value: Expression) -> tuple[str, ...]:
    """The names of the exceptions that a manager of this form keeps, with the manager's own name."""
    match value:
        case Call(function=Name(id=name) | Attribute(attr=name), arguments=arguments) if name in SWALLOW:
            return (name, *(caught for argument in arguments for caught in _type_names(argument.value)))
    return ()


def may_raise(frame: Frame, statement: Statement, state: State) -> bool:
    """Whether a statement may raise before another one inside it does; its parts are judged by their form alone."""
    match statement:
        case Assign(value=value, is_augmented=False):
            return not _is_plain(frame, value, state)
        case Annotate(value=value):
            return value is not None and not _is_plain(frame, value, state)
        case Function(decorators=()) | Class(decorators=(), bases=()) | Global() | Break() | Continue():
            return False
        case If(test=test) | While(test=test):
            return not _is_plain(frame, test, state)
        case Try():
            return False
        case Return(value=value):
            return value is not None and not _is_plain(frame, value, state)
    return True


def _is_plain(frame: Frame, value: Expression, state: State) -> bool:
    """Whether evaluating it cannot fail: constants, names, and what the test's object certainly has."""
    match value:
        case Constant() | Name():
            return True
        case Collection(items=parts):
            return all(_is_plain(frame, part, state) for part in parts)
        case Mapping(keys=keys, values=values):
            return all(_is_plain(frame, part, state) for part in (*keys, *values) if part is not None)
        case Attribute(value=subject, attr=attribute):
            return is_subject(frame, subject) and _is_there(frame, attribute, state)
        case Call(function=Name(id="getattr"), arguments=(subject, _, default)):
            return is_subject(frame, subject.value) and _is_plain(frame, default.value, state)
        case Call(function=Name(id="hasattr"), arguments=(subject, _)):
            return is_subject(frame, subject.value)
    return False


def _is_there(frame: Frame, attribute: str, state: State) -> bool:
    return attribute in state.assigned or isinstance(frame.interpreter.hierarchy.find(attribute), ValueDefinition)
