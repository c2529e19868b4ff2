"""Where a finding stands: in the linted file, as near as possible to what a person would mend."""

from __future__ import annotations

from pathlib import Path

from lint_ssot.diagnostic import Place
from lint_ssot.facts.expressions import Position
from lint_ssot.graph.definitions import FunctionDefinition, Module
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.runners import Hook, Runner


def read_position(test_class: TestClass, missing: MissingAttribute) -> Position:
    """The read, if the class's own file holds it; else the class statement."""
    return position_in(test_class, missing.read.module, missing.read.at)


def function_position(test_class: TestClass, function: FunctionDefinition) -> Position:
    """The function, if the class's own file holds it; else the class statement."""
    return position_in(test_class, function.module, function.node.at)


def position_in(test_class: TestClass, module: Module, at: Position) -> Position:
    """`at`, if it is in the class's own file; else the class statement."""
    return at if module is test_class.definition.module else test_class.definition.node.at


def place_of(function: FunctionDefinition) -> Place:
    """Where a function is defined."""
    return place_in(function.module, function.node.at)


def place_in(module: Module, at: Position) -> Place:
    """A position in a module; one without a file is named by its dotted name."""
    return Place(module.path or Path(module.name), at)


def aside(test_class: TestClass, module: Module, at: Position) -> str:
    """` (base.py:12)` for what stands in another file, nothing for what the reader has before the eyes."""
    return "" if module is test_class.definition.module else f" ({place_in(module, at)})"


def counted_tests(tests: tuple[str, ...]) -> str:
    """` (stops 1 test)`, ` (stops 4 tests)`."""
    return f" (stops {len(tests)} test" + ("s)" if len(tests) != 1 else ")")


def runner_name(test_class: TestClass) -> str:
    """The runner as messages call it."""
    return test_class.runner.name if isinstance(test_class.runner, Runner) else "the runner"


def caller_name(hook: Hook, runner: Runner) -> str:
    """Who calls a hook, as messages say it: the ones with underscores are pytest's, on a TestCase too."""
    return "pytest" if "_" in hook.name else runner.name
