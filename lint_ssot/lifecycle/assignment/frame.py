"""One body being followed: what its names stand for, and the ways out of it seen so far."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Protocol, TypeAlias

from lint_ssot.facts.expressions import Call, Expression
from lint_ssot.facts.statements import Block, Function
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.assignment.log import Log
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.effort import Effort


class Subject(enum.Enum):
    """What a name can stand for that leads to the test's object."""

    SELF = "the test's object"
    CLASS = "its class"
    REQUEST = "pytest's request fixture"
    OTHER = "another object of the class, as a fixture of a wider scope is given"


@dataclass(frozen=True, slots=True)
class Strings:
    """A name that stands for one of these strings."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """A value that is true only when the test's object has this attribute."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter that has this value in the call that is followed: True, False or None."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Parent:
    """`super()`: the classes behind `after` in the order of resolution."""

    after: ClassDefinition | None


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A function defined inside the body that is being followed."""

    function: Function
    frame: Frame


Reference: TypeAlias = Subject | Strings | Presence | Given | Parent | Closure


@dataclass(slots=True)
class Loop:
    """The states that leave a loop early."""

    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """A function body being followed, with what its local names stand for.

    `is_protected`: an AttributeError here would not reach the runner.
    `is_deferred`: nobody knows when, or whether, this body runs.
    `is_heard`: somebody takes what it returns, and may be told by it what was assigned.
    `dropped`: the call that is a statement of its own, so that nobody takes what it returns.
    `attempts`: for every `try` around this point, the states from which its body may raise.
    `excused`: what was read and missing where that is expected.
    `resumed`: what is known where it goes on after a `yield`; None if nobody knows when it does.
    """

    interpreter: Interpreter
    function: FunctionDefinition
    bindings: dict[str, Reference]
    locals: frozenset[str]
    outer: Frame | None = None
    is_deferred: bool = False
    is_protected: bool = False
    is_filtered: bool = False
    is_heard: bool = False
    dropped: Call | None = None
    returns: list[State] = field(default_factory=list)
    yields: list[State] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    attempts: list[list[State]] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    resumed: State | None = None

    def suspend(self, state: State) -> State:
        """Leave the body in the middle; the state in which it goes on."""
        self.yields.append(state)
        if self.resumed is not None:
            resumed = self.resumed.under_condition(state.is_conditional)
            return resumed.estranged() if state.is_strange else resumed
        self.is_deferred = True  # what stands behind it runs when somebody asks for more
        return state

    def binding(self, name: str) -> Reference | None:
        """What a local name, or one of an enclosing function, stands for."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.bindings:
                return frame.bindings[name]
            if name in frame.locals:
                return None
            frame = frame.outer
        return None

    def is_local(self, name: str) -> bool:
        """Whether the name belongs to this function or one around it, not to the module."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.locals or name in frame.bindings:
                return True
            frame = frame.outer
        return False


class Interpreter(Protocol):
    """What the parts of the interpreter ask of the whole."""

    @property
    def classes(self) -> Classes:
        """The classes of the project."""

    @property
    def hierarchy(self) -> Hierarchy:
        """The class whose tests are followed."""

    @property
    def class_names(self) -> frozenset[str]:
        """The bare names of the classes in the hierarchy."""

    @property
    def stack(self) -> Sequence[object]:
        """The bodies that are being followed, the one that the runner calls first."""

    @property
    def is_tearing_down(self) -> bool:
        """Whether the test is over, so that nobody depends on what happens now."""

    @property
    def effort(self) -> Effort:
        """How much may still be followed."""

    @property
    def log(self) -> Log:
        """What happens while the present call is followed."""

    def is_assigned_somewhere(self, attribute: str) -> bool:
        """Whether any method of the hierarchy assigns it on the object, reached or not."""

    def writes_through(self, owner: ClassDefinition) -> bool:
        """Whether a class assigns attributes of what it keeps, `self.kept.x = …`, or with setattr."""

    def evaluate(self, frame: Frame, expression: Expression, state: State) -> State | None:
        """Follow an expression; None when it never completes."""

    def assume(self, frame: Frame, test: Expression, state: State) -> tuple[State | None, State | None]:
        """Follow a test; the states in which it turned out true and false."""

    def execute(self, frame: Frame, block: Block, state: State) -> State | None:
        """Follow statements in order; None when the end is never reached."""

    def follow(
        self,
        function: FunctionDefinition,
        bindings: Mapping[str, Reference],
        state: State,
        caller: Frame | None,
        is_heard: bool = True,
    ) -> State | None:
        """Follow a call; None when it never returns."""

    def follow_closure(
        self, closure: Closure, bindings: Mapping[str, Reference], state: State, caller: Frame
    ) -> State | None:
        """Follow a call of a function defined inside another one."""

    def defer(self, frame: Frame, callback: FunctionDefinition | Closure | Expression, state: State) -> State:
        """Follow something that will run nobody knows when; what it assigns counts as assigned."""
