"""LSS307 tells awaits where a context manager should be entered, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import entered_otherwise
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS307", message="`{statement}` on `{item}`, {what}{aside}", since="0.1")
def awaited_context_manager(module: LintedModule) -> Iterator[Finding]:
    """Checks for awaited context managers, and for those given to the wrong entering method."""
    for problem in module.with_problems_by(Fault.AWAITED, Fault.NOT_AWAITED, Fault.WRONGLY_ENTERED):
        cures = entered_otherwise(problem, module.module.path)
        yield Finding(problem.at, problem.values("statement", "item", "what", "aside"), cures=cures)
