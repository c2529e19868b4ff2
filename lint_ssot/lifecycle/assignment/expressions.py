"""How each kind of expression is followed, in the order in which Python evaluates its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lint_ssot.facts.expressions import (
    Attribute,
    Await,
    Call,
    Choice,
    Collection,
    Compare,
    Comprehension,
    Constant,
    Expression,
    Generation,
    Lambda,
    Logic,
    Name,
    Not,
    Opaque,
    Starred,
    Subscript,
    Walrus,
    Yield,
)
from lint_ssot.facts.expressions import Mapping as MappingDisplay
from lint_ssot.facts.values import replace
from lint_ssot.lifecycle.assignment.calls import evaluate_call
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Strings, Subject
from lint_ssot.lifecycle.assignment.guards import evaluate_choice
from lint_ssot.lifecycle.assignment.reads import read_attribute, read_of_other
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State, join
from lint_ssot.lifecycle.assignment.uncalled import note_attribute, note_comparison, note_operation, note_use


def evaluate(frame: Frame, expression: Expression, state: State) -> State | None:
    """Follow an expression; None when it never completes."""
    return EVALUATORS[type(expression)](frame, expression, state)


def evaluate_all(frame: Frame, expressions: Iterable[Expression], state: State) -> State | None:
    """Follow expressions one after the other."""
    going: State | None = state
    for expression in expressions:
        if going is None:
            return None
        going = evaluate(frame, expression, going)
    return going


def _name(frame: Frame, name: Name, state: State) -> State | None:
    match frame.binding(name.id):
        case Subject.SELF | Subject.CLASS:
            return state.opened()
        case Closure() as closure:
            return frame.interpreter.defer(frame, closure, state)
    return state


def _attribute(frame: Frame, attribute: Attribute, state: State) -> State | None:
    held = refer(frame, attribute.value)
    if held in (Subject.SELF, Subject.CLASS):
        return read_attribute(frame, attribute, state, is_call=False)
    if held is Subject.OTHER:
        return read_of_other(frame, attribute, state)
    if held is not None:
        return state
    note_attribute(frame, attribute, state)
    return evaluate(frame, attribute.value, state)


def _await(frame: Frame, expression: Await, state: State) -> State | None:
    if isinstance(expression.value, Call):
        return evaluate_call(frame, expression.value, state, is_dropped=False)
    note_use(frame, expression.value, "await", state)
    return evaluate(frame, expression.value, state)


def _yield(frame: Frame, expression: Yield, state: State) -> State | None:
    end = evaluate(frame, expression.value, state) if expression.value is not None else state
    return end and frame.suspend(end)


def _call(frame: Frame, call: Call, state: State) -> State | None:
    return evaluate_call(frame, call, state, is_dropped=False)


def _constant(frame: Frame, constant: Constant, state: State) -> State | None:
    return state


def _collection(frame: Frame, collection: Collection, state: State) -> State | None:
    return evaluate_all(frame, collection.items, state)


def _mapping(frame: Frame, mapping: MappingDisplay, state: State) -> State | None:
    keys = tuple(key for key in mapping.keys if key is not None)
    return evaluate_all(frame, (*keys, *mapping.values), state)


def _inner(frame: Frame, expression: Starred, state: State) -> State | None:
    return evaluate(frame, expression.value, state)


def _subscript(frame: Frame, subscript: Subscript, state: State) -> State | None:
    note_use(frame, subscript.value, "[…]", state)
    return evaluate_all(frame, (subscript.value, subscript.index), state)


def _test(frame: Frame, test: Logic | Not, state: State) -> State | None:
    end = join(*frame.interpreter.assume(frame, test, state))
    return end and end.under_condition(state.is_conditional)


def _compare(frame: Frame, compare: Compare, state: State) -> State | None:
    note_comparison(frame, compare, state)
    return _opaque(frame, Opaque((compare.left, compare.right)), state)


def _walrus(frame: Frame, walrus: Walrus, state: State) -> State | None:
    held = refer(frame, walrus.value)
    end = state if isinstance(held, Subject) else evaluate(frame, walrus.value, state)
    if held is not None:
        frame.bindings[walrus.target.id] = held
    return end


def _comprehension(frame: Frame, comprehension: Comprehension, state: State) -> State | None:
    """What a generator expression first runs through is looked up at once; the rest waits until somebody asks."""
    first, *others = comprehension.generations
    going = _generation(frame, first.iterable, first.target, state)
    deferred, frame.is_deferred = frame.is_deferred, frame.is_deferred or comprehension.is_lazy
    inside = going and _generated(frame, comprehension, tuple(others), going)
    frame.is_deferred = deferred
    if inside is None:
        return going if comprehension.is_lazy else None
    return replace(inside, told=state.told) if comprehension.is_lazy else inside


def _generated(
    frame: Frame, comprehension: Comprehension, others: tuple[Generation, ...], state: State
) -> State | None:
    going = evaluate_all(frame, comprehension.generations[0].conditions, state)
    for each in others:
        going = going and _generation(frame, each.iterable, each.target, going)
        going = going and evaluate_all(frame, each.conditions, going)
    if going is None:
        return None
    is_conditional = state.is_conditional or bool(_filters(comprehension))
    inside = evaluate_all(frame, comprehension.elements, going.under_condition(is_conditional))
    return inside and inside.under_condition(state.is_conditional)


def _generation(frame: Frame, iterable: Expression, target: Expression, state: State) -> State | None:
    held = refer(frame, iterable)
    note_use(frame, iterable, "for", state)
    if isinstance(held, Strings) and isinstance(target, Name):
        frame.bindings[target.id] = held
    return evaluate(frame, iterable, state)


def _filters(comprehension: Comprehension) -> tuple[Expression, ...]:
    return tuple(test for generation in comprehension.generations for test in generation.conditions)


def _lambda(frame: Frame, expression: Lambda, state: State) -> State | None:
    return frame.interpreter.defer(frame, expression, state)


def _opaque(frame: Frame, opaque: Opaque, state: State) -> State | None:
    """An operator or a formatted string: the test's object itself may take part and stays as it is."""
    note_operation(frame, opaque, state)
    parts = (part for part in opaque.parts if not isinstance(refer(frame, part), Subject))
    return evaluate_all(frame, parts, state)


EVALUATORS: Mapping[type, Callable[[Frame, Any, State], State | None]] = {
    Name: _name,
    Attribute: _attribute,
    Await: _await,
    Yield: _yield,
    Call: _call,
    Constant: _constant,
    Collection: _collection,
    MappingDisplay: _mapping,
    Starred: _inner,
    Not: _test,
    Logic: _test,
    Compare: _compare,
    Subscript: _subscript,
    Choice: evaluate_choice,
    Walrus: _walrus,
    Comprehension: _comprehension,
    Lambda: _lambda,
    Opaque: _opaque,
}
