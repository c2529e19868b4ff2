"""LSS205 tells attributes that only another test assigns."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import counted_tests, place_of, read_position
from lint_ssot.rule import rule


@rule(
    "LSS205",
    message="`self.{attribute}` is assigned only by `{writer}`, on an object of its own{stops}",
    since="0.1",
)
def order_dependent_attribute(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are assigned only by another test."""
    for test_class, missing in module.missing_by(Cause.OTHER_TEST):
        if missing.writer is None:
            continue
        yield Finding(
            read_position(test_class, missing),
            {
                "attribute": missing.attribute,
                "writer": missing.writer.node.name,
                "stops": counted_tests(missing.tests),
            },
            (place_of(missing.writer),),
        )
