"""LSS405 tells async tests whose body never runs."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.facts.expressions import Position
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.cures.isolation import awaited_test
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import function_position
from lint_ssot.rule import rule


@rule("LSS405", message="`{test}` is {what} {where}: it {outcome}", since="0.1")
def unawaited_test(module: LintedModule) -> Iterator[Finding]:
    """Checks for tests that pass, or fail, without their body ever running."""
    for test_class, unrun in module.unrun_tests:
        yield Finding(
            _position(test_class, unrun.function),
            {
                "test": unrun.function.node.name,
                "what": unrun.what,
                "where": unrun.where,
                "outcome": unrun.outcome.value,
            },
            cures=awaited_test(test_class, unrun, module.classes, module.project, module.collection.invocation),
        )


def _position(test_class: TestClass | None, function: FunctionDefinition) -> Position:
    """The test, if this file holds it; else the class that inherits it."""
    return function.node.at if test_class is None else function_position(test_class, function)
