"""LSS304 tells classes that have one half of a protocol."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS304", message="`{name}` has {what}{aside}", since="0.1")
def half_context_manager(module: LintedModule) -> Iterator[Finding]:
    """Checks for context managers that can be entered and not left, or left and not entered."""
    for problem in module.with_problems_by(Fault.HALF):
        yield Finding(problem.at, problem.values("name", "what", "aside"))
