"""What a test tells about the test's object in the branch where it holds, and where it does not."""

from __future__ import annotations

import re
from typing import TypeAlias

from lint_ssot.facts.expressions import (
    Attribute,
    Call,
    Choice,
    Compare,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    Walrus,
)
from lint_ssot.graph.definitions import FunctionDefinition, ValueDefinition
from lint_ssot.lifecycle.assignment.frame import Frame, Given, Presence, Reference, Strings, Subject
from lint_ssot.lifecycle.assignment.kinship import strange_outcome
from lint_ssot.lifecycle.assignment.locals import is_rebound
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import Pledge, State, join

_PLACE = re.compile(r"at=Position\(line=\d+, column=\d+\)(, )?")

Outcomes: TypeAlias = "tuple[State | None, State | None]"


def assume(frame: Frame, test: Expression, state: State) -> Outcomes:
    """Follow a test; the states in which it turned out true and false, None where it cannot."""
    true, false = _outcomes(frame, test, state)
    if not state.pledges:
        return true, false
    spelling = spell(test)
    return true and true.knowing(spelling, True), false and false.knowing(spelling, False)


def spell(test: Expression) -> str:
    """A test without its place: who asks the same question again gets the same answer."""
    return _PLACE.sub("", repr(test))


def pledges_of(test: Expression, true: State, false: State) -> frozenset[Pledge]:
    """What each outcome of a test has that the other has not."""
    is_negated = isinstance(test, Not)
    spelling = spell(test.value if isinstance(test, Not) else test)
    return frozenset(
        (
            *(Pledge(each, spelling, not is_negated) for each in true.assigned - false.assigned),
            *(Pledge(each, spelling, is_negated) for each in false.assigned - true.assigned),
        )
    )


def _outcomes(frame: Frame, test: Expression, state: State) -> Outcomes:
    match test:
        case Not(value=value):
            true, false = frame.interpreter.assume(frame, value, state)
            return false, true
        case Logic():
            return _assume_logic(frame, test, state)
        case Compare(operator="in" | "not in"):
            return _assume_membership(frame, test, state)
        case Compare(operator="is", left=left, right=Constant(value=None)):
            true, false = _assume_value(frame, Compare(left, "is not", Constant(None)), state)
            return false, true
    return _assume_value(frame, test, state)


def evaluate_choice(frame: Frame, choice: Choice, state: State) -> State | None:
    """Follow `then if test else otherwise`."""
    true, false = frame.interpreter.assume(frame, choice.test, state)
    is_certain = true is None or false is None
    ends = [
        frame.interpreter.evaluate(frame, arm, start if is_certain else inside(frame, choice.test, start))
        for arm, start in ((choice.then, true), (choice.otherwise, false))
        if start is not None
    ]
    end = join(*ends)
    return end and end.under_condition(state.is_conditional)


def _assume_logic(frame: Frame, test: Logic, state: State) -> Outcomes:
    is_and = test.operator == "and"
    going: State | None = state
    left: list[State | None] = []
    for index, value in enumerate(test.values):
        if going is None:
            break
        is_asked = index > 0 and left[-1] is not None
        start = inside(frame, test.values[index - 1], going) if is_asked else going
        true, false = frame.interpreter.assume(frame, value, start)
        going, out = (true, false) if is_and else (false, true)
        left.append(out)
    through = going and going.under_condition(state.is_conditional)
    out_of_it = join(*left)
    aside = out_of_it and out_of_it.under_condition(state.is_conditional)
    return (through, aside) if is_and else (aside, through)


def _assume_membership(frame: Frame, test: Compare, state: State) -> Outcomes:
    """`"name" in vars(self)`, `in self.__dict__`, `in dir(self)`."""
    if not isinstance(test.left, Constant) or not isinstance(test.left.value, str):
        return _assume_value(frame, test, state)
    if not _is_namespace(frame, test.right):
        return _assume_value(frame, test, state)
    present = state.with_assigned(test.left.value)
    return (present, state) if test.operator == "in" else (state, present)


def is_own_namespace(frame: Frame, iterable: Expression) -> bool:
    """`vars(self)`, `self.__dict__.items()`: who runs over what is there finds nothing that is not."""
    match iterable:
        case Call(function=Attribute(value=value, attr="items" | "keys" | "copy"), arguments=()):
            return is_own_namespace(frame, value)
        case Call(function=Name(id="list" | "tuple" | "dict" | "sorted"), arguments=(argument,)):
            return is_own_namespace(frame, argument.value)
    return _is_namespace(frame, iterable)


def _is_namespace(frame: Frame, expression: Expression) -> bool:
    match expression:
        case Attribute(attr="__dict__", value=value):
            return isinstance(refer(frame, value), Subject)
        case Call(function=Name(id="vars" | "dir"), arguments=(argument,)):
            return isinstance(refer(frame, argument.value), Subject)
    return False


def _assume_value(frame: Frame, test: Expression, state: State) -> Outcomes:
    known = _truth(frame, test)
    end = frame.interpreter.evaluate(frame, test, state)
    if end is None:
        return None, None
    if known is not None:
        return (end, None) if known else (None, end)
    strange = strange_outcome(frame, test)
    if strange is not None:
        return (end.estranged(), end) if strange else (end, end.estranged())
    held = refer(frame, test)
    if isinstance(held, Presence):
        present = end.with_assigned(held.attribute)
        if _is_news(frame, held.attribute, state):
            present = present.estranged()
        is_unique = isinstance(test, Call) and isinstance(test.function, Name) and test.function.id == "hasattr"
        return present, (None if is_unique and _is_certain(frame, held.attribute, state) else end)
    return end.with_assigned(*_presences_inside(frame, test)), end


def _is_certain(frame: Frame, attribute: str, state: State) -> bool:
    """Whether `hasattr(self, attribute)` can only be true."""
    return attribute in state.assigned or frame.interpreter.hierarchy.find(attribute) is not None


def _is_news(frame: Frame, attribute: str, state: State) -> bool:
    """Whether an object that has the attribute has more than is known of it."""
    is_known = attribute in state.partial or _is_certain(frame, attribute, state)
    return not is_known and not frame.interpreter.is_assigned_somewhere(attribute)


def _presences_inside(frame: Frame, test: Expression) -> tuple[str, ...]:
    """`getattr(self, "x", None) == 3` is true only where `x` is there, or equals the default."""
    match test:
        case Compare(operator="==" | ">" | ">=" | "<" | "is", left=left):
            held = refer(frame, left)
            return (held.attribute,) if isinstance(held, Presence) else ()
        case Call(function=Name(id="isinstance" | "len" | "bool"), arguments=(first, *_)):
            held = refer(frame, first.value)
            return (held.attribute,) if isinstance(held, Presence) else ()
    return ()


def _truth(frame: Frame, test: Expression) -> bool | None:
    """The truth of a constant, of `TYPE_CHECKING`, of a parameter that was given a value, and of a class attribute."""
    match test:
        case Constant(value=value):
            return bool(value)
        case Name(id="TYPE_CHECKING") | Attribute(attr="TYPE_CHECKING"):
            return False
        case Walrus(value=value):
            return _truth(frame, value)
        case Name(id=name):
            held = _passed(frame, name)
            return _truth_of(held)
        case Compare(operator="is not", left=Name(id=name), right=Constant(value=None)):
            return _is_something(_passed(frame, name))
        case Attribute(value=subject, attr=attr) if refer(frame, subject) in (Subject.SELF, Subject.CLASS):
            return _class_constant(frame, attr)
    return None


def _passed(frame: Frame, name: str) -> Reference | None:
    """What a parameter of this function, or of one around it, was given, if nothing else is ever bound to it."""
    around: Frame | None = frame
    while around is not None and name not in around.locals:
        around = around.outer
    if around is None or name not in around.bindings or is_rebound(around.function.node, name):
        return None
    return around.bindings[name]


def _truth_of(held: Reference | None) -> bool | None:
    match held:
        case Given(value=value):
            return bool(value)
        case Strings(values=values) if values and all(values):
            return True
    return None


def _is_something(held: Reference | None) -> bool | None:
    match held:
        case Given(value=value):
            return value is not None
        case Subject() | Strings():
            return True
    return None


def inside(frame: Frame, test: Expression, state: State) -> State:
    """The state in a part that runs only if a test turns out so."""
    is_helper = len(frame.interpreter.stack) > 1
    return state.if_wanted() if is_helper and _asks_the_caller(frame, test) else state.under_condition()


def _asks_the_caller(frame: Frame, test: Expression) -> bool:
    """Whether a test asks what a parameter was given."""
    match test:
        case Name(id=name):
            return any(parameter.name == name for parameter in frame.function.node.parameters)
        case Not(value=value) | Compare(left=value):
            return _asks_the_caller(frame, value)
        case Logic(values=values):
            return any(_asks_the_caller(frame, value) for value in values)
        case Call(function=Name(id="isinstance" | "len" | "bool" | "callable"), arguments=(first, *_)):
            return _asks_the_caller(frame, first.value)
    return False


def _class_constant(frame: Frame, attribute: str) -> bool | None:
    interpreter = frame.interpreter
    if interpreter.is_assigned_somewhere(attribute):
        return None
    match interpreter.hierarchy.find(attribute):
        case ValueDefinition(value=Constant(value=value)):
            return bool(value)
        case FunctionDefinition(node=node) if not node.decorators:
            return True
    return None


def loop_strings(frame: Frame, iterable: Expression) -> Strings | None:
    """The strings a loop runs over, when its iterable is a display of them."""
    held = refer(frame, iterable)
    return held if isinstance(held, Strings) else None


def asks_for_state(frame: Frame, test: Expression) -> bool:
    """Whether a test asks the test's object what was done before: `hasattr(self, "x")`, `not self.is_ready`.

    Who finds it done skips the assignments that went with it, and has them all the same.
    What a method of an object tells that is the test's own (`self.graph.is_directed()`) is for the test to know.
    """
    match test:
        case Not(value=value) | Walrus(value=value):
            return asks_for_state(frame, value)
        case Logic(values=values):
            return any(asks_for_state(frame, value) for value in values)
        case Compare(left=left):
            return asks_for_state(frame, left)
        case Attribute(value=value):
            return isinstance(refer(frame, value), Subject)
        case Call(function=Attribute(value=value)):
            return _is_own(frame, value)
    return isinstance(refer(frame, test), Presence)


def _is_own(frame: Frame, value: Expression) -> bool:
    """Whether it is a local object, or one reached from the test's object."""
    while isinstance(value, Attribute):
        value = value.value
    return isinstance(value, Name) and frame.is_local(value.id)
