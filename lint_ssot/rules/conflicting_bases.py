"""LSS106 tells class statements that Python refuses for their bases."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.declared.conflicts import Conflict, base_conflicts
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS106", message="`{test_class}` cannot be made: {why}", since="0.1")
def conflicting_bases(module: LintedModule) -> Iterator[Finding]:
    """Checks for class statements that Python refuses for their bases."""
    for conflict in base_conflicts(module.module, module.classes):
        definition = conflict.definition
        yield Finding(definition.node.at, {"test_class": definition.node.name, "why": _why(conflict)})


def _why(conflict: Conflict) -> str:
    if conflict.base is None or conflict.heir is None:
        return "its bases are in no consistent order"
    name = conflict.base.node.name
    if conflict.base == conflict.heir:
        return f"its base `{name}` stands there twice"
    return f"its base `{name}` stands before `{conflict.heir.node.name}`, which inherits from it"
