"""LSS306 tells methods of a context manager that fail whenever they are called."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import method_of_its_kind
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS306", message="`{name}` {what}{aside}", since="0.1")
def unawaitable_protocol_method(module: LintedModule) -> Iterator[Finding]:
    """Checks for methods of context managers that cannot be awaited, or not called as they are."""
    for problem in module.with_problems_by(Fault.BROKEN_METHOD):
        yield Finding(problem.at, problem.values("name", "what", "aside"), cures=method_of_its_kind(problem))
