"""LSS207 tells attributes that are assigned on another object than the test's."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import counted_tests, place_of, read_position
from lint_ssot.rule import rule


@rule(
    "LSS207",
    message="`self.{attribute}` is lost: the {which} fixture `{writer}` has another `self`{stops}",
    since="0.1",
)
def lost_assignment(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are assigned on another object than the test's."""
    for test_class, missing in module.missing_by(Cause.LOST):
        if missing.writer is None:
            continue
        is_inherited = missing.writer.owner in test_class.hierarchy.classes
        yield Finding(
            read_position(test_class, missing),
            {
                "attribute": missing.attribute,
                "which": "wider-scoped" if is_inherited else "outer class's",
                "writer": missing.writer.node.name,
                "stops": counted_tests(missing.tests),
            },
            (place_of(missing.writer),),
        )
