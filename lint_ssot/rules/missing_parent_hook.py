"""LSS410 tells calls of a parent's hook that no base has."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.parents import dropped_parent
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS410", message="`super().{hook}()`{aside}: no base of `{owner}` has a `{hook}`", since="0.1")
def missing_parent_hook(module: LintedModule) -> Iterator[Finding]:
    """Checks for calls of a parent's method where no base has it."""
    for call in module.parent_calls:
        owner = call.function.owner
        if call.target is None and owner is not None:
            values = {"hook": call.name, "aside": call.aside, "owner": owner.node.name}
            yield Finding(call.told_at, values, cures=() if call.aside else dropped_parent(call))
