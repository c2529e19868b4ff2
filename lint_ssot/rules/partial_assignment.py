"""LSS206 tells attributes that are assigned on some paths only."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, place_of, read_position
from lint_ssot.rule import rule


@rule(
    "LSS206",
    message="`self.{attribute}` is read{aside}, but `{writer}` assigns it on some paths only",
    since="0.1",
)
def partial_assignment(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are assigned on some paths only."""
    for test_class, missing in module.missing_by(Cause.PARTIAL):
        if missing.writer is None:
            continue
        read = missing.read
        yield Finding(
            read_position(test_class, missing),
            {
                "attribute": missing.attribute,
                "aside": aside(test_class, read.module, read.at),
                "writer": missing.writer.node.name,
            },
            (place_of(missing.writer),),
        )
