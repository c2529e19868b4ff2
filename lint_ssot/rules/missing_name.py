"""LSS502 tells imports of names that a module of the project does not have."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.imports.problems import ImportFault
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS502", message="`{name}` {why}", since="0.1")
def missing_name(module: LintedModule) -> Iterator[Finding]:
    """Checks for imports of names that a module of the project does not have."""
    for problem in module.import_problems_by(ImportFault.MISSING_NAME):
        yield Finding(problem.at, {"name": problem.name, "why": problem.why})
