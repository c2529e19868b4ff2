"""What happened while a body was followed: reads of what is not there, writes, and who was reached."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from lint_ssot.facts.expressions import Expression, Position
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition, Module

if TYPE_CHECKING:
    from lint_ssot.lifecycle.assignment.frame import Frame


@dataclass(frozen=True, slots=True)
class Read:
    """A read of an attribute that was not certainly assigned when it happened.

    `is_partial`: some way to it had assigned the attribute.
    `is_deferred`: it stands in a closure or callback, run nobody knows when.
    `is_conditional`: it stands under a condition of its own.
    `is_optional`: that condition asks what a helper was given.
    `is_filtered`: a condition before it made some tests leave.
    `is_call`: the attribute is called, as `self.attribute(...)`.
    """

    attribute: str
    module: Module
    at: Position
    function: FunctionDefinition
    is_partial: bool
    is_deferred: bool
    is_conditional: bool
    is_optional: bool
    is_filtered: bool
    is_call: bool


@dataclass(frozen=True, slots=True)
class Write:
    """An assignment of an attribute that really happens, and the function it stands in.

    `is_augmented`: it adds to what must be there already.
    `is_heard`: a caller takes what the function returns, and may be told by it what was assigned.
    """

    attribute: str
    function: FunctionDefinition
    is_augmented: bool = False
    is_heard: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A method that is used as if it had been called: `way` is what the source says behind it, as `.get` or `[…]`."""

    method: FunctionDefinition
    way: str
    function: FunctionDefinition
    at: Position


@dataclass(frozen=True, slots=True)
class Cleanup:
    """A callback handed to `addCleanup` and the like, with the body it was named in."""

    callback: Expression
    frame: Frame
    is_of_class: bool = False


@dataclass(slots=True)
class Log:
    """An ordered, growing record; one is kept for every call that is followed."""

    reads: dict[Read, None] = field(default_factory=dict)
    writes: dict[Write, None] = field(default_factory=dict)
    reached: dict[FunctionDefinition, None] = field(default_factory=dict)
    cleanups: list[Cleanup] = field(default_factory=list)
    uses: dict[Use, None] = field(default_factory=dict)

    def merge(self, other: Log) -> None:
        """Take over what a called function did."""
        self.reads.update(other.reads)
        self.writes.update(other.writes)
        self.reached.update(other.reached)
        self.cleanups.extend(other.cleanups)
        self.uses.update(other.uses)
