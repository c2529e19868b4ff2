"""The interpreter of one test class: it follows bodies, and remembers what following them came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Expression, Lambda
from lint_ssot.facts.statements import Block
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.assignment import expressions, guards, statements
from lint_ssot.lifecycle.assignment.frame import Closure, Frame, Reference, Subject
from lint_ssot.lifecycle.assignment.locals import local_names
from lint_ssot.lifecycle.assignment.log import Log
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State, join
from lint_ssot.lifecycle.assignment.writes import Writes
from lint_ssot.lifecycle.choice import is_of_framework
from lint_ssot.lifecycle.effort import Effort
from lint_ssot.lifecycle.entering import ENTERING, is_in_the_table
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.wrapping import may_give_attributes

# Deeper chains of calls are recursion in all but name.
DEEPEST = 40

Key: TypeAlias = (
    "tuple[FunctionDefinition, tuple[tuple[str, Reference], ...], State, bool, bool, bool, bool, State | None]"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following a body came to: where it ended, where it yielded, and what happened."""

    end: State | None
    yielded: State | None
    is_filtered: bool
    log: Log


@dataclass(slots=True)
class ClassInterpreter:
    """Follows the bodies that the runner reaches for one concrete test class."""

    classes: Classes
    hierarchy: Hierarchy
    writes: Writes
    effort: Effort = field(default_factory=Effort)
    log: Log = field(default_factory=Log)
    stack: list[object] = field(default_factory=list)
    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    class_names: frozenset[str] = frozenset()
    is_tearing_down: bool = False

    def __post_init__(self) -> None:
        self.class_names = frozenset(owner.node.name for owner in self.hierarchy.classes)

    def is_assigned_somewhere(self, attribute: str) -> bool:
        """Whether any method of the hierarchy assigns it on the object, reached or not."""
        return bool(self.writes.of(self.hierarchy, attribute))

    def writes_through(self, owner: ClassDefinition) -> bool:
        """Whether a class assigns attributes of what it keeps, `self.kept.x = …`, or with setattr."""
        return self.writes.reach_through(owner)

    def evaluate(self, frame: Frame, expression: Expression, state: State) -> State | None:
        """Follow an expression; None when it never completes."""
        return expressions.evaluate(frame, expression, state)

    def assume(self, frame: Frame, test: Expression, state: State) -> tuple[State | None, State | None]:
        """Follow a test; the states in which it turned out true and false."""
        return guards.assume(frame, test, state)

    def execute(self, frame: Frame, block: Block, state: State) -> State | None:
        """Follow statements in order; None when the end is never reached."""
        return statements.execute(frame, block, state)

    def follow(
        self,
        function: FunctionDefinition,
        bindings: Mapping[str, Reference],
        state: State,
        caller: Frame | None,
        is_heard: bool = True,
    ) -> State | None:
        """Follow a call; None when it never returns."""
        if caller is not None and {function.node.name, caller.function.node.name} <= ENTERING:
            return self._enter(function, bindings, state, caller)
        outcome = self.outcome(function, bindings, state, caller, is_heard=is_heard)
        if outcome.is_filtered and caller is not None:
            caller.is_filtered = True
        return outcome.end

    def outcome(
        self,
        function: FunctionDefinition,
        bindings: Mapping[str, Reference],
        state: State,
        caller: Frame | None = None,
        is_deferred: bool = False,
        is_heard: bool = False,
        resumed: State | None = None,
    ) -> Outcome:
        """What following a function comes to; the same question is answered from memory.

        `resumed` is what is known where it goes on after a `yield`.
        """
        if function.node in self.stack or len(self.stack) > DEEPEST:
            return Outcome(state, None, False, Log())
        if caller is not None and is_of_framework(caller.function) and not is_of_framework(function):
            # a framework's own conditions hold, or no test would run
            state = state.unconditional()
        is_deferred = is_deferred or (caller is not None and caller.is_deferred)
        is_protected = caller is not None and caller.is_protected
        bound = tuple(sorted(bindings.items(), key=_name))
        key = function, bound, state, is_deferred, is_protected, self.is_tearing_down, is_heard, resumed
        known = self.outcomes.get(key)
        if known is None:
            frame = Frame(
                self,
                function,
                dict(bindings),
                local_names(function.node),
                is_deferred=is_deferred,
                is_protected=is_protected,
                is_heard=is_heard,
                resumed=resumed,
            )
            known = self.outcomes[key] = self._run(frame, state)
        self.log.merge(known.log)
        return known

    def _enter(
        self, function: FunctionDefinition, bindings: Mapping[str, Reference], state: State, caller: Frame
    ) -> State | None:
        """Follow the method that runs the test up to the framework's, within which the test runs."""
        if is_in_the_table(function):
            inner = self.hierarchy.find("run")
            if function.node.name == "run" or not isinstance(inner, FunctionDefinition) or is_in_the_table(inner):
                return caller.suspend(state)
            function, bindings = inner, receiver_of(inner)
        outcome = self.outcome(function, bindings, state, caller, resumed=caller.resumed)
        if outcome.yielded is not None:
            caller.suspend(outcome.yielded)
        return outcome.end

    def follow_closure(
        self, closure: Closure, bindings: Mapping[str, Reference], state: State, caller: Frame
    ) -> State | None:
        """Follow a call of a function defined inside another one."""
        if closure.function in self.stack or len(self.stack) > DEEPEST:
            return state
        outer = closure.frame
        function = FunctionDefinition(outer.function.module, closure.function, outer.function.owner)
        if may_give_attributes(function, self.classes.names):
            return state.opened()
        frame = Frame(
            self,
            function,
            dict(bindings),
            local_names(closure.function),
            outer=outer,
            is_deferred=outer.is_deferred or caller.is_deferred,
            is_protected=outer.is_protected or caller.is_protected,
        )
        outcome = self._run(frame, state)
        self.log.merge(outcome.log)
        return outcome.end

    def defer(self, frame: Frame, callback: FunctionDefinition | Closure | Expression, state: State) -> State:
        """Follow something that will run nobody knows when; what it assigns counts as assigned."""
        match callback:
            case FunctionDefinition():
                outcome = self.outcome(callback, receiver_of(callback), state, frame, is_deferred=True)
                return self._after(outcome, state)
            case Closure():
                return self._defer_closure(frame, callback, state)
            case Lambda():
                inside = self._deferred_frame(frame, frame.function, frozenset(callback.parameters), frame)
                end = self.evaluate(inside, callback.value, state)
                return state if end is None else replace(end, told=state.told).under_condition(state.is_conditional)
            case Attribute(value=value, attr=attr) if isinstance(refer(frame, value), Subject):
                member = self.hierarchy.find(attr)
                return self.defer(frame, member, state) if isinstance(member, FunctionDefinition) else state
        return self.evaluate(frame, callback, state) or state

    def _defer_closure(self, frame: Frame, closure: Closure, state: State) -> State:
        if closure.function in self.stack or len(self.stack) > DEEPEST:
            return state
        function = FunctionDefinition(frame.function.module, closure.function, closure.frame.function.owner)
        inside = self._deferred_frame(frame, function, local_names(closure.function), closure.frame)
        outcome = self._run(inside, state)
        self.log.merge(outcome.log)
        return self._after(outcome, state)

    def _deferred_frame(self, frame: Frame, function: FunctionDefinition, names: frozenset[str], outer: Frame) -> Frame:
        return Frame(self, function, {}, names, outer, is_deferred=True, is_protected=frame.is_protected)

    def _after(self, outcome: Outcome, state: State) -> State:
        written = state.with_assigned(*(write.attribute for write in outcome.log.writes))
        return written.opened() if outcome.end is not None and outcome.end.is_open else written

    def _run(self, frame: Frame, state: State) -> Outcome:
        before = self.log
        self.log = log = Log()
        log.reached[frame.function] = None
        self.stack.append(frame.function.node)
        try:
            end = join(self.execute(frame, frame.function.node.body, state), *frame.returns)
        finally:
            self.stack.pop()
            self.log = before
        if end is not None:
            end = end.under_condition(state.is_conditional).filtered(state.is_filtered or frame.is_filtered)
            if frame.function.node.name == "__init__" and is_of_framework(frame.function):
                # whoever a framework hands the object to assigns nothing on it
                end = replace(end, is_open=state.is_open)
        return Outcome(end, join(*frame.yields), frame.is_filtered, log)


def _name(binding: tuple[str, Reference]) -> str:
    return binding[0]


def receiver_of(function: FunctionDefinition) -> Mapping[str, Reference]:
    """A method called by somebody else: its first parameter is what it is bound to."""
    parameters = function.node.parameters
    binding = binding_of(function)
    if not parameters or function.owner is None or binding is Binding.STATIC:
        return {}
    return {parameters[0].name: Subject.CLASS if binding is Binding.CLASS else Subject.SELF}
