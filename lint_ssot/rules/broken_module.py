"""LSS505 tells imports of modules with a syntax error."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.imports.problems import ImportFault
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS505", message="`{name}` has a syntax error ({why})", since="0.1")
def broken_module(module: LintedModule) -> Iterator[Finding]:
    """Checks for imports of modules of the project that have a syntax error."""
    for problem in module.import_problems_by(ImportFault.BROKEN):
        yield Finding(problem.at, {"name": problem.name, "why": problem.why})
