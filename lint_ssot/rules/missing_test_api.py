"""LSS208 tells calls of unittest's own methods on a class that is no TestCase."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import counted_tests, read_position
from lint_ssot.rule import rule


@rule(
    "LSS208",
    message="`self.{method}` is unittest's, and `{test_class}` is no TestCase{stops}",
    since="0.1",
)
def missing_test_api(module: LintedModule) -> Iterator[Finding]:
    """Checks for calls of unittest's own methods on a class that is no TestCase."""
    for test_class, missing in module.missing_by(Cause.TEST_API):
        yield Finding(
            read_position(test_class, missing),
            {
                "method": missing.attribute,
                "test_class": test_class.definition.node.name,
                "stops": counted_tests(missing.tests),
            },
        )
