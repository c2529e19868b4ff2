"""LSS201 tells attributes that nothing assigns."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, counted_tests, read_position
from lint_ssot.rule import rule


@rule(
    "LSS201",
    message="`self.{attribute}` is read in `{reader}`{aside}, and nothing assigns it{stops}",
    since="0.1",
)
def unassigned_attribute(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that a test or hook reads and nothing assigns."""
    for test_class, missing in module.missing_by(Cause.NOWHERE):
        read = missing.read
        yield Finding(
            read_position(test_class, missing),
            {
                "attribute": missing.attribute,
                "reader": read.function.node.name,
                "aside": aside(test_class, read.module, read.at),
                "stops": counted_tests(missing.tests),
            },
        )
