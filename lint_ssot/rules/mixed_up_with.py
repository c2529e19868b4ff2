"""LSS303 tells `with` and `async with` that were taken for each other."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import switched_with
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS303", message="`{statement}` on `{item}`, {what}{aside}", since="0.1")
def mixed_up_with(module: LintedModule) -> Iterator[Finding]:
    """Checks for `with` on what is for `async with`, and the other way round."""
    mixed_up = tuple(module.with_problems_by(Fault.MIXED_UP))
    for problem in mixed_up:
        cures = switched_with(problem, mixed_up, module.module.path)
        yield Finding(problem.at, problem.values("statement", "item", "what", "aside"), cures=cures)
