"""LSS412 tells tests that fail when they are called."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.facts.expressions import Position
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.cures.tests import given_self
from lint_ssot.lifecycle.misdeclared_tests import MisdeclaredTest, misdeclared_tests
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Runner
from lint_ssot.lifecycle.standing import aside, function_position, place_of
from lint_ssot.rule import rule


@rule("LSS412", message="`{test}`{aside} {fault}", since="0.1")
def misdeclared_test(module: LintedModule) -> Iterator[Finding]:
    """Checks for tests that are not made for the call by which they are run."""
    if module.collection.invocation.may_be_noses:
        return
    for test_class in module.test_classes:
        if isinstance(test_class.runner, Runner):
            for found in misdeclared_tests(test_class.runner, test_class.tests):
                at = function_position(test_class, found.function)
                beside = aside(test_class, found.function.module, found.function.node.at)
                yield _finding(found, at, beside)
    runner = runner_of_functions(module.collection.invocation)
    for found in misdeclared_tests(runner, module.collection.test_functions()):
        yield _finding(found, found.function.node.at)


def _finding(found: MisdeclaredTest, at: Position, beside: str = "") -> Finding:
    told = {"test": found.function.node.name, "aside": beside, "fault": found.fault}
    return Finding(at, told, (place_of(found.function),), given_self(found))
