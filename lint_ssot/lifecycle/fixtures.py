"""Which fixtures run for a test, and where they stand among the hooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.runners import Hook


@dataclass(frozen=True, slots=True)
class Fixture:
    """A fixture; `name` is what tests ask for, `decorator` its canonical dotted name.

    `parameters` are the names of the fixtures that it asks for.
    What stands after the `yield` of one that `is_generator` runs at teardown.
    """

    name: str
    function: FunctionDefinition
    scope: str
    is_autouse: bool
    decorator: str
    parameters: tuple[str, ...] = ()

    @property
    def is_generator(self) -> bool:
        """Whether its body yields."""
        return self.function.node.is_generator


Step: TypeAlias = Fixture | Hook


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs before a test, in order: fixtures, and between them the runner's setup hooks.

    Teardown is the reverse.
    `unknown` are the names that nothing known defines: then anything may have been set.
    """

    steps: tuple[Step, ...]
    unknown: tuple[str, ...] = ()

    @property
    def fixtures(self) -> tuple[Fixture, ...]:
        """The fixtures alone, in order."""
        return tuple(step for step in self.steps if isinstance(step, Fixture))
