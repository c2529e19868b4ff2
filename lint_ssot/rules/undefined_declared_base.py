"""LSS001 tells names in `ssot-base-classes` that stand for no class."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS001", message="ssot-base-classes: `{base}` {why}", since="0.1")
def undefined_declared_base(module: LintedModule) -> Iterator[Finding]:
    """Checks for names in `ssot-base-classes` that stand for no class."""
    if not module.test_classes:
        return
    at = min(test_class.definition.node.at for test_class in module.test_classes)
    for undefined in module.declared.undefined:
        yield Finding(at, {"base": undefined.name, "why": undefined.why})
