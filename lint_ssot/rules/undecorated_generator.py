"""LSS302 tells generators that nothing made context managers of."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import decorated_generator
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS302", message="`{name}` is {what}{aside}", since="0.1")
def undecorated_generator(module: LintedModule) -> Iterator[Finding]:
    """Checks for generators in a with statement that no decorator made context managers of."""
    for problem in module.with_problems_by(Fault.UNDECORATED_GENERATOR):
        cures = decorated_generator(problem, module.module.path)
        yield Finding(problem.at, problem.values("name", "what", "aside"), cures=cures)
