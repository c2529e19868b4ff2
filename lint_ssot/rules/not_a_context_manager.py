"""LSS301 tells with statements on what is no context manager."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import awaited_item
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS301", message="`{statement}` on `{item}`, {what}{aside}", since="0.1")
def not_a_context_manager(module: LintedModule) -> Iterator[Finding]:
    """Checks for `with` and `async with` on something that keeps neither protocol."""
    for problem in module.with_problems_by(Fault.NO_CONTEXT_MANAGER):
        yield Finding(
            problem.at,
            problem.values("statement", "item", "what", "aside"),
            cures=awaited_item(problem, module.module.path),
        )
