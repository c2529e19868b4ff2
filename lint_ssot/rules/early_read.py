"""LSS204 tells attributes that are read before they are assigned."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.cures.parents import earlier_parent
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, place_of, read_position
from lint_ssot.rule import rule


@rule(
    "LSS204",
    message="`self.{attribute}` is read{aside} before `{writer}` assigns it",
    since="0.1",
)
def early_read(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are read before the assignment that comes later in the same order."""
    for test_class, missing in module.missing_by(Cause.EARLY):
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
            earlier_parent(read.function),
        )
